"""Figures as they are printed for staff: a panel for each question, and what tells of several questions at once."""

from surveys.panels.parts import Key, base_text
from surveys.panels.question import Panel, panel
from surveys.panels.ratings import Judged, RankedRating, Ranking, likert, rankings

__all__ = ["Judged", "Key", "Panel", "RankedRating", "Ranking", "base_text", "likert", "panel", "rankings"]

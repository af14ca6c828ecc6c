"""Charts as plain SVG text: no script, no ``style`` attribute, no stylesheet, so they pass the strictest policy.

Callers pass translated texts and numbers as they shall be printed. Labels may be written by strangers: every text is
escaped, and long ones are cut, since the table that stands beside each chart holds them in full.
"""

from surveys.charts.bars import Bar, horizontal_bars, rating_distribution
from surveys.charts.columns import Box, Column, Mark, columns_chart
from surveys.charts.sheet import (
    ACCENT,
    DIVERGING,
    INK,
    LONGEST_LABEL,
    MUTED,
    NARROWEST,
    RAMP,
    TRACK,
    Direction,
    escaped,
    naming,
)
from surveys.charts.stacks import Stack, stacked_bars

__all__ = [
    "ACCENT",
    "DIVERGING",
    "INK",
    "LONGEST_LABEL",
    "MUTED",
    "NARROWEST",
    "RAMP",
    "TRACK",
    "Bar",
    "Box",
    "Column",
    "Direction",
    "Mark",
    "Stack",
    "columns_chart",
    "escaped",
    "horizontal_bars",
    "naming",
    "rating_distribution",
    "stacked_bars",
]

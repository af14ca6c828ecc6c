"""The statistics of one question, exact and in plain Python: counts of encoded answers in, figures out.

Answers come encoded as they are stored: ``""`` was seen and declined, several ticks are parted by spaces, ranks are in
their order, and whoever was never shown the question has no answer at all. Shares are fractions of the respondents who
saw *and* answered the question, never of ticks. ``None`` means "nobody answered" and is not 0.

Figures are exact (int and Fraction) until they are printed; ``rounded`` and ``percent`` are the only rounding there is,
for pages, PDF and exports alike. Figures of the same question add up: ``sum`` of surveys is the figure of them all.
"""

from surveys.statistics.counting import coded_statistics, question_statistics
from surveys.statistics.figures import NetPromoter, OptionStatistics, QuestionStatistics, RankedOption
from surveys.statistics.kinds import (
    DATE,
    DECIMAL,
    INTEGER,
    NOTE,
    NUMBERS,
    RANK,
    RATING,
    RATING_VALUES,
    SELECT_MULTIPLE,
    SELECT_ONE,
    TEXT,
    YES_NO,
    YES_NO_VALUES,
    number_of,
    rating_values,
)
from surveys.statistics.rounding import percent, rounded, share_of

__all__ = [
    "DATE",
    "DECIMAL",
    "INTEGER",
    "NOTE",
    "NUMBERS",
    "RANK",
    "RATING",
    "RATING_VALUES",
    "SELECT_MULTIPLE",
    "SELECT_ONE",
    "TEXT",
    "YES_NO",
    "YES_NO_VALUES",
    "NetPromoter",
    "OptionStatistics",
    "QuestionStatistics",
    "RankedOption",
    "coded_statistics",
    "number_of",
    "percent",
    "question_statistics",
    "rating_values",
    "rounded",
    "share_of",
]

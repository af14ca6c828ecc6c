"""Arabic: "22 نوفمبر 2026", without the comma that Django puts before the year."""

DATE_FORMAT = "j F Y"
DATETIME_FORMAT = "j F Y، H:i"
TIME_FORMAT = "H:i"
SHORT_DATE_FORMAT = "d/m/Y"  # as beside a time; Django's stands the other way round
SHORT_DATETIME_FORMAT = "d/m/Y H:i"

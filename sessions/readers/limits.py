"""How much of a file is read at most: far more than an honest report needs, far less than a machine can bear."""

MAX_BYTES = 21 * 1024 * 1024  # of text in two bytes per letter: 100,000 of Teams' connections
MAX_NARROW = 16 * 1024 * 1024  # of everything else
MAX_TEXT = 43 * 1024 * 1024  # of a text in memory, where one emoji makes every letter take four bytes
MAX_LINES = 200_000
MAX_COLUMNS = 300
MAX_CELLS = 1_500_000  # in the whole file
MAX_CELL = 32_767  # letters in one cell, as many as a spreadsheet takes
MAX_SHEETS = 100

# Workbooks, which are archives.
MAX_PARTS = 2_000
MAX_UNPACKED = 64 * 1024 * 1024  # of the parts that are read
MAX_PACKED_AWAY = 200  # times smaller than unpacked, for parts above a megabyte
MAX_ELEMENTS = 1_500_000  # XML elements
MAX_EMPTY_ELEMENTS = 400_000  # of these such without content: cells that are formatted, and no more
MAX_STRINGS = 500_000  # distinct texts

# JSON.
MAX_DEPTH = 40
MAX_VALUES = 600_000

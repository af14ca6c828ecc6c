"""Empty cells of questions that the other answers leave out: they were not shown, and nobody declined them.

Only empty cells are looked at: an answer that is in the file stays, whatever the conditions of the form say.
"""

import json
from collections.abc import Mapping, Sequence

from surveys.importing.encoding import MOST_KEPT, Encoder
from surveys.pages import Layout


class Branching:
    """Says which questions a row was not shown. ``controllers`` are the questions that any condition looks at."""

    def __init__(self, layout: Layout, controllers: Sequence[str], conditional: Sequence[str]) -> None:
        self.layout = layout
        self.controllers, self.conditional = frozenset(controllers), frozenset(conditional)
        self.known: dict[tuple[str, ...], frozenset[str]] = {}

    def applied(self, encoder: Encoder, fragments: list[list[str]]) -> list[list[str]]:
        """The members of the answers, without those of empty cells that were not shown."""
        names = [source.encoder.question.name for source in encoder.sources]
        wanted = [at for at, name in enumerate(names) if name in self.conditional]
        if not wanted or not fragments or not fragments[0]:
            return fragments
        looked_at = [fragments[at] for at, name in enumerate(names) if name in self.controllers]
        shown = self._shown(looked_at, len(fragments[0]))
        found = list(fragments)
        for at in wanted:
            name, blank = names[at], f'"{names[at]}":"",'
            if blank in fragments[at]:
                rows = zip(fragments[at], shown, strict=True)
                found[at] = [
                    "" if members == blank and name not in names_shown else members for members, names_shown in rows
                ]
        return found

    def _shown(self, looked_at: Sequence[Sequence[str]], rows: int) -> list[frozenset[str]]:
        keys = list(zip(*looked_at, strict=True)) if looked_at else [()] * rows
        if len(self.known) > MOST_KEPT:
            self.known.clear()
        for key in set(keys) - self.known.keys():
            answers: Mapping[str, str] = json.loads("{" + "".join(key)[:-1] + "}")
            self.known[key] = self.layout.shown(answers)
        return [self.known[key] for key in keys]

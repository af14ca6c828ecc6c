"""How a survey is parted into pages, and which of its questions somebody is shown. The answers so far decide."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

MOST_LOOSE = 8
"""Questions on one page where no group says what belongs together."""
MOST_GROUPED = 12
"""Questions of one group on one page, unless the group says that it is a page."""

Answers = Mapping[str, str]
Condition = Callable[[Answers], bool]


@dataclass(frozen=True, slots=True)
class Section:
    """A group of questions. `parent` is the name of the group around it, "" for none."""

    name: str
    parent: str = ""
    is_page: bool = False
    is_matrix: bool = False
    is_relevant: Condition | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One question or note, in the `section` of that name, "" for none.

    `other_of`, where there is one, names the question with the option that this text says more about, and that
    option's value: the text is offered beside the question and counts only with the option.
    """

    name: str
    section: str = ""
    is_note: bool = False
    is_relevant: Condition | None = None
    other_of: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """What is asked on one page. `key` is the name of its first item and stays when pages before it change."""

    items: tuple[Item, ...]

    @property
    def key(self) -> str:
        """What the page is called by."""
        return self.items[0].name


@dataclass(frozen=True)
class Layout:
    """A whole survey: its items in their order, its groups by name, and whether all of it is one page."""

    items: tuple[Item, ...]
    sections: Mapping[str, Section] = field(default_factory=dict)
    is_one_page: bool = False

    def pages(self) -> tuple[Page, ...]:
        """All pages, whether they are shown or not. Every item is on exactly one."""
        if not self.items:
            return ()
        if self.is_one_page:
            return (Page(self.items),)
        return tuple(
            Page(part) for home, run in groupby(self.items, key=self._home) for part in self._parts(home, tuple(run))
        )

    def shown(self, answers: Answers) -> frozenset[str]:
        """The names of what is shown with these answers. An answer to what is not shown counts as none.

        Conditions may look forwards; as they form no circle, looking once more than there are items is enough.
        """
        current = frozenset(item.name for item in self.items)
        for _turn in range(len(self.items) + 1):
            effective = {name: value for name, value in answers.items() if name in current}
            following = frozenset(item.name for item in self.items if self._is_shown(item, effective))
            if following == current:
                break
            current = following
        return current

    def offered(self, page: Page, shown: frozenset[str]) -> tuple[Item, ...]:
        """What stands on a page: what is shown, and the texts beside options that say "other", chosen or not."""
        names = {item.name for item in page.items}
        return tuple(
            item
            for item in page.items
            if item.name in shown or (item.other_of and item.other_of[0] in names and item.other_of[0] in shown)
        )

    def path(self, item: Item) -> tuple[Section, ...]:
        """The groups around an item, the outermost first."""
        found: list[Section] = []
        section = self.sections.get(item.section)
        while section and section not in found:
            found.insert(0, section)
            section = self.sections.get(section.parent)
        return tuple(found)

    def _is_shown(self, item: Item, answers: Answers) -> bool:
        if item.other_of and item.other_of[1] not in answers.get(item.other_of[0], "").split():
            return False
        conditions = [section.is_relevant for section in self.path(item)] + [item.is_relevant]
        return all(condition(answers) for condition in conditions if condition)

    def _home(self, item: Item) -> tuple[str, bool]:
        """The group whose page the item is on, and whether that group says so itself."""
        path = self.path(item)
        page = next((section.name for section in path if section.is_page), "")
        return (page, True) if page else (path[0].name if path else "", False)

    def _parts(self, home: tuple[str, bool], run: tuple[Item, ...]) -> Iterable[tuple[Item, ...]]:
        """A run of items that belong together, cut where it is too long for a page, into parts of like length."""
        name, is_page = home
        most = MOST_GROUPED if name else MOST_LOOSE
        asked = sum(not item.is_note for item in run)
        number = 1 if is_page else max(1, -(-asked // most))
        parts: list[list[Item]] = [[] for _part in range(number)]
        before = 0
        for unit in self._units(run):
            parts[min(number - 1, before * number // max(1, asked))] += unit
            before += sum(not item.is_note for item in unit)
        return [tuple(part) for part in parts if part]

    def _units(self, run: Sequence[Item]) -> Iterable[list[Item]]:
        """What must not be parted: the rows of a matrix, an option "other" and its text."""
        units: list[list[Item]] = []
        last = ""
        for item in run:
            matrix = next((section.name for section in self.path(item) if section.is_matrix), "")
            before = {each.name for each in units[-1]} if units else set()
            is_with_last = item.other_of is not None and item.other_of[0] in before
            if units and ((matrix and matrix == last) or is_with_last):
                units[-1].append(item)
            else:
                units.append([item])
            last = matrix
        return units

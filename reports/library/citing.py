"""How a talk or a story is cited: in a sentence, as BibTeX, as RIS."""

import datetime as dt
import re
from dataclasses import dataclass

from registrations.direction_marks import isolated_in

_BIBTEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{letter: f"\\{letter}" for letter in "{}&%$#_"},
    }
)


@dataclass(frozen=True, slots=True)
class Citation:
    """What is cited. `key` is of plain letters; `publisher` may be empty."""

    key: str
    authors: tuple[str, ...]
    title: str
    within: str
    publisher: str
    day: dt.date
    address: str

    @property
    def plain(self) -> str:
        """One line."""
        said = "; ".join(self.authors)
        head = [f"{said} ({self.day.year})", self.title] if said else [f"{self.title} ({self.day.year})"]
        parts = [*head, isolated_in(self.within, is_rtl=False), self.publisher]
        return f"{'. '.join(part.rstrip('.') for part in parts if part)}. {self.address}"

    @property
    def bibtex(self) -> str:
        """As BibTeX reads it; UTF-8."""
        fields = {
            "author": " and ".join(f"{{{_escaped(name)}}}" for name in self.authors),
            "title": f"{{{_escaped(self.title)}}}",
            "howpublished": _escaped(self.within),
            "publisher": _escaped(self.publisher),
            "year": str(self.day.year),
            "month": str(self.day.month),
            "url": self.address,
        }
        lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
        return "\n".join([f"@misc{{{self.key},", *lines, "}", ""])

    @property
    def ris(self) -> str:
        """As reference managers read it: a tag, two blanks, a hyphen, a blank, the value; lines end with CR LF."""
        lines = [
            ("TY", "GEN"),
            *(("AU", name) for name in self.authors),
            ("TI", self.title),
            ("T2", self.within),
            ("PB", self.publisher),
            ("PY", str(self.day.year)),
            ("DA", f"{self.day:%Y/%m/%d}"),
            ("UR", self.address),
            ("ID", self.key),
            ("ER", ""),
        ]
        told = [f"{tag}  - {_line(value)}" for tag, value in lines if value or tag == "ER"]
        return "\r\n".join([*told, ""])


def _line(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def _escaped(text: str) -> str:
    return _line(text).translate(_BIBTEX)

"""The settings sheet: what the form is called, and what is particular to Baraza."""

import datetime as dt
import zoneinfo
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from sessions.sent import whole_number
from surveys.models import Survey
from surveys.xlsform.form import Form, Item
from surveys.xlsform.languages import OUR_NAMES, code_of
from surveys.xlsform.limits import limited
from surveys.xlsform.options import NO, YES
from surveys.xlsform.problems import Findings, sheet_place
from surveys.xlsform.table import Row, Table, Tongues

TEXTS = ("form_title", "survey_title", "introduction", "thanks")
READ = frozenset(
    {*TEXTS, "form_id", "version", "default_language", "style"}
    | {"baraza_kind", "session", "anonymous", "opens_at", "closes_at"}
)


def original_language(settings: Row, tables: Sequence[Table], findings: Findings) -> str:
    """The code of the language that the form is written in first: the stated one, else the first of its columns."""
    named = [column.language for table in tables for column in table.columns if column.name == "label"]
    codes = [code_of(language) for language in named if language]
    stated = settings.get("default_language")
    if stated and stated.lower() != "default":
        code = code_of(stated)
    elif "" in named:
        code = "en"
        if "en" in codes:
            findings.wrong(
                sheet_place("settings"), _("say in the column “default_language” which language “label” is in.")
            )
    else:
        code = next((code for code in codes if code in OUR_NAMES), codes[0] if codes else "en")
    if code not in OUR_NAMES:
        findings.wrong(
            sheet_place("settings"),
            _("the form’s language “%(language)s” is none of: %(known)s. Name one of them as “default_language”.")
            % {"language": (stated or code)[:60], "known": ", ".join(OUR_NAMES.values())},
        )
        return "en"
    return code


@dataclass(frozen=True)
class SettingsSheet:
    """Reads the one row of settings."""

    row: Row
    tongues: Tongues
    zone: zoneinfo.ZoneInfo
    findings: Findings

    def form(self, items: tuple[Item, ...]) -> Form:
        """The form with these questions."""
        original, versions = self.tongues.texts(self.row, TEXTS)
        title, form_id = original.get("form_title", ""), self.row.get("form_id")
        if not form_id:
            self.wrong(_("the form has no id. Fill in the column “form_id” in the sheet “settings”."))
        if not title:
            self.wrong(_("the form has no title. Fill in the column “form_title” in the sheet “settings”."))
        for problem in limited(Survey, form_id=form_id or "x", title=title, version=self.row.get("version")):
            self.wrong(problem)
        self.note_unread()
        return Form(
            form_id=form_id,
            title=title,
            language=self.tongues.original,
            items=items,
            introduction=original.get("introduction", ""),
            thanks=original.get("thanks", ""),
            translations=renamed(versions),
            version=self.row.get("version"),
            kind=self.kind(),
            session_number=self.session_number(),
            is_anonymous=self.is_anonymous(),
            opens_at=self.moment("opens_at"),
            closes_at=self.moment("closes_at"),
        )

    def wrong(self, sentence: str) -> None:
        """Something that has to be mended."""
        self.findings.wrong(sheet_place("settings"), sentence)

    def note_unread(self) -> None:
        """What else is set, and means nothing here."""
        for column in self.row.cells:
            if column.name not in READ:
                self.findings.note(
                    sheet_place("settings"), _("the column “%(column)s” is left out.") % {"column": column.name[:60]}
                )
        style = self.row.get("style")
        if style not in {"", "pages"}:
            self.findings.note(sheet_place("settings"), _("the style “%(style)s” is left out.") % {"style": style[:60]})

    def kind(self) -> str | None:
        """When people are asked."""
        text = self.row.get("baraza_kind").lower()
        if text and text not in Survey.Kind.values:
            self.wrong(
                _("the kind “%(kind)s” is none of: %(known)s.")
                % {"kind": text[:60], "known": ", ".join(Survey.Kind.values)}
            )
            return None
        return text or None

    def session_number(self) -> int | None:
        """The session that is asked about."""
        text = self.row.get("session")
        number = whole_number(text) or None
        if text and not number:
            self.wrong(_("“%(text)s” is no number of a session.") % {"text": text[:60]})
        return number

    def is_anonymous(self) -> bool | None:
        """Whether no way leads from a response to a person."""
        text = self.row.get("anonymous").lower()
        if text and text not in YES | NO:
            self.wrong(_("the column “anonymous” says “%(text)s”; write yes or no.") % {"text": text[:60]})
        return text in YES if text else None

    def moment(self, name: str) -> dt.datetime | None:
        """A moment; one without an offset is in the programme's zone."""
        text = self.row.get(name)
        if not text:
            return None
        try:
            found = dt.datetime.fromisoformat(text)
        except ValueError:
            self.wrong(
                _("“%(text)s” in the column “%(column)s” is no moment such as 2026-11-30 18:00.")
                % {"text": text[:60], "column": name}
            )
            return None
        return found if found.tzinfo else found.replace(tzinfo=self.zone)


def renamed(versions: Mapping[str, Mapping[str, str]]) -> dict[str, dict[str, str]]:
    """The versions with the survey's own word for its title. pyxform takes no `form_title` in several languages."""
    return {
        code: {"title" if name in ("form_title", "survey_title") else name: text for name, text in texts.items()}
        for code, texts in versions.items()
    }

"""What an edition consists of besides its figures: blocks, words on the method, the code. Drafted, then frozen with it."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from registrations.models import Partner, Programme
from reports.code_version import CodeVersion, code_version
from reports.composition import FALLBACK, Composition, automatic
from reports.figures import Results, canonical
from reports.method import Words
from reports.models import ReportDraft, ResultsReport

FORMAT = "baraza-edition/1"


@dataclass(frozen=True, slots=True)
class Edition:
    """A report as it is told: its figures, its blocks, the organisers' words on the method, and the code."""

    results: Results
    composition: Composition
    words: Words
    code: CodeVersion | None

    def content(self, figures_sha256: str) -> dict[str, Any]:
        """Everything but the figures, whose hash stands for them."""
        return {
            "format": FORMAT,
            "figures_sha256": figures_sha256,
            "composition": self.composition.as_dict(),
            "words": {field: dict(texts) for field, texts in self.words.items()},
            "code": self.code.as_dict() if self.code else None,
        }


def frozen(report: ResultsReport) -> Edition:
    """What a published edition was frozen with. One from before reports were composed composes itself."""
    results, content = Results.from_dict(report.figures), report.content
    if not content:
        return Edition(results, automatic(results), {}, None)
    code = CodeVersion(**content["code"]) if content["code"] else None
    return Edition(results, Composition.from_dict(content["composition"]), content["words"], code)


def drafted(programme: Programme, results: Results) -> Edition:
    """What would be frozen now."""
    draft = ReportDraft.objects.filter(programme=programme.pk).first()
    composition = Composition.from_dict(draft.blocks) if draft and draft.blocks else automatic(results)
    return Edition(results, composition.shown, told_words(programme, draft.words if draft else {}), code_version())


def told_words(programme: Programme, entered: Mapping[str, Mapping[str, str]]) -> dict[str, dict[str, str]]:
    """The organisers' words, and what the programme says for itself where they entered nothing."""
    usual = {"conductor": _partners(programme), "contact": _contact(programme)}
    defaults = {field: {FALLBACK: text} for field, text in usual.items() if text}
    own = {field: {code: text for code, text in texts.items() if text} for field, texts in entered.items()}
    return {**defaults, **{field: texts for field, texts in own.items() if texts}}


def content_digest(content: Mapping[str, Any]) -> str:
    """The SHA-256 of the canonical JSON, in hexadecimal digits."""
    return hashlib.sha256(canonical(dict(content)).encode()).hexdigest()


def is_same(report: ResultsReport, content: Mapping[str, Any]) -> bool:
    """Whether an edition has this content, whatever code made it."""
    return {**report.content, "code": None} == {**content, "code": None}


def _partners(programme: Programme) -> str:
    return "; ".join(Partner.objects.filter(programme=programme.pk).values_list("name", flat=True))


def _contact(programme: Programme) -> str:
    return ", ".join(part for part in (programme.contact_name, programme.contact_email) if part)

"""What coders do: keep a codebook, give codes to texts and take them away again. Nothing is deleted."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from registrations.models import User
from surveys.errors import Refused
from surveys.models import Question, Response
from surveys.models.coding import Code, CodedText, Coding

MOST_CODES = 100


@transaction.atomic
def add_code(question: Question, *, label: str, definition: str, by: User, now: dt.datetime) -> Code:
    """Add a code to a question's codebook. Raises Refused for a label that is there already, or for too many codes."""
    Question.objects.select_for_update().get(pk=question.pk)
    codes = list(Code.objects.filter(question=question))
    if question.kind != Question.Kind.TEXT:
        raise Refused(_("Only what people write in their own words is coded."))
    if not label.strip():
        raise Refused(_("Give the code a label."))
    if any(code.label.casefold() == label.strip().casefold() and not code.withdrawn_at for code in codes):
        raise Refused(_("There is a code of this label already."))
    if len(codes) >= MOST_CODES:
        raise Refused(_("A question has at most %(most)s codes.") % {"most": MOST_CODES})
    last = max((code.position for code in codes), default=0)
    return Code.objects.create(
        question=question,
        name=_free_name(label, {code.name for code in codes}),
        label=label.strip(),
        definition=definition.strip(),
        position=last + 1,
        created_at=now,
        created_by=by,
    )


def withdraw_code(code: Code, *, now: dt.datetime) -> Code:
    """Take a code out of use. Texts keep it in the books; it is counted no more."""
    Code.objects.filter(pk=code.pk, withdrawn_at__isnull=True).update(withdrawn_at=now)
    code.refresh_from_db()
    return code


def reinstate_code(code: Code) -> Code:
    """Bring a code back into use, with all texts that have it."""
    Code.objects.filter(pk=code.pk).update(withdrawn_at=None)
    code.refresh_from_db()
    return code


@transaction.atomic
def code_text(response: Response, question: Question, names: Iterable[str], *, by: User, now: dt.datetime) -> set[str]:
    """Let ``by``'s codes of a text be exactly these, and note that it was gone through. Returns what stands now.

    What is new is given, what is missing is ended; what others gave stays. Done twice, it changes nothing. Raises Refused
    for a code that is not in the codebook, and for a response without a text.
    """
    codes = {code.name: code for code in Code.objects.filter(question=question, withdrawn_at__isnull=True)}
    wanted = set(names)
    if unknown := wanted - codes.keys():
        raise Refused(_("There is no code “%(name)s”.") % {"name": min(unknown)[:60]})
    if response.survey_id != question.survey_id or not response.answers.get(question.name):
        raise Refused(_("This response has no text to be coded."))
    Response.objects.select_for_update().get(pk=response.pk)
    standing = Coding.objects.for_question(question).standing().filter(response=response, coder=by)
    given = {coding.code.name: coding for coding in standing.select_related("code")}
    ended = [given[name].pk for name in given.keys() - wanted]
    Coding.objects.filter(pk__in=ended).update(ended_at=now, ended_by=by)
    Coding.objects.bulk_create(
        Coding(code=codes[name], response=response, coder=by, given_at=now) for name in sorted(wanted - given.keys())
    )
    CodedText.objects.update_or_create(
        question=question,
        response=response,
        coder=by,
        defaults={"last_at": now},
        create_defaults={"first_at": now, "last_at": now},
    )
    return wanted


def _free_name(label: str, taken: set[str]) -> str:
    """A name for data made of the label, with a number where it is taken or holds no Latin letter."""
    stem = slugify(label).replace("-", "_").strip("_")[:32]
    stem = stem if stem[:1].isalpha() else "code"
    names = [stem, *(f"{stem}_{number}" for number in range(2, MOST_CODES + 2))]
    return next(name for name in names if name not in taken)

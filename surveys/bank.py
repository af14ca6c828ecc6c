"""The question bank: questions that are asked again and again. `surveys.cohorts` compares what they were answered."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from surveys.errors import Refused
from surveys.models import BankQuestion, Choice, Question, Survey

WORDS = ("label", "hint")


@transaction.atomic
def insert_from_bank(survey: Survey, bank_question: BankQuestion) -> Question:
    """Ask a question of the bank at the end of a survey. Raises Refused once somebody has answered.

    The original is in the survey's language where the bank has it; every other version comes along.
    """
    Survey.objects.select_for_update().get(pk=survey.pk)
    if survey.responses.exists():
        raise Refused(_("Somebody has answered this survey already: no question can be added."))
    last = survey.questions.aggregate(last=Max("position"))["last"] or 0
    last_group = survey.groups.aggregate(last=Max("position"))["last"] or 0
    texts = in_language(bank_question, survey.language)
    question = Question.objects.create(
        survey=survey,
        bank_question=bank_question,
        name=free_name(survey, bank_question.key),
        kind=bank_question.kind,
        label=texts["label"],
        hint=texts["hint"],
        translations=versions_without(bank_question, survey.language),
        parameters=dict(bank_question.parameters),
        position=max(last, last_group) + 1,
    )
    Choice.objects.bulk_create(
        [choice_from(question, entry, bank_question, number) for number, entry in enumerate(bank_question.choices, 1)]
    )
    return question


def choice_from(question: Question, entry: dict[str, object], bank_question: BankQuestion, number: int) -> Choice:
    """An option as the bank has it, in the language of the question's survey."""
    language, versions = question.survey.language, dict(_versions(entry))
    label = str(entry["label"])
    if language != bank_question.language:
        own = versions.pop(language, {}).get("label", "")
        if own:
            versions[bank_question.language] = {"label": label}
            label = own
    return Choice(
        question=question,
        value=str(entry["value"]),
        label=label,
        translations=versions,
        is_exclusive=bool(entry.get("is_exclusive")),
        is_other=bool(entry.get("is_other")),
        position=number,
    )


def _versions(entry: dict[str, object]) -> dict[str, dict[str, str]]:
    found = entry.get("translations")
    return found if isinstance(found, dict) else {}


def in_language(bank_question: BankQuestion, language: str) -> dict[str, str]:
    """The texts in a language, the original where there is no version."""
    return {name: bank_question.text(name, language) for name in WORDS}


def versions_without(bank_question: BankQuestion, language: str) -> dict[str, dict[str, str]]:
    """The versions in languages other than this one, the original among them."""
    versions = {code: dict(texts) for code, texts in bank_question.translations.items() if code != language}
    if bank_question.language != language and bank_question.entered("label", language):
        versions[bank_question.language] = {
            name: getattr(bank_question, name) for name in WORDS if getattr(bank_question, name)
        }
    return versions


def free_name(survey: Survey, wanted: str) -> str:
    """A name like this one that no question and no group of the survey has."""
    taken = set(survey.questions.values_list("name", flat=True)) | set(survey.groups.values_list("name", flat=True))
    number, name = 1, wanted
    while name in taken:
        number += 1
        name = f"{wanted[:55]}_{number}"
    return name


def put_into_bank(question: Question, *, key: str, now: dt.datetime) -> BankQuestion:
    """Keep a question in the bank under a new key, and let it stand for that entry. Raises Refused for a taken key."""
    entry = BankQuestion(
        key=key,
        kind=question.kind,
        label=question.label,
        hint=question.hint,
        language=question.survey.language,
        translations={code: _own(texts) for code, texts in question.translations.items() if _own(texts)},
        choices=[
            {
                "value": choice.value,
                "label": choice.label,
                "translations": choice.translations,
                "is_exclusive": choice.is_exclusive,
                "is_other": choice.is_other,
            }
            for choice in question.choices.all()
        ],
        parameters=dict(question.parameters),
        created_at=now,
    )
    try:
        entry.full_clean()
        with transaction.atomic():
            entry.save(force_insert=True)
            Question.objects.filter(pk=question.pk).update(bank_question=entry)
    except ValidationError as error:
        raise Refused(" ".join(error.messages)) from None
    except IntegrityError:
        raise Refused(_("The bank has a question with this key already. Choose another key.")) from None
    return entry


def _own(texts: dict[str, str]) -> dict[str, str]:
    return {name: text for name, text in texts.items() if name in WORDS and text}

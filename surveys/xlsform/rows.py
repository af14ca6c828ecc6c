"""A survey's rows as a form."""

from collections.abc import Sequence

from surveys.models import Group, Question, Survey
from surveys.xlsform.form import Form, FormChoice, FormGroup, FormQuestion, Item


def form_of(survey: Survey) -> Form:
    """The form that a survey is. Takes five queries, whatever its length."""
    groups = list(survey.groups.all())
    questions = list(survey.questions.select_related("bank_question").prefetch_related("choices"))
    return Form(
        form_id=survey.form_id,
        title=survey.title,
        language=survey.language,
        items=items_in(None, groups, questions),
        introduction=survey.introduction,
        thanks=survey.thanks,
        translations=tidy(survey.translations),
        version=survey.version,
        kind=survey.kind,
        session_number=survey.session.number if survey.session else None,
        is_anonymous=survey.is_anonymous,
        opens_at=survey.opens_at,
        closes_at=survey.closes_at,
    )


def items_in(parent: Group | None, groups: Sequence[Group], questions: Sequence[Question]) -> tuple[Item, ...]:
    """The questions and groups that stand directly in a group, or in none, in their order."""
    pk = parent.pk if parent else None
    found: list[tuple[int, int, int, Item]] = [
        (group.position, 0, group.pk, form_group(group, groups, questions)) for group in groups if group.parent_id == pk
    ]
    found += [(each.position, 1, each.pk, form_question(each)) for each in questions if each.group_id == pk]
    return tuple(item for *_place, item in sorted(found, key=lambda entry: entry[:3]))


def form_group(group: Group, groups: Sequence[Group], questions: Sequence[Question]) -> FormGroup:
    """A group with what stands in it."""
    return FormGroup(
        name=group.name,
        label=group.label,
        translations=tidy(group.translations),
        appearance=group.appearance,
        relevant=group.relevant,
        items=items_in(group, groups, questions),
    )


def form_question(question: Question) -> FormQuestion:
    """A question with its options."""
    return FormQuestion(
        name=question.name,
        kind=question.kind,
        label=question.label,
        hint=question.hint,
        translations=tidy(question.translations),
        is_required=question.is_required,
        required_message=question.required_message,
        relevant=question.relevant,
        constraint=question.constraint,
        constraint_message=question.constraint_message,
        appearance=question.appearance,
        parameters=dict(question.parameters),
        list_name=question.list_name,
        choices=tuple(
            FormChoice(choice.value, choice.label, tidy(choice.translations), choice.is_exclusive, choice.is_other)
            for choice in question.choices.all()
        ),
        counts_for_validity=question.counts_for_validity,
        bank_key=question.bank_question.key if question.bank_question else "",
    )


def tidy(translations: object) -> dict[str, dict[str, str]]:
    """Versions of texts without empty ones."""
    if not isinstance(translations, dict):
        return {}
    found = {
        language: {name: str(text) for name, text in texts.items() if text}
        for language, texts in translations.items()
        if isinstance(texts, dict)
    }
    return {language: texts for language, texts in found.items() if texts}

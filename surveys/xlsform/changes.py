"""What a new version of a form would change of a survey that has been answered already: only words may."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from surveys.models import Question
from surveys.xlsform.form import Form, FormQuestion, walked

FIELDS = ("kind", "is_required", "relevant", "constraint", "parameters", "counts_for_validity")


def changes_of_meaning(before: Form, after: Form) -> Iterator[str]:
    """A sentence for each change that is more than one of words or looks."""
    yield from changes_of_settings(before, after)
    old, new = ({question.name: question for question in form.questions} for form in (before, after))
    for name in old.keys() - new.keys():
        yield _("the question “%(name)s” would go") % {"name": name}
    for name in new.keys() - old.keys():
        yield _("the question “%(name)s” would be new") % {"name": name}
    for name, question in new.items():
        if name in old:
            yield from changes_of_question(old[name], question)
    if old.keys() == new.keys() and outline(before) != outline(after):
        yield _("the order of the questions, their groups, or the conditions of groups would change")


def changes_of_settings(before: Form, after: Form) -> Iterator[str]:
    """Changes of the survey as a whole. What the new form leaves open stays as it is."""
    if after.language != before.language:
        yield _("the language of the original would change")
    if after.kind not in {None, before.kind} or after.session_number not in {None, before.session_number}:
        yield _("the kind of the survey, or its session, would change")
    if after.is_anonymous not in {None, before.is_anonymous}:
        yield _("it would become anonymous, or cease to be")


def changes_of_question(before: FormQuestion, after: FormQuestion) -> Iterator[str]:
    """Changes of one question."""
    for name in FIELDS:
        if getattr(before, name) != getattr(after, name):
            field = Question._meta.get_field(name)
            yield _("“%(name)s”: “%(field)s” would change") % {
                "name": after.name,
                "field": getattr(field, "verbose_name", name),
            }
    if after.bank_key not in {"", before.bank_key}:
        yield _("“%(name)s” would stand for another question of the bank") % {"name": after.name}
    if options(before) != options(after):
        yield _("“%(name)s”: its options would change") % {"name": after.name}


def options(question: FormQuestion) -> list[tuple[str, bool, bool]]:
    """The options without their words."""
    return [(choice.value, choice.is_exclusive, choice.is_other) for choice in question.choices]


def outline(form: Form) -> list[tuple[str, tuple[str, ...], str]]:
    """Where everything stands, and under which condition."""
    return [
        (item.name, tuple(parent.name for parent in parents), "" if isinstance(item, FormQuestion) else item.relevant)
        for item, parents in walked(form.items)
    ]

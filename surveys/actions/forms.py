"""Loading a survey from a form, and making a form of a survey."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from registrations.models import Programme, User
from sessions.models import TrainingSession
from surveys.actions.anonymity import set_anonymous
from surveys.errors import Refused
from surveys.models import BankQuestion, Choice, Group, Question, Survey
from surveys.opening import usual_times
from surveys.xlsform import Form, FormGroup, FormQuestion, read_form, written
from surveys.xlsform.changes import changes_of_meaning
from surveys.xlsform.checking import complaint
from surveys.xlsform.form import walked
from surveys.xlsform.rows import form_of

MOST_CHANGES_SAID = 20
Row = TypeVar("Row", Question, Choice)


def load_form(
    programme: Programme, content: bytes, *, by: User | None, now: dt.datetime, skip_unsupported: bool = False
) -> Survey:
    """Make a survey of an XLSForm workbook, or a new version of the one with its `form_id`, and return it.

    Raises Refused with a list, row by row, of what is wrong and of what is not supported; the latter is left out with
    ``skip_unsupported``. Once somebody has answered, only words may change. All or nothing is saved.
    """
    reading = read_form(content, zone=programme.zone)
    return adopt_form(programme, reading.usable(skip_unsupported=skip_unsupported), by=by, now=now)


def export_form(survey: Survey) -> bytes:
    """The survey as an XLSForm workbook. Raises Refused for a survey that ODK and Kobo would not take."""
    form = form_of(survey)
    said = complaint(form)
    if said:
        raise Refused(_("The survey cannot be written as an XLSForm. pyxform says: %(message)s") % {"message": said})
    return written(form)


def adopt_form(programme: Programme, form: Form, *, by: User | None, now: dt.datetime) -> Survey:
    """Make a survey of a form, or a new version of the survey with its `form_id`. Raises Refused; see `load_form`."""
    try:
        with transaction.atomic():
            return _adopt(programme, form, by, now)
    except IntegrityError:
        raise Refused(_("Somebody else has just changed this survey. Load the form again.")) from None


def _adopt(programme: Programme, form: Form, by: User | None, now: dt.datetime) -> Survey:
    survey = Survey.objects.select_for_update().filter(form_id=form.form_id).first()
    is_new = survey is None
    if survey is None:
        survey = Survey(programme=programme, form_id=form.form_id)
    elif survey.programme_id != programme.pk:
        raise Refused(_("The form id “%(id)s” is taken by another programme. Choose another.") % {"id": form.form_id})
    elif survey.responses.exists():
        refuse_other_meaning(survey, form)
        form = with_old_bank_keys(survey, form)
    _fill_in(survey, form)
    survey.save()
    _write_items(survey, form)
    if by is not None:
        LogEntry.objects.log_actions(
            by.pk,
            [survey],
            ADDITION if is_new else CHANGE,
            _("Form loaded, version “%(version)s”.") % {"version": form.version},
            single_object=True,
        )
    return survey


def refuse_other_meaning(survey: Survey, form: Form) -> None:
    """Raise Refused where a form changes more than the words of a survey that has been answered."""
    changes = list(changes_of_meaning(form_of(survey), form))
    if not changes:
        return
    lines = changes[:MOST_CHANGES_SAID]
    more = len(changes) - len(lines)
    if more:
        lines.append(ngettext("… and %(count)s more.", "… and %(count)s more.", more) % {"count": more})
    heading = _("People have answered this survey already, so that only its words may change. This form changes more:")
    raise Refused("\n".join([heading, *lines]))


def with_old_bank_keys(survey: Survey, form: Form) -> Form:
    """A form in which questions stand for those of the bank that they stood for, where it does not say."""
    keys = {question.name: question.bank_key for question in form_of(survey).questions}

    def filled(items: tuple[FormQuestion | FormGroup, ...]) -> tuple[FormQuestion | FormGroup, ...]:
        return tuple(
            replace(item, items=filled(item.items))
            if isinstance(item, FormGroup)
            else replace(item, bank_key=item.bank_key or keys[item.name])
            for item in items
        )

    return replace(form, items=filled(form.items))


def _fill_in(survey: Survey, form: Form) -> None:
    """What the form says of the survey as a whole; what it leaves open stays, or is what is usual."""
    if form.kind is not None:
        survey.kind = form.kind
    if form.session_number is not None:
        survey.session = _session(survey.programme, form.session_number)
    if survey.kind != Survey.Kind.SESSION_PULSE:
        survey.session = None
    elif survey.session is None:
        raise Refused(_("A survey about one session needs the session’s number in the column “session”."))
    survey.title, survey.introduction, survey.thanks = form.title, form.introduction, form.thanks
    survey.translations = {language: dict(texts) for language, texts in form.translations.items()}
    survey.language, survey.version = form.language, form.version
    if form.is_anonymous is not None and survey._state.adding:
        survey.is_anonymous = form.is_anonymous
    elif form.is_anonymous is not None:
        set_anonymous(survey, is_anonymous=form.is_anonymous)
    if survey._state.adding:
        survey.opens_at, survey.closes_at = usual_times(survey)
    survey.opens_at = form.opens_at or survey.opens_at
    survey.closes_at = form.closes_at or survey.closes_at
    if survey.closes_at <= survey.opens_at:
        raise Refused(_("A survey must close after it opens."))


def _session(programme: Programme, number: int) -> TrainingSession:
    session = TrainingSession.objects.filter(programme=programme, number=number).first()
    if session is None:
        raise Refused(_("The programme has no session %(number)s.") % {"number": number})
    return session


def _write_items(survey: Survey, form: Form) -> None:
    """Groups, questions and options as the form has them: known by their names, changed in place, added, removed."""
    bank = {entry.key: entry for entry in BankQuestion.objects.filter(key__in={q.bank_key for q in form.questions})}
    known = {question.name: question for question in survey.questions.all()}
    groups = _write_groups(survey, form)
    questions = []
    for position, (item, parents) in enumerate(walked(form.items), start=1):
        if isinstance(item, FormQuestion):
            question = known.pop(item.name, None) or Question(survey=survey, name=item.name)
            _fill_in_question(question, item, bank.get(item.bank_key))
            question.group, question.position = groups[parents[-1].name] if parents else None, position
            questions.append((question, item))
    Question.objects.filter(pk__in=[question.pk for question in known.values()]).delete()
    _store(Question, [question for question, _item in questions], QUESTION_FIELDS)
    survey.groups.exclude(name__in=groups).delete()
    _write_choices(survey, questions)


QUESTION_FIELDS = (
    *("kind", "label", "hint", "is_required", "required_message", "relevant", "constraint", "constraint_message"),
    *("appearance", "list_name", "counts_for_validity", "translations", "parameters"),
    *("group", "position", "bank_question"),
)
COPIED = QUESTION_FIELDS[:11]


def _fill_in_question(question: Question, item: FormQuestion, bank_question: BankQuestion | None) -> None:
    for name in COPIED:
        setattr(question, name, getattr(item, name))
    question.translations = {language: dict(texts) for language, texts in item.translations.items()}
    question.parameters = dict(item.parameters)
    fits = bank_question is not None and bank_question.kind == item.kind
    question.bank_question = bank_question if fits else None


def _write_groups(survey: Survey, form: Form) -> Mapping[str, Group]:
    """The groups by name, each saved before those inside it."""
    known = {group.name: group for group in survey.groups.all()}
    found: dict[str, Group] = {}
    for position, (item, parents) in enumerate(walked(form.items), start=1):
        if isinstance(item, FormGroup):
            group = known.get(item.name) or Group(survey=survey, name=item.name)
            group.label, group.appearance, group.relevant = item.label, item.appearance, item.relevant
            group.translations = {language: dict(texts) for language, texts in item.translations.items()}
            group.parent, group.position = found[parents[-1].name] if parents else None, position
            group.save()
            found[item.name] = group
    return found


def _write_choices(survey: Survey, questions: Sequence[tuple[Question, FormQuestion]]) -> None:
    known = {(choice.question_id, choice.value): choice for choice in Choice.objects.filter(question__survey=survey)}
    kept = []
    for question, item in questions:
        for position, option in enumerate(item.choices, start=1):
            choice = known.pop((question.pk, option.value), None) or Choice(question=question, value=option.value)
            choice.label, choice.position = option.label, position
            choice.translations = {language: dict(texts) for language, texts in option.translations.items()}
            choice.is_exclusive, choice.is_other = option.is_exclusive, option.is_other
            kept.append(choice)
    Choice.objects.filter(pk__in=[choice.pk for choice in known.values()]).delete()
    _store(Choice, kept, ("label", "position", "translations", "is_exclusive", "is_other"))


def _store(model: type[Row], rows: Sequence[Row], fields: Sequence[str]) -> None:
    """Insert the new rows and update the others, each in one statement per few hundred rows."""
    known = [row for row in rows if row.pk is not None]
    model._default_manager.bulk_create([row for row in rows if row.pk is None], batch_size=200)
    model._default_manager.bulk_update(known, fields, batch_size=100)

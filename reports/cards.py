"""The stages of a workspace: each with its figures, a note, and the ways on."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from certificates.actions.rules import IssuePreview
from certificates.explanation import rule_text
from certificates.facts import names_of
from certificates.models import CompletionRule
from registrations.models import Programme
from registrations.people.running import FEWEST_TOLD, partnerships_told
from reports.guidance import broken_certificates, broken_text, day, list_of
from reports.models import ResultsReport
from reports.stages import Facts, Name, Stage, State
from surveys.models import Survey
from surveys.statistics import share_of
from surveys.wording import number_text, share_text


@dataclass(frozen=True, slots=True)
class Number:
    """A figure of a stage and what it counts."""

    value: str
    what: str
    is_main: bool = False
    is_counting: bool = False  # the value says so, in words


@dataclass(frozen=True, slots=True)
class Link:
    """A way on."""

    text: str
    address: str


@dataclass(frozen=True, slots=True)
class Card:
    """A stage as the workspace shows it."""

    stage: Stage
    title: str
    state: str
    numbers: tuple[Number, ...]
    note: str
    links: tuple[Link, ...]


class Desk:
    """Puts the cards together: each stage has a method that returns its numbers, a note and its links."""

    def __init__(
        self,
        programme: Programme,
        facts: Facts,
        done: IssuePreview | None,
        is_organiser: bool,
        rule: CompletionRule | None,
    ) -> None:
        self.programme, self.facts, self.done, self.is_organiser = programme, facts, done, is_organiser
        self.rule = rule

    def card(self, stage: Stage) -> Card:
        parts: dict[Name, Callable[[], tuple[list[Number], str, list[Link]]]] = {
            Name.REGISTRATIONS: self.registrations,
            Name.SESSIONS: self.sessions,
            Name.ATTENDANCE: self.attendance,
            Name.COMPLETION: self.completion,
            Name.CERTIFICATES: self.certificates,
            Name.SURVEY: self.survey,
            Name.RESULTS: self.results,
        }
        numbers, note, links = parts[stage.name]()
        return Card(stage, stage_title(stage.name), state_text(stage), tuple(numbers), note, tuple(links))

    def registrations(self) -> tuple[list[Number], str, list[Link]]:
        facts, programme = self.facts, self.programme
        numbers = [self._figure(facts.seated, _("registered"), is_main=True)]
        if programme.capacity:
            numbers.append(_number(programme.capacity, _("seats")))
        if facts.waiting:
            numbers.append(_number(facts.waiting, _("on the waiting list")))
        if facts.pending:
            numbers.append(_number(facts.pending, _("still to confirm their address")))
        dates = {
            "opens": day(programme.registration_opens_at, programme),
            "closes": day(programme.registration_closes_at, programme),
        }
        note = _("Open from %(opens)s to %(closes)s.") % dates
        if programme.has_directory:
            numbers.append(self._partnerships())
        links = [
            Link(_("People"), list_of("registrations_registration", programme)),
            Link(_("People who find each other"), reverse("admin:registrations_people", args=[programme.pk])),
        ]
        return numbers, note, self._for_organisers(links)

    def _partnerships(self) -> Number:
        """What came of the directory; of fewer than five an analyst is told no more than that."""
        told, what = partnerships_told(self.programme, is_organiser=self.is_organiser), _("partnerships")
        return Number(_("under %(n)s") % {"n": FEWEST_TOLD}, what) if told is None else _number(told, what)

    def sessions(self) -> tuple[list[Number], str, list[Link]]:
        facts = self.facts
        numbers = [_number(facts.sessions_held, _("held"), is_main=True), _number(facts.sessions, _("planned"))]
        links = [
            Link(_("Sessions"), list_of("training_sessions_trainingsession", self.programme)),
            Link(_("Speakers"), list_of("training_sessions_speaker", self.programme)),
        ]
        return numbers, "", self._for_organisers(links)

    def attendance(self) -> tuple[list[Number], str, list[Link]]:
        facts = self.facts
        if not facts.sessions:
            return [], "", []
        what = ngettext("of %(n)s session recorded", "of %(n)s sessions recorded", facts.sessions)
        numbers = [_number(facts.sessions_recorded, what % {"n": number_text(facts.sessions)}, is_main=True)]
        if facts.files_waiting:
            numbers.append(_number(facts.files_waiting, _("files wait to be applied")))
        if facts.names_waiting or not facts.has_figures:
            numbers.append(self._figure(facts.names_waiting, _("names to be decided")))
        if facts.corrections_waiting or not facts.has_figures:
            numbers.append(self._figure(facts.corrections_waiting, _("requests for correction")))
        links = [
            self._attendance_link("files", _("Files of attendance")),
            self._attendance_link("review", _("Who are they?")),
            self._attendance_link("corrections", _("Requests for correction")),
            self._attendance_link("live", _("Live view")),
        ]
        if facts.next_session:
            screen = reverse("admin:training_sessions_check_in", args=[facts.next_session])
            links.append(Link(_("Check-in screen"), screen))
        return numbers, "", self._for_organisers(links)

    def _attendance_link(self, page: str, text: str) -> Link:
        return Link(text, reverse(f"admin:training_sessions_{page}", args=[self.programme.pk]))

    def completion(self) -> tuple[list[Number], str, list[Link]]:
        rule = self.rule
        links = [Link(_("Rule"), reverse("admin:certificates_rule", args=[self.programme.pk]))]
        if rule is None:
            return [], _("No rule is set: no certificates are issued."), self._for_organisers(links)
        links.append(Link(_("Who meets what"), reverse("admin:certificates_funnel", args=[self.programme.pk])))
        met = _("have met every requirement")
        numbers = _standings(self.done, met) if self.done else [_being_counted(met, is_main=True)]
        return numbers, f"{rule_text(rule.rule, names_of([rule.rule]))}.", self._for_organisers(links)

    def certificates(self) -> tuple[list[Number], str, list[Link]]:
        facts, pk = self.facts, self.programme.pk
        numbers = [self._figure(facts.certificates, _("issued"), is_main=True)]
        if facts.has_rule:
            numbers.append(_number(facts.due, _("due")) if facts.is_counted else _being_counted(_("due")))
        certificates = f"{reverse('admin:certificates_certificate_changelist')}?programme={pk}"
        links = [
            Link(_("Issue"), reverse("admin:certificates_issue", args=[pk])),
            Link(_("Certificates"), certificates),
        ]
        if not facts.certificates_broken:
            return numbers, "", self._for_organisers(links)
        links.append(Link(_("PDF not made"), broken_certificates(self.programme)))
        return numbers, broken_text(facts), self._for_organisers(links)

    def survey(self) -> tuple[list[Number], str, list[Link]]:
        facts = self.facts
        add = Link(_("Add a survey"), f"{reverse('admin:surveys_survey_add')}?programme={self.programme.pk}")
        if not facts.surveys:
            return [], _("There is no survey yet."), self._for_organisers([add])
        rate = share_of(facts.responses, facts.seated) if facts.surveys == 1 else None
        numbers = [_number(facts.responses, _("responses"), is_main=True)]
        if rate is not None:
            numbers.append(Number(share_text(rate), _("of those registered")))
        elif facts.surveys == 1 and not facts.has_figures:
            numbers.append(_being_counted(_("of those registered")))
        surveys = Survey.objects.for_programme(self.programme).order_by("opens_at", "pk")
        links = [Link(survey.title, reverse("admin:surveys_survey_dashboard", args=[survey.pk])) for survey in surveys]
        questions = Link(_("Questions"), list_of("surveys_survey", self.programme))
        return numbers, "", [*links, *self._for_organisers([questions])]

    def results(self) -> tuple[list[Number], str, list[Link]]:
        report = ResultsReport.objects.on_show(self.programme.slug)
        links = self._for_organisers(
            [Link(_("Preview"), reverse("admin:reports_workspace_results", args=[self.programme.pk]))]
        )
        if report is None:
            return [], _("Not published."), links
        note = _("Published on %(day)s.") % {"day": day(report.published_at, self.programme)}
        public = Link(_("Public page"), reverse("results_page", args=[self.programme.slug]))
        return [_number(report.edition, _("edition on show"), is_main=True)], note, [*links, public]

    def _figure(self, value: int, what: str, *, is_main: bool = False) -> Number:
        """A figure that goes through everybody, once everybody is counted."""
        return (
            _number(value, what, is_main=is_main) if self.facts.has_figures else _being_counted(what, is_main=is_main)
        )

    def _for_organisers(self, links: list[Link]) -> list[Link]:
        return links if self.is_organiser else []


def stage_title(name: Name) -> str:
    """A stage's name."""
    return {
        Name.REGISTRATIONS: _("Registrations"),
        Name.SESSIONS: _("Sessions"),
        Name.ATTENDANCE: _("Attendance"),
        Name.COMPLETION: _("Completion"),
        Name.CERTIFICATES: _("Certificates"),
        Name.SURVEY: _("Survey"),
        Name.RESULTS: _("Results"),
    }[name]


def state_text(stage: Stage) -> str:
    """A stage's state in a word."""
    if stage.is_done:
        return _("Done")
    if stage.state is State.COUNTING:
        return _("being counted")
    return _("Now") if stage.is_now else _("Later")


def _number(value: int, what: str, *, is_main: bool = False) -> Number:
    return Number(number_text(value), what, is_main)


def _being_counted(what: str, *, is_main: bool = False) -> Number:
    return Number(_("being counted"), what, is_main, is_counting=True)


def _standings(done: IssuePreview, met: str) -> list[Number]:
    """How many have met everything, and how many miss by one thing, by what it is."""
    rest = (
        (done.lacking_survey_only, _("lack only the survey")),
        (done.lacking_one_session_only, _("lack only one session")),
        (done.lacking_one_other_thing, _("lack only one other thing")),
        (done.by_exception, _("by exception")),
    )
    return [_number(done.complete, met, is_main=True), *(_number(people, what) for people, what in rest if people)]

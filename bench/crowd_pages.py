"""The pages that organisers of a crowd look at, each with how many queries it takes; run by `manage.py shell`."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple, Self
from urllib.parse import urlencode

from django.db import connection
from django.db.models import Model
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bench.stage import SLUG
from certificates import drafted
from certificates.models import Certificate, CompletionRule, RuleDraft
from certificates.tasks import check_issuing, compare_drafts, count_completion
from registrations.models import KeptFigures, Mail, Programme, Registration, User
from reports.tasks import count_results, count_standing
from sessions.actions import ask_what_it_changes, work_out_changes
from sessions.models import AttendanceImport, Speaker, TrainingSession
from sessions.tasks import count_attendance
from surveys.models import BankQuestion, BaseDefinition, Question, Response, Survey
from surveys.tasks import count_respondents


class Page(NamedTuple):
    """A page by its name in the table, and its address."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Crowd:
    """The keys that addresses are made of."""

    programme: int
    session: int
    applied: int
    preview: int
    survey: int
    person: int
    draft: int

    @classmethod
    def of(cls, programme: Programme) -> Self:
        """Look them up."""
        files = AttendanceImport.objects.for_programme(programme).order_by("pk").values_list("pk", flat=True)
        return cls(
            programme=programme.pk,
            session=TrainingSession.objects.for_programme(programme).values_list("pk", flat=True)[0],
            applied=files[0],
            preview=files[len(files) - 1],
            survey=Survey.objects.for_programme(programme).values_list("pk", flat=True)[0],
            person=Registration.objects.seated().order_by("pk").values_list("pk", flat=True)[0],
            draft=RuleDraft.objects.filter(programme=programme).values_list("pk", flat=True)[0],
        )


REGISTRATIONS: tuple[tuple[str, dict[str, str]], ...] = (
    ("first page", {}),
    ("last page", {"p": "{registrations}"}),
    ("of the programme", {"programme__id__exact": "{programme}"}),
    ("pending", {"status": "pending"}),
    ("registered", {"status": "seated"}),
    ("waiting", {"status": "waiting"}),
    ("withdrawn", {"status": "withdrawn"}),
    ("by gender", {"gender__exact": "female"}),
    ("by sector", {"sector__exact": "academia"}),
    ("by country", {"country": "KE"}),
    ("four filters", {"status": "seated", "gender__exact": "female", "sector__exact": "ngo", "country": "KE"}),
    ("a family name", {"q": "mensah"}),
    ("two words", {"q": "fatima mensah"}),
    ("part of an address", {"q": "person4711"}),
    ("what everybody has", {"q": "example.org"}),
    ("what every organisation has", {"q": "ministry"}),
    ("what nobody has", {"q": "zzyzx"}),
    ("search and filter", {"q": "mensah", "status": "seated"}),
    ("by name", {"o": "1"}),
    ("by country, descending", {"o": "-3"}),
    ("by moment", {"o": "-6"}),
    ("by moment, last page", {"o": "-6", "p": "{registrations}"}),
    ("a year", {"registered_at__year": "2026"}),
    ("a day", {"registered_at__year": "2026", "registered_at__month": "10", "registered_at__day": "15"}),
)
LISTS: tuple[tuple[str, str, dict[str, str]], ...] = (
    ("mails", "registrations_mail", {}),
    ("mails: last page", "registrations_mail", {"p": "{mails}"}),
    ("mails: failed", "registrations_mail", {"status": "failed"}),
    ("mails: sent", "registrations_mail", {"status": "sent"}),
    ("mails: of a kind", "registrations_mail", {"kind": "registered"}),
    ("mails: an address", "registrations_mail", {"q": "person4711@"}),
    ("mails: what every address has", "registrations_mail", {"q": "example"}),
    ("certificates", "certificates_certificate", {}),
    ("certificates: last page", "certificates_certificate", {"p": "{certificates}"}),
    ("certificates: revoked", "certificates_certificate", {"state": "revoked"}),
    ("certificates: PDF not made", "certificates_certificate", {"state": "broken"}),
    ("certificates: a name", "certificates_certificate", {"q": "mensah"}),
    ("certificates: a number", "certificates_certificate", {"q": "XB22-0471"}),
    ("responses", "surveys_response", {}),
    ("responses: last page", "surveys_response", {"p": "{responses}"}),
    ("responses: a name", "surveys_response", {"q": "mensah"}),
    ("surveys", "surveys_survey", {}),
    ("sessions", "training_sessions_trainingsession", {}),
    ("programmes", "registrations_programme", {}),
    ("exceptions", "certificates_override", {}),
    ("names: confirmations", "certificates_nameconfirmation", {}),
    ("names: requests", "certificates_namerequest", {}),
    ("codings", "surveys_coding", {}),
    ("workspaces", "reports_workspace", {}),
)
SINGLE: tuple[tuple[str, str, str], ...] = (
    ("workspace", "reports_workspace_change", "programme"),
    ("programme in figures", "reports_workspace_dashboard", "programme"),
    ("results: preview", "reports_workspace_results", "programme"),
    ("results: compose", "reports_workspace_compose", "programme"),
    ("results: method", "reports_workspace_method", "programme"),
    ("live view", "training_sessions_live", "programme"),
    ("corrections", "training_sessions_corrections", "programme"),
    ("files", "training_sessions_files", "programme"),
    ("review queue", "training_sessions_review", "programme"),
    ("review: decisions", "training_sessions_review_decisions", "programme"),
    ("funnel", "certificates_funnel", "programme"),
    ("one thing short", "certificates_missing", "programme"),
    ("who to make an exception for", "certificates_exception_find", "programme"),
    ("rule", "certificates_rule", "programme"),
    ("issue", "certificates_issue", "programme"),
    ("check before issuing", "certificates_preflight", "programme"),
    ("draft of a rule", "certificates_rule_draft", "draft"),
    ("attendance of a session", "training_sessions_trainingsession_attendance", "session"),
    ("check-in", "training_sessions_check_in", "session"),
    ("file applied", "training_sessions_file", "applied"),
    ("file to apply", "training_sessions_file", "preview"),
    ("file to undo", "training_sessions_file_undo", "applied"),
    ("lines of a file", "training_sessions_file_lines", "applied"),
    ("survey: dashboard", "surveys_survey_dashboard", "survey"),
    ("survey: respondents", "surveys_survey_respondents", "survey"),
    ("survey: invitations", "surveys_survey_invitations", "survey"),
    ("survey: imports", "surveys_survey_imports", "survey"),
    ("survey", "surveys_survey_change", "survey"),
    ("person", "registrations_registration_change", "person"),
    ("programme", "registrations_programme_change", "programme"),
    ("session", "training_sessions_trainingsession_change", "session"),
    ("design of the certificate", "certificates_design", "programme"),
    ("survey: definition", "surveys_survey_definition", "survey"),
)
# Of each the page of one row.
ROWS: tuple[type[Model], ...] = (
    *(Question, BankQuestion, BaseDefinition, Response, Speaker),
    *(Mail, Certificate, CompletionRule),
)


def pages(crowd: Crowd) -> Iterator[Page]:
    """All of them. Last pages are the last ones, or a little before."""
    people = Registration.objects.filter(programme=crowd.programme).count()
    keys = {
        "programme": crowd.programme,
        "registrations": people // 50,
        "mails": people * 2 // 50,
        "certificates": -(-Certificate.objects.filter(registration__programme=crowd.programme).count() // 50),
        "responses": -(-Response.objects.filter(survey=crowd.survey).count() // 100),
    }
    lists = [(f"registrations: {name}", "registrations_registration", asked) for name, asked in REGISTRATIONS]
    for name, view, asked in (*lists, *LISTS):
        yield Page(name, _list(view, {key: value.format(**keys) for key, value in asked.items()}))
    for name, view, key in SINGLE:
        yield Page(name, reverse(f"admin:{view}", args=[getattr(crowd, key)]))
    for model in ROWS:
        key = model._default_manager.order_by("pk").values_list("pk", flat=True)[0]
        yield Page(
            f"one {model._meta.verbose_name}",
            reverse(f"admin:{model._meta.label_lower.replace('.', '_')}_change", args=[key]),
        )
    where = reverse("admin:training_sessions_trainingsession_attendance", args=[crowd.session])
    yield Page("attendance of a session: last page", f"{where}?page={people * 9 // 10 // 25}")
    draft = reverse("admin:certificates_rule_draft", args=[crowd.draft])
    yield Page("draft of a rule: last page", f"{draft}?list=gain&page=999999")
    figures = reverse("admin:surveys_survey_dashboard", args=[crowd.survey])
    yield Page("survey: dashboard, a selection", f"{figures}?gender=female")
    yield Page("survey: dashboard, compared and crossed", f"{figures}?country=KE&by=sector&rows=gender&columns=sector")
    yield Page("ledger of a person", reverse("admin:training_sessions_person", args=[crowd.session, crowd.person]))


def uncounted(crowd: Crowd) -> Iterator[Page]:
    """Those that show figures about everybody, for a visit before any worker has counted."""
    yield Page("workspace, not counted yet", reverse("admin:reports_workspace_change", args=[crowd.programme]))
    yield Page("workspaces, not counted yet", _list("reports_workspace", {}))
    yield Page("index, not counted yet", reverse("admin:index"))
    where = reverse("admin:training_sessions_trainingsession_attendance", args=[crowd.session])
    yield Page("attendance of a session, not counted yet", where)
    yield Page("files, not counted yet", reverse("admin:training_sessions_files", args=[crowd.programme]))
    for name, view in (("programme in figures", "dashboard"), ("results: preview", "results")):
        yield Page(f"{name}, not counted yet", reverse(f"admin:reports_workspace_{view}", args=[crowd.programme]))
    for name in ("compose", "method"):
        where = reverse(f"admin:reports_workspace_{name}", args=[crowd.programme])
        yield Page(f"results: {name}, not counted yet", where)
    for name, view in (
        ("live view", "training_sessions_live"),
        ("funnel", "certificates_funnel"),
        ("one thing short", "certificates_missing"),
        ("rule", "certificates_rule"),
        ("issue", "certificates_issue"),
        ("check before issuing", "certificates_preflight"),
    ):
        yield Page(f"{name}, not counted yet", reverse(f"admin:{view}", args=[crowd.programme]))
    draft = reverse("admin:certificates_rule_draft", args=[crowd.draft])
    yield Page("draft of a rule, not counted yet", draft)
    yield Page("survey: respondents, not counted yet", reverse("admin:surveys_survey_respondents", args=[crowd.survey]))


def forget() -> None:
    """As before anybody looked: nothing is kept about everybody, and nothing asked for."""
    KeptFigures.objects.all().delete()


def count() -> None:
    """What workers count when they are asked."""
    forget()
    programme = Programme.objects.get(slug=SLUG)
    for draft in RuleDraft.objects.filter(programme=programme).select_related("programme"):
        rule = CompletionRule.objects.in_force(programme)
        drafted.comparison_at_hand(draft, rule, now=timezone.now())
    counting = (count_standing, count_completion, count_attendance, count_respondents, count_results)
    for each in (*counting, check_issuing, compare_drafts):
        each(programme.pk)


def _list(view: str, query: dict[str, str]) -> str:
    address = reverse(f"admin:{view}_changelist")
    return f"{address}?{urlencode(query)}" if query else address


def exports(crowd: Crowd) -> Iterator[Page]:
    """What can be taken away."""
    everybody = reverse("admin:registrations_registration_changelist")
    attendance = reverse("admin:training_sessions_attendance_csv", args=[crowd.programme])
    yield Page("registrations, CSV", f"{everybody}export.csv")
    yield Page("registrations, XLSX", f"{everybody}export.xlsx")
    yield Page("attendance, CSV", attendance)
    yield Page("attendance, XLSX", attendance.replace(".csv", ".xlsx"))
    yield Page("responses, CSV", reverse("admin:surveys_survey_responses_csv", args=[crowd.survey]))
    missing = reverse("admin:certificates_missing", args=[crowd.programme])
    yield Page("one thing short, CSV", f"{missing}?format=csv")
    draft = reverse("admin:certificates_rule_draft", args=[crowd.draft])
    yield Page("draft of a rule, CSV", f"{draft}?list=gain&format=csv")


def queries_of(addresses: list[str], user: User, prepare: Callable[[], object] = int) -> dict[str, int]:
    """How many queries each page takes, in a process that has answered once before; `prepare` is called before each."""
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(user)
    client.get(addresses[0], secure=True)
    return {address: _queries(client, address, prepare) for address in addresses}


def _queries(client: Client, address: str, prepare: Callable[[], object]) -> int:
    prepare()
    asked: list[str] = []

    def count(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        asked.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(count):
        answer = client.get(address, secure=True)
    if answer.status_code != 200:
        raise ValueError(f"{address}: {answer.status_code}")
    return len(asked)


def run() -> None:
    """Print the pages with their queries, those of before anybody counted apart, and the exports."""
    crowd, user = Crowd.of(Programme.objects.get(slug=SLUG)), User.objects.get(username="organiser")
    for file in AttendanceImport.objects.filter(pk__in=(crowd.applied, crowd.preview)).defer("content"):
        ask_what_it_changes(file, now=timezone.now())
        work_out_changes(file)
    early = _counted(uncounted(crowd), user, forget)
    count()
    print(json.dumps({"pages": _counted(pages(crowd), user), "early": early, "exports": [*exports(crowd)]}))


def _counted(listed: Iterator[Page], user: User, prepare: Callable[[], object] = int) -> list[list[str | int]]:
    found = list(listed)
    counts = queries_of([page.address for page in found], user, prepare)
    return [[*page, counts[page.address]] for page in found]

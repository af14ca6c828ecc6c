import pytest
from django.contrib import admin
from django.urls import reverse

from registrations.backoffice import ScopedAdmin
from tests.certificates_factories import CertificateFactory
from tests.registrations_factories import MailFactory, RegistrationFactory
from tests.surveys_factories import ResponseFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now")]

PAGES = {
    model._meta.label_lower.replace(".", "_"): page
    for model, page in admin.site._registry.items()
    if isinstance(page, ScopedAdmin)
}
SCOPED = sorted(PAGES)
# The ways from a row to somebody's personal link.
WAYS = [
    "link_token",
    "registration__link_token",
    "registrations__link_token",
    "programme__registrations__link_token",
    "programme__mails__registration__link_token",
    "session__programme__registrations__link_token",
    "survey__programme__registrations__link_token",
    "survey__responses__registration__link_token",
    "responses__registration__link_token",
    "attendances__registration__link_token",
    "certificates__registration__link_token",
    "created_by__memberships__programme__registrations__link_token",
    "created_by__password",
]
LOOKUPS = ["", "__exact", "__regex", "__startswith", "__gt", "__in", "__isnull"]


def changelist(name):
    return reverse(f"admin:{name}_changelist")


def status(client, name, **query):
    return client.get(changelist(name), query).status_code


@pytest.fixture
def registration():
    return RegistrationFactory(link_token="I" + "a" * 31)


def test_every_list_of_rows_of_programmes_is_tried_here():
    assert {
        "registrations_registration",
        "registrations_mail",
        "registrations_programme",
        "reports_workspace",
        "surveys_response",
        "certificates_certificate",
        "training_sessions_trainingsession",
    } <= set(SCOPED)


@pytest.mark.parametrize("name", SCOPED)
def test_no_list_answers_questions_about_a_personal_link(organiser_client, rf, registration, name):
    client = organiser_client(registration.programme)
    request = rf.get("/")
    request.user = registration.programme.team.get().user
    ways = [f"{way}{lookup}" for way in WAYS for lookup in LOOKUPS]

    assert [way for way in ways if PAGES[name].lookup_allowed(way, "I", request)] == []
    assert {way: status(client, name, **{f"{way}__regex": "^I"}) for way in WAYS} == dict.fromkeys(WAYS, 400)


@pytest.mark.parametrize("name", SCOPED)
def test_an_administrator_cannot_ask_either(administrator_client, registration, name):
    assert status(administrator_client, name, id=registration.pk, link_token__regex="^I") == 400


@pytest.mark.parametrize("name", SCOPED)
def test_rows_are_referred_to_by_their_key_only(organiser_client, registration, name):
    client = organiser_client(registration.programme)

    assert [status(client, name, _popup=1, _to_field=field) for field in ("link_token", "uuid", "id")] == [
        400,
        400,
        200,
    ]


def test_the_page_of_a_person_is_not_found_by_the_personal_link(organiser_client, registration):
    client = organiser_client(registration.programme)
    url = reverse("admin:registrations_registration_change", args=[registration.link_token])

    assert client.get(url, {"_to_field": "link_token"}).status_code == 400


@pytest.mark.parametrize("name", SCOPED)
def test_searching_and_sorting_do_not_reach_the_personal_link(organiser_client, registration, name):
    client = organiser_client(registration.programme)
    ResponseFactory(registration=registration)
    CertificateFactory(registration=registration)
    MailFactory(registration=registration)
    page = PAGES[name]
    columns = [*page.search_fields, *page.list_display]

    assert [column for column in columns if "token" in str(column)] == []
    if page.search_fields:
        found = client.get(changelist(name), {"q": registration.link_token})
        assert list(found.context["cl"].result_list) == []
    assert status(client, name, o="99.-link_token") == 200


@pytest.mark.parametrize(
    "name, query",
    [
        ("registrations_registration", "programme__id__exact={pk}"),
        ("registrations_registration", "programme__id__exact={pk}&status=seated&gender__exact=male&country=KE"),
        ("registrations_mail", "programme__id__exact={pk}&status=failed&kind__exact=confirm"),
        ("registrations_mail", "kind__isnull=True"),
        ("registrations_programme", "start_date__gte=2026-01-01&start_date__lt=2026-12-31"),
        ("training_sessions_trainingsession", "programme__id__exact={pk}"),
        ("training_sessions_speaker", "programme__id__exact={pk}"),
        ("training_sessions_audiencefigure", "session__programme__id__exact={pk}"),
        ("surveys_survey", "programme__id__exact={pk}"),
        ("surveys_response", "survey__id__exact=1&language__exact=en&submitted_at__year=2026&submitted_at__month=3"),
        ("surveys_response", "survey__programme__id__exact={pk}"),
        ("certificates_certificate", "programme={pk}&state=valid&issued_at__year=2026&issued_at__day=3"),
        ("certificates_completionrule", "programme__id__exact={pk}"),
        ("certificates_issuerun", "programme__id__exact={pk}"),
        ("registrations_registration", "id__exact=1&q=x&o=1&p=0"),
    ],
)
def test_the_filters_that_lists_and_workspaces_link_to_work(organiser_client, registration, name, query):
    client = organiser_client(registration.programme)
    response = client.get(f"{changelist(name)}?{query.format(pk=registration.programme.pk)}")

    assert response.status_code == 200


def test_texts_begin_on_the_side_of_their_own_letters(organiser_client, registration):
    page = organiser_client(registration.programme).get(
        reverse("admin:registrations_registration_change", args=[registration.pk])
    )
    fields = page.context["adminform"].form.fields
    assert [fields[name].widget.attrs.get("dir") for name in ("printed_name", "city")] == ["auto", "auto"]

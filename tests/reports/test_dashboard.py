import csv
import io

import pytest
from django.urls import reverse

from reports.counting import count
from reports.dashboard import steps_of
from tests.certificates_factories import CertificateFactory, CompletionRuleFactory
from tests.registrations_factories import ProgrammeFactory, RegistrationFactory
from tests.sessions_factories import AttendanceFactory, TrainingSessionFactory
from tests.surveys_factories import QuestionFactory, ResponseFactory, SurveyFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now")]


@pytest.fixture
def programme():
    """Six people: one only registered, one waits, four have a seat; two attended, one is certified, two responded."""
    programme = ProgrammeFactory(title="Trade")
    RegistrationFactory(programme=programme, pending=True)
    RegistrationFactory(programme=programme, waiting=True)
    people = RegistrationFactory.create_batch(4, programme=programme, gender="female", country="KE")
    session = TrainingSessionFactory(programme=programme)
    for person in people[:2]:
        AttendanceFactory(session=session, registration=person)
    rule = CompletionRuleFactory(programme=programme)
    CertificateFactory(rule=rule, registration=people[0])
    survey = SurveyFactory(programme=programme, title="Your view")
    QuestionFactory(survey=survey, name="overall")
    for person in people[:2]:
        ResponseFactory(survey=survey, registration=person, answers={"overall": "4"})
    return programme


def address(programme):
    return reverse("admin:reports_workspace_dashboard", args=[programme.pk])


def test_the_steps_are_the_figures_of_the_report(programme):
    counted = count(programme)
    results, steps = counted.results, {step.label: step.people for step in steps_of(counted)}
    assert steps == {
        "Registered": 6,
        "Confirmed the address": 5,
        "Have a seat": results.registrations.numerator,
        "Attended a session": results.attended.numerator,
        "Completed the programme": results.completed.numerator,
        "Certificate issued": results.certificates.numerator,
        "Responded: Your view": results.surveys[0].responses.numerator,
        "Valid response: Your view": results.surveys[0].valid.numerator,
    }
    assert (steps["Have a seat"], steps["Certificate issued"], steps["Valid response: Your view"]) == (4, 1, 2)


def test_organisers_see_every_figure(organiser_client, programme):
    page = organiser_client(programme).get(address(programme))

    rows = [tuple(cell.text for cell in row) for row in page.context["page"].by_id["funnel"].rows]
    assert rows[0] == ("Registered", "6", "150.0%")
    assert rows[2] == ("Have a seat", "4", "100.0%")
    assert [survey.title for survey in page.context["page"].surveys] == ["Your view"]
    assert " style=" not in page.text


def test_analysts_see_no_few_people_on_the_page_and_in_no_file(analyst_client, programme):
    RegistrationFactory.create_batch(20, programme=programme, gender="male", country="CN")
    client = analyst_client(programme)

    page = client.get(address(programme))
    taken = client.get(address(programme).replace("dashboard/", "figures/funnel.csv"))

    rows = {row[0].text: row[1].text for row in page.context["page"].by_id["funnel"].rows}
    assert (rows["Registered"], rows["Have a seat"], rows["Certificate issued"]) == ("26", "24", "withheld")
    assert "Kenya" not in page.text
    lines = list(csv.reader(io.StringIO(taken.content.decode("utf-8-sig"))))
    assert {line[0]: line[1] for line in lines[1:]} == rows


def test_analysts_see_nothing_of_a_programme_of_few(analyst_client, programme):
    client = analyst_client(programme)

    page = client.get(address(programme))

    assert (page.context["page"].is_hidden, page.context["page"].exhibits) == (True, ())
    assert "Fewer than 5 people have a seat." in page.text
    assert client.get(address(programme).replace("dashboard/", "figures/funnel.csv")).status_code == 404


def test_other_peoples_programmes_do_not_exist(client, organiser_client, programme):
    assert organiser_client(ProgrammeFactory()).get(address(programme)).status_code == 404
    assert client.get(address(programme)).status_code == 302


def test_an_empty_programme_is_a_page_too(organiser_client):
    programme = ProgrammeFactory()
    assert "Nobody has registered yet" in organiser_client(programme).get(address(programme)).text


def test_the_workspace_leads_to_the_figures(organiser_client, programme):
    page = organiser_client(programme).get(reverse("admin:reports_workspace_change", args=[programme.pk]))
    assert f'href="{address(programme)}"' in page.text

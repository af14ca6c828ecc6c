import pytest
from django.urls import reverse

from surveys.actions.coding import add_code, code_text
from surveys.models import Code, CodedText, Coding
from tests.registrations_factories import NOW, ProgrammeFactory, TeamMemberFactory
from tests.surveys_factories import QuestionFactory, ResponseFactory, SurveyFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now")]


@pytest.fixture
def question():
    survey = SurveyFactory(programme=ProgrammeFactory(title="Trade"), title="Your view")
    return QuestionFactory(survey=survey, name="wishes", label="Wishes?", kind="text")


@pytest.fixture
def ana(question):
    return TeamMemberFactory(programme=question.survey.programme, user__first_name="Ana", user__last_name="Lima").user


def written(question, *texts):
    return [ResponseFactory(survey=question.survey, answers={question.name: text}) for text in texts]


def address(question, name="codes"):
    return reverse(f"admin:surveys_survey_{name}", args=[question.survey_id, question.name])


def labelled(question, by, *labels):
    return [add_code(question, label=label, definition="", by=by, now=NOW) for label in labels]


def standing():
    return sorted((coding.response_id, coding.code.name) for coding in Coding.objects.standing())


def test_a_code_is_added_taken_out_of_use_and_brought_back(client, question, ana):
    client.force_login(ana)
    change = address(question, "codebook")

    page = client.post(change, {"label": "More time", "definition": "Hours"}, follow=True)
    assert "“More time” is in the codebook." in page.text
    page = client.post(change, {"withdraw": "more_time"}, follow=True)
    assert "Out of use:" in page.text
    client.post(change, {"reinstate": "more_time"})

    assert Code.objects.values_list("name", "definition", "created_by", "withdrawn_at").get() == (
        "more_time",
        "Hours",
        ana.pk,
        None,
    )


def test_a_code_that_cannot_be_is_refused_in_a_sentence(client, question, ana):
    labelled(question, ana, "Time")
    client.force_login(ana)

    page = client.post(address(question, "codebook"), {"label": "time"}, follow=True)

    assert "There is a code of this label already." in page.text
    assert client.post(address(question, "codebook"), {"withdraw": "a\0b"}).status_code == 404


def test_ticks_of_a_page_are_kept_and_texts_without_a_tick_stay_as_they_are(client, question, ana):
    labelled(question, ana, "Time", "Price")
    first, second, third = written(question, "More time", "Nothing", "Cheaper")
    client.force_login(ana)
    sent = {
        "text": [first.pk, second.pk, third.pk],
        f"codes-{first.pk}": ["time", "price"],
        f"codes-{second.pk}": ["none"],
    }

    page = client.post(address(question), sent, follow=True)

    assert "Your codes of 2 texts are kept." in page.text
    assert standing() == [(first.pk, "price"), (first.pk, "time")]
    assert sorted(CodedText.objects.values_list("response_id", flat=True)) == [first.pk, second.pk]
    texts = {text.text: (sorted(text.own), text.has_none) for text in page.context["texts"]}
    assert texts == {"More time": (["price", "time"], False), "Nothing": ([], True), "Cheaper": ([], False)}


def test_unticking_a_text_that_was_gone_through_ends_its_codes(client, question, ana):
    labelled(question, ana, "Time")
    (response,) = written(question, "More time")
    code_text(response, question, ["time"], by=ana, now=NOW)
    client.force_login(ana)

    client.post(address(question), {"text": response.pk, f"before-{response.pk}": "1"})

    assert standing() == []
    assert Coding.objects.get().ended_by == ana


@pytest.mark.parametrize("sent", [{"text": "9" * 5000}, {"text": "x"}, {"text": "0"}, {}])
def test_what_no_page_sends_changes_nothing(client, question, ana, sent):
    client.force_login(ana)
    assert client.post(address(question), sent).status_code == 302
    assert CodedText.objects.count() == 0


def test_a_code_that_is_gone_meanwhile_is_refused_and_nothing_is_kept(client, question, ana):
    first, second = written(question, "a", "b")
    labelled(question, ana, "Time")
    client.force_login(ana)
    sent = {"text": [first.pk, second.pk], f"codes-{first.pk}": ["time"], f"codes-{second.pk}": ["gone"]}

    page = client.post(address(question), sent, follow=True)

    assert "There is no code “gone”." in page.text
    assert standing() == []


def test_coders_stand_side_by_side_with_their_agreement(client, question, ana):
    ben = TeamMemberFactory(programme=question.survey.programme).user
    labelled(question, ana, "Time", "Price")
    first, second = written(question, "More time", "Cheaper")
    for coder, response, names in (
        (ana, first, ["time"]),
        (ben, first, ["time"]),
        (ana, second, ["price"]),
        (ben, second, []),
    ):
        code_text(response, question, names, by=coder, now=NOW)
    client.force_login(ben)

    page = client.get(address(question))

    texts = {
        text.text: (text.counts_as, text.is_disputed, [o.codes for o in text.others]) for text in page.context["texts"]
    }
    assert texts == {"More time": (("Time",), False, ["Time"]), "Cheaper": ((), True, ["Price"])}
    assert "Ana Lima" in page.text
    assert ana.email not in page.text
    assert [(row.code, row.n, row.share, row.kappa) for row in page.context["agreement"]] == [
        ("all codes", "4", "75.0%", "0.50"),
        ("Time", "2", "100.0%", "1.00"),
        ("Price", "2", "50.0%", "0.00"),
    ]


def test_texts_are_found_by_words_by_code_and_by_what_is_left_to_do(client, question, ana):
    labelled(question, ana, "Time")
    first, _second, third = written(question, "More TIME", "time is money", "Cheaper")
    code_text(first, question, ["time"], by=ana, now=NOW)
    code_text(third, question, [], by=ana, now=NOW)
    client.force_login(ana)

    def found(name="codes", **query):
        page = client.get(address(question, name), query)
        return page.context["page"].paginator.count

    assert [found(words="time"), found(words="time", code="time"), found(code="time"), found(code="-not-mine")] == [
        2,
        1,
        1,
        1,
    ]
    assert [found(code="-disputed"), found(code="-uncoded"), found(words="a\0b"), found(words="%")] == [0, 1, 0, 0]
    assert [found("verbatims", words="TIME"), found("verbatims", code="time"), found("verbatims")] == [2, 1, 3]


def test_codes_are_counted_on_the_dashboard_over_all_who_wrote(client, question, ana, organiser_client):
    labelled(question, ana, "Time", "Price")
    first, second, _third = written(question, "a", "b", "c")
    written(question, "")
    code_text(first, question, ["time"], by=ana, now=NOW)
    code_text(second, question, ["time", "price"], by=ana, now=NOW)
    client.force_login(ana)

    page = client.get(reverse("admin:surveys_survey_dashboard", args=[question.survey_id])).context["page"]

    assert [tuple(cell.text for cell in row) for row in page.exhibits["codes-wishes"].rows] == [
        ("Time", "2", "66.7%"),
        ("Price", "1", "33.3%"),
    ]
    assert "2 of 3 texts are gone through" in page.exhibits["codes-wishes"].notes[0]


def test_analysts_get_counts_of_codes_and_no_text(analyst_client, question, ana):
    labelled(question, ana, "Time", "Price", "Rare")
    for number, response in enumerate(written(question, *["My name is Ada"] * 30)):
        names = ["time"] if number < 20 else ["price"] if number < 28 else ["rare"]
        code_text(response, question, names, by=ana, now=NOW)
    client = analyst_client(question.survey.programme)

    page = client.get(reverse("admin:surveys_survey_dashboard", args=[question.survey_id]))

    rows = [tuple(cell.text for cell in row)[:2] for row in page.context["page"].exhibits["codes-wishes"].rows]
    assert ("Time", "20") in rows
    assert ("Rare", "withheld") in rows
    assert "Ada" not in page.text
    assert [client.get(address(question, name)).status_code for name in ("codes", "verbatims")] == [404, 404]
    assert client.post(address(question, "codebook"), {"label": "x"}).status_code == 404
    assert client.get(reverse("admin:surveys_coding_changelist")).status_code == 403


@pytest.mark.parametrize("texts", [1, 3])
def test_the_page_takes_a_constant_number_of_queries(client, question, ana, texts, django_assert_num_queries):
    labelled(question, ana, "Time")
    for response in written(question, *["x"] * texts):
        code_text(response, question, ["time"], by=ana, now=NOW)
    client.force_login(ana)
    client.get(address(question))

    with django_assert_num_queries(16):
        client.get(address(question))


def test_the_books_show_who_gave_what_and_change_nothing(client, question, ana):
    labelled(question, ana, "Time")
    (response,) = written(question, "x")
    code_text(response, question, ["time"], by=ana, now=NOW)
    code_text(response, question, [], by=ana, now=NOW)
    client.force_login(ana)

    assert client.get(reverse("admin:surveys_coding_changelist")).status_code == 200
    assert client.get(reverse("admin:surveys_code_change", args=[Code.objects.get().pk])).status_code == 200
    assert client.post(reverse("admin:surveys_coding_change", args=[Coding.objects.get().pk]), {}).status_code == 403


def test_ten_thousand_texts_are_searched_and_paged(client, question, ana):
    survey = question.survey
    row = written(question, "first")[0]
    rows = [
        type(row)(survey=survey, answers={"wishes": f"text {number}"}, language="en", submitted_at=NOW)
        for number in range(10_000)
    ]
    type(row).objects.bulk_create(rows, batch_size=1000)
    client.force_login(ana)

    page = client.get(address(question, "verbatims"), {"page": "201"})
    assert (page.context["page"].paginator.count, len(page.context["texts"])) == (10_001, 1)
    assert client.get(address(question, "verbatims"), {"words": "text 999"}).context["page"].paginator.count == 11

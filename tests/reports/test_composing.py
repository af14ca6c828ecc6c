"""Composing a report: pure operations, the pages of the back office, and what is frozen of it."""

import pytest
from django.utils import translation

from reports.actions import public_results, publish_results
from reports.composition import Block, Composition, Kind, automatic
from reports.drafting import compose, draft_of, say
from reports.edition import drafted, frozen
from reports.errors import Refused
from reports.method import FIELDS, NotDisclosed, items, missing
from reports.models import ReportDraft, ResultsReport
from reports.prose import passages
from reports.results import compute_results
from reports.telling import told
from tests.registrations_factories import ProgrammeFactory, RegistrationFactory, TeamMemberFactory, UserFactory
from tests.reports_factories import cohort
from tests.sessions_factories import AFTERWARDS

pytestmark = pytest.mark.django_db

THREE = Composition((Block(1, Kind.NUMBERS), Block(2, Kind.SUMMARY), Block(3, Kind.METHOD)))


def keys(composition):
    return [block.key for block in composition.blocks]


@pytest.mark.parametrize(
    ("key", "by", "order"),
    [(3, -1, [1, 3, 2]), (1, 1, [2, 1, 3]), (1, -1, [1, 2, 3]), (3, 5, [1, 2, 3]), (1, 9, [2, 3, 1])],
)
def test_block_is_moved_as_far_as_there_is_room(key, by, order):
    assert keys(THREE.moved(key, by)) == order


def test_block_is_added_behind_another_and_keeps_a_number_of_its_own():
    added = THREE.with_added(Kind.TEXT, "", after=1)

    assert keys(added) == [1, 4, 2, 3]
    assert keys(added.without(4)) == [1, 2, 3]
    with pytest.raises(KeyError):
        THREE.moved(9, 1)


def test_composition_survives_its_json():
    worded = THREE.with_added(Kind.TEXT, "").with_texts(4, {"fr": "Bonjour", "en": ""})

    assert Composition.from_dict(worded.as_dict()) == worded
    assert dict(worded.block(4).texts) == {"fr": "Bonjour"}


def test_method_stands_at_the_end_even_where_it_was_taken_out():
    assert [block.kind for block in THREE.without(3).shown.blocks] == [Kind.NUMBERS, Kind.SUMMARY, Kind.METHOD]


def test_words_fall_back_visibly():
    block = Block(1, Kind.TEXT, texts={"en": "Hello", "fr": "Bonjour"})

    assert (block.wording("fr").text, block.wording("fr").language) == ("Bonjour", "fr")
    assert (block.wording("ar").text, block.wording("ar").language) == ("Hello", "en")
    assert Block(1, Kind.TEXT, texts={"ru": "Привет"}).wording("ar").language == "ru"
    assert Block(1, Kind.TEXT).wording("ar") is None


def test_prose_knows_paragraphs_and_lists_and_no_markup():
    found = passages("One\nmore\n\n- a\n- <b>\n\n\nTwo")

    assert [(passage.lines, passage.is_list) for passage in found] == [
        (("One", "more"), False),
        (("a", "<b>"), True),
        (("Two",), False),
    ]


def test_automatic_report_shows_every_question_and_chart():
    programme, _people = cohort(60)
    results = compute_results(programme)
    composed = automatic(results)

    assert {block.ref for block in composed.blocks if block.kind is Kind.QUESTION} == {
        f"survey.{survey.form_id}.{question.name}" for survey in results.surveys for question in survey.questions
    }
    assert composed.blocks[-1].kind is Kind.METHOD
    assert told(results, composed) == told(results)


def test_two_who_change_at_once_do_not_undo_each_other():
    programme, _people = cohort(20)
    first = compose(programme, THREE, version=0, by=None, now=AFTERWARDS)

    with pytest.raises(Refused, match="Somebody has changed this report just now"):
        compose(programme, THREE.without(1), version=0, by=None, now=AFTERWARDS)

    assert (first.version, draft_of(programme).blocks) == (1, THREE.as_dict())


def test_words_of_one_language_leave_the_others():
    programme, _people = cohort(20)
    say(programme, {"sponsor": "Ministère"}, language="fr", version=0, by=None, now=AFTERWARDS)
    say(programme, {"sponsor": ""}, language="en", version=1, by=None, now=AFTERWARDS)

    assert draft_of(programme).words["sponsor"] == {"fr": "Ministère"}
    assert draft_of(programme).words["contact"] == {"en": "survey@example.org"}


def test_composition_and_words_are_frozen_with_the_edition():
    programme, _people = cohort(60)
    compose(programme, THREE, version=0, by=None, now=AFTERWARDS)
    report = publish_results(programme, by=None, now=AFTERWARDS)

    compose(programme, THREE.without(1), version=1, by=None, now=AFTERWARDS)

    report.refresh_from_db()
    assert frozen(report).composition == THREE
    assert frozen(report).words["sponsor"] == {"en": "Ministry of Tests"}
    assert len(frozen(report).code.sha256) == 64
    assert publish_results(programme, by=None, now=AFTERWARDS).edition == 2
    assert publish_results(programme, by=None, now=AFTERWARDS).edition == 2


def test_edition_from_before_reports_were_composed_composes_itself():
    programme, _people = cohort(60)
    report = publish_results(programme, by=None, now=AFTERWARDS)
    ResultsReport.objects.update(content={}, content_sha256="")
    report.refresh_from_db()

    edition = frozen(report)

    assert edition.composition == automatic(edition.results)
    assert (edition.words, edition.code) == ({}, None)


@pytest.mark.parametrize("field", ["sponsor", "conductor", "contact"])
def test_nothing_is_published_while_an_item_is_missing(field):
    programme, _people = cohort(60)
    programme.contact_name = programme.contact_email = ""
    programme.save(update_fields=["contact_name", "contact_email"])
    draft = ReportDraft.objects.get(programme=programme)
    draft.words = {key: texts for key, texts in draft.words.items() if key != field}
    draft.save(update_fields=["words"])

    with pytest.raises(NotDisclosed, match="every report of a survey must say it") as refused:
        publish_results(programme, by=None, now=AFTERWARDS)

    assert refused.value.fields == (field,)
    assert not ResultsReport.objects.exists()


def test_report_without_a_survey_needs_no_disclosure():
    programme = ProgrammeFactory()
    RegistrationFactory.create_batch(12, programme=programme)

    assert publish_results(programme, by=None, now=AFTERWARDS).edition == 1


@pytest.mark.parametrize("language", ["en", "ar", "zh-hans"])
def test_all_eleven_items_are_told(language):
    programme, _people = cohort(60)
    edition = drafted(programme, compute_results(programme))

    with translation.override(language):
        found = items(edition.results, edition.words, language)

    assert [item.number for item in found if item.is_told] == list(range(1, 12))
    assert missing(edition.results, edition.words) == []
    assert set(edition.words) <= set(FIELDS)


def organiser(client, programme):
    user = UserFactory(is_staff=True)
    TeamMemberFactory(programme=programme, user=user)
    client.force_login(user)
    return f"/admin/reports/workspace/{programme.pk}/results/"


def test_organiser_moves_adds_words_and_removes(client):
    programme, _people = cohort(30)
    address = organiser(client, programme)
    first = automatic(compute_results(programme)).blocks[0].key

    assert client.get(f"{address}compose/").status_code == 200
    client.post(f"{address}compose/", {"version": 0, "do": f"down:{first}"})
    added = client.post(f"{address}compose/", {"version": 1, "do": "add", "what": "text|", "after": ""})
    key = ReportDraft.objects.get().blocks["blocks"][-1]["key"]
    assert added["Location"] == f"{address}compose/{key}/"
    client.post(added["Location"], {"version": 2, "en": "Read <b>me</b>", "ar": "مرحبا"})
    assert "Read &lt;b&gt;me&lt;/b&gt;" in client.get(address).content.decode()
    client.post(f"{address}compose/", {"version": 3, "do": f"remove:{key}"})

    draft = ReportDraft.objects.get()
    assert draft.version == 4
    assert [block["key"] for block in draft.blocks["blocks"]][:2] == [first + 1, first]
    client.post(f"{address}compose/", {"version": 4, "do": "reset"})
    assert ReportDraft.objects.get().blocks is None


@pytest.mark.parametrize("do", ["up:", "up:99", "sideways:1", "add", "remove:" + "9" * 5000, ""])
def test_nonsense_changes_nothing(client, do):
    programme, _people = cohort(20)
    address = organiser(client, programme)

    answer = client.post(f"{address}compose/", {"version": 0, "do": do, "what": "chart|nowhere", "after": "x" * 9000})

    assert answer.status_code == 302
    assert ReportDraft.objects.get().version == 0


def test_organiser_enters_what_no_record_knows_and_is_led_there(client):
    programme, _people = cohort(60)
    ReportDraft.objects.update(words={"conductor": {"en": "We"}, "contact": {"en": "x@example.org"}})
    address = organiser(client, programme)

    refused = client.post(f"{address}publish/")
    assert refused["Location"] == f"{address}method/"
    assert f'href="{address}method/#id_sponsor"' in client.get(address).content.decode()

    client.post(f"{address}method/?language=fr", {"version": 0, "sponsor": "Ministère"})
    assert ReportDraft.objects.get().words["sponsor"] == {"fr": "Ministère"}


def test_two_who_write_the_same_words_see_both_versions(client):
    programme, _people = cohort(20)
    address = organiser(client, programme)
    added = client.post(f"{address}compose/", {"version": 0, "do": "add", "what": "text|", "after": ""})["Location"]
    method = f"{address}method/?language=fr"
    pages = {added: ("en", "fr"), method: ("sponsor", "contact")}
    opened = {page: client.get(page).context["form"].opened for page in pages}
    for page, (first, second) in pages.items():
        client.post(page, {"opened": opened[page], first: "Theirs", second: "Also"})
        clash = client.post(page, {"opened": opened[page], first: "Mine", second: ""})
        assert "“Theirs”" in clash.content.decode()
        again = client.post(page, {"opened": clash.context["form"].opened, first: "Mine", second: ""})
        assert again.status_code == 302

    draft = ReportDraft.objects.get()
    assert draft.blocks["blocks"][-1]["texts"] == {"en": "Mine", "fr": "Also"}
    assert (draft.words["sponsor"]["fr"], draft.words["contact"]["fr"]) == ("Mine", "Also")


def test_strangers_and_analysts_find_nothing(client):
    programme, _people = cohort(20)
    address = f"/admin/reports/workspace/{programme.pk}/results/"
    analyst = UserFactory(is_staff=True)
    TeamMemberFactory(programme=programme, user=analyst, role="analyst")
    pages = ["compose/", "compose/1/", "method/", "figures/registrations/", "figures/registrations/rows/"]

    for user in (UserFactory(is_staff=True), analyst):
        client.force_login(user)
        assert [client.get(address + page).status_code for page in pages] == [404] * len(pages)


def test_organiser_follows_every_figure_to_its_rows(client):
    programme, _people = cohort(60)
    address = organiser(client, programme)
    results = public_results(programme)

    for figure in [*(cell.figure for cell in results.sector.cells), *(region.figure for region in results.regions)]:
        rows = client.get(f"{address}figures/{figure.id}/rows/").content.decode()
        assert (figure.id, rows.count('<th scope="row">')) == (figure.id, figure.numerator)
    count = results.registrations.numerator
    page = client.get(f"{address}figures/registrations/").content.decode()
    assert f"{count} rows are counted in this figure now." in page
    assert client.get(f"{address}figures/nothing/").status_code == 404

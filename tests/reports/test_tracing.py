"""One figure followed to where it comes from, and what changed between editions."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registrations.models import Registration
from reports.actions import publish_results, take_back
from reports.changes import changes
from reports.code_version import COUNTING, ROOT, commit, fingerprint
from reports.figure_ids import FigureId
from reports.figures import Figure, Results
from tests.reports_factories import cohort
from tests.sessions_factories import AFTERWARDS

NAMES = st.text("abcdefghij_XYZ0123456789-", min_size=1, max_size=8)


@given(st.lists(NAMES, min_size=1, max_size=4), st.dictionaries(NAMES, NAMES, max_size=3))
def test_id_of_a_figure_reads_what_it_writes(path, selection):
    figure_id = FigureId(tuple(path)).within(selection)

    assert FigureId.of(str(figure_id)) == figure_id


@pytest.mark.parametrize("text", ["", ".", "a..b", "a@", "a@b", "a@b=", "a b", "a/b", "a@b=c,"])
def test_nonsense_is_no_id(text):
    with pytest.raises(ValueError, match="not the id of a figure"):
        FigureId.of(text)


def test_code_that_counts_is_all_there_and_has_a_fingerprint(tmp_path):
    assert [name for name in COUNTING if not list(ROOT.glob(name))] == []
    (tmp_path / "surveys").mkdir()
    empty = fingerprint(tmp_path)
    (tmp_path / "surveys" / "base.py").write_text("x = 1")

    assert len({empty, fingerprint(tmp_path), fingerprint()}) == 3


def test_commit_is_read_from_the_build_or_the_repository(tmp_path, monkeypatch):
    assert commit(tmp_path) == ""
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "HEAD").write_text("ref: refs/heads/main\n")
    (tmp_path / ".git" / "packed-refs").write_text(f"# packed\n{'a' * 40} refs/heads/main\n")
    assert commit(tmp_path) == "a" * 40
    monkeypatch.setenv("BARAZA_COMMIT", "b" * 40)
    assert commit(tmp_path) == "b" * 40


def published(people=120):
    programme, _people = cohort(people)
    return programme, publish_results(programme, by=None, now=AFTERWARDS)


@pytest.mark.django_db
def test_every_figure_has_a_page_that_says_what_it_is(client):
    programme, report = published()
    stem = f"/programmes/{programme.slug}/results/"

    for figure in Results.from_dict(report.figures).figures():
        page = client.get(f"{stem}figures/{figure.id}/")
        assert page.status_code == 200, figure.id
    (survey,) = Results.from_dict(report.figures).surveys
    mean = next(question for question in survey.questions if question.mean)
    page = client.get(f"{stem}{report.edition}/figures/{mean.mean.id}/").content.decode()
    for words in [mean.label, str(mean.mean.numerator), report.sha256, report.content_sha256, survey.definition.name]:
        assert words in page
    assert client.get(f"{stem}figures/nothing/").status_code == 404
    assert client.get(f"{stem}figures/{'x' * 3000}/").status_code == 404


@pytest.mark.django_db
def test_content_has_the_bytes_that_the_hash_is_of(client):
    programme, report = published(60)

    content = json.loads(client.get(f"/programmes/{programme.slug}/results/1/content.json").content)

    assert content["figures_sha256"] == report.sha256
    assert set(content) == {"format", "figures_sha256", "composition", "words", "code"}


@pytest.mark.django_db
def test_later_edition_says_what_changed_and_the_earlier_one_stays(client):
    programme, first = published()
    before = client.get(f"/programmes/{programme.slug}/results/1/").content
    Registration.objects.filter(programme=programme).update(gender="female")
    second = publish_results(programme, by=None, now=AFTERWARDS)

    page = client.get(f"/programmes/{programme.slug}/results/2/changes/").content.decode()
    found = changes(Results.from_dict(first.figures), Results.from_dict(second.figures))

    assert found.total > 2
    assert f"{found.total} figures are not as they were." in page
    assert page.count('<th scope="row">') == found.total
    assert client.get(f"/programmes/{programme.slug}/results/1/").status_code == 200
    assert first.sha256.encode() in before
    assert client.get(f"/programmes/{programme.slug}/results/1/changes/").status_code == 404


@pytest.mark.django_db
def test_edition_that_was_taken_back_says_so_and_shows_nothing(client):
    programme, first = published(60)
    take_back(first, by=None, now=AFTERWARDS)
    Registration.objects.filter(programme=programme).update(gender="female")
    publish_results(programme, by=None, now=AFTERWARDS)
    stem = f"/programmes/{programme.slug}/results/"

    gone = client.get(f"{stem}1/")

    assert gone.status_code == 410
    assert "was taken back" in gone.content.decode()
    assert "n = " not in gone.content.decode()
    assert [client.get(f"{stem}1/{page}").status_code for page in ("results.json", "figures/registrations/")] == [
        404,
        404,
    ]
    assert client.get(f"{stem}2/changes/").status_code == 404
    assert client.get(f"{stem}9999/").status_code == 404
    assert client.get(f"{stem}{'9' * 50}/").status_code == 404


def test_changes_are_by_id():
    nothing = changes_of({}, {})
    assert (nothing.total, nothing.unchanged) == (0, 0)
    found = changes_of({"a": 1, "b": 2, "c": 3}, {"a": 1, "b": 5, "d": 4})
    assert ([pair[1].id for pair in found.changed], [f.id for f in found.added], [f.id for f in found.removed]) == (
        ["b"],
        ["d"],
        ["c"],
    )
    assert found.unchanged == 1


def changes_of(before, after):
    return changes(Figures(before), Figures(after))


class Figures:
    """A document of nothing but counts."""

    def __init__(self, counts):
        self.counts = counts

    def figures(self):
        return (Figure(key, "registrations", count) for key, count in self.counts.items())

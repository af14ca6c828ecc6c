"""Materials: what may be uploaded, who may fetch it, and how it is counted."""

import datetime as dt
import io
import zipfile

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse

from registrations.models import Programme
from sessions import actions
from sessions.documents import document_of
from sessions.fetching import is_counted
from sessions.models import AudienceFigure, FetchSalt, Material, MaterialFetch, MaterialFile
from tests.registrations_factories import NOW, RegistrationFactory
from tests.sessions_factories import TrainingSessionFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now")]

PDF = b"%PDF-1.7\n" + b"x" * 2000
PHONE = "Mozilla/5.0 (Linux; Android 9) Firefox/120.0"
DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def session():
    return TrainingSessionFactory()


def material_of(session, *, published=True, kind="slides", title="Slides on tariffs"):
    return Material.objects.create(
        session=session, kind=kind, title=title, published_at=NOW - DAY if published else None
    )


def file_of(material, language="en", content=PDF):
    file = MaterialFile(material=material, language=language, ending="pdf", size=len(content))
    file.file.save("a.pdf", ContentFile(content), save=False)
    file.save()
    return file


def link_of(material, language="en"):
    return MaterialFile.objects.create(material=material, language=language, link="https://video.example.org/1")


def archive(**parts):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        for name, content in parts.items():
            file.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return packed


def office(*names):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        for name in names:
            file.writestr(name, "x")
    return packed


def open_document(kind):
    return archive(mimetype=f"application/vnd.oasis.opendocument.{kind}")


TYPES = "[Content_Types].xml"


@pytest.mark.parametrize(
    "content, ending",
    [
        (io.BytesIO(PDF), "pdf"),
        (office(TYPES, "ppt/presentation.xml"), "pptx"),
        (office(TYPES, "word/document.xml"), "docx"),
        (open_document("presentation"), "odp"),
        (open_document("text"), "odt"),
    ],
)
def test_documents_are_known_by_their_bytes(content, ending):
    assert document_of(content).ending == ending
    assert content.tell() == 0


@pytest.mark.parametrize(
    "content",
    [
        io.BytesIO(b""),
        io.BytesIO(b"<html>%PDF-1.7"),
        io.BytesIO(b"PK\x03\x04 and nothing else"),
        io.BytesIO(b"MZ\x90\x00"),
        office("ppt/presentation.xml"),
        office(TYPES, "ppt/presentation.xml", "ppt/vbaProject.bin"),
        office(TYPES, "xl/workbook.xml"),
        open_document("spreadsheet"),
    ],
)
def test_anything_else_is_no_document(content):
    assert document_of(content) is None


@pytest.mark.parametrize(
    "method, headers, expected",
    [
        ("GET", {"user-agent": PHONE}, True),
        ("GET", {"user-agent": PHONE, "range": "bytes=0-99"}, True),
        ("GET", {"user-agent": PHONE, "range": "bytes=100-"}, False),
        ("HEAD", {"user-agent": PHONE}, False),
        ("GET", {}, False),
        ("GET", {"user-agent": "Mozilla/5.0 (compatible; Googlebot/2.1)"}, False),
        ("GET", {"user-agent": "curl/8.0"}, False),
        ("GET", {"user-agent": PHONE, "sec-purpose": "prefetch;prerender"}, False),
        ("GET", {"user-agent": PHONE, "x-moz": "prefetch"}, False),
    ],
)
def test_only_requests_of_people_are_counted(method, headers, expected):
    assert is_counted(method, headers) is expected


def test_material_is_downloaded_and_never_shown_in_our_name(client, session):
    file = file_of(material_of(session))
    response = client.get(reverse("training_sessions:fetch", args=[file.pk]), headers={"accept-encoding": "gzip"})
    assert b"".join(response.streaming_content) == PDF
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == f'attachment; filename="{session.programme.slug}-1-slides-en.pdf"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Length"] == str(len(PDF))


def test_link_leads_to_where_it_is(client, session):
    file = link_of(material_of(session, kind="recording"))
    response = client.get(reverse("training_sessions:fetch", args=[file.pk]))
    assert (response.status_code, response["Location"]) == (302, "https://video.example.org/1")


def test_unpublished_material_is_seen_by_its_organisers_alone_and_not_counted(client, organiser_client, session):
    file = link_of(material_of(session, published=False))
    address = reverse("training_sessions:fetch", args=[file.pk])
    assert client.get(address, headers={"user-agent": PHONE}).status_code == 404
    stranger = organiser_client(TrainingSessionFactory().programme)
    assert stranger.get(address, headers={"user-agent": PHONE}).status_code == 404
    assert organiser_client(session.programme).get(address, headers={"user-agent": PHONE}).status_code == 302
    file.refresh_from_db()
    assert file.fetched == 0


def test_material_of_an_unpublished_programme_is_not_found(client, session):
    file = link_of(material_of(session))
    Programme.objects.filter(pk=session.programme_id).update(published_at=None)
    assert client.get(reverse("training_sessions:fetch", args=[file.pk])).status_code == 404


def test_visitors_count_once_a_day_and_people_once_wherever_they_are(client, session):
    file = link_of(material_of(session))
    person = RegistrationFactory(programme=session.programme)
    public = reverse("training_sessions:fetch", args=[file.pk])
    own = reverse("training_sessions:fetch_own", args=[person.link_token, file.pk])
    for address, agent in [
        (public, PHONE),
        (public, PHONE),
        (own, PHONE),
        (own, "Mozilla/5.0 other"),
        (public, "bot/1"),
    ]:
        assert client.get(address, headers={"user-agent": agent}).status_code == 302
    file.refresh_from_db()
    assert file.fetched == 2


def test_personal_link_opens_materials_of_its_own_programme_only(client, session):
    file = link_of(material_of(session))
    stranger = RegistrationFactory()
    assert client.get(reverse("training_sessions:fetch_own", args=[stranger.link_token, file.pk])).status_code == 404


def test_same_visitor_counts_again_on_the_next_day(session):
    file = link_of(material_of(session))
    assert actions.count_fetch(file, visitor="somebody", now=NOW) is True
    assert actions.count_fetch(file, visitor="somebody", now=NOW) is False
    assert actions.count_fetch(file, visitor="somebody", now=NOW + DAY) is True


def test_past_days_leave_totals_and_nothing_of_people(session):
    slides, recording = link_of(material_of(session)), link_of(material_of(session, kind="recording"))
    reading = link_of(material_of(session, kind="reading"))
    for file, visitor in [(slides, "a"), (slides, "b"), (recording, "a"), (reading, "a")]:
        actions.count_fetch(file, visitor=visitor, now=NOW)
    AudienceFigure.objects.create(session=session, kind="slide_downloads", channel="Elsewhere", count=7)
    actions.carry_fetches(now=NOW + DAY)
    actions.carry_fetches(now=NOW + DAY)
    figures = AudienceFigure.objects.order_by("kind", "channel").values_list("kind", "channel", "count")
    assert list(figures) == [
        ("playbacks", "Baraza", 1),
        ("slide_downloads", "Baraza", 2),
        ("slide_downloads", "Elsewhere", 7),
    ]
    assert (MaterialFetch.objects.count(), FetchSalt.objects.count()) == (0, 0)


def test_material_has_a_file_or_a_link_and_each_language_once(session):
    material = material_of(session)
    with pytest.raises(IntegrityError), transaction.atomic():
        MaterialFile.objects.create(material=material, language="en")
    link_of(material)
    with pytest.raises(IntegrityError), transaction.atomic():
        link_of(material)


def test_files_that_belong_to_nothing_are_cleared_away(session):
    file = file_of(material_of(session))
    name = default_storage.save("materials/left.pdf", ContentFile(PDF))
    later = dt.datetime.now(dt.UTC) + 2 * DAY
    assert actions.clear_files(now=later - 2 * DAY) == 0
    assert actions.clear_files(now=later) == 1
    assert not default_storage.exists(name)
    assert default_storage.exists(file.file.name)


def send(client, material, **fields):
    """The material's page as an organiser sends it with one new version."""
    form = {
        "position": "0",
        "kind": "slides",
        "title": "A title that was typed",
        "is_published": "on",
        "files-TOTAL_FORMS": "1",
        "files-INITIAL_FORMS": "0",
        "files-0-language": "en",
        **{f"files-0-{name}": value for name, value in fields.items()},
    }
    return client.post(reverse("admin:training_sessions_material_change", args=[material.pk]), form)


def test_organiser_uploads_a_document(organiser_client, session):
    material = material_of(session, published=False)
    response = send(organiser_client(session.programme), material, file=SimpleUploadedFile("../x.exe", PDF))
    assert response.status_code == 302
    [file] = material.files.all()
    assert (file.ending, file.size, len(file.sha256), file.file.size) == ("pdf", len(PDF), 64, len(PDF))
    material.refresh_from_db()
    assert material.published_at == NOW


def test_link_takes_the_place_of_a_file(organiser_client, session):
    material = material_of(session)
    file = file_of(material)
    form = {"position": "0", "kind": "slides", "title": "T", "files-TOTAL_FORMS": "1", "files-INITIAL_FORMS": "1"}
    version = {"files-0-id": file.pk, "files-0-language": "en", "files-0-link": "https://video.example.org/2"}
    address = reverse("admin:training_sessions_material_change", args=[material.pk])
    assert organiser_client(session.programme).post(address, form | version).status_code == 302
    file.refresh_from_db()
    assert (file.file.name, file.link, file.size) == ("", "https://video.example.org/2", None)


@pytest.mark.parametrize(
    "fields, expected",
    [
        ({"file": SimpleUploadedFile("slides.pdf", b"<script>alert(1)</script>")}, "This is not a PDF"),
        ({"link": "http://video.example.org/1"}, "Enter a valid URL"),
        ({"link": "javascript:alert(1)"}, "Enter a valid URL"),
        ({}, "Choose a file or enter a link"),
    ],
)
def test_what_cannot_be_offered_is_refused_in_words(organiser_client, session, fields, expected):
    material = material_of(session)
    response = send(organiser_client(session.programme), material, **fields)
    assert response.status_code == 200
    assert expected in response.content.decode()
    assert MaterialFile.objects.count() == 0


def test_deck_that_is_too_large_is_refused_without_being_kept(organiser_client, session, monkeypatch, media):
    monkeypatch.setattr("sessions.uploads.LARGEST", -(1024**2))
    material = material_of(session)
    response = send(organiser_client(session.programme), material, file=SimpleUploadedFile("deck.pdf", PDF * 1000))
    text = response.content.decode()
    assert "The file has 2 MB; 50 MB can be kept here." in text
    assert "A title that was typed" in text
    assert list(media.iterdir()) == []


def test_organisers_of_other_programmes_find_no_material(organiser_client, session):
    material = material_of(session)
    address = reverse("admin:training_sessions_material_change", args=[material.pk])
    assert organiser_client(TrainingSessionFactory().programme).get(address).status_code == 302
    assert organiser_client(session.programme).get(address).status_code == 200


def test_pages_name_languages_and_sizes(client, session):
    file_of(material_of(session), content=PDF * 1000)
    link_of(material_of(session, kind="recording", title="The recording"), "fr")
    material_of(session, published=False, title="Not yet")
    person = RegistrationFactory(programme=session.programme)
    for address in (
        reverse("programme_page", args=[session.programme.slug]),
        reverse("personal_page", args=[person.link_token]),
    ):
        text = client.get(address).content.decode()
        assert "PDF, 1.9\xa0MB" in text
        assert "on another site" in text
        assert "Not yet" not in text

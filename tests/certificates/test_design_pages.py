import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from certificates import actions
from certificates.models import Certificate, CertificateDesign, CertificateFile, DesignPicture
from certificates.rendering import render
from certificates.wording import sheet_of
from tests.certificates_factories import a_graduate, a_programme
from tests.sessions_factories import AFTERWARDS

pytestmark = pytest.mark.django_db


def a_picture(kind="PNG", size=(300, 120)):
    out = io.BytesIO()
    Image.effect_noise(size, 60).convert("RGB").save(out, kind)
    return out.getvalue()


def typed(**changes):
    return {
        "paper": "letter",
        "main_colour": "#7a1f3d",
        "second_colour": "#3f7d58",
        "signatory_1_name": "Dr. Achieng Otieno",
        "signatory_1_title": "Director",
        "heading_en": "Diploma of {programme}",
        "details_en": "{sessions_attended}/{sessions_total} sessions, {time}",
        "sample_language": "en",
        "sample_name": "",
        **changes,
    }


def text_of(response):
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


@pytest.fixture
def programme():
    return a_programme(people=0, title="Data for Cities")


@pytest.fixture
def send(programme, organiser_client):
    """`send(button, **changes)`: the form of the design, sent with a button."""
    client = organiser_client(programme)
    address = reverse("admin:certificates_design", args=[programme.pk])
    return lambda button=None, **changes: (
        client.post(address, {**typed(**changes), button: "1"}) if button else client.get(address)
    )


def test_the_page_shows_specimens_of_the_default_design_first(send, django_assert_num_queries):
    with django_assert_num_queries(10):  # what all specimens share is asked for once
        text = text_of(send())
    assert text.count("data:image/png;base64,") == 7
    assert "The programme’s certificates have the default design." in text


def test_a_preview_keeps_what_was_typed_and_the_pictures_and_saves_no_design(send):
    logo = SimpleUploadedFile("logo.png", a_picture(), "image/png")
    text = text_of(send("preview", logo=logo, logo_text="A sun"))
    assert (CertificateDesign.objects.count(), DesignPicture.objects.count()) == (0, 1)
    kept = DesignPicture.objects.get()
    for part in ("Dr. Achieng Otieno", "Diploma of {programme}", "A sun", f'name="logo_kept" value="{kept.pk}"'):
        assert part in text
    assert text.count("data:image/png;base64,") == 8
    send("adopt", logo_kept=kept.pk)
    assert CertificateDesign.objects.get().logo == kept


def test_a_preview_as_pdf_is_a_pdf(send):
    response = send("pdf", sample_language="ar", sample_name="يوسف")
    assert (response["Content-Type"], response.content[:5]) == ("application/pdf", b"%PDF-")


def test_an_adopted_design_is_a_version_and_later_ones_leave_issued_certificates_alone(client, programme, send):
    a_graduate(programme)
    send("adopt")
    actions.carry_on(actions.request_issue(programme, by=None, now=AFTERWARDS), now=AFTERWARDS)
    certificate = Certificate.objects.select_related("design").get()
    assert certificate.design.version == 1
    page = text_of(client.get(reverse("certificates:verify", args=[certificate.code])))
    assert "Diploma of Data for Cities" in page
    assert "3/3 sessions, 6 hours" in page
    assert "<bdi>Dr. Achieng Otieno</bdi>, <bdi>Director</bdi>" in page
    before = render(sheet_of(certificate), issued_at=certificate.issued_at)
    send("adopt", main_colour="#123456", heading_en="Something else")
    certificate = Certificate.objects.select_related("design").get()
    assert render(sheet_of(certificate), issued_at=certificate.issued_at) == before
    assert bytes(CertificateFile.objects.get().content).startswith(before[: before.index(b"%%EOF")])
    assert list(programme.certificate_designs.values_list("version", "main_colour").order_by("version")) == [
        (1, "#7a1f3d"),
        (2, "#123456"),
    ]


def test_a_design_that_somebody_else_put_in_force_meanwhile_is_not_replaced_unseen(programme, send):
    send("adopt", over="0")
    for button in ("adopt", "default"):
        refused = send(button, over="0", main_colour="#123456")
        assert "Somebody else changes this design now." in text_of(refused)
        assert (refused.context["over"], programme.certificate_designs.count()) == ("1", 1)
    assert send("preview", over="0", main_colour="#123456").context["over"] == "0"
    assert send("adopt", over="1", main_colour="#123456").status_code == 302


def test_the_default_design_can_come_back(programme, send):
    send("adopt")
    send("default")
    assert CertificateDesign.objects.in_force(programme) is None
    assert programme.certificate_designs.count() == 2


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"heading_en": "{nmae}"}, "Unknown: {nmae}. These can be used: {name}, "),
        ({"details_en": "{name.__class__}"}, "Unknown: {name.__class__}."),
        ({"details_en": "{% now %}"}, "Unknown: {% now %}."),
        ({"details_en": "a } b"}, "A brace { or } stands alone."),
        ({"details_en": "1\n2\n3\n4"}, "Write at most 3 lines."),
        ({"main_colour": "#eeee00"}, "Too pale on white paper: its contrast is 1.2 to 1, and 4.5 is needed."),
        ({"main_colour": "red"}, "Write a colour as # and six digits"),
        ({"signatory_2_title": "Dean"}, "Say who signs."),
        ({"heading_en": "\U0001f469 Diploma"}, "no font has"),
        ({"sample_name": "<b>"}, "Write the name only."),
    ],
)
def test_what_cannot_be_used_is_a_sentence(send, changes, sentence):
    assert sentence.replace("<", "&lt;") in text_of(send("adopt", **changes)).replace("&#x27;", "'")
    assert not CertificateDesign.objects.exists()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "An SVG may hold scripts"),
        (b"<?xml version='1.0'?><!DOCTYPE svg [<!ENTITY a 'x'>]><svg>&a;</svg>", "An SVG may hold scripts"),
        (b"<svg>" + b" " * 10_000_000, "larger than 2 MB"),
        (a_picture()[:200], "damaged"),
        (b"GIF89a" + b"\0" * 50, "no PNG or JPEG"),
        (a_picture(size=(10, 10)), "smaller than 40 pixels"),
        (b"", "empty"),
    ],
)
def test_a_picture_that_cannot_be_used_is_a_sentence_beside_its_field(send, content, sentence):
    text = text_of(send("adopt", logo=SimpleUploadedFile("logo.svg", content)))
    assert sentence in text
    assert not CertificateDesign.objects.exists()


def test_pictures_of_another_programme_are_not_taken(send):
    other = DesignPicture.objects.create(
        programme=a_programme(people=0),
        sha256="0" * 64,
        content=a_picture(),
        width=300,
        height=120,
        added_at=AFTERWARDS,
    )
    assert "Select a valid choice" in text_of(send("adopt", logo_kept=other.pk))


def test_the_page_is_for_organisers_of_the_programme_alone(client, programme, analyst_client, organiser_client):
    address = reverse("admin:certificates_design", args=[programme.pk])
    assert organiser_client(a_programme(people=0)).get(address).status_code == 404
    assert analyst_client(programme).get(address).status_code in (403, 404)
    assert client.get(address).status_code == 302


def test_adopting_the_design_in_force_again_makes_no_version(send):
    for _click in range(2):
        send("adopt")
    assert CertificateDesign.objects.count() == 1
    send("adopt", main_colour="#123456")
    assert CertificateDesign.objects.count() == 2

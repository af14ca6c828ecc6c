"""The whole journey of one participant, from the list of programmes to the verified certificate.

Once in Arabic on a phone whose browser has no JavaScript, once in Chinese on a desk. Every text is looked for as the
catalogues have it, so a page that stays in English does not pass.
"""

import datetime as dt
import os
import re
from pathlib import Path

import pytest
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from playwright.sync_api import expect

from certificates.actions import request_issue
from certificates.models import Certificate
from certificates.tasks import continue_issue_runs
from registrations.tasks import send_due_mail
from sessions import codes
from surveys.models import Response
from tests.browser.test_walk import LINK, inbox
from tests.certificates_factories import CompletionRuleFactory
from tests.check_in_factories import CheckInDeskFactory
from tests.registrations_factories import NOW, PartnerFactory, PrivacyTextFactory, ProgrammeFactory
from tests.sessions_factories import SessionLanguageFactory, TrainingSessionFactory
from tests.surveys_factories import BaseDefinitionFactory, ChoiceFactory, GroupFactory, QuestionFactory, SurveyFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PICTURES = os.environ.get("BARAZA_PICTURES", "")  # a folder for pictures to look at
ARABIC_DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
LOCAL_NAMES = {"ar": "العربيّة", "zh-hans": "简体中文"}
SESSION_AT = NOW + dt.timedelta(days=1)
TEXTS = {
    "ar": {
        "title": "التجارة عبر الحدود",
        "theme": "الدفع والرسوم الجمركية",
        "survey": "رأيك في الدورة",
        "overall": "كيف تقيّم الدورة؟",
        "useful": "ما الذي أفادك؟",
        "cases": "دراسات الحالة",
        "wish": "ما الذي ينبغي تحسينه؟",
    },
    "zh-hans": {
        "title": "跨境贸易",
        "theme": "支付与关税",
        "survey": "您对课程的看法",
        "overall": "您如何评价本课程？",
        "useful": "哪些内容有用？",
        "cases": "案例研究",
        "wish": "哪些方面需要改进？",
    },
}

__all__ = ["inbox"]


@pytest.fixture
def clock(monkeypatch):
    """What every part of the product takes for the present: `clock.now`, which a journey moves on."""

    class Clock:
        now = NOW

    monkeypatch.setattr(timezone, "now", lambda: Clock.now)
    return Clock


def versions(field, name):
    return {language: {field: texts[name]} for language, texts in TEXTS.items()}


@pytest.fixture
def programme(clock, live_server):
    """One session tomorrow, interpreted, and a survey of two pages after it; the certificate asks for both."""
    programme = ProgrammeFactory(
        title="Trade across borders",
        translations=versions("title", "title"),
        start_date=SESSION_AT.date(),
        end_date=SESSION_AT.date(),
    )
    PrivacyTextFactory()
    PartnerFactory(programme=programme, name="Institute of Trade (ITC)")
    CompletionRuleFactory(programme=programme, sessions_required=1)
    session = TrainingSessionFactory(
        programme=programme,
        theme="Payments and duties",
        translations=versions("theme", "theme"),
        starts_at=SESSION_AT,
        ends_at=SESSION_AT + dt.timedelta(minutes=90),
    )
    for language in TEXTS:
        SessionLanguageFactory(session=session, language=language, link=f"{live_server.url}/privacy/1/")
    CheckInDeskFactory(session=session)
    survey = SurveyFactory(
        programme=programme,
        title="Your view",
        translations=versions("title", "survey"),
        form_id="view",
        opens_at=session.ends_at,
    )
    BaseDefinitionFactory(survey=survey)
    page = GroupFactory(survey=survey, label="", appearance="field-list")
    asked = {"survey": survey, "is_required": True}
    QuestionFactory(name="overall", label="?", translations=versions("label", "overall"), group=page, **asked)
    useful = QuestionFactory(
        name="useful", kind="select_multiple", label="?", translations=versions("label", "useful"), group=page, **asked
    )
    ChoiceFactory(question=useful, value="cases", label="Cases", translations=versions("label", "cases"))
    QuestionFactory(survey=survey, name="wish", kind="text", label="?", translations=versions("label", "wish"))
    return programme


class Journey:
    """A person's browser, language and clock, and the pictures taken on the way."""

    def __init__(self, page, language, clock, inbox):
        self.page, self.language, self.clock, self.inbox = page, language, clock, inbox
        self.texts, self.link, self.pictures = TEXTS[language], "", 0

    def press(self, role, name, *, exact=True):
        """Touch the button or link of this name."""
        self.page.get_by_role(role, name=name, exact=exact).first.tap()
        self.look()

    def title_is(self, text):
        expect(self.page.get_by_role("heading", level=1)).to_have_text(text)

    def look(self):
        """Nothing scrolls sideways, and the page speaks the reader's language."""
        self.pictures += 1
        self.page.wait_for_load_state()
        wide = self.page.locator("html").evaluate("root => root.scrollWidth - root.clientWidth")
        spoken = self.page.locator("html").get_attribute("lang")
        assert (self.page.url, spoken, wide) == (self.page.url, self.language, 0)
        if PICTURES:
            name = f"journey-{self.language}-{self.pictures:02}.png"
            self.page.screenshot(path=Path(PICTURES, name), full_page=True)

    def mail(self):
        """The plain text of the latest mail."""
        send_due_mail()
        return self.inbox[-1].get_body(("plain",)).get_content()

    def open_own_page(self):
        self.page.goto(self.link)
        self.look()

    def register(self, given, family, country):
        page = self.page
        page.goto("/programmes/")
        page.get_by_role("link", name=LOCAL_NAMES[self.language]).tap()
        self.look()
        self.press("link", self.texts["title"])
        self.press("link", _("Register"))
        page.locator("#id_given_name").fill(given)
        page.locator("#id_family_name").fill(family)
        page.get_by_label(_("Female"), exact=True).check()
        page.get_by_label(_("Country or territory")).select_option(country)
        page.locator("#id_sector").select_option("private")
        page.locator("#id_email").fill("participant@example.org")
        self.press("button", _("Register"))
        expect(page.locator(".error-summary")).to_be_visible()  # the box was forgotten, nothing typed is lost
        page.locator("[type=checkbox]").last.check()
        self.press("button", _("Register"))
        self.title_is(_("Please look into your mail"))

    def confirm(self, name):
        mail = self.mail()
        assert self.texts["title"] in mail
        self.link = LINK.search(mail)[1]
        self.open_own_page()
        self.press("button", _("Confirm my registration"))
        self.title_is(name)
        assert self.texts["title"] in self.mail()

    def take_part(self, session, digits):
        """Ten minutes late: join in one's language, then type the code from the screen."""
        self.clock.now = session.starts_at + dt.timedelta(minutes=10)
        self.open_own_page()
        expect(self.page.get_by_text(self.texts["theme"]).first).to_be_visible()
        self.page.locator(f"a[href$='/join/{session.pk}/{self.language}/']").first.tap()
        expect(self.page).to_have_url(re.compile("/privacy/1/$"))
        self.open_own_page()
        code = codes.short_code(session.check_in_desk.secret, self.clock.now).translate(digits)
        self.page.locator("input.code").fill(code)
        self.press("button", _("Check in"))
        expect(self.page.get_by_text(_("You are checked in.")).first).to_be_visible()
        self.clock.now = session.ends_at + dt.timedelta(hours=1)
        self.open_own_page()
        minutes = ngettext("%(minutes)s minute", "%(minutes)s minutes", 80) % {"minutes": 80}
        expect(self.page.get_by_text(minutes, exact=True)).to_be_visible()

    def answer(self):
        """Page by page; the answer that is missing is asked for again."""
        self.press("link", _("Answer the survey"))
        self.title_is(self.texts["survey"])
        self.press("button", pgettext("page of a survey", "Next"))
        expect(self.page.locator(".error-summary")).to_be_visible()
        self.page.get_by_role("group", name=self.texts["overall"]).get_by_label("5").check()
        self.page.get_by_label(self.texts["cases"]).check()
        self.press("button", pgettext("page of a survey", "Next"))
        self.page.get_by_label(self.texts["wish"]).fill("A (2nd) <b>course</b>")
        self.press("button", _("Send my answers"))
        self.title_is(_("Thank you for your answers"))

    def fetch_certificate(self, programme):
        self.clock.now = NOW + dt.timedelta(days=3)
        request_issue(programme, by=None, now=self.clock.now)
        continue_issue_runs()
        certificate = Certificate.objects.get()
        assert certificate.serial in self.mail()
        self.open_own_page()
        with self.page.expect_download() as download:
            self.page.get_by_role("link", name=_("Download the certificate (PDF)")).first.tap()
        return certificate, download.value.path().read_bytes()

    def verify(self, certificate, pdf, name):
        self.press("link", _("Verify a certificate"))
        self.page.get_by_label(_("Verification code")).fill(certificate.code)
        self.press("button", _("Verify"))
        self.title_is(certificate.serial)
        expect(self.page.get_by_text(_("Valid."))).to_be_visible()
        expect(self.page.get_by_text(name, exact=True)).to_be_visible()
        self.page.locator("input[type=file]").set_input_files(
            {"name": "certificate.pdf", "mimeType": "application/pdf", "buffer": pdf}
        )
        self.page.locator("#file [type=submit]").tap()
        self.look()
        expect(self.page.get_by_text(_("Yes: it is ours and unchanged."))).to_be_visible()


def walk(journey, programme, *, given, family, country, digits=None):
    name = f"{given} {family}"
    with translation.override(journey.language):
        journey.register(given, family, country)
        journey.confirm(name)
        journey.take_part(programme.sessions.get(), digits or {})
        journey.answer()
        certificate, pdf = journey.fetch_certificate(programme)
        journey.verify(certificate, pdf, name)
    assert (certificate.printed_name, certificate.programme_title) == (name, journey.texts["title"])
    assert pdf[:5] == b"%PDF-"
    assert Response.objects.get().answers == {"overall": "5", "useful": "cases", "wish": "A (2nd) <b>course</b>"}


def test_arabic_on_a_phone_without_javascript(visitor, programme, clock, inbox):
    page = visitor(width=360, has_javascript=False, has_touch=True, is_mobile=True)
    journey = Journey(page, "ar", clock, inbox)
    walk(journey, programme, given="ليلى", family="الحسن", country="EG", digits=ARABIC_DIGITS)


def test_chinese_on_a_desk(visitor, programme, clock, inbox):
    page = visitor(width=1280, has_touch=True, timezone_id="Asia/Shanghai")
    walk(Journey(page, "zh-hans", clock, inbox), programme, given="小明", family="王", country="CN")

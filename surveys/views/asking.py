"""What the page of a participant and the preview of an organiser have in common."""

from dataclasses import dataclass

from django.conf import settings
from django.http import QueryDict
from django.utils.translation import get_language, get_language_info

from surveys.entries import told_html
from surveys.forms import PageForm, survey_languages
from surveys.pages import Page
from surveys.sitting import SHOWN, Sitting

PAGE, GO = "-page", "-go"
NEXT, BACK, LATER, SPEAK = "next", "back", "later", "speak-"


@dataclass(frozen=True)
class Asking:
    """One page, or the survey without one, as the templates show it."""

    sitting: Sitting
    form: PageForm | None = None

    def context(self) -> dict[str, object]:
        """What the templates ask for."""
        survey, pages = self.sitting.survey, self.sitting.pages
        number = pages.index(self.form.page) + 1 if self.form and self.form.page in pages else 1
        return {
            "survey": survey,
            "title": told_html(survey.told("title")),
            "title_text": survey.text("title"),
            "introduction": survey.told("introduction"),
            "form": self.form,
            "number": number,
            "total": len(pages),
            "is_last": number == len(pages),
            "is_fresh": number == 1 and not self.sitting.kept(),
            "languages_offered": self._languages(),
        }

    def _languages(self) -> list[dict[str, object]]:
        """The other languages of the survey in which the page can be shown."""
        known = dict(settings.LANGUAGES)
        codes = survey_languages(self.sitting.survey)
        return [dict(get_language_info(code)) for code in codes if code in known and code != get_language()]


def page_sent(sitting: Sitting, data: QueryDict) -> Page | None:
    """The page that was sent; where it has gone meanwhile, one that asks something of what was sent."""
    pages = sitting.all_pages
    names = {*data.get(SHOWN, "").split(), *data}
    named = next((page for page in pages if page.key == data.get(PAGE)), None)
    return named or next(
        (page for page in pages if names & {item.name for item in page.items}), next(iter(pages), None)
    )

"""What participants' pages ask of a browser: nothing that a phone of 2017 with its last update has not, but for ornaments.

The floor is what Safari 15.4 and Chrome 99 (both March 2022) and Firefox 98 know; an iPhone 6s still gets Safari 15.8, an
Android 6 phone Chrome 106. "Newer" is by Baseline's dates (webstatus.dev), its "newly available" after that.
"""

import re

import pytest
from django.conf import settings

FOLDER = settings.STATICFILES_DIRS[0]
STYLES = ["baraza.css", "survey.css", "results.css"]
SCRIPTS = ["baraza.js", "register.js"]
NEWER = {
    ":has()": r":has\(",  # December 2023
    "nesting": r"(^|[{;}\s])&[\s:.\[>+~#&]",  # December 2023
    "container queries": r"@container|container(-type|-name)?\s*:|\d(cq[whib]|cqmin|cqmax)\b",  # February 2023
    "@layer, @scope, @property, @starting-style": r"@(layer|scope|property|starting-style|view-transition)\b",
    "color functions": r"\b(color-mix|oklch|oklab|lch|lab|hwb|color|light-dark)\(",  # 2022 to 2024
    "text-wrap": r"text-wrap(-\w+)?\s*:",  # 2024
    "float and clear by direction": r"(float|clear)\s*:\s*inline-(start|end)",  # October 2023
    "small, large and dynamic viewports": r"\d(s|l|d)v(w|h|i|b|min|max)\b",  # December 2022
    "subgrid": r"\bsubgrid\b",  # September 2023
    "transforms alone": r"[{;\s](rotate|scale|translate)\s*:",  # August 2022
    "trigonometry and rounding": r"\b(sin|cos|tan|atan2?|asin|acos|pow|sqrt|hypot|log|exp|round|mod|rem|abs|sign)\(",
    "ranges of media queries": r"@media[^{]*[<>]",  # March 2023
    "mask": r"[{;\s]mask(-\w+)?\s*:",  # December 2023
    "user-valid": r":user-(in)?valid",  # November 2023
    "popover, anchor, field-sizing, scroll": r"popover|anchor\(|field-sizing|interpolate-size|animation-timeline|:dir\(",
    "backdrop-filter": r"backdrop-filter",  # September 2024
    "text-box, hanging, content-visibility": r"text-box|hanging-punctuation|content-visibility",
}
# What is there all the same, and why a browser without it shows the same content.
ORNAMENTS = {
    ("baraza.css", "text-wrap"): "lines break as they always did",
    ("results.css", "text-wrap"): "lines break as they always did",
    ("survey.css", ":has()"): "the tint under a choice is missing; the choice shows itself",
    ("survey.css", "float and clear by direction"): "`float: left` stands before it; the box is as wide as its line",
}


def rules_of(name):
    """Selectors and declarations of a style sheet, without comments."""
    text = re.sub(r"/\*.*?\*/", "", (FOLDER / name).read_text(), flags=re.DOTALL)
    return re.findall(r"([^{}]+)\{([^{}]*)\}", text)


@pytest.mark.parametrize("name", STYLES)
def test_styles_ask_for_nothing_that_an_old_phone_lacks(name):
    text = re.sub(r"/\*.*?\*/", "", (FOLDER / name).read_text(), flags=re.DOTALL)
    found = {feature for feature, pattern in NEWER.items() if re.search(pattern, text, re.MULTILINE)}
    assert found == {feature for sheet, feature in ORNAMENTS if sheet == name}


def test_what_is_newer_has_its_fallback():
    rules = [(selectors, body) for name in STYLES for selectors, body in rules_of(name)]
    tinted = [re.findall(r"([\w-]+)\s*:", body) for selectors, body in rules if ":has(" in selectors]
    floated = [body for _selectors, body in rules if "float: inline-" in body]
    assert {name for names in tinted for name in names} == {"background", "border-color"}
    assert ["float: left; float: inline-start" in body for body in floated] == [True]
    # One selector that a browser does not know makes it skip the whole rule.
    selectors = [part for each, _body in rules if ":has(" in each for part in each.split(",")]
    assert [part for part in selectors if ":has(" not in part] == []


@pytest.mark.parametrize("name", SCRIPTS)
def test_scripts_are_of_the_language_of_2009(name):
    text = re.sub(r"/\*.*?\*/", "", (FOLDER / name).read_text(), flags=re.DOTALL)
    assert re.findall(r"=>|`|\b(?:let|const|class|async|await|fetch|Promise)\b|\?\.|\?\?|\.\.\.", text) == []

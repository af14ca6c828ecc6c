"""Languages as XLSForm names them, "Français (fr)", and as Baraza does, "fr"."""

import re
from collections.abc import Mapping

from django.conf.locale import LANG_INFO

OUR_NAMES: Mapping[str, str] = {
    "ar": "العربية",
    "zh-hans": "中文",
    "en": "English",
    "fr": "Français",
    "ru": "Русский",
    "es": "Español",
}
"""The six languages in their own words."""

WITHOUT_CODE: Mapping[str, str] = {
    "arabic": "ar",
    "العربية": "ar",
    "chinese": "zh-hans",
    "中文": "zh-hans",
    "english": "en",
    "french": "fr",
    "français": "fr",
    "francais": "fr",
    "russian": "ru",
    "русский": "ru",
    "spanish": "es",
    "español": "es",
    "espanol": "es",
}
CHINESE = {"zh", "zh-cn", "zh-sg", "cmn"}
CODE_IN_BRACKETS = re.compile(r"\(\s*([A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*)\s*\)\s*\Z")
CODE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")


def code_of(name: str) -> str:
    """The code of a language as a column names it; the name itself where it has none and is none of the six."""
    name = name.strip()
    if name.lower() in WITHOUT_CODE:
        return WITHOUT_CODE[name.lower()]
    found = CODE_IN_BRACKETS.search(name)
    if found is None and not CODE.fullmatch(name):
        return name
    code = (found[1] if found else name).lower().replace("_", "-")
    if code in CHINESE or code.startswith("zh-hans"):
        return "zh-hans"
    main = code.partition("-")[0]
    return main if main in OUR_NAMES else code


def heading_of(code: str) -> str:
    """How a column names the language of a code: "Français (fr)"."""
    name = OUR_NAMES.get(code) or LANG_INFO.get(code, {}).get("name_local", "")
    if not CODE.fullmatch(code):
        return code
    return f"{name or code} ({code})"

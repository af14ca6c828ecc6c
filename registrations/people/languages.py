"""Languages that people speak, each by its own name: who speaks it reads it, and nobody has to translate it."""

import functools
from collections.abc import Iterable

from django.conf import settings
from django.conf.locale import LANG_INFO

_LEFT_OUT = {"eo", "ia", "io", "nb", "nn"}  # made up, or writings of one that is there
_SPOKEN_NAMES = {"zh-hans": "中文"}  # spoken, not written one way or the other
# Languages of many participants that Django has no pages in; names as their speakers write them.
_MORE = {
    "am": "አማርኛ", "bm": "Bamanankan", "dv": "ދިވެހި", "dz": "རྫོང་ཁ", "fil": "Filipino", "fj": "Na Vosa Vakaviti",
    "ha": "Hausa", "ht": "Kreyòl ayisyen", "ln": "Lingála", "lo": "ລາວ", "mg": "Malagasy", "ny": "Chichewa",
    "om": "Afaan Oromoo", "ps": "پښتو", "rn": "Ikirundi", "rw": "Kinyarwanda", "si": "සිංහල", "sm": "Gagana Samoa",
    "sn": "chiShona", "so": "Soomaali", "st": "Sesotho", "ti": "ትግርኛ", "tn": "Setswana", "to": "Lea faka-Tonga",
    "tpi": "Tok Pisin", "wo": "Wolof", "xh": "isiXhosa", "yo": "Yorùbá", "zu": "isiZulu",
}  # fmt: skip


@functools.cache
def spoken() -> dict[str, str]:
    """Code to own name: the six languages first, then the others by name."""
    six = {code: _own_name(code) for code, _name in settings.LANGUAGES}
    others = {code: _own_name(code) for code in LANG_INFO if "-" not in code and code not in _LEFT_OUT | six.keys()}
    rest = sorted((others | _MORE).items(), key=lambda pair: pair[1].casefold())
    return six | dict(rest)


def names_of(codes: Iterable[str]) -> list[tuple[str, str]]:
    """(code, own name), in the order of the list; codes that are not in it are left out."""
    wanted = set(codes)
    return [(code, name) for code, name in spoken().items() if code in wanted]


def _own_name(code: str) -> str:
    name = _SPOKEN_NAMES.get(code) or str(LANG_INFO[code]["name_local"])
    return name[:1].title() + name[1:]

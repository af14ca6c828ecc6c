"""Modules that are loaded when they are first asked for: an idle worker does not pay for what only some work needs."""

import functools
import importlib
from collections.abc import Callable
from types import ModuleType


def later(name: str) -> Callable[[], ModuleType]:
    """What gives the module of this name. It is loaded by the first call, and once."""
    return functools.cache(functools.partial(importlib.import_module, name))

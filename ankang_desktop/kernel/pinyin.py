"""pypinyin, its dictionary of 47,000 phrases read in pieces.

pypinyin reads it by one call of json, which lets no other thread run Python for 60 ms and more: imported while the
window is worked in, it would hold up a key. Where a release keeps the dictionary otherwise, it is imported as it is.
"""

from __future__ import annotations

import json
import sys
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import Any

_NAME = "pypinyin.phrases_dict"
_PIECE = 100_000  # characters: 2 to 5 ms
_BETWEEN = '],\n"'  # two entries; inside one a list is followed by another or by the end


def phrases(text: str) -> dict[str, Any]:
    """Return the object that a JSON text holds, read in pieces; ValueError where it is not laid out as expected."""
    found: dict[str, Any] = {}
    start = text.index("{") + 1
    while (end := text.find(_BETWEEN, start + _PIECE)) >= 0:
        found.update(json.loads("{" + text[start : end + 1] + "}"))
        start = end + 2
    found.update(json.loads("{" + text[start:]))
    return found


def _provide() -> None:
    package = find_spec("pypinyin")
    if _NAME in sys.modules or package is None or package.origin is None:
        return
    try:
        found = phrases(Path(package.origin).with_name("phrases_dict.json").read_text("utf-8"))
    except (OSError, ValueError):
        return
    module: Any = ModuleType(_NAME)
    module.phrases_dict = found
    sys.modules[_NAME] = module


_provide()

from pypinyin import Style, lazy_pinyin  # noqa: E402 - after its dictionary

__all__ = ["Style", "lazy_pinyin"]

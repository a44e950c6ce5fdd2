"""What leaves the enterprise: people as 张**, protected reporters as 匿名 (domain.md §8)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from ankang_desktop.declare.gatherings import person
from ankang_desktop.declare.kinds import Link, Names
from ankang_desktop.exchange.cells import content
from ankang_desktop.exchange.layout import Column
from ankang_desktop.kernel.text import is_name, mask_name, split_office, split_post

ANONYMOUS = "匿名"
_PERSON = person().ledger
_NAME = "姓名"  # a field of this label holds nothing but a name
_LONGEST = 4  # ideographs of a name inside a longer text
_IDEOGRAPH = r"[\u4e00-\u9fff\u3400-\u4dbf\U00020000-\U0003ffff〇]"
_RUN = re.compile(rf"{_IDEOGRAPH}+(?:[·•・]{_IDEOGRAPH}+)*")
_PARTED = re.compile(rf"(?<!{_IDEOGRAPH})({_IDEOGRAPH})\s+({_IDEOGRAPH})(?!{_IDEOGRAPH})")  # “王　五”
_AND = re.compile("([和与及])")


def masked_content(column: Column, record: Mapping[str, Any], value: Any, names: Names) -> Any:
    """Return what is written for a value in a copy that leaves the enterprise."""
    if column.field.is_hidden(record):
        return ANONYMOUS
    shown = content(value, column.kind, names)
    if shown is None:
        return None
    if isinstance(column.kind, Link) and column.kind.ledger == _PERSON:
        return mask_name(str(shown).split("(")[0])
    if not column.field.personal:
        return shown
    is_known = partial(_is_known, names)
    return mask_name(str(shown)) if column.field.label == _NAME else mask_people(str(shown), is_known)


def mask_people(text: str, is_known: Callable[[str], bool]) -> str:
    """Mask the people in a free text, the offices and posts beside them stay: “安全科 王建国” → “安全科 王**”.

    `is_known` says whether the roster has a name: those are found inside longer texts too.
    """
    if is_known(text) or not _RUN.search(text):
        return mask_name(text)
    return _RUN.sub(lambda run: _masked(run[0], is_known), _PARTED.sub(r"\1\2", text))


def _masked(run: str, is_known: Callable[[str], bool]) -> str:
    """Mask one run of ideographs: a name, a name with its post, names joined by 和, or names the roster knows."""
    name, post = split_post(run)
    if name:
        return mask_name(name) + post
    if is_name(run) or is_known(run):
        return mask_name(run)
    office, name = split_office(run)
    if name:
        return office + mask_name(name)
    pair = _AND.split(run)
    if len(pair) > 1 and all(is_name(part) for part in pair[::2]):
        return "".join(mask_name(part) if place % 2 == 0 else part for place, part in enumerate(pair))
    return _mask_known(run, is_known)


def _mask_known(run: str, is_known: Callable[[str], bool]) -> str:
    done, at = "", 0
    while at < len(run):
        longest = min(_LONGEST, len(run) - at)
        name = next((run[at : at + size] for size in range(longest, 1, -1) if is_known(run[at : at + size])), "")
        done += mask_name(name) or run[at]
        at += len(name) or 1
    return done


def _is_known(names: Names, text: str) -> bool:
    return bool(names.find(_PERSON, text))

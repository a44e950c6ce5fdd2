"""Numbers that name a person — identity card, mobile phone, bank card — found in text and masked.

Full-width digits, odd spaces and hyphens are read like plain ones, position by position, so a place found in the
plain reading is the same place in the original.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

Kind = Literal["身份证号", "手机号码", "银行卡号"]

_SPACES, _DASHES = "\t\u00a0\u2002\u2003\u2007\u2009\u200a\u200b\u200c\u200d\u202f\u2060\u3000\ufeff", "‐‑‒–—−－·"
_PLAIN = (
    {0xFF10 + digit: str(digit) for digit in range(10)}
    | {ord("Ｘ"): "X", ord("ｘ"): "x", ord("＋"): "+"}
    | dict.fromkeys(map(ord, _SPACES), " ")
    | dict.fromkeys(map(ord, _DASHES), "-")
)
_PROVINCES = frozenset(
    map(str, [*range(11, 16), *range(21, 24), *range(31, 38), *range(41, 47), *range(50, 55), *range(61, 66)])
) | {"71", "81", "82", "83", "91"}
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_MARKS = "10X98765432"
_CARD_STARTS = ("62", "60", "68", "4", "51", "52", "53", "54", "55", "35", "9558")
_ENOUGH_DIGITS = re.compile(r"\d\W{0,2}(?:\d\W{0,2}){9}\d")

_DIGEST = re.compile(
    r"(?<![0-9A-Za-z])(?:[0-9a-fA-F]{32,128}|[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})(?![0-9A-Za-z])"
)
"""Checksums and GUIDs: our own lists are full of them, and one in 300 holds the digits of a mobile number."""

_ID_18 = re.compile(r"(?<!\d)(?=((?:\d[ -]{0,2}){17}[\dXx])(?!\d))")
_ID_15 = re.compile(r"(?<![\dA-Za-z])(?<!\d[.-])(?=(\d{15})(?![\dA-Za-z]|[.-]\d))")
_CARD = re.compile(r"(?<!\d)(?<!\d\.)(?=(\d{16,19}|\d{4}(?:[ -]\d{4}){3}(?:[ -]?\d{1,3})?)(?!\d|\.\d))")
_MOBILE = re.compile(
    r"(?<!\d)(?<!(?<!\d)0\.)(?=((?:(?:\+|00)?86[ -]?)?"
    r"1[3-9](?:\d{9}|\d[ -]\d{4}[ -]\d{4}|\d\d[ -]\d{3}[ -]\d{4}|\d[ -]\d{3}[ -]\d{5}))(?!\d|\.\d))"
)


@dataclass(frozen=True, slots=True)
class Hit:
    """A number found at text[start:end]."""

    kind: Kind
    start: int
    end: int


def is_identity(number: str) -> bool:
    """Say whether 18 marks are an ID number: province, existing birth day, check mark (GB 11643-1999, ISO 7064)."""
    if not re.fullmatch(r"\d{17}[\dXx]", number, re.ASCII) or number[:2] not in _PROVINCES:
        return False
    return _is_day(number[6:14]) and check_mark(number[:17]) == number[17].upper()


def check_mark(digits: str) -> str:
    """Return the 18th mark of an ID number for its first 17 digits."""
    return _CHECK_MARKS[sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, digits, strict=True)) % 11]


def _is_old_identity(number: str) -> bool:
    """Say whether 15 digits are an ID number as issued before 1999: province and a birth day in 19xx."""
    return number[:2] in _PROVINCES and _is_day(f"19{number[6:12]}")


def _is_day(text: str) -> bool:
    try:
        return 1900 <= date(int(text[:4]), int(text[4:6]), int(text[6:])).year < 2100
    except ValueError:
        return False


def _is_card(number: str) -> bool:
    """Say whether 16 to 19 digits are a bank card: an issuer's beginning and the Luhn sum (ISO/IEC 7812)."""
    doubled = (sum(divmod(int(digit) * 2, 10)) for digit in number[-2::-2])
    return number.startswith(_CARD_STARTS) and (sum(map(int, number[-1::-2])) + sum(doubled)) % 10 == 0


_SEARCHES: tuple[tuple[Kind, re.Pattern[str], Callable[[str], bool]], ...] = (
    ("身份证号", _ID_18, is_identity),
    ("银行卡号", _CARD, _is_card),
    ("身份证号", _ID_15, _is_old_identity),
    ("手机号码", _MOBILE, bool),
)


def find(text: str) -> list[Hit]:
    """Return every such number in `text`, in order, none overlapping another."""
    if _ENOUGH_DIGITS.search(text) is None:
        return []
    plain = _DIGEST.sub(lambda found: "#" * len(found[0]), text.translate(_PLAIN))
    hits: list[Hit] = []
    for hit in _candidates(plain):
        if all(hit.end <= other.start or hit.start >= other.end for other in hits):
            hits.append(hit)
    return sorted(hits, key=lambda hit: hit.start)


def _candidates(plain: str) -> Iterator[Hit]:
    for kind, pattern, accepts in _SEARCHES:
        for found in pattern.finditer(plain):
            if accepts(re.sub("[ -]", "", found[1])):
                yield Hit(kind, found.start(1), found.end(1))


def mask(text: str) -> str:
    """Return text with every such number masked (370***…12, 138****5678, ***…1234); its length stays."""
    for hit in find(text):
        text = text[: hit.start] + _starred(text[hit.start : hit.end], hit.kind) + text[hit.end :]
    return text


def _starred(number: str, kind: Kind) -> str:
    """Replace the telling marks by stars, separators staying where they are."""
    places = [index for index, mark in enumerate(number) if mark.isdigit() or mark in "XxＸｘ"]
    hidden = {"手机号码": places[-8:-4], "身份证号": places[3:-2], "银行卡号": places[:-4]}[kind]
    return "".join("*" if index in hidden else mark for index, mark in enumerate(number))

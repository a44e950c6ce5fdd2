"""Chinese text: pinyin initials, dates as officers write them, names that every disk accepts."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

_DATE_SHAPES = (
    re.compile(r"^(?P<y>\d{4})[-/.年](?P<m>\d{1,2})[-/.月](?P<d>\d{1,2})日?(?:[ T]0{1,2}:00(?::00)?)?$"),
    re.compile(r"^(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})$"),
    re.compile(r"^(?P<y>\d{2})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})$"),
    re.compile(r"^(?P<m>\d{1,2})[-/.月](?P<d>\d{1,2})日?$"),
)
_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')
_DEVICES = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d)(\..*)?$", re.IGNORECASE)


def tidy(text: str) -> str:
    """Return text in NFC without control characters or surrounding white space; full-width spaces become plain."""
    composed = unicodedata.normalize("NFC", text).replace("\u3000", " ").replace("\r\n", "\n").replace("\r", "\n")
    return "".join(mark for mark in composed if mark in "\n\t" or unicodedata.category(mark) != "Cc").strip()


def half_width(text: str) -> str:
    """Return text with full-width digits, letters and signs made half-width: “２０２６．６．１” → “2026.6.1”."""
    return unicodedata.normalize("NFKC", text).strip()


def parse_date(text: str, year: int) -> date | None:
    """Read a date as officers type it: 2026-6-1, 2026.6.1, 2026年6月1日, 20260601, 26.6.1, 6.1, 6月1日.

    A date without a year takes `year`. Returns None where the text is no date or the day does not exist.
    """
    plain = re.sub(r"\s*([-/.年月日])\s*", r"\1", half_width(text))
    for shape in _DATE_SHAPES:
        if found := shape.match(plain):
            parts = found.groupdict()
            stated = parts.get("y") or str(year)
            try:
                return date(int(stated) + (2000 if len(stated) == 2 else 0), int(parts["m"]), int(parts["d"]))
            except ValueError:
                return None
    return None


def chinese_date(day: date) -> str:
    """Write a date as papers do: 2026年6月1日."""
    return f"{day.year}年{day.month}月{day.day}日"


def initials(text: str) -> str:
    """Return the pinyin initials of a name, lower case: “欧阳建国” → “oyjg”; letters and digits stay."""
    from pypinyin import Style, lazy_pinyin  # 60 ms at import: only when a name is indexed

    return "".join(part[:1] for part in lazy_pinyin(text, style=Style.NORMAL) if part[:1].isalnum()).lower()


def safe_file_name(text: str, longest: int = 80) -> str:
    """Return a file name that Windows, Linux and a zip accept; forbidden marks become “_”, long names are cut."""
    name = _FORBIDDEN.sub("_", tidy(text).replace("\n", " ").replace("\t", " ")).strip(" .")
    stem, dot, suffix = name.rpartition(".")
    if dot and stem and len(suffix) <= 5:
        name = f"{stem[: longest - len(suffix) - 1].rstrip(' .')}.{suffix}"
    else:
        name = name[:longest].rstrip(" .")
    return f"_{name}" if not name or _DEVICES.match(name) else name


def mask_name(name: str) -> str:
    """Return a person's name as it leaves the enterprise: “张建国” → “张**”."""
    return name[:1] + "*" * max(1, len(name) - 1) if name else name


def join(words: list[str] | tuple[str, ...], most: int = 6) -> str:
    """Join words as Chinese does, at most `most` of them: “甲、乙、丙等9项”."""
    shown = "、".join(words[:most])
    return shown if len(words) <= most else f"{shown}等{len(words)}项"

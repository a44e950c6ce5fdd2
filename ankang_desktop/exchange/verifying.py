"""A workbook just written, read back: every part whole by its checksum, the sheets, the rows, the last row's text.

It streams the parts, so a million rows are read back in constant memory.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape, unescape

from ankang_desktop.kernel.errors import WorldError

_BLOCK = 1 << 20
_ROW = b"<row "
_SHEET = re.compile(r'<sheet name="([^"]*)"')


@dataclass(frozen=True)
class Written:
    """What one worksheet must hold: its name, how many rows, and a text that stands in the last one."""

    name: str
    rows: int
    last: str


def verify(path: Path, sheets: Sequence[Written]) -> None:
    """Raise WorldError where a workbook does not read back as it was written."""
    try:
        with zipfile.ZipFile(path) as archive:
            found = _sheet_names(archive)
            wrong = [each.name for each in sheets if each.name not in found or not _holds(archive, found, each)]
    except (zipfile.BadZipFile, KeyError, zlib.error, UnicodeDecodeError):
        wrong = [each.name for each in sheets]
    if wrong:
        raise WorldError(f"写出的工作簿读回时与原数据不一致（{'、'.join(wrong)}）", "请检查磁盘后重试")


def _sheet_names(archive: zipfile.ZipFile) -> list[str]:
    return [unescape(name) for name in _SHEET.findall(archive.read("xl/workbook.xml").decode("utf-8"))]


def _holds(archive: zipfile.ZipFile, names: Sequence[str], sheet: Written) -> bool:
    count, last = 0, b""
    with archive.open(f"xl/worksheets/sheet{names.index(sheet.name) + 1}.xml") as stream:
        while block := stream.read(_BLOCK):
            last += block
            count += last.count(_ROW)
            if (start := last.rfind(_ROW)) >= 0:
                last, count = last[start:], count - 1
    return count + 1 == sheet.rows and escape(sheet.last).encode("utf-8") in last

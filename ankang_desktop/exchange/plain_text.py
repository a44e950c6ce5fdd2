"""Text that holds a table: csv as UTF-8 or GB18030, and the tab-separated text that old systems call .xls."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import PurePath
from typing import Any

from ankang_desktop.exchange.limits import SAVE_AS, refuse_excess
from ankang_desktop.kernel.errors import UserError

_ENCODINGS = ("utf-8-sig", "gb18030")
_CHUNK = 500


def messages(name: str, data: bytes) -> Iterator[tuple[Any, ...]]:
    """Yield the one sheet of a text file as the reader's messages; raises UserError where it is no table."""
    text = _decoded(name, data)
    if text.lstrip().startswith("<"):
        raise UserError(f"“{name}”其实是网页或XML文件，不是Excel工作簿", SAVE_AS)
    first = text.split("\n", 1)[0]
    delimiter = max(",\t;", key=first.count)
    yield ("sheet", PurePath(name).stem, False)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error:
        raise UserError(f"“{name}”不是完整的csv文件", SAVE_AS) from None
    refuse_excess(name, len(rows), max(map(len, rows), default=0))
    for start in range(0, len(rows), _CHUNK):
        yield ("rows", rows[start : start + _CHUNK])


def _decoded(name: str, data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    for encoding in _ENCODINGS:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise UserError(f"“{name}”不是Excel工作簿", "请选择 .xlsx、.xls 或 .csv 文件")

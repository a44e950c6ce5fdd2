"""Formulas whose result was never stored: programs that write workbooks leave it to Excel, and so they read blank."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

_SHEET = re.compile(rb'<sheet\s[^>]*?\bid="([^"]+)"')
_PART = re.compile(rb"<Relationship\s[^>]*>")
_ATTRIBUTE = rb'\b%s="([^"]*)"'
_BARE = re.compile(
    rb'<c(?![^>]*\bt="str")[^>]*?\br="([A-Z]+[0-9]+)"[^>]*>\s*'  # of a text Excel itself stores a blank result
    rb"<f(?:\s[^>]*)?(?:/>|>[^<]*</f>)\s*(?:<v\s*/>|<v></v>)?\s*</c>"
)
_CHUNK, _LONGEST = 1 << 20, 1 << 14  # bytes looked at together; a formula is 8,192 characters at most


def messages(data: bytes, place: int, name: str) -> Iterator[tuple[Any, ...]]:
    """Yield ("bare", how many, the first) where the worksheet at a place of an .xlsx has formulas without a result."""
    if not data.startswith(b"PK"):
        return
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        part = _part_of(archive, place)
        bare = list(_bare(archive, part)) if part else []
    if bare:
        yield "bare", len(bare), f"“{name}”{bare[0]}"


def told(found: list[tuple[int, str]]) -> tuple[str, ...]:
    """Return the sentence on such formulas of a whole workbook, from what `messages` said of its worksheets."""
    if not found:
        return ()
    number = sum(count for count, _ in found)
    where = found[0][1] + (" 等" if number > 1 else "")
    where = f"有 {number} 个单元格是没有存下结果的公式（{where}）"
    return (f"{where}，读出来是空的；请在 Excel 或 WPS 里打开后另存一次，再导入",)


def _part_of(archive: zipfile.ZipFile, place: int) -> str:
    """Return the file a worksheet is kept in; "" where it is not said as usual."""
    known = set(archive.namelist())
    if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= known:
        return ""
    keys = _SHEET.findall(archive.read("xl/workbook.xml"))
    for part in _PART.findall(archive.read("xl/_rels/workbook.xml.rels")):
        key, target = (re.search(_ATTRIBUTE % each, part) for each in (b"Id", b"Target"))
        if key and target and place < len(keys) and key[1] == keys[place]:
            path = target[1].decode("utf-8", "replace")
            path = path.removeprefix("/") if path.startswith("/") else f"xl/{path}"
            return path if path in known else ""
    return ""


def _bare(archive: zipfile.ZipFile, part: str) -> Iterator[str]:
    """Yield the cells of such formulas; the file is looked through bit by bit, for the child has little memory."""
    kept = b""
    with archive.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            text = kept + chunk
            end = 0
            for found in _BARE.finditer(text) if b"<f" in text else ():  # most sheets have none
                end = found.end()
                yield found[1].decode()
            kept = text[max(end, len(text) - _LONGEST) :]

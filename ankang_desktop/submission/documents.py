"""The words inside xlsx, docx and pptx files, read straight from their XML as a stream.

The workbook libraries stay out of this room; expat hands over the text piece by piece, so neither a wide sheet nor a
hostile one fills the memory. Document types and entities are refused (defusedxml).
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from ankang_desktop.submission.items import CHUNK

UNREADABLE = (zipfile.BadZipFile, ParseError, DefusedXmlException, ValueError, RuntimeError, KeyError, EOFError)
"""What reading a broken, encrypted or hostile document may raise (zlib.error and OSError besides)."""

LARGEST_PART = 512 << 20
_LONGEST_TEXT = 1 << 20
_BLOCKS = frozenset({"c", "si", "p", "comment", "definedName", "oddHeader", "oddFooter", "f", "Company", "Manager"})
_PLACES = {
    "xl/comments": "批注",
    "xl/threadedComments": "批注",
    "xl/worksheets/": "工作表",
    "xl/workbook": "工作表名称",
    "xl/": "工作簿",
    "word/document": "正文",
    "word/comments": "批注",
    "word/header": "页眉",
    "word/footer": "页脚",
    "ppt/slides/": "幻灯片",
    "docProps/": "文件属性",
}
_PLACED = frozenset({"c", "comment"})


@dataclass(slots=True)
class _Words:
    """An expat target: collects the text of one block (cell, paragraph, comment) and hands it on with its place."""

    found: list[tuple[str, str, str]] = field(default_factory=list)
    _text: list[str] = field(default_factory=list)
    _size: int = 0
    _place: str = ""
    _type: str = ""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Begin an element; long attribute values (sheet names, links) are words too."""
        name = tag.rpartition("}")[2]
        if name in _BLOCKS:
            self._flush()
        if name in _PLACED:
            self._place, self._type = attributes.get("r", attributes.get("ref", "")), attributes.get("t", "n")
        if name == "si":
            self._type = "si"
        self.found += [(self._place, "", value) for value in attributes.values() if len(value) > 10]

    def end(self, tag: str) -> None:
        """End an element; a block hands over its text."""
        name = tag.rpartition("}")[2]
        if name in _BLOCKS:
            self._flush(always=name == "si")
        if name in _PLACED or name == "si":
            self._place = self._type = ""

    def data(self, text: str) -> None:
        """Take text; a monstrous one is handed over in pieces."""
        self._text.append(text)
        self._size += len(text)
        if self._size > _LONGEST_TEXT:
            self._flush()

    def close(self) -> None:
        """Hand over what is left."""
        self._flush()

    def _flush(self, *, always: bool = False) -> None:
        if always or self._size:
            self.found.append((self._place, self._type, "".join(self._text)))
            self._text, self._size = [], 0


def document_texts(archive: zipfile.ZipFile, is_telling: Callable[[str], bool]) -> Iterator[tuple[str, str]]:
    """Yield (place, text) for every telling text: cells (also shared and numeric), comments, names, paragraphs.

    Raises what UNREADABLE names when a part is broken, larger than LARGEST_PART or hostile.
    """
    shared = _shared(archive, is_telling)
    sheets, used = _sheet_names(archive), set[int]()
    for part in archive.namelist():
        if not part.endswith((".xml", ".rels", ".vml")) or part == "xl/sharedStrings.xml":
            continue
        title = f"工作表“{sheets[part]}”" if part in sheets else _title(part)
        for place, kind, text in _words(archive, part):
            words = _resolve(kind, text, shared, used)
            if words and is_telling(words):
                yield f"{title} {place}".strip(), words
    yield from (("工作簿", text) for index, text in shared.items() if index not in used)


def _resolve(kind: str, text: str, shared: dict[int, str], used: set[int]) -> str:
    """Return the words behind a cell's raw value: a shared text, a whole number written out, or the text itself."""
    if kind == "s" and text.isdecimal():
        used.add(int(text))
        return shared.get(int(text), "")
    if kind == "n" and re.fullmatch(r"[\d.]+(E\+\d\d?)?", text):
        return str(int(float(text))) if float(text).is_integer() else ""
    return text


def _shared(archive: zipfile.ZipFile, is_telling: Callable[[str], bool]) -> dict[int, str]:
    """Return the telling ones among the shared texts of a workbook, by their number."""
    if "xl/sharedStrings.xml" not in archive.namelist():
        return {}
    texts = (text for _, kind, text in _words(archive, "xl/sharedStrings.xml") if kind == "si")
    return {index: text for index, text in enumerate(texts) if is_telling(text)}


def _words(archive: zipfile.ZipFile, part: str) -> Iterator[tuple[str, str, str]]:
    if archive.getinfo(part).file_size > LARGEST_PART:
        raise ValueError(f"part too large: {part}")
    words = _Words()
    parser = DefusedXMLParser(target=words, forbid_dtd=True)
    with archive.open(part) as stream:
        while chunk := stream.read(CHUNK >> 4):
            parser.feed(chunk)
            yield from words.found
            words.found.clear()
    parser.close()
    yield from words.found


def _sheet_names(archive: zipfile.ZipFile) -> dict[str, str]:
    """Return the sheets' names by the part that holds them."""
    names = archive.namelist()
    if "xl/workbook.xml" not in names or "xl/_rels/workbook.xml.rels" not in names:
        return {}
    targets = {
        found["Id"]: found["Target"] for found in _attributes(archive, "xl/_rels/workbook.xml.rels", "Relationship")
    }
    sheets = _attributes(archive, "xl/workbook.xml", "sheet")
    parts = {found.get("name", ""): targets.get(found.get("id", ""), "") for found in sheets}
    return {target.removeprefix("/") if target[:1] == "/" else f"xl/{target}": name for name, target in parts.items()}


def _attributes(archive: zipfile.ZipFile, part: str, name: str) -> list[dict[str, str]]:
    """Return the attributes (local names) of every element called `name`."""
    found: list[dict[str, str]] = []

    class Collect:
        def start(self, tag: str, attributes: dict[str, str]) -> None:
            if tag.rpartition("}")[2] == name:
                found.append({key.rpartition("}")[2]: value for key, value in attributes.items()})

        def close(self) -> None: ...

    parser = DefusedXMLParser(target=Collect(), forbid_dtd=True)
    with archive.open(part) as stream:
        while chunk := stream.read(CHUNK >> 4):
            parser.feed(chunk)
    parser.close()
    return found


def _title(part: str) -> str:
    return next((title for start, title in _PLACES.items() if part.startswith(start)), part)

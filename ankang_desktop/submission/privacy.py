"""The privacy gate: nothing that names a person or a place leaves unseen (个人信息保护法 arts. 6, 23, 28, 51).

Looks into file names, texts, workbooks and documents, and the hidden blocks of photos; masks what may stay masked.
"""

from __future__ import annotations

import codecs
import io
import tempfile
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import PurePosixPath
from typing import BinaryIO, Literal

from ankang_desktop.kernel import identifiers
from ankang_desktop.kernel.identifiers import mask
from ankang_desktop.kernel.text import mask_name
from ankang_desktop.submission.containers import Broken, Data, Part, mapped, parts_of
from ankang_desktop.submission.documents import UNREADABLE, document_texts
from ankang_desktop.submission.exif import EXIF_HEAD, read_exif
from ankang_desktop.submission.items import CHUNK, Item

__all__ = ["Finding", "NameMask", "can_scan", "mask", "scan_item", "scan_photo", "scan_text"]

Kind = Literal["身份证号", "手机号码", "银行卡号", "照片定位", "未能检查"]

TEXTS = frozenset({".txt", ".csv", ".tsv", ".json", ".html", ".htm", ".xml", ".md", ".toml", ".svg"})
DOCUMENTS = frozenset({".xlsx", ".xlsm", ".docx", ".pptx"})
PHOTOS = frozenset({".jpg", ".jpeg", ".png", ".webp", ".heic", ".heif", ".tif", ".tiff", ".gif", ".bmp"})

_REMEDIES: dict[Kind, str] = {
    "身份证号": "请删除，或选“脱敏并继续”；报送材料不需要身份证号",
    "手机号码": "请删除，或选“脱敏并继续”；联系人电话请写在报送信息里",
    "银行卡号": "请删除，或选“脱敏并继续”；报送材料不需要银行卡号",
    "照片定位": "选“脱敏并继续”，报送的副本会去掉拍摄位置，原件不变",
    "未能检查": "请打开看一眼，确认没有身份证号、手机号和定位后再报送",
}
_AROUND, _OVERLAP, _LARGEST_PICTURE = 8, 64, 64 << 20


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that should not leave: where it stands, a masked excerpt, what to do."""

    kind: Kind
    where: str
    excerpt: str
    remedy: str


def _finding(kind: Kind, where: str, excerpt: str = "") -> Finding:
    return Finding(kind, where, excerpt, _REMEDIES[kind])


def can_scan(path: str) -> bool:
    """Say whether files of this name are looked into; the others (PDF, video …) only by their name."""
    return PurePosixPath(path).suffix.lower() in TEXTS | DOCUMENTS | PHOTOS


def scan_text(text: str, where: str) -> Iterator[Finding]:
    """Yield the ID, mobile and card numbers in a text, each with a masked excerpt."""
    hits = identifiers.find(text)
    masked = mask(text) if hits else ""
    for hit in hits:
        excerpt = masked[max(0, hit.start - _AROUND) : hit.end + _AROUND].replace("\n", " ")
        yield _finding(hit.kind, where, excerpt.strip())


def scan_item(item: Item) -> Iterator[Finding]:
    """Yield what an item's name and content give away; a file that cannot be read is a finding, not a silence."""
    yield from scan_text(item.path, f"{item.path}（文件名）")
    suffix = PurePosixPath(item.path).suffix.lower()
    if suffix in TEXTS | DOCUMENTS | PHOTOS:
        with _seekable(item) as stream:
            if suffix in TEXTS:
                yield from _scan_lines(stream, item.path)
            elif suffix in DOCUMENTS:
                yield from _scan_document(stream, item.path)
            else:
                with mapped(stream) as data:
                    yield from scan_photo(data, item.path)


@contextmanager
def _seekable(item: Item) -> Iterator[BinaryIO]:
    """Give the item's bytes as a stream that can go back; one that cannot is kept in a temporary file meanwhile."""
    with item.opened() as stream:
        if stream.seekable():
            yield stream
            return
    with tempfile.TemporaryFile() as copy:
        for chunk in item.chunks():
            copy.write(chunk)
        copy.seek(0)
        yield copy


def _scan_lines(stream: BinaryIO, where: str) -> Iterator[Finding]:
    """Scan a text of any length and any line length; UTF-8, UTF-16 or GB18030."""
    encoding = _encoding(stream)
    with io.TextIOWrapper(stream, encoding, "replace") as reader:
        number, carried = 1, ""
        while piece := reader.readline(CHUNK):
            for hit in identifiers.find(carried + piece):
                if hit.end > len(carried):
                    yield from scan_text((carried + piece)[hit.start : hit.end], f"{where} 第{number}行")
            ended = piece.endswith("\n")
            number, carried = number + ended, "" if ended else piece[-_OVERLAP:]


def _encoding(stream: BinaryIO) -> str:
    head = stream.read(1 << 16)
    stream.seek(0)
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return "gb18030"
    return "utf-8-sig"


def _scan_document(stream: BinaryIO, where: str) -> Iterator[Finding]:
    try:
        with zipfile.ZipFile(stream) as archive:
            for place, text in document_texts(archive, lambda text: bool(identifiers.find(text))):
                yield from scan_text(text, f"{where} {place}")
            for info in archive.infolist():
                if PurePosixPath(info.filename).suffix.lower() in PHOTOS and info.file_size <= _LARGEST_PICTURE:
                    yield from scan_photo(archive.read(info), f"{where} 插图")
    except (*UNREADABLE, zlib.error, OSError):
        yield _finding("未能检查", where)


def scan_photo(data: Data, where: str) -> Iterator[Finding]:
    """Yield the position a photo carries (Exif, XMP, an embedded second picture) and numbers in its hidden texts."""
    try:
        hidden = [part for part in parts_of(data) if part.role != "keep"]
    except Broken:
        hidden = [Part("words", 0, len(data), 0, len(data))]
    if any(_has_position(data, part) for part in hidden):
        yield _finding("照片定位", where)
    texts = chain.from_iterable(_hidden_texts(data, part) for part in hidden)
    yield from dict.fromkeys(chain.from_iterable(scan_text(text, f"{where} 照片附注") for text in texts))


def _has_position(data: Data, part: Part) -> bool:
    """Say whether a part holds a position; an Exif block too damaged to tell counts as one."""
    if part.role == "exif":
        exif = read_exif(data[part.inner : part.inner_end])
        return exif is None or exif.has_position
    if any(data.find(word, part.inner, part.inner_end) >= 0 for word in (b"GPSLatitude", b"GPSCoordinates")):
        return True
    at = data.find(EXIF_HEAD, part.inner, part.inner_end)
    while at >= 0:
        exif = read_exif(data[at : at + (1 << 16)])
        if exif is not None and exif.has_position:
            return True
        at = data.find(EXIF_HEAD, at + 1, part.inner_end)
    return False


def _hidden_texts(data: Data, part: Part) -> list[str]:
    block = data[part.inner : min(part.inner_end, part.inner + CHUNK)]
    if part.role == "exif":
        exif = read_exif(block)
        return exif.texts() if exif else []
    return [block.decode("utf-8", "replace")]


class NameMask:
    """Masks known names wherever they stand in a text: “张建国已整改” → “张**已整改”."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = frozenset(name for name in names if len(name) > 1)
        self._lengths = sorted({len(name) for name in self._names}, reverse=True)

    def __call__(self, text: str) -> str:
        """Return the text with every known name masked, the longest first."""
        done, at = "", 0
        while at < len(text):
            name = next((text[at : at + size] for size in self._lengths if text[at : at + size] in self._names), "")
            done += mask_name(name) or text[at]
            at += len(name) or 1
        return done

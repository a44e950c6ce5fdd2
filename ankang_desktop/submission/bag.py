"""One zip that is a BagIt bag (RFC 8493): written as a stream, verified as the receiver would, and only then renamed.

Everything is stored, nothing deflated: photos, PDFs and workbooks are compressed already (measured: 25 s against 1 s
for a gigabyte). The order is bagit.txt, data/, then the lists, so that even a zip cut short still says what it was.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterable, Mapping, Sized
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import partial
from hashlib import sha256
from pathlib import Path
from threading import Event

from ankang_desktop.kernel.errors import WorldError
from ankang_desktop.kernel.files import write_safely
from ankang_desktop.kernel.hashing import sha256_of
from ankang_desktop.kernel.progress import Progress
from ankang_desktop.submission import manifest
from ankang_desktop.submission.hashing import HashThread
from ankang_desktop.submission.items import Item
from ankang_desktop.submission.names import Names
from ankang_desktop.submission.verification import verify_package

_UNIX, _PLAIN_FILE = 3, 0o100644 << 16
_FIRST, _LAST = datetime(1980, 1, 1), datetime(2107, 12, 31, 23, 59, 58)


@dataclass(frozen=True, slots=True)
class BagResult:
    """A finished package: SHA-256 of the zip in hex, number and bytes of the files inside data/."""

    sha256: str
    files: int
    bytes: int


def write_bag(target: Path, name: str, items: Iterable[Item], info: Mapping[str, str], progress: Progress) -> BagResult:
    """Write `items` as one bag in the zip `target`, under the top folder `name`; same input, same bytes.

    `info` becomes bag-info.txt; it must hold “Bagging-Date” (ISO), Payload-Oxum is added. Items are asked for one by
    one and read in chunks; memory does not grow with their size. Raises UserError for unsafe or double names,
    WorldError when a source cannot be read or the disk refuses, Cancelled; an older `target` then stays as it was.
    """
    writer = _Writer(name, date.fromisoformat(info[manifest.BAGGING_DATE]))
    hashes: list[str] = []
    write_safely(
        target,
        lambda temporary: writer.write(temporary, items, info, progress),
        lambda temporary: hashes.append(_read_back(temporary, writer, progress)),
    )
    return BagResult(hashes[0], writer.files, writer.bytes)


class _Writer:
    """One zip being written: the names taken, what was counted, what was hashed."""

    def __init__(self, name: str, day: date) -> None:
        self.files = self.bytes = 0
        self._name, self._day = name, datetime.combine(day, time())
        self._names = Names()
        Names().take(name)

    def write(self, temporary: Path, items: Iterable[Item], info: Mapping[str, str], progress: Progress) -> None:
        """Write the whole bag: declaration, payload, lists."""
        with zipfile.ZipFile(temporary, "w", zipfile.ZIP_STORED) as archive:
            tags = {manifest.BAGIT: manifest.DECLARATION}
            self._write_tag(archive, manifest.BAGIT, tags[manifest.BAGIT])
            total = len(items) if isinstance(items, Sized) else 0
            with HashThread() as hashes:
                for item in items:
                    step = partial(progress.step, f"写入 {item.path}", self.files, total)
                    self._write_item(archive, item, hashes, step)
            counted = {**info, manifest.OXUM: f"{self.bytes}.{self.files}"}
            tags[manifest.BAG_INFO] = manifest.info_text(counted)
            tags[manifest.MANIFEST] = manifest.manifest_text(hashes.digests)
            for tag in (manifest.BAG_INFO, manifest.MANIFEST):
                self._write_tag(archive, tag, tags[tag])
            sums = {tag: sha256(text.encode()).hexdigest() for tag, text in tags.items()}
            self._write_tag(archive, manifest.TAG_MANIFEST, manifest.manifest_text(sums))

    def _write_tag(self, archive: zipfile.ZipFile, tag: str, text: str) -> None:
        archive.writestr(self._entry(tag, self._day), text.encode())

    def _write_item(self, archive: zipfile.ZipFile, item: Item, hashes: HashThread, step: Callable[[], None]) -> None:
        path = f"data/{item.path}"
        self._names.take(f"{self._name}/{path}")
        entry, size = self._entry(path, item.modified), item.size()
        entry.file_size = size or 0
        with archive.open(entry, "w", force_zip64=size is None) as stream:
            for chunk in item.chunks():
                step()
                stream.write(chunk)
                hashes.feed(chunk)
                self.bytes += len(chunk)
        hashes.finish(path)
        self.files += 1

    def _entry(self, path: str, modified: datetime) -> zipfile.ZipInfo:
        moment = min(max(modified.replace(tzinfo=None), _FIRST), _LAST)
        entry = zipfile.ZipInfo(f"{self._name}/{path}", moment.timetuple()[:6])
        entry.create_system, entry.external_attr = _UNIX, _PLAIN_FILE
        return entry


def _read_back(temporary: Path, writer: _Writer, progress: Progress) -> str:
    """Verify the written zip as its receiver would and return its SHA-256, both at once; raises WorldError."""
    stop = Event()
    with ThreadPoolExecutor(1) as pool:
        whole = pool.submit(sha256_of, temporary, stop)
        try:
            found = verify_package(temporary, progress)
        except BaseException:
            stop.set()
            raise
        if not found.ok or (found.files, found.bytes) != (writer.files, writer.bytes):
            first = found.findings[0].sentence if found.findings else "文件数不符"
            raise WorldError(f"报送包写好后读回核对不符：{first}", "请检查磁盘后重试")
        return whole.result()

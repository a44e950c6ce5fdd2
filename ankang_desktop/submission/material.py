"""The proof that goes into a package: foldered by scorecard row, with names a stranger can read.

A file that serves several rows lies in the first and is listed under each. Photos are copied without GPS (one that
cannot be cleaned stops the package); scans of signatures stay at home (domain.md §8).
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from functools import partial
from pathlib import Path

from sqlalchemy import Connection

from ankang_desktop.declare.ledger import Ledgers
from ankang_desktop.kernel.errors import UserError
from ankang_desktop.kernel.text import safe_file_name
from ankang_desktop.store.evidence import Attached, EvidenceStore
from ankang_desktop.submission.items import Item
from ankang_desktop.submission.leaving import Claim, Files, files_of
from ankang_desktop.submission.names import package_path
from ankang_desktop.submission.photos import clean_copy

FOLDER = "06-佐证材料"


@dataclass(frozen=True)
class Listed:
    """One line of the 目录: what proves which row, and where it lies in the package or on paper."""

    row: int
    heading: str
    number: str
    title: str
    path: str
    place: str
    note: str


class _Passing(io.FileIO):
    """A cleaned copy that vanishes once it has been read: disk does not grow with the package."""

    def close(self) -> None:
        """Close and remove."""
        if not self.closed:
            super().close()
            Path(str(self.name)).unlink(missing_ok=True)


@dataclass(frozen=True)
class Outward:
    """How proof is changed on its way out: words by `clean`, photos without position, none longer than `longest`."""

    clean: Callable[[str], str]
    scratch: Path
    longest: int | None = None

    def item(self, source: Path, path: str, each: Attached) -> Item:
        """Return a file as it leaves."""
        made = datetime.combine(each.taken_on or each.day or date(2000, 1, 1), time())
        if not each.is_photo:
            return Item(path, source, made)
        return Item(path, partial(self._cleaned, source, each), made)

    def _cleaned(self, source: Path, each: Attached) -> io.BufferedReader:
        target = self.scratch / f"{each.sha256}{Path(each.name).suffix}"
        if findings := clean_copy(source, target, self.longest):
            raise UserError(f"照片“{each.name}”无法去除定位信息", findings[0].remedy or "请另存为 JPEG 后重新添加")
        return io.BufferedReader(_Passing(str(target)))


def gather(
    connection: Connection,
    ledgers: Ledgers,
    store: EvidenceStore,
    claims: Sequence[Claim],
    outward: Outward,
) -> tuple[list[Listed], list[Item]]:
    """Return the lines of the 目录 and the files they name; photos are cleaned only when they are read.

    Raises UserError where a file has vanished.
    """
    files = files_of(connection, ledgers, store, claims)
    placed: dict[str, str] = {}
    lines: list[Listed] = []
    items: list[Item] = []
    for claim in (replace(each, title=outward.clean(each.title)) for each in claims):
        mine = files.get(claim.record, Files())
        for number, each in enumerate(mine.leaving, 1):
            told = outward.clean(each.caption or each.name)
            if each.sha256 not in placed:
                placed[each.sha256] = _path(claim, told if each.caption else claim.title, each, number)
                items.append(outward.item(store.path_of(each.sha256), placed[each.sha256], each))
            lines.append(_line(claim, placed[each.sha256], told))
        lines += [_line(claim, "", note) for note in _notes(claim, mine)]
    return lines, items


def _notes(claim: Claim, files: Files) -> Iterator[str]:
    """Yield what the 目录 says of proof that is no file of the package."""
    if files.signatures:
        yield f"签名扫描件{files.signatures}份存本单位备查"
    if files.private:
        yield f"涉及个人健康，佐证{files.private}份存本单位备查"
    if files == Files():
        yield "纸质材料" if claim.place else "系统记录"


def _path(claim: Claim, told: str, each: Attached, number: int) -> str:
    folder = safe_file_name(f"{claim.row:02d}-{_short(claim.heading)}", 40)
    suffix = Path(each.name).suffix.lower()
    name = safe_file_name(f"{claim.number}-{told}", 60)
    return package_path(FOLDER, folder, f"{name}-{number}{suffix}")


def _line(claim: Claim, path: str, note: str) -> Listed:
    return Listed(claim.row, claim.heading, claim.number, claim.title, path, claim.place, note)


def _short(heading: str) -> str:
    """Return the first clause of a row's text, without marks and quotes, for the name of its folder."""
    clause = re.split("[（，。；、(]", heading)[0]
    plain = re.sub("[“”《》]", "", clause)
    return plain if len(plain) <= 18 else f"{plain[:17]}…"


def by_row(lines: Sequence[Listed]) -> Iterator[tuple[int, str, list[Listed]]]:
    """Yield row number, heading and lines, row by row."""
    found: dict[int, list[Listed]] = {}
    for line in lines:
        found.setdefault(line.row, []).append(line)
    for number in sorted(found):
        yield number, found[number][0].heading, found[number]

"""Files on records, and the workspace itself: attach, detach, back up, restore, check."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from ankang_desktop.actions.naming import all_misnamed
from ankang_desktop.actions.proofs import counter_names, measure_names
from ankang_desktop.app import App
from ankang_desktop.declare.checks import faults as declaration_faults
from ankang_desktop.kernel.errors import Problem, Refused, UserError, WorldError
from ankang_desktop.kernel.files import free_name, write_safely
from ankang_desktop.kernel.hashing import sha256_of
from ankang_desktop.kernel.progress import Progress
from ankang_desktop.kernel.text import join, safe_file_name, tidy
from ankang_desktop.programme.library import check_names
from ankang_desktop.scoring.checking import check_form
from ankang_desktop.store import backup
from ankang_desktop.store.backup import Backup
from ankang_desktop.store.evidence import (
    Attached,
    Use,
    arrange,
    attach,
    attach_kept,
    attached,
    date_warning,
    describe,
    detach,
    other_uses,
    slot_of,
)
from ankang_desktop.store.photo_dates import is_picture
from ankang_desktop.store.query import fetch, locate
from ankang_desktop.store.unit import Unit
from ankang_desktop.store.upgrades import revision_of


def attach_files(app: App, number: str, files: Sequence[Path], use: Use) -> tuple[list[Attached], list[str]]:
    """Attach files to a record as one step; returns what was attached and warnings about photo dates."""
    with app.begin(f"{number} 添加佐证") as unit:
        ledger, record = locate(unit.connection, app.ledgers, number)
        added = [attach(unit, app.workspace.evidence, record, each, use) for each in files]
        days = fetch(unit.connection, ledger, [record], with_rows=False)[0].days
    return added, [text for each in added if (text := _warning(app, each, days))]


@dataclass(frozen=True)
class Filed:
    """What adding many files to one record did; the sentences are for the person.

    `refused` were not added, the last `twice` of them because the record has them already; `warnings` were (photos that
    are none, or of another day); `shared` are other records' too.
    """

    number: str
    added: tuple[Attached, ...]
    refused: tuple[str, ...]
    twice: int
    warnings: tuple[str, ...]
    shared: tuple[str, ...]


def attach_many(app: App, number: str, files: Sequence[tuple[Path, Use]], progress: Progress) -> Filed:
    """Attach files (folders stand for what lies in them) as one step; what cannot be taken is left out and told.

    A file that the record has already, in whatever slot, is refused; one that another record has is taken and told.
    """
    found = [(path, use) for given, use in files for path in files_in([given], progress)]

    def add(record: int) -> Iterator[Callable[[], Attached]]:
        for path, use in found:
            yield partial(_attach_once, app, unit, record, path, use)

    try:
        with app.begin(f"{number} 添加佐证") as unit:
            return _file(app, unit, number, add, progress)
    except BaseException:  # stopped, or the disk is full: what was copied until then is not kept either
        _sweep(app)
        raise


def _sweep(app: App) -> list[Path]:
    with app.workspace.database.write() as connection:
        return app.workspace.evidence.sweep(connection)


def reattach(app: App, number: str, digests: Sequence[str], slot: str, progress: Progress) -> Filed:
    """Attach files that other records use already, by SHA-256, as one step; nothing is copied."""

    def add(record: int) -> Iterator[Callable[[], Attached]]:
        for sha256 in digests:
            yield partial(_reattach_once, unit, record, sha256, slot)

    with app.begin(f"{number} 使用已有佐证") as unit:
        return _file(app, unit, number, add, progress)


_Adding = Callable[[int], Iterator[Callable[[], Attached]]]


def _file(app: App, unit: Unit, number: str, adding: _Adding, progress: Progress) -> Filed:
    """Add one file after the other, those refused left out; tell what is odd about the others."""
    ledger, record = locate(unit.connection, app.ledgers, number)
    unit.living(record)
    added, refused, twice = [], [], []
    steps = list(adding(record))
    for done, add in enumerate(steps):
        progress.step("添加佐证", done, len(steps))
        try:
            added.append(add())
        except _Twice as error:
            twice.append(str(error))
        except UserError as error:
            refused.append(str(error))
    days = fetch(unit.connection, ledger, [record], with_rows=False)[0].days
    uses = other_uses(unit.connection, record, {each.sha256 for each in added})
    return Filed(
        number,
        tuple(added),
        (*refused, *twice),
        len(twice),
        tuple(text for each in added if (text := _warning(app, each, days))),
        tuple(used_elsewhere(each.name, uses[each.sha256]) for each in added if each.sha256 in uses),
    )


def used_elsewhere(name: str, numbers: Sequence[str]) -> str:
    """Return the sentence that other records use a file too."""
    return f"“{name}”已用于 {join(list(numbers), 3)}"


class _Twice(UserError):
    """The record has the file already."""


def _attach_once(app: App, unit: Unit, record: int, path: Path, use: Use) -> Attached:
    ledger, _ = unit.stored(record)
    if path.is_file():
        _refuse_twice(unit, record, sha256_of(path), use.name or path.name, slot_of(ledger, use.slot).title)
    return attach(unit, app.workspace.evidence, record, path, use)


def _reattach_once(unit: Unit, record: int, sha256: str, slot: str) -> Attached:
    ledger, _ = unit.stored(record)
    _refuse_twice(unit, record, sha256, "", slot_of(ledger, slot).title)
    return attach_kept(unit, record, sha256, slot)


def _refuse_twice(unit: Unit, record: int, sha256: str, name: str, title: str) -> None:
    """Refuse a file that the record has already, whatever it is called there."""
    ledger, stored = unit.stored(record)
    for each in attached(unit.connection, [record]):
        if each.sha256 == sha256:
            there = slot_of(ledger, each.slot).title
            known = f"“{each.name}”" if name in {each.name, ""} else f"“{name}”（即“{each.name}”）"
            remedy = "不必重复添加" if there == title else f"要换到“{title}”，把它拖过去就行"
            raise _Twice(f"{known}已经附在 {stored.number} 的“{there}”里", remedy)


MOST_FILES = 500
"""Files taken at once: a folder with more was chosen by mistake more often than meant."""

_LITTER = {"thumbs.db", "desktop.ini", ".ds_store"}


def files_in(paths: Sequence[Path], progress: Progress) -> list[Path]:
    """Return the files meant by paths: folders stand for the files in them, hidden ones left out, by name."""
    found: list[Path] = []
    for path in paths:
        inside = sorted(path.rglob("*")) if path.is_dir() else [path]
        for each in inside:
            progress.step("查看文件夹", len(found))
            parts = each.relative_to(path).parts if each != path else ()
            is_hidden = any(part.startswith(".") for part in parts) or each.name.lower() in _LITTER
            if not each.is_dir() and not is_hidden:
                found.append(each)
    if len(found) > MOST_FILES:
        raise UserError(f"一共有 {len(found)} 个文件，一次最多添加 {MOST_FILES} 个", "请只选这条记录要用的文件")
    return found


def _warning(app: App, each: Attached, days: Sequence[date]) -> str | None:
    """Return what is odd about a file, or that it was taken on another day."""
    path = app.workspace.evidence.path_of(each.sha256)
    return oddity(path, each.name, each.size, is_photo=each.is_photo) or date_warning(each, days)


_HEAVY = 100 * 1_048_576


def oddity(path: Path, name: str, size: int, *, is_photo: bool) -> str | None:
    """Return what is odd about a file itself: called a photo and none that anybody can open, or very large."""
    if size > _HEAVY:
        return f"“{name}”有 {size // 1_048_576} MB，备份和报送会很慢，录像只留几张截图就够"
    if not is_photo or is_picture(path):
        return None
    if name.lower().endswith((".heic", ".heif")):
        return f"“{name}”是苹果手机的 HEIC 格式，别的电脑多半打不开，请在手机上存为 JPEG 后换上"
    return f"“{name}”不是有效的照片，请重新保存后添加"


def detach_file(app: App, number: str, link: int) -> None:
    """Take a file off a record; the file stays in the store for undo and other records."""
    detach_many(app, number, [link])


def detach_many(app: App, number: str, links: Sequence[int]) -> None:
    """Take files off a record as one step."""
    with app.begin(f"{number} 移除佐证") as unit:
        record = _owner(app, unit, number, links)
        for link in links:
            detach(unit, link, record)


def move_slot(app: App, number: str, links: Sequence[int], slot: str, place: int = MOST_FILES) -> None:
    """Put files of a record into a slot (整改后照片), before the file at `place`, as one step; also orders them."""
    with app.begin(f"{number} 调整佐证") as unit:
        record = _owner(app, unit, number, links)
        ledger, _ = unit.stored(record)
        before = {each.link: each.slot for each in attached(unit.connection, [record])}
        if any(before[link] != slot_of(ledger, slot).key for link in links):
            unit.title = f"{number} 佐证移到“{slot_of(ledger, slot).title}”"
        arrange(unit, record, links, slot, place)


_LONGEST = {"caption": ("说明", 200), "box": ("盒号", 20), "page": ("页号", 20)}


def redescribe(app: App, number: str, links: Sequence[int], said: Mapping[str, str | date | None]) -> None:
    """Write what is said of files on a record, those given of caption, day, box, page; one step for all of them."""
    values = {key: (tidy(value) or None) if isinstance(value, str) else value for key, value in said.items()}
    problems = [
        Problem(key, f"{_LONGEST[key][0]}最多 {_LONGEST[key][1]} 个字")
        for key, value in values.items()
        if isinstance(value, str) and len(value) > _LONGEST[key][1]
    ]
    if problems:
        raise Refused(problems)
    with app.begin(f"{number} 修改佐证说明") as unit:
        record = _owner(app, unit, number, links)
        for link in links:
            describe(unit, link, record, values)


def _owner(app: App, unit: Unit, number: str, links: Sequence[int]) -> int:
    """Return the record; refuse links that are not (or no longer) its own."""
    _, record = locate(unit.connection, app.ledgers, number)
    known = {each.link for each in attached(unit.connection, [record])}
    for link in links:
        if link not in known:
            raise UserError(f"{number} 没有编号为 {link} 的佐证", "请用 show 查看佐证编号")
    return record


def save_copies(app: App, files: Sequence[tuple[str, str]], folder: Path, progress: Progress) -> list[Path]:
    """Write (SHA-256, name) files into a folder under their names, none over another; returns them."""
    written = []
    for done, (sha256, name) in enumerate(files):
        progress.step("另存", done, len(files))
        target = free_name(folder, safe_file_name(name))
        save_copy(app, sha256, target)
        written.append(target)
    return written


def save_copy(app: App, sha256: str, target: Path) -> None:
    """Write a file of the workspace to `target`, read back; raises WorldError where it is lost or damaged."""
    source = app.workspace.evidence.path_of(sha256)
    if not source.is_file():
        raise WorldError(f"佐证文件“{target.name}”不见了", "请从备份里恢复，或重新添加这个文件")

    def verify(path: Path) -> None:
        if sha256_of(path) != sha256:
            raise WorldError(f"佐证文件“{target.name}”的内容被改动或没有写完整", "请从备份里恢复，或重新添加这个文件")

    write_safely(target, lambda path: _copied(source, path), verify)


def _copied(source: Path, path: Path) -> None:
    shutil.copyfile(source, path)


def back_up(app: App, folder: Path | None, progress: Progress) -> tuple[Backup, list[Path]]:
    """Write a verified backup, attachments included; returns it and the older ones removed for it.

    Only the workspace's own `backups` folder is thinned: 7 daily, 4 weekly, 12 monthly ones stay.
    """
    own, now = app.workspace.folder / "backups", app.clock.now()
    made = backup.back_up(app.workspace, folder or own, now, progress)
    return made, [] if folder else backup.thin(own, now)


def check_workspace(app: App) -> dict[str, Any]:
    """Look for faults in declarations, papers, programmes, database and evidence; each is a sentence.

    Files a failed step left behind, which nothing refers to, are removed and mentioned in the notes.
    """
    found = declaration_faults(app.ledgers)
    for form in app.forms.values():
        found += _refusals(partial(check_form, form, app.ledgers))
    found += _refusals(partial(check_names, app.library, counter_names(), measure_names()))
    found += all_misnamed(app)
    found += app.workspace.database.faults()
    swept = _sweep(app)
    try:
        app.workspace.database.compact()
    except WorldError as error:
        found.append(str(error))
    with app.read() as connection:
        found += app.workspace.evidence.faults(connection)
        revision = revision_of(connection)
    notes = [f"已清理{len(swept)}个没有记录引用的佐证文件"] if swept else []
    return {
        "ok": not found,
        "faults": found,
        "notes": notes,
        "revision": revision,
        "ledgers": len(list(app.ledgers)),
    }


def _refusals(check: Callable[[], object]) -> list[str]:
    try:
        check()
    except UserError as error:
        return [str(error)]
    return []

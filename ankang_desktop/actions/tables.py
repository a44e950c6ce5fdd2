"""Excel in and out: template, dry run, import as one undo step, bad rows handed back, export."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ankang_desktop.actions.browsing import all_ids
from ankang_desktop.app import App
from ankang_desktop.exchange import incoming, outgoing, rejects
from ankang_desktop.exchange.incoming import Applied, Plan
from ankang_desktop.exchange.planning import State
from ankang_desktop.exchange.reading import Workbook, read_workbook
from ankang_desktop.exchange.understanding import Glance, glance
from ankang_desktop.kernel.errors import UserError
from ankang_desktop.kernel.progress import Progress
from ankang_desktop.scoring.references import Key, Ref, references
from ankang_desktop.store.names import StoreNames
from ankang_desktop.store.query import containing, fetch_all, ids_of
from ankang_desktop.store.sieve import Sieve


@dataclass(frozen=True)
class Imported:
    """What an import did: its plan, how many records were written, and where the bad rows were handed back."""

    plan: Plan
    written: int
    rejects: Path | None


def write_template(app: App, ledger_key: str, target: Path) -> Path:
    """Write an empty workbook of a ledger, with drop-downs and instructions."""
    _refuse_suffix(target)
    outgoing.template(app.ledgers[ledger_key], target)
    return target


def export_records(app: App, ledger_key: str, target: Path, search: str, progress: Progress) -> int:
    """Write the records of a ledger (those found by `search`) as a workbook; returns how many."""
    ledger = app.ledgers[ledger_key]
    where = [containing(*search.split())] if search.split() else []
    with app.read() as connection:
        ids = ids_of(connection, ledger, *where)
    return export_found(app, ledger_key, target, ids, progress)


def export_found(app: App, ledger_key: str, target: Path, found: Sieve | Sequence[int], progress: Progress) -> int:
    """Write what a sieve lets through, or the records of these ids in their order, as a workbook; returns how many."""
    _refuse_suffix(target)
    ledger = app.ledgers[ledger_key]
    ids = all_ids(app, ledger_key, found, progress) if isinstance(found, Sieve) else found
    with app.read() as connection:
        names = StoreNames(connection, app.ledgers)  # codes as they are: they are read back
        records = names.ahead(ledger, fetch_all(connection, ledger, ids))
        return outgoing.export(ledger, records, names, target, progress=progress, total=len(ids))


def import_workbook(  # noqa: PLR0913 - the parts of one question
    app: App,
    ledger_key: str,
    source: Path,
    progress: Progress,
    *,
    dry_run: bool = False,
    only_valid: bool = False,
    chosen: Mapping[str, str] | None = None,
    sheet: str = "",
    rejects_to: Path | None = None,
) -> Imported:
    """Plan an import and, unless `dry_run`, write it as one undo step; bad rows go to `rejects_to`.

    With bad rows and without `only_valid` nothing is written; the plan says why, row by row.
    """
    if rejects_to:
        _refuse_suffix(rejects_to)
    planned = plan_book(app, ledger_key, read_workbook(source, progress), progress, chosen=chosen, sheet=sheet)
    wrong = planned.counts[State.wrong]
    handed_back = rejects_to if wrong and rejects_to else None
    if handed_back:
        rejects.hand_back(planned, handed_back)
    if dry_run or (wrong and not only_valid):
        return Imported(planned, 0, handed_back)
    if not planned.counts[State.added] + planned.counts[State.changed]:
        return Imported(planned, 0, handed_back)
    applied = write_plan(app, planned, progress, only_valid=only_valid)
    return Imported(planned, len(applied.added) + len(applied.changed), handed_back)


def glance_at(app: App, ledger_key: str, book: Workbook, chosen: Mapping[str, str], sheet: str) -> Glance:
    """Return what the columns of a workbook seem to mean, for a person to correct."""
    return glance(book, app.ledgers, app.ledgers[ledger_key], chosen, sheet=sheet)


def plan_book(
    app: App,
    ledger_key: str,
    book: Workbook,
    progress: Progress,
    *,
    chosen: Mapping[str, str] | None = None,
    sheet: str = "",
) -> Plan:
    """Return what importing a workbook that was read would do; nothing is written."""
    ledger = app.ledgers[ledger_key]
    with app.read() as connection:
        return incoming.plan(
            connection, app.ledgers, ledger, book, app.clock, chosen=chosen, sheet=sheet, progress=progress
        )


def write_plan(app: App, planned: Plan, progress: Progress, *, only_valid: bool) -> Applied:
    """Write a plan as one undo step; stopped or refused, nothing of it is kept."""
    with app.begin(planned.title) as unit:
        return incoming.apply(unit, planned, only_valid=only_valid, progress=progress)


def hand_back(planned: Plan, target: Path) -> int:
    """Write the wrong rows of a plan to a workbook, the wrong cells red; returns how many rows."""
    _refuse_suffix(target)
    return rejects.hand_back(planned, target)


def records_of(app: App, ledger_key: str, ids: Sequence[int]) -> tuple[Ref, ...]:
    """Return records as they are listed behind a number."""
    with app.read() as connection:
        return references(connection, app.ledgers, [Key(ledger_key, each) for each in ids], most=None)


def _refuse_suffix(target: Path) -> None:
    """Refuse a target that Excel would not open as what it is."""
    if target.suffix.lower() != ".xlsx":
        raise UserError(f"不能写成“{target.name}”", "文件名请以 .xlsx 结尾")


def mapping_of(texts: list[str]) -> dict[str, str]:
    """Return “列名=字段” arguments as the mapping an import may be given."""
    pairs = [text.rpartition("=") for text in texts]
    if any(not sign for _, sign, _ in pairs):
        raise UserError("--map 的写法有误", "请写成 列名=字段，如 --map 问题描述=description")
    return {header.strip(): key.strip() for header, _, key in pairs}

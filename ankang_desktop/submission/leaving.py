"""What of a workspace leaves with a package, and what stays at home (domain.md §8; 个人信息保护法 第6、28条)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from ankang_desktop.declare.ledger import Ledger, Ledgers
from ankang_desktop.kernel.errors import UserError
from ankang_desktop.store.evidence import Attached, EvidenceStore, attached

COUNTED_ONLY = frozenset({"health_exam", "women_protection"})
"""Ledgers about health and women: only their counts leave, neither records nor files (个人信息保护法 第28条)."""

COUNTED_FIELDS = {"employee": frozenset({"sex", "employment", "categories"})}
"""Fields kept for denominators: they leave as counts only."""

AT_HOME = frozenset({"profile", "unit_score", "duty_note", "programme_choice"}) | COUNTED_ONLY
"""Ledgers whose records do not leave."""


@dataclass(frozen=True)
class Claim:
    """A record that a scorecard row rests on: the row's number and heading, the record, how it is called."""

    row: int
    heading: str
    ledger: str
    record: int
    number: str
    title: str
    place: str


@dataclass(frozen=True)
class Files:
    """The files of one record: those that leave, how many scans of signatures stay, how many others stay."""

    leaving: tuple[Attached, ...] = ()
    signatures: int = 0
    private: int = 0


def ledgers_leaving(ledgers: Iterable[Ledger]) -> list[Ledger]:
    """Return the ledgers whose records leave."""
    return [ledger for ledger in ledgers if ledger.key not in AT_HOME]


def files_of(
    connection: Connection, ledgers: Ledgers, store: EvidenceStore, claims: Sequence[Claim]
) -> dict[int, Files]:
    """Return the files of each claimed record; raises UserError where one that should leave has vanished."""
    numbers = {claim.record: (claim.ledger, claim.number) for claim in claims}
    found: dict[int, list[Attached]] = {}
    for each in attached(connection, sorted(numbers)):
        found.setdefault(each.record, []).append(each)
    return {record: _sorted_out(store, ledgers, *numbers[record], files) for record, files in found.items()}


def _sorted_out(store: EvidenceStore, ledgers: Ledgers, ledger: str, number: str, files: list[Attached]) -> Files:
    if ledger in COUNTED_ONLY:
        return Files(private=len(files))
    staying = {slot.key for slot in ledgers[ledger].evidence if slot.stays}
    leaving = tuple(each for each in files if each.slot not in staying)
    gone = [each.name for each in leaving if not store.path_of(each.sha256).is_file()]
    if gone:
        raise UserError(f"{number} 的佐证文件“{gone[0]}”不见了", "请从备份中恢复，或从记录移除后重新添加，再报送")
    return Files(leaving, signatures=len(files) - len(leaving))

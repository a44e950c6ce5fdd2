"""What was handed in: the chain of packages, what goes out next, receipts and withdrawals."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from ankang_desktop.actions.sheets import enterprise_name
from ankang_desktop.actions.submitting import earlier_package, verify
from ankang_desktop.app import App
from ankang_desktop.declare.options import Options
from ankang_desktop.kernel.errors import Problem, Refused, UserError
from ankang_desktop.kernel.hashing import sha256_of
from ankang_desktop.kernel.progress import Progress
from ankang_desktop.ledgers.upper import SubmissionKind, SubmissionSubject
from ankang_desktop.programme.duties import Duty
from ankang_desktop.store.evidence import Use, attach, attached
from ankang_desktop.store.frozen import FrozenHead, frozen_of
from ankang_desktop.store.query import Stored, fetch, ids_of, locate
from ankang_desktop.submission.facts import package_name
from ankang_desktop.submission.findings import Finding
from ankang_desktop.submission.verification import Verification


class Standing(Options):
    """Where a hand-in stands."""

    withdrawn = "已撤回"
    corrected = "已更正"
    received = "已送达"
    waiting = "待回执"
    note = "撤回登记"


@dataclass(frozen=True)
class Handed:
    """One hand-in: its record, its package, the one it follows and the one that follows it, its papers and receipt.

    `path` is the copy kept in the workspace, None where there is none (handed in on paper, or the file is gone).
    """

    id: int
    number: str
    subject: SubmissionSubject
    kind: SubmissionKind
    submitted_on: date
    as_of: date
    start: date | None
    end: date | None
    addressee: str
    path: Path | None
    sha256: str
    previous_hash: str
    previous: str
    following: str
    received_on: date | None
    receipt: str
    receipt_files: int
    standing: Standing
    frozen: tuple[FrozenHead, ...]
    remark: str


@dataclass(frozen=True)
class Proposal:
    """What goes out next of a subject and period: its kind, the package before it, the file name proposed."""

    kind: SubmissionKind
    earlier: Handed | None
    name: str

    @property
    def kinds(self) -> tuple[SubmissionKind, ...]:
        """Return the kinds that are possible now."""
        if self.earlier is None:
            return (SubmissionKind.first,)
        return (SubmissionKind.supplement, SubmissionKind.correction, SubmissionKind.withdrawal)


def history(app: App) -> tuple[Handed, ...]:
    """Return every hand-in, the newest first."""
    ledger = app.ledgers["submission"]
    with app.read() as connection:
        stored = fetch(connection, ledger, ids_of(connection, ledger))
        ids = [each.id for each in stored]
        papers: dict[int, list[FrozenHead]] = {}
        for paper in frozen_of(connection, ids):
            papers.setdefault(paper.record, []).append(paper)
        receipts: dict[int, int] = {}
        for each in attached(connection, ids):
            receipts[each.record] = receipts.get(each.record, 0) + (each.slot == "receipt")
    chain = _Chain(stored)
    folder = app.workspace.submissions
    return tuple(
        _handed(each, chain, folder, tuple(papers.get(each.id, ())), receipts.get(each.id, 0))
        for each in reversed(stored)
    )


def proposal(app: App, subject: SubmissionSubject, start: date, end: date) -> Proposal:
    """Return what goes out next: 首次 where nothing did yet, else 更正 of the latest."""
    today = app.clock.today()
    with app.read() as connection:
        found = earlier_package(connection, app, subject, start, end)
        name = enterprise_name(app, connection)
        profile = app.ledgers["profile"]
        known = fetch(connection, profile, ids_of(connection, profile), with_rows=False)
    who = (known[0].values["short_name"] or name) if known else "本单位"
    earlier = next((each for each in history(app) if found is not None and each.id == found.id), None)
    kind = SubmissionKind.first if earlier is None else SubmissionKind.correction
    return Proposal(kind, earlier, f"{package_name(who, min(today, end), subject.value, today)}.zip")


def usual_period(subject: SubmissionSubject, year: int, today: date) -> tuple[date, date]:
    """Return the period a subject usually speaks of: the year, June, or the month that is being reported."""
    if subject is SubmissionSubject.safety_month:
        return date(year, 6, 1), date(year, 6, 30)
    if subject is SubmissionSubject.monthly:
        month = today.month if today.year == year else 12
        return date(year, month, 1), date(year, month, monthrange(year, month)[1])
    return date(year, 1, 1), date(year, 12, 31)


def subjects_asked(app: App) -> dict[str, SubmissionSubject]:
    """Return, by the code of a duty, the subject it asks to be handed in."""
    found: dict[str, SubmissionSubject] = {}
    needs = [(each.code, each.needs) for each in app.library.templates]
    needs += [(code, obligation.needs) for code, (_, obligation) in app.library.obligations.items()]
    for code, asked in needs:
        for need in asked:
            ledger, _, subject = need.counter.partition(".subject:")
            if ledger == "submission" and subject:
                found[code] = SubmissionSubject[subject]
    return found


def duties_to_hand_in(app: App, duties: Sequence[Duty]) -> list[tuple[Duty, SubmissionSubject]]:
    """Return the duties that ask for a hand-in and are due on a day, the soonest first."""
    asked = subjects_asked(app)
    found = [(each, asked[each.code]) for each in duties if each.code in asked and each.occurrence is not None]
    return sorted(found, key=lambda pair: (pair[0].occurrence.end if pair[0].occurrence else date.max, pair[0].code))


def register_receipt(app: App, number: str, received_on: date | None, receipt: str, files: Sequence[Path]) -> None:
    """Write down that a hand-in arrived, its receipt attached, as one step; raises Refused where nothing is told."""
    if received_on is None:
        raise Refused([Problem("received_on", "请填送达回执日期")])
    if not receipt.strip() and not files:
        raise Refused([Problem("receipt", "请写明回执内容（谁收的、签收号），或者添加回执文件")])
    with app.begin(f"{number} 登记送达回执") as unit:
        _, record = locate(unit.connection, app.ledgers, number)
        unit.change(record, {"received_on": received_on, "receipt": receipt.strip() or None})
        for path in files:
            attach(unit, app.workspace.evidence, record, path, Use("receipt"))


def withdraw(app: App, number: str, reason: str) -> str:
    """File that a package was taken back, chained to its hash; returns the number of the new record."""
    if not reason.strip():
        raise Refused([Problem("remark", "请写明撤回的原因")])
    ledger = app.ledgers["submission"]
    with app.begin(f"撤回 {number}") as unit:
        _, record = locate(unit.connection, app.ledgers, number)
        values = unit.stored(record)[1].values
        if not values["package_hash"]:
            raise UserError(f"{number} 没有材料包，不能撤回", "请直接修改这条报送记录")
        kept = ("subject", "period_from", "period_until", "addressee", "channel")
        today = app.clock.today()
        added = unit.add(
            ledger,
            {key: values[key] for key in kept}
            | {
                "kind": SubmissionKind.withdrawal,
                "submitted_on": today,
                "as_of": today,
                "previous_hash": values["package_hash"],
                "remark": f"撤回 {number}：{reason.strip()}",
            },
        )
        return unit.stored(added)[1].number


def verify_filed(handed: Handed, progress: Progress) -> Verification:
    """Check the kept copy of a package file by file, and its hash against the one that was filed."""
    if handed.path is None:
        raise UserError(f"{handed.number} 的材料包不在工作区里", "请从备份恢复，或核对您另存的那一份")
    found = verify(handed.path, progress)
    progress.step("核对校验值")
    if handed.sha256 and sha256_of(handed.path) != handed.sha256:
        changed = Finding(
            "改动", "", f"“{handed.path.name}”的校验值与 {handed.number} 登记的不同，不是当时报送的那一份"
        )
        return Verification((changed, *found.findings), found.files, found.bytes, found.info)
    return found


class _Chain:
    """Who follows whom, by the hashes of the packages."""

    def __init__(self, stored: Sequence[Stored]) -> None:
        self.by_hash = {each.values["package_hash"]: each for each in stored if each.values["package_hash"]}
        self.after: dict[str, Stored] = {}
        for each in stored:
            if each.values["previous_hash"]:
                self.after[each.values["previous_hash"]] = each


def _handed(each: Stored, chain: _Chain, folder: Path, frozen: tuple[FrozenHead, ...], receipt_files: int) -> Handed:
    values = each.values
    following = chain.after.get(values["package_hash"] or "")
    previous = chain.by_hash.get(values["previous_hash"] or "")
    path = folder / Path(values["package"]).name if values["package"] else None
    return Handed(
        id=each.id,
        number=each.number,
        subject=values["subject"],
        kind=values["kind"],
        submitted_on=values["submitted_on"],
        as_of=values["as_of"],
        start=values["period_from"],
        end=values["period_until"],
        addressee=values["addressee"] or "",
        path=path if path is not None and path.is_file() else None,
        sha256=values["package_hash"] or "",
        previous_hash=values["previous_hash"] or "",
        previous=previous.number if previous else "",
        following=following.number if following else "",
        received_on=values["received_on"],
        receipt=values["receipt"] or "",
        receipt_files=receipt_files,
        standing=_standing(values, following),
        frozen=frozen,
        remark=values["remark"] or "",
    )


def _standing(values: dict[str, Any], following: Stored | None) -> Standing:
    if values["kind"] is SubmissionKind.withdrawal:
        return Standing.note
    overtaken = {SubmissionKind.withdrawal: Standing.withdrawn, SubmissionKind.correction: Standing.corrected}
    if following is not None and following.values["kind"] in overtaken:
        return overtaken[following.values["kind"]]
    return Standing.received if values["received_on"] else Standing.waiting

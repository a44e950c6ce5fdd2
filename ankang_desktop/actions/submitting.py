"""The year-end job: preflight, privacy gate, package, read back, filed and frozen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from ankang_desktop.actions.handing_in import HandIn, Order
from ankang_desktop.actions.papers import card_paper, statistics_paper
from ankang_desktop.actions.scores import fill_statistics, form_of, score_card
from ankang_desktop.app import App
from ankang_desktop.declare.forms import Form
from ankang_desktop.kernel.errors import UserError
from ankang_desktop.kernel.files import scratch
from ankang_desktop.kernel.progress import Progress
from ankang_desktop.kernel.text import join
from ankang_desktop.ledgers.upper import Submission, SubmissionKind, SubmissionSubject
from ankang_desktop.printing.paper import Paper
from ankang_desktop.scoring.card import Card, State, Which
from ankang_desktop.scoring.periods import Period
from ankang_desktop.scoring.scope import Scope
from ankang_desktop.scoring.statistics import Statistics
from ankang_desktop.scoring.summary import figures
from ankang_desktop.store.query import Stored, fetch, ids_of
from ankang_desktop.submission.counted import counted
from ankang_desktop.submission.facts import Facts
from ankang_desktop.submission.leaving import Claim
from ankang_desktop.submission.parts import is_part, joined
from ankang_desktop.submission.preflight import Concern, all_concerns
from ankang_desktop.submission.verification import Verification, verify_package

if TYPE_CHECKING:
    from ankang_desktop.submission.package import Content

__all__ = [
    "Order",
    "Submitted",
    "claims_of",
    "earlier_package",
    "masked_note",
    "preflight",
    "submit",
    "tables_of",
    "verify",
]


@dataclass(frozen=True)
class Submitted:
    """A package handed in: where it lies, its hash, what is in it, the record it is filed under, what was noted.

    `open_points` are what the card still lacks; they do not stop a package. `parts` are the numbered pieces it was cut
    into where it is larger than the mailbox takes.
    """

    path: Path
    sha256: str
    files: int
    number: str
    kind: str
    concerns: tuple[Concern, ...]
    notes: tuple[str, ...]
    open_points: tuple[str, ...]
    score: str
    parts: tuple[Path, ...] = ()


def submit(app: App, order: Order, progress: Progress) -> Submitted:
    """Make the package, verify it, file it and freeze its papers; what was masked is written on the filed record.

    Raises UserError with every finding where personal data would leave and `masked` was not asked for, and where a
    package of the subject and period went out before and `kind` does not say whether this one supplements or
    corrects it. The target appears only with the record: when either fails, neither is there.
    """
    from ankang_desktop.submission.package import Packing  # brings the writers of papers with it: only to pack

    _refuse_target(order.target)
    if order.kind is SubmissionKind.withdrawal:
        raise UserError("撤回不用做材料包", "请在材料报送台账里登记一条撤回（add submission …）")
    progress.step("正在算评分表")
    card = score_card(app, order.card, order.start, order.end)
    progress.step("正在填统计表")
    tables = tables_of(app, card)
    claims = claims_of(card)
    with scratch(app.workspace.folder) as room:
        with app.read() as connection:
            facts = _facts(app, connection, order, card)
            progress.step("正在查个人信息")
            concerns = _concerns(app, connection, order, claims)
            content = _content(app, connection, facts, card, tables)
            packing = Packing(connection, app.ledgers, app.workspace.evidence, content, room, progress, order.limit)
            bag = room / f"{facts.name}.zip"
            result, notes = packing.write(bag)
        hand_in = HandIn(order, facts, bag, result.sha256, masked_note(concerns), 0 < order.limit < bag.stat().st_size)
        number = hand_in.file(app, card, tables, progress)
    return Submitted(
        path=order.target,
        sha256=result.sha256,
        files=result.files,
        number=number,
        kind=facts.kind,
        concerns=tuple(concerns),
        notes=(*notes, *_cut_short(card)),
        open_points=tuple(preflight(card)),
        score=card.totals().text,
        parts=hand_in.parts,
    )


def verify(path: Path, progress: Progress) -> Verification:
    """Check a package file by file: a zip, the unzipped folder, or any of the numbered parts it was cut into."""
    if is_part(path):
        with joined(path, progress) as whole:
            return verify_package(whole, progress)
    return verify_package(path, progress)


def preflight(card: Card) -> list[str]:
    """Return what should be looked at before handing in: missing proof, missing declarations, unwritten reasons."""
    waiting = [unit for unit in card.units() if unit.state is State.pending]
    return [
        *(f"{unit.name}：{unit.reason}" for unit in waiting),
        *(f"{unit.name}：{unit.problem}" for unit in card.units() if unit.problem),
        *(gap.text for gap in card.gaps() if gap.records),
    ]


def claims_of(card: Card) -> list[Claim]:
    """Return the records each scorecard row rests on, each once a row, in the order of the card."""
    found: dict[tuple[int, int], Claim] = {}
    for section in card.sections:
        for row in section.rows:
            for ref in (ref for unit in row.units for ref in unit.used):
                claim = Claim(row.number, row.text, ref.ledger, ref.id, ref.number, ref.title, ref.place)
                found.setdefault((row.number, ref.id), claim)
    return list(found.values())


def _refuse_target(target: Path) -> None:
    if target.suffix.lower() != ".zip" or target.is_dir():
        raise UserError(f"材料包的文件名是“{target.name}”", "请写成以 .zip 结尾的文件")


def _concerns(app: App, connection: Connection, order: Order, claims: list[Claim]) -> list[Concern]:
    concerns = all_concerns(connection, app.ledgers, app.workspace.evidence, claims)
    if concerns and not order.masked:
        raise UserError(
            f"发现{len(concerns)}处个人信息：{_listed(concerns)}", "用“脱敏并继续”（--mask）在副本中脱敏，台账不变"
        )
    return concerns


def masked_note(concerns: Sequence[Concern]) -> str:
    """Return what was masked, for the filed record: “已脱敏：手机号码1处（JY-2026-0001）…”; “” where nothing was."""
    found: dict[str, list[str]] = {}
    for each in concerns:
        found.setdefault(each.kind, []).append(each.number)
    told = (f"{kind}{len(numbers)}处（{join(list(dict.fromkeys(numbers)))}）" for kind, numbers in found.items())
    return f"已脱敏：{'；'.join(told)}" if found else ""


def _cut_short(card: Card) -> list[str]:
    """Return the units that rest on more records than a card names."""
    return [
        f"{unit.name} 共用{unit.used_count}条记录，目录只列前{len(unit.used)}条，其余见台账"
        for unit in card.units()
        if unit.used_count > len(unit.used)
    ]


def _content(
    app: App, connection: Connection, facts: Facts, card: Card, tables: list[tuple[Form, Statistics]]
) -> Content:
    from ankang_desktop.submission.package import Content

    scope = Scope(connection, app.ledgers, Period(card.start, card.end, card.as_of))
    return Content(facts, _papers(app, card, tables), figures(scope), counted(scope), claims_of(card))


def _listed(concerns: list[Concern]) -> str:
    shown = "；".join(concern.text for concern in concerns[:10])
    return f"{shown}……" if len(concerns) > 10 else shown


def tables_of(app: App, card: Card) -> list[tuple[Form, Statistics]]:
    """Return the statistics tables of the programmes followed, or all where none is named, for the card's year."""
    forms = [form for form in app.forms.values() if form.kind == "statistics"]
    year = card.start.year
    found = []
    for form in forms:
        first, _, last = str(form.data.get("period", "01-01..12-31")).partition("..")
        start, end = date.fromisoformat(f"{year}-{first}"), date.fromisoformat(f"{year}-{last}")
        found.append((form, fill_statistics(app, form.code, start, end)))
    return found


def _papers(app: App, card: Card, tables: list[tuple[Form, Statistics]]) -> list[tuple[str, Paper]]:
    form = form_of(app, card.form, "scorecard")
    which = Which.self if _is_self_scored(card) else Which.suggested
    named = f"02-考核评分表（{which.value}）"
    return [
        (named, card_paper(form, card, which, with_index=True)),
        *(
            (f"03-{number}-{''.join(each.title)}", statistics_paper(each, filled, app.clock.today()))
            for number, (each, filled) in enumerate(tables, 1)
        ),
    ]


def _facts(app: App, connection: Connection, order: Order, card: Card) -> Facts:
    profiles = fetch(connection, app.ledgers["profile"], ids_of(connection, app.ledgers["profile"]))
    if not profiles:
        raise UserError("企业档案还没有填写", "请先登记单位名称等基本情况（add profile 单位名称=…）")
    profile = profiles[0].values
    earlier = earlier_package(connection, app, order.subject, card.start, card.end)
    kind = order.kind or SubmissionKind.first
    if earlier is not None and kind is SubmissionKind.first:
        raise UserError(f"“{order.subject.value}”已经报送过", "请说明这次是补报还是更正（--kind 补报 或 --kind 更正）")
    if earlier is None and kind is not SubmissionKind.first:
        raise UserError(f"“{order.subject.value}”还没有报送过，不能{kind.value}", "请用首次报送")
    return Facts(
        enterprise=profile["name"],
        short_name=profile["short_name"] or "",
        subject=order.subject.value,
        kind=kind.value,
        as_of=card.as_of,
        start=card.start,
        end=card.end,
        made_on=app.clock.today(),
        addressee=" ".join(each for each in (profile["upper_union"], profile["upper_department"]) if each),
        previous_hash=earlier.values["package_hash"] if earlier else "",
        score=_scores(card),
    )


def _scores(card: Card) -> str:
    own = card.totals(Which.self).text if _is_self_scored(card) else "未填"
    return f"自评分 {own}；建议分 {card.totals().text}"


def _is_self_scored(card: Card) -> bool:
    return any(unit.self_score is not None for unit in card.units())


def earlier_package(
    connection: Connection, app: App, subject: SubmissionSubject, start: date, end: date
) -> Stored | None:
    """Return the record of the latest package of a subject whose period meets this one."""
    ledger = app.ledgers["submission"]
    where = (
        Submission.subject == subject,
        Submission.package_hash.is_not(None),
        Submission.period_from <= end,
        Submission.period_until >= start,
    )
    packed = fetch(connection, ledger, ids_of(connection, ledger, *where))
    return packed[-1] if packed else None

"""What should be looked at before a package leaves: every point with its records and where it is mended.

Nothing here stops a package but what would stop it anyway (`Gravity.stops`); the officer may go on with open points.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from sqlalchemy import Connection, case, func, or_, select

from ankang_desktop.actions.submitting import claims_of, tables_of
from ankang_desktop.app import App
from ankang_desktop.declare.forms import Form
from ankang_desktop.declare.ledger import Ledger
from ankang_desktop.declare.options import Options
from ankang_desktop.declare.record import Record
from ankang_desktop.kernel.progress import Progress
from ankang_desktop.kernel.text import join
from ankang_desktop.ledgers.accidents import AbsenceNote, ZeroDeclaration
from ankang_desktop.ledgers.enterprise.profile import YearlyFigures
from ankang_desktop.scoring.card import Card, State, UnitResult, Which
from ankang_desktop.scoring.people import has_roster, headcount
from ankang_desktop.scoring.periods import Period
from ankang_desktop.scoring.references import Key, Ref, references
from ankang_desktop.scoring.scope import Scope
from ankang_desktop.scoring.statistics import Statistics
from ankang_desktop.store.evidence import attached
from ankang_desktop.store.query import alive, entry_of, fetch, fetch_all, ids_of
from ankang_desktop.submission.leaving import COUNTED_ONLY
from ankang_desktop.submission.preflight import Concern, all_concerns, file_concerns

_PROFILE = (
    ("upper_union", "上级工会"),
    ("upper_department", "收件部门"),
    ("officer", "经办人"),
    ("short_name", "简称"),
)


class Gravity(Options):
    """How much a point weighs."""

    stops = "必须先办"
    pending = "待确认"
    proof = "缺佐证"
    sums = "合计不符"
    unsigned = "未签字"
    unwritten = "未填写"
    odd = "需核对"
    notice = "请留意"


@dataclass(frozen=True)
class Point:
    """One point: how much it weighs, a sentence, what to do, its records, and the screen where it is mended."""

    gravity: Gravity
    text: str
    remedy: str
    refs: tuple[Ref, ...] = ()
    screen: str = ""
    arguments: dict[str, Any] = field(default_factory=dict)


def points_of(app: App, card: Card, progress: Progress) -> list[Point]:
    """Return every point of a card's period, the weightiest first."""
    progress.step("核对评分表")
    found = [*_units(card), *_self_scores(card)]
    progress.step("核对统计表")
    for form, filled in tables_of(app, card):
        found += _table(form, filled)
    with app.read() as connection:
        period = Period(card.start, card.end, card.as_of)
        scope = Scope(connection, app.ledgers, period).lenient()
        found += [*_profile(app, connection), *_unsigned(scope), *_heads(scope)]
        found += _vanished(app, connection, card, progress)
        found += _odd(app, connection, period, progress)
    order = list(Gravity)
    return sorted(found, key=lambda point: order.index(point.gravity))


def concerns_of(app: App, card: Card, progress: Progress) -> tuple[list[Concern], list[Concern]]:
    """Return what will be masked in the copy, and what only the person can mend because the package would refuse it."""
    claims = claims_of(card)
    with app.read() as connection:
        masked = all_concerns(connection, app.ledgers, app.workspace.evidence, claims, progress)
        mine = list(file_concerns(connection, app.ledgers, app.workspace.evidence, claims, progress))
    return masked, mine


def refs_of(app: App, numbers: Sequence[str]) -> tuple[Ref, ...]:
    """Return the references of running numbers; those gone meanwhile are left out."""
    with app.read() as connection:
        found = connection.execute(select(Record.ledger, Record.id).where(Record.number.in_(list(numbers))))
        return references(connection, app.ledgers, [Key(ledger, record) for ledger, record in found])


def _units(card: Card) -> Iterator[Point]:
    for unit in card.units():
        if unit.state is State.pending:
            yield _of_unit(Gravity.pending, unit, f"{unit.name}：{unit.reason}", "补上声明或说明")
        if unit.problem:
            yield _of_unit(Gravity.unwritten, unit, f"{unit.name}：{unit.problem}", "在评分表里写明理由")
        for warning in unit.warnings:
            yield _of_unit(Gravity.notice, unit, f"{unit.name}：{warning}", "核对这个评分单元")
    failing = {unit.code: tuple(each.ref for each in unit.failing[: unit.unproven_count]) for unit in card.units()}
    for gap in card.gaps():
        if gap.records:
            yield Point(Gravity.proof, gap.text, "打开记录，补上附件或盒号", failing.get(gap.unit, ()))


def _of_unit(gravity: Gravity, unit: UnitResult, text: str, remedy: str) -> Point:
    return Point(gravity, text, remedy, (), "scorecard", {"unit": unit.code})


def _self_scores(card: Card) -> Iterator[Point]:
    blank = [unit for unit in card.units() if unit.self_score is None and unit.state is not State.not_applicable]
    every = card.totals(Which.self).scored_units
    if not every:
        yield Point(
            Gravity.notice,
            "自评分还没有填，材料包里的评分表印建议分",
            "要印自评分，请先在评分表里填写",
            (),
            "scorecard",
        )
    elif blank:
        text = f"自评分还有{len(blank)}个单元没填：{join([unit.name for unit in blank])}"
        yield Point(Gravity.unwritten, text, "在评分表里填上自评分", (), "scorecard", {"unit": blank[0].code})


def _table(form: Form, filled: Statistics) -> Iterator[Point]:
    name = "".join(form.title)
    go = {"form": form.code}
    if filled.unproven:
        refs = tuple(each.ref for each in filled.unproven)
        yield Point(Gravity.proof, f"{name}计入的记录有{len(refs)}条缺佐证", "打开记录，补上附件或盒号", refs)
    empty = [blank.label for blank in filled.blanks if not blank.text and not blank.quantity.value]
    if empty:
        text = f"{name}有{len(empty)}栏为 0：{join(empty, 4)}"
        yield Point(Gravity.notice, text, "确认确实没有开展，或补登记", (), "statistics", go)
    twice = {ref.number: ref for blank in filled.blanks for ref in blank.doubled}
    if twice:
        text = f"{name}有{len(twice)}条记录计入了两栏（双计）"
        yield Point(Gravity.sums, text, "核对记录的“统计归类”", tuple(twice.values()))


def _profile(app: App, connection: Connection) -> Iterator[Point]:
    ledger = app.ledgers["profile"]
    found = fetch(connection, ledger, ids_of(connection, ledger), with_rows=False)
    if not found:
        go = {"ledger": ledger.key}
        yield Point(Gravity.stops, "企业档案还没有填写", "先填写单位名称等基本情况", (), "record", go)
        return
    blank = [label for key, label in _PROFILE if not found[0].values[key]]
    if blank:
        text = f"企业档案里{'、'.join(blank)}没有填，材料包的相应栏目会空着"
        yield Point(Gravity.unwritten, text, "补填企业档案", _refs(app, connection, ledger, [found[0].id]))


def _unsigned(scope: Scope) -> Iterator[Point]:
    period = scope.period
    declared = or_(ZeroDeclaration.head_signed.is_(False), ZeroDeclaration.chair_signed.is_(False))
    overlapping = (ZeroDeclaration.period_from <= period.end, ZeroDeclaration.period_until >= period.start)
    for record, where, dated in (
        (ZeroDeclaration, (declared, *overlapping), False),
        (AbsenceNote, (AbsenceNote.signed.is_(False),), True),
    ):
        keys = scope.keys(record, *where, dated=dated)
        if keys:
            refs = references(scope.connection, scope.ledgers, keys)
            title = scope.ledger(record).title
            yield Point(Gravity.unsigned, f"{title}有{len(refs)}份还没有签字", "签字后在记录里勾上", refs)


def _heads(scope: Scope) -> Iterator[Point]:
    """Compare the head-count written down for the year with the roster."""
    ledger = scope.ledger(YearlyFigures)
    keys = scope.keys(YearlyFigures)
    if not keys or not has_roster(scope):
        return
    stored = fetch(scope.connection, ledger, [keys[-1].id], with_rows=False)[0]
    written, counted = stored.values["staff"], headcount(scope).number
    if counted is not None and written != counted:
        text = f"年度数据写职工{written}人，职工名册在册{counted}人"
        yield Point(Gravity.sums, text, "核对名册或年度数据", references(scope.connection, scope.ledgers, keys[-1:]))


def _vanished(app: App, connection: Connection, card: Card, progress: Progress) -> Iterator[Point]:
    """Name files that should leave and are gone from the disk: the package would stop at them."""
    claims = {claim.record: claim for claim in claims_of(card) if claim.ledger not in COUNTED_ONLY}
    progress.step("核对附件")
    gone: dict[int, list[str]] = {}
    for each in attached(connection, claims):
        if not app.workspace.evidence.path_of(each.sha256).is_file():
            gone.setdefault(each.record, []).append(each.name)
    for record, names in gone.items():
        claim = claims[record]
        refs = references(connection, app.ledgers, [Key(claim.ledger, record)])
        text = f"{claim.number} 的佐证文件“{names[0]}”不见了"
        yield Point(Gravity.stops, text, "从备份恢复，或移除后重新添加", refs)


def _odd(app: App, connection: Connection, period: Period, progress: Progress) -> Iterator[Point]:
    """Name what the records themselves say is odd: heads that do not add up, a closed hazard without 五落实."""
    asked = [ledger for ledger in app.ledgers if ledger.day is not None and (ledger.advice or ledger.attendance)]
    for done, ledger in enumerate(asked):
        progress.step(f"核对{ledger.title}", done, len(asked))
        within = (Record.day.between(period.start, period.cut),)
        if ids := _miscounted(connection, ledger, within):
            refs = _refs(app, connection, ledger, ids)
            text = f"{ledger.title}有{len(refs)}条的人数与名单实到人数不一致，如 {refs[0].number}"
            yield Point(Gravity.sums, text, "打开记录，核对人数和名单", refs)
        texts: dict[str, tuple[str, list[int]]] = {}
        ids = ids_of(connection, ledger, *within) if ledger.advice else []
        for place, stored in enumerate(fetch_all(connection, ledger, ids, with_rows=ledger.attendance is None)):
            if place % 500 == 0:
                progress.step(f"核对{ledger.title}", done, len(asked))
            entry = entry_of(ledger, stored)
            for problem in (found for advise in ledger.advice if (found := advise(entry))):
                texts.setdefault(problem.field, (problem.text, []))[1].append(stored.id)
        for text, records in texts.values():
            refs = _refs(app, connection, ledger, records)
            head = refs[0].number if len(refs) == 1 else f"{ledger.title}有{len(refs)}条，如 {refs[0].number}"
            yield Point(Gravity.odd, f"{head}：{text}", "打开记录，看提示改正", refs)


def _miscounted(connection: Connection, ledger: Ledger, within: tuple[Any, ...]) -> list[int]:
    """Return the records whose head-count is not that of their list; asked of the database, for lists are long."""
    if ledger.attendance is None or "headcount" not in ledger.own_fields:
        return []
    row, record = cast("Any", ledger.attendance.row), cast("Any", ledger.record)
    present = func.sum(case((row.present.is_(False), 0), else_=1))
    statement = (
        select(Record.id)
        .select_from(ledger.record)
        .join(row, row.record_id == Record.id)
        .where(alive(ledger), record.headcount.is_not(None), *within)
        .group_by(Record.id, record.headcount)
        .having(present != record.headcount)
    )
    return list(connection.scalars(statement))


def _refs(app: App, connection: Connection, ledger: Ledger, ids: Sequence[int]) -> tuple[Ref, ...]:
    return references(connection, app.ledgers, [Key(ledger.key, each) for each in ids])

"""Whom to urge about hazards, and the words for the WeChat group; who found a hazard is never told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import or_, select

from ankang_desktop.actions.hazards import HAZARD, Asked, Focus, focus_clause, where_of
from ankang_desktop.app import App
from ankang_desktop.declare.record import Record
from ankang_desktop.ledgers.hazards.record import Hazard
from ankang_desktop.scoring.references import Key, Ref, references
from ankang_desktop.store.names import StoreNames
from ankang_desktop.store.query import alive

NOBODY = "未明确责任单位"


@dataclass(frozen=True)
class Urged:
    """One department or team: how many of its hazards are overdue, how many due soon, the hazards, the words."""

    name: str
    overdue: int
    soon: int
    refs: tuple[Ref, ...]
    text: str


def urged(app: App, asked: Asked) -> list[Urged]:
    """Return whom to urge about the hazards looked at, overdue or due soon; whoever has most overdue first."""
    today = app.clock.today()
    either = or_(focus_clause(Focus.overdue, today), focus_clause(Focus.soon, today))
    columns = (
        Record.id,
        Record.number,
        Hazard.place,
        Hazard.description,
        Hazard.workshop,
        Hazard.team,
        Hazard.responsible,
        Hazard.responsible_department,
        Hazard.deadline,
    )
    where = where_of(app, replace(asked, focus=None))
    statement = select(*columns).select_from(Hazard).where(alive(app.ledgers[HAZARD]), either, *where)
    groups: dict[str, list[tuple[int, int, str]]] = {}
    with app.read() as connection:
        rows = connection.execute(statement.order_by(Hazard.deadline, Record.id)).all()
        names = app.names(connection)
        names.prime("team", [row.team for row in rows if row.team])
        names.prime("employee", [row.responsible for row in rows if row.responsible])
        for row in rows:
            unit = row.responsible_department or _unit(names, row.team, row.workshop)
            person = names.short_name_of("employee", row.responsible) if row.responsible else ""
            left = (row.deadline - today).days
            words = " ".join(filter(None, (row.place, row.description.replace("\n", " "))))
            due = f"{row.deadline.month}月{row.deadline.day}日"
            due = due if row.deadline.year == today.year else f"{row.deadline.year}年{due}"
            line = f"{words}（{row.number}），时限{due}，{days_in_words(left)}"
            groups.setdefault(unit, []).append((left, row.id, f"{line}，责任人{person}" if person else line))
        keys = (Key(HAZARD, row.id) for row in rows)
        refs = {ref.id: ref for ref in references(connection, app.ledgers, keys, most=None)}
    found = [_of_group(name, lines, tuple(refs[each] for _, each, _ in lines)) for name, lines in groups.items()]
    return sorted(found, key=lambda each: (-each.overdue, -each.soon, each.name))


def _unit(names: StoreNames, team: int | None, workshop: int | None) -> str:
    if team is not None:
        return names.name_of("team", team)
    return names.name_of("workshop", workshop) if workshop is not None else NOBODY


def days_in_words(left: int) -> str:
    """Return “已逾期 5 天”, “今天到期” or “还有 3 天”."""
    if left < 0:
        return f"已逾期 {-left} 天"
    return f"还有 {left} 天" if left else "今天到期"


def _of_group(name: str, lines: Sequence[tuple[int, int, str]], refs: tuple[Ref, ...]) -> Urged:
    late = sum(left < 0 for left, _, _ in lines)
    soon = len(lines) - late
    counts = "，".join(filter(None, (f"逾期 {late} 条" * bool(late), f"近期到期 {soon} 条" * bool(soon))))
    body = "\n".join(f"{place}. {text}" for place, (_, _, text) in enumerate(lines, 1))
    text = f"【隐患整改催办】{name}：{counts}\n{body}\n请抓紧整改，完成后报整改后照片；确需延期的请先办延期手续。"
    return Urged(name, late, soon, refs, text)

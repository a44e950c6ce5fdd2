"""Words that urge: who still owes what of the calendar, by team, ready for the group chat."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil

from ankang_desktop.actions.proofs import StoreProofs
from ankang_desktop.app import App
from ankang_desktop.kernel.progress import Progress
from ankang_desktop.programme.asking import Need, Reached
from ankang_desktop.programme.duties import Duty, State
from ankang_desktop.programme.windows import Kind, Occurrence
from ankang_desktop.scoring.counters import title_named

OPEN = frozenset({State.OPEN, State.NEAR, State.OVERDUE, State.UNPROVEN})
"""The states in which somebody still owes something."""

_WHOM = {"EM": "行政有关部门", "T": "各班组"}
_OTHERS = {"EM", "T"}
_FRIDAY = 4


@dataclass(frozen=True)
class Owing:
    """What one team owes of one duty: “11月班组安全活动记录缺2场”, and until when."""

    team: str
    words: str
    until: date


def urging(app: App, duties: Sequence[Duty], progress: Progress) -> str:
    """Return what is pasted into the group: a line for each team that owes records, then one for each other duty.

    What only the union's own officer does is left out, unless it is the only duty asked about; so is what is up to
    those above.
    """
    today = app.clock.today()
    wanted = [each for each in duties if each.state in OPEN]
    is_only = len(duties) == 1
    owed: list[Owing] = []
    lines: list[str] = []
    with app.read() as connection:
        proofs = StoreProofs(connection, app.ledgers, today, app.forms)
        names = app.names(connection)
        for at, duty in enumerate(wanted):
            progress.step("查各班组还缺什么", at, len(wanted))
            by_team = [each for each in duty.progress if each.need.per == "team" and not each.is_recorded]
            for each in by_team if duty.occurrence else ():
                lacks = _lacking(app, proofs, duty.occurrence, each.need, today)
                owed += [Owing(names.short_name_of("team", key), words, _until(duty, today)) for key, words in lacks]
            others = len(by_team) < sum(not each.is_done for each in duty.progress) or not duty.progress
            if others and (is_only or _OTHERS & set(duty.who)):
                lines.append(_line(duty, [each for each in duty.progress if each not in by_team], today))
    return "\n".join([*_by_team(owed), *lines])


def _lacking(
    app: App, proofs: StoreProofs, occurrence: Occurrence | None, need: Need, today: date
) -> Iterable[tuple[int, str]]:
    """Yield each team with fewer records than asked for, and what it lacks."""
    if occurrence is None:
        return
    wanted = ceil(need.at_least)
    title, when = title_named(app.ledgers, need.counter), _when(occurrence)
    unit = "场" if "sessions" in app.ledgers[need.ledger].own_fields else "件"
    for team, number in proofs.each_member(need, occurrence.start, min(occurrence.counted_to, today)).items():
        if number < wanted:
            yield team, f"{when}{title}记录缺{wanted - number}{unit}"


def _by_team(owed: Sequence[Owing]) -> list[str]:
    lines = []
    for team in dict.fromkeys(each.team for each in owed):
        mine = [each for each in owed if each.team == team]
        until = min(each.until for each in mine)
        lines.append(f"@{team} {'；'.join(each.words for each in mine)}，请于{_day(until)}前补交")
    return lines


def _line(duty: Duty, progress: Sequence[Reached], today: date) -> str:
    whom = "、".join(dict.fromkeys(_WHOM[each] for each in duty.who if each in _WHOM)) or "各车间工会"
    lacking = "、".join(each.text for each in progress if not each.is_done)
    told = f"（还差：{lacking}）" if lacking else ""
    if duty.state is State.UNPROVEN:
        told = "（已登记，材料不全，请补交照片、签到表）"
    late = f"已过期{-duty.days_left}天，" if duty.days_left is not None and duty.days_left < 0 else ""
    return f"@{whom} {duty.title}{told}，{late}请于{_day(_until(duty, today))}前办好"


def _until(duty: Duty, today: date) -> date:
    """Return until when it is asked for: its due day, or Friday for what is late or unproven."""
    if duty.occurrence and duty.occurrence.end > today and duty.state is not State.UNPROVEN:
        return duty.occurrence.end
    ahead = _FRIDAY - today.weekday() if today.weekday() < _FRIDAY else 7 + _FRIDAY - today.weekday()
    return today + timedelta(days=ahead)


def _when(occurrence: Occurrence) -> str:
    """Return the period in short: “11月”, “第3季度”, “2026年”."""
    if occurrence.kind is Kind.MONTH:
        return f"{occurrence.start.month}月"
    if occurrence.kind is Kind.QUARTER:
        return f"第{(occurrence.start.month + 2) // 3}季度"
    if (occurrence.end - occurrence.start).days > 300:
        return f"{occurrence.end.year}年"
    first, last = occurrence.start.month, occurrence.end.month
    return f"{first}月" if first == last else f"{first}至{last}月"


def _day(day: date) -> str:
    return f"{day.month}月{day.day}日（周{'一二三四五六日'[day.weekday()]}）"

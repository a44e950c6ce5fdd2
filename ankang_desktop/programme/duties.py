"""One time of a duty, its state as of a day, and the sentence that gives the reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from math import ceil

from ankang_desktop.kernel.text import chinese_date
from ankang_desktop.programme.asking import Reached, Ref
from ankang_desktop.programme.choices import Closing
from ankang_desktop.programme.reminders import reminder_days
from ankang_desktop.programme.tasks import Sentence, Task
from ankang_desktop.programme.windows import Kind, Occurrence

NEAR_DAYS = 7
"""A duty is 临近 when so many days or fewer are left."""


class State(StrEnum):
    """Where a duty stands."""

    NOT_YET = "未开始"
    OPEN = "进行中"
    NEAR = "临近"
    OVERDUE = "逾期"
    DONE = "已完成"
    UNPROVEN = "已办未留痕"
    NOT_APPLICABLE = "不适用"
    ANYTIME = "随时"


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known about one time of a duty before its state is decided.

    `reached` is empty where nothing was asked: no needs, not open yet, closed by hand, not applicable.
    """

    task: Task
    occurrence: Occurrence | None
    reached: tuple[Reached, ...] = ()
    closing: Closing | None = None
    excuse: str = ""

    @property
    def applies(self) -> bool:
        """Say whether anything asked for exists at all; False also where nothing was asked."""
        return any(answer.tally.applies for answer in self.reached)

    @property
    def is_done(self) -> bool:
        """Say whether every need is reached with evidence-complete records."""
        return self.applies and all(answer.is_done for answer in self.reached)

    @property
    def is_recorded(self) -> bool:
        """Say whether every need is reached once incomplete records count too."""
        return self.applies and all(answer.is_recorded for answer in self.reached)

    @property
    def records(self) -> tuple[Ref, ...]:
        """Return the records used, each once."""
        by_hand = (self.closing.record,) if self.closing and self.closing.record else ()
        used = (record for answer in self.reached for record in answer.tally.records)
        return tuple(dict.fromkeys((*by_hand, *used)))


@dataclass(frozen=True, slots=True)
class Duty:
    """One time of a duty on the calendar.

    `ident` names it for the officer's choices; `occurrence` and `days_left` (below 0 when past) are None for what is
    due at no day; `reason` says why it stands in its `state`; `reminders` are the days to remind on.
    """

    ident: str
    code: str
    title: str
    origin: str
    occurrence: Occurrence | None
    state: State
    days_left: int | None
    reason: str
    done_when: str
    who: tuple[str, ...]
    progress: tuple[Reached, ...]
    records: tuple[Ref, ...]
    sources: tuple[Sentence, ...]
    supports: tuple[str, ...]
    note: str
    reminders: tuple[date, ...]

    def is_due_by(self, day: date) -> bool:
        """Say whether it counts among what should be done by a day: due at a day, and applying here."""
        return bool(self.occurrence and self.occurrence.end <= day) and self.state is not State.NOT_APPLICABLE

    def reminds_on(self, day: date) -> bool:
        """Say whether the officer is to be reminded of it on a day; finished duties are quiet."""
        return day in self.reminders and self.state not in {State.DONE, State.NOT_APPLICABLE}


def duty_of(ident: str, standing: Standing, today: date) -> Duty:
    """Decide the state of one time of a duty as of today."""
    task, occurrence = standing.task, standing.occurrence
    state = _state(standing, today)
    return Duty(
        ident=ident,
        code=task.code,
        title=task.title,
        origin=task.origin,
        occurrence=occurrence,
        state=state,
        days_left=(occurrence.end - today).days if occurrence else None,
        reason=_reason(state, standing, today),
        done_when=task.done_when,
        who=task.who,
        progress=standing.reached,
        records=standing.records,
        sources=task.sources,
        supports=task.supports,
        note=task.note,
        reminders=reminder_days(occurrence.end, task.remind) if occurrence else (),
    )


def _state(standing: Standing, today: date) -> State:
    occurrence = standing.occurrence
    if standing.excuse:
        return State.NOT_APPLICABLE
    if standing.closing:
        return State.DONE
    if occurrence is None:
        return State.ANYTIME
    if standing.is_done:
        return State.DONE
    if standing.is_recorded:
        return State.UNPROVEN
    return _state_by_date(standing, occurrence, today)


def _state_by_date(standing: Standing, occurrence: Occurrence, today: date) -> State:
    if today < occurrence.start:
        return State.NOT_YET
    if today > occurrence.end:
        passed = standing.task.is_up_to_others and occurrence.kind is Kind.WINDOW
        is_void = bool(standing.reached) and not standing.applies
        return State.NOT_APPLICABLE if passed or is_void else State.OVERDUE
    return State.NEAR if (occurrence.end - today).days <= NEAR_DAYS else State.OPEN


def _reason(state: State, standing: Standing, today: date) -> str:
    if standing.excuse:
        return f"不适用：{standing.excuse}"
    if standing.closing:
        return f"{chinese_date(standing.closing.day)}手工办结，凭证：{standing.closing.proof}"
    if standing.occurrence is None:
        return _reason_anytime(standing)
    return _reason_dated(state, standing, standing.occurrence, today)


def _reason_anytime(standing: Standing) -> str:
    if standing.task.needs and not standing.reached:
        return "没有固定日期，请录入今年的起止日期"
    counts = "，".join(answer.count_text for answer in standing.reached)
    open_ends = any(answer.tally.complete < answer.tally.recorded for answer in standing.reached)
    told = f"发生即登记；本年{counts}" if counts else "发生即登记"
    return f"{told}，有记录材料不全" if open_ends else told


def _reason_dated(state: State, standing: Standing, occurrence: Occurrence, today: date) -> str:
    left = (occurrence.end - today).days
    sentences = {
        State.NOT_YET: f"{chinese_date(occurrence.start)}开始",
        State.OVERDUE: f"已逾期{-left}天",
        State.DONE: _done(standing, occurrence),
        State.UNPROVEN: "已登记，但有记录材料不全，补齐后即完成",
        State.NOT_APPLICABLE: _passed(standing),
    }
    if state in {State.OPEN, State.NEAR}:  # `days_left` is told beside
        return _lacking(standing)
    return f"{sentences[state]}；{_lacking(standing)}" if state in _TELLING else sentences[state]


def _passed(standing: Standing) -> str:
    if standing.task.is_up_to_others:
        return "期限已过，没有上级到访的登记；如已到访，请补登督导记录"
    return "本期" + "，".join(answer.text for answer in standing.reached)


_TELLING = {State.OVERDUE, State.UNPROVEN}


def _lacking(standing: Standing) -> str:
    if not standing.reached:
        return "没有可自动统计的依据，办妥后请手工办结并写明凭证"
    lacking = "、".join(answer.text for answer in standing.reached if not answer.is_done)
    return f"还差：{lacking}" if lacking else "，".join(answer.text for answer in standing.reached)


def _done(standing: Standing, occurrence: Occurrence) -> str:
    counts = "，".join(answer.text for answer in standing.reached)
    return f"{counts}（逾期后补办）" if any(_is_late(answer, occurrence) for answer in standing.reached) else counts


def _is_late(answer: Reached, occurrence: Occurrence) -> bool:
    days = sorted(record.day for record in answer.tally.records if record.day)
    wanted = ceil(answer.need.at_least)
    return bool(answer.need.counter) and len(days) >= wanted and days[wanted - 1] > occurrence.end

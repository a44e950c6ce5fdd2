"""The calendar of a year as of a day: every duty switched on, each time it falls due, in the order of due dates.

One pass; a need is asked once per occurrence, and the same need over the same days only once however many duties
rest on it. What has not opened yet, is closed by hand or does not apply is not asked for at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from ankang_desktop.programme.asking import Need, Proofs, Reached, Tally
from ankang_desktop.programme.choices import Choices, ident
from ankang_desktop.programme.duties import Duty, Standing, State, duty_of
from ankang_desktop.programme.library import Library
from ankang_desktop.programme.sets import ActivitySet, tally_set
from ankang_desktop.programme.tasks import Task, tasks
from ankang_desktop.programme.windows import Kind, Occurrence, occurrences, of_span


@dataclass
class Asked:
    """The proofs, remembered for one pass; sets are answered here, item by item."""

    proofs: Proofs
    sets: dict[str, ActivitySet]
    known: dict[tuple[Need, date, date], Tally] = field(default_factory=dict)

    def tally(self, need: Need, start: date, end: date) -> Tally:
        """Answer a need over a period, asking the proofs only the first time."""
        asked = (need, start, end)
        if asked not in self.known:
            self.known[asked] = (
                tally_set(self.sets[need.set], self.tally, start, end)
                if need.set
                else self.proofs.tally(need, start, end)
            )
        return self.known[asked]


@dataclass(frozen=True)
class _Pass:
    """One pass over the calendar of `year` as of `today`."""

    choices: Choices
    asked: Asked
    year: int
    today: date

    def duties(self, task: Task) -> Iterator[Duty]:
        """Walk over the times a task falls due."""
        entered = self.choices.dates.get(ident(task.code, self.year))
        for occurrence in self.times(task, [of_span(span) for span in entered or ()]):
            name = ident(task.code, occurrence.start if occurrence else self.year)
            moved = self.choices.moved.get(name)
            yield duty_of(name, self.standing(name, task, of_span(moved) if moved else occurrence), self.today)

    def times(self, task: Task, entered: Sequence[Occurrence]) -> Sequence[Occurrence | None]:
        """Return the times of a task from the day its notice was issued; None for what is due at no day."""
        if task.when.kind is Kind.EVENT and not entered:
            return (None,) if task.since.year <= self.year else ()
        times = entered or occurrences(task.when, self.year)
        return [each for each in times if each.end >= task.since]

    def standing(self, name: str, task: Task, occurrence: Occurrence | None) -> Standing:
        """Gather what is known about one time of a task; ask only where the answer can matter."""
        excuse = self.choices.not_applicable.get(name) or self.choices.not_applicable.get(task.code, "")
        closing = self.choices.closed.get(name)
        is_open = occurrence is None or occurrence.start <= self.today
        if excuse or closing or not is_open:
            return Standing(task, occurrence, closing=closing, excuse=excuse)
        return Standing(task, occurrence, tuple(self.reached(task, occurrence)))

    def reached(self, task: Task, occurrence: Occurrence | None) -> Iterator[Reached]:
        """Ask for every need of a task; where it is due at no day, over the year and nothing per day or team."""
        start = occurrence.start if occurrence else date(self.year, 1, 1)
        end = occurrence.counted_to if occurrence else date(self.year, 12, 31)
        for need in task.needs:
            if occurrence or not need.per:
                yield Reached(need, self.asked.tally(need, start, end))


def agenda(library: Library, choices: Choices, proofs: Proofs, year: int, today: date) -> tuple[Duty, ...]:
    """Return the calendar of `year` as of `today`, by due date; what is due at no day stands last."""
    one_pass = _Pass(choices, Asked(proofs, library.sets), year, today)
    duties = (duty for task in tasks(library, choices) for duty in one_pass.duties(task))
    return tuple(sorted(duties, key=_order))


def _order(duty: Duty) -> tuple[date, date, str]:
    if duty.occurrence is None:
        return date.max, date.max, duty.code
    return duty.occurrence.end, duty.occurrence.start, duty.code


def reminded(duties: Iterable[Duty], day: date) -> tuple[Duty, ...]:
    """Return the duties the officer is reminded of on a day."""
    return tuple(duty for duty in duties if duty.reminds_on(day))


def kept(duties: Iterable[Duty], today: date) -> tuple[int, int]:
    """Return how many duties due by today are done, and how many are due (MGT-1b: completed / due ≥ 80 %)."""
    due = [duty for duty in duties if duty.is_due_by(today)]
    return sum(duty.state is State.DONE for duty in due), len(due)

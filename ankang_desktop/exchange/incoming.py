"""Import: a plan that writes nothing and says of every row what would become of it; then one undo step."""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import Connection

from ankang_desktop.declare.ledger import Ledger, Ledgers
from ankang_desktop.exchange.columns import Padded
from ankang_desktop.exchange.drafts import Drafter, Fault
from ankang_desktop.exchange.planning import Planned, Planner, State
from ankang_desktop.exchange.reading import Workbook
from ankang_desktop.exchange.strangers import Stranger, strangers_of
from ankang_desktop.exchange.understanding import Understood, understand
from ankang_desktop.kernel.clock import Clock
from ankang_desktop.kernel.errors import UserError
from ankang_desktop.kernel.progress import Progress, Quiet
from ankang_desktop.store.names import StoreNames
from ankang_desktop.store.unit import Unit

_BATCH = 1000


@dataclass(frozen=True)
class Plan:
    """What an import would do; nothing has been written."""

    ledger: Ledger
    book: Workbook
    understood: Understood
    rows: tuple[Planned, ...]
    notes: tuple[str, ...]
    strangers: tuple[Stranger, ...] = ()

    @cached_property
    def counts(self) -> Mapping[State, int]:
        """How many rows there are of each state."""
        tally = Tally(row.state for row in self.rows)
        return {state: tally[state] for state in State}

    @property
    def has_wrong(self) -> bool:
        """Whether a row cannot be written."""
        return bool(self.counts[State.wrong])

    @property
    def dropped(self) -> tuple[str, ...]:
        """The headers of personal columns that are left out."""
        return self.understood.dropped

    @cached_property
    def faults(self) -> list[Fault]:
        """Every fault, in the order of the rows."""
        return [fault for row in self.rows for fault in row.faults]

    @cached_property
    def advice(self) -> list[Fault]:
        """Every piece of advice, in the order of the rows."""
        return [advice for row in self.rows for advice in row.advice]

    @property
    def summary(self) -> str:
        """Return 新增3条、更新2条、相同1条、错误0条，其中将清空5项."""
        return self._counted + (f"，其中将清空{self.cleared}项" if self.cleared else "")

    @property
    def _counted(self) -> str:
        return "、".join(f"{state.value}{count}条" for state, count in self.counts.items())

    @property
    def updates(self) -> list[Planned]:
        """The rows that would change a record, as far as their changes are told (the first 2,000)."""
        return [row for row in self.rows if row.changes]

    @cached_property
    def cleared(self) -> int:
        """How many fields that hold something would be blank."""
        return sum(row.cleared for row in self.rows)

    def counted(self) -> Plan:
        """Return the plan with all of the above known, so that whoever shows it need not walk over its rows."""
        _ = self.counts, self.faults, self.advice, self.cleared
        return self

    @property
    def title(self) -> str:
        """Return the name of the undo step."""
        return f"导入{self.ledger.title}（{self._counted}）"


@dataclass(frozen=True)
class Applied:
    """The records an import wrote."""

    added: tuple[int, ...]
    changed: tuple[int, ...]


def plan(  # noqa: PLR0913 - the parts of one question
    connection: Connection,
    ledgers: Ledgers,
    ledger: Ledger,
    book: Workbook,
    clock: Clock,
    *,
    chosen: Mapping[str, str] | None = None,
    sheet: str = "",
    progress: Progress | None = None,
) -> Plan:
    """Return what importing a workbook into a ledger would do; raises UserError where it is not that ledger's.

    `chosen` maps headers of the main sheet to field keys, over every guess; "" leaves a column out. `sheet` names
    the worksheet the records stand on, where it is not all that look most like it.
    """
    watch = progress or Quiet()
    understood = understand(book, ledgers, ledger, chosen or {}, clock.today().year, sheet=sheet)
    names = Padded(StoreNames(connection, ledgers))
    drafter = Drafter(ledger, understood, names, watch)
    drafts = drafter.drafts()
    planner = Planner(connection, ledger, understood, names)
    dropped = (f"含个人信息，没有导入的列：{'、'.join(understood.dropped)}",) if understood.dropped else ()
    empty = () if drafts else (f"“{book.name}”的表头下面没有数据，没有可导入的行",)
    rows = tuple(planner.planned(drafts, watch))
    notes = (*dropped, *understood.notes, *drafter.notes, *empty)
    return Plan(ledger, book, understood, rows, notes, strangers_of(connection, ledgers, understood, rows))


def apply(unit: Unit, planned: Plan, *, only_valid: bool = False, progress: Progress | None = None) -> Applied:
    """Write a plan inside a unit, so that it is one undo step; `only_valid` leaves the wrong rows out.

    Raises UserError where there are wrong rows and they are not to be left out, Refused where the workspace has
    changed since the plan was made, Cancelled when stopped; nothing is kept then, for the unit ends badly.
    """
    watch, wrong = progress or Quiet(), planned.counts[State.wrong]
    if wrong and not only_valid:
        raise UserError(f"有{wrong}行有错误，没有导入任何数据", "请改正后重新导入，或选择只导入正确的行")
    added = [(row.values, row.rows) for row in planned.rows if row.state is State.added]
    changed = [row for row in planned.rows if row.state is State.changed and row.record is not None]
    total, new = len(added) + len(changed), []
    for start in range(0, len(added), _BATCH):
        watch.step("正在写入", start, total)
        new += unit.add_many(planned.ledger, added[start : start + _BATCH])
    for done, row in enumerate(changed, len(added)):
        watch.step("正在写入", done, total)
        unit.change(row.record or 0, row.values, row.rows)
    return Applied(tuple(new), tuple(row.record or 0 for row in changed))

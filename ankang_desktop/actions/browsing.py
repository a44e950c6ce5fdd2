"""Looking through a ledger: ids first, rows when looked at, totals of what is shown."""

from __future__ import annotations

from array import array
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Any

from sqlalchemy import case, func, select

from ankang_desktop.app import App
from ankang_desktop.declare.counters import Counter
from ankang_desktop.declare.fields import Field
from ankang_desktop.declare.kinds import Amount, Choice, Whole
from ankang_desktop.declare.ledger import Ledger
from ankang_desktop.declare.record import Record
from ankang_desktop.kernel.progress import Progress
from ankang_desktop.ledgers.hazards.words import Stage
from ankang_desktop.scoring.references import Key, Ref, references
from ankang_desktop.store.heads import counted
from ankang_desktop.store.order import ids_in_order
from ankang_desktop.store.query import chunks, complete, ids_of
from ankang_desktop.store.sieve import Sieve, count_sieved, let_through, where_of

FIRST = 128
"""How many ids are wanted at once before the rest is asked for: more than any screen shows."""
_CHUNK = 4_096  # a whole number of a table's pages


@dataclass(frozen=True, slots=True)
class Row:
    """One record of a table: the texts of the columns asked for, whether it counts as proof, and its tone.

    `tone` is “danger” for what is late, “good” for what is closed, "" else.
    """

    id: int
    number: str
    texts: tuple[str, ...]
    is_complete: bool
    tone: str


@dataclass(frozen=True, slots=True)
class Total:
    """One figure under a table: its name, its text, and the stage or counter that finds its records (or None)."""

    name: str
    text: str
    option: Any = None


def ids_in_parts(app: App, ledger_key: str, sieve: Sieve) -> Generator[array[int]]:
    """Yield every id of a sieve in its order, eight bytes each, in parts: the first FIRST, then as they come.

    None is empty, and none so large that a thread waits for it. It is read through in one state of the workspace: who
    asks goes on to the end or closes the iterator.
    """
    part, most = array("q"), FIRST
    with app.read() as connection:
        for statement in ids_in_order(connection, app.ledgers, app.ledgers[ledger_key], sieve):
            cursor = connection.execute(statement).cursor  # the driver's own rows: a quarter of the time of Core's
            while rows := cursor.fetchmany(most - len(part)):
                part.extend(chain.from_iterable(rows))
                if len(part) == most:
                    yield part
                    part, most = array("q"), _CHUNK
            cursor.close()
    if part:
        yield part


def all_ids(app: App, ledger_key: str, sieve: Sieve, progress: Progress) -> array[int]:
    """Return every id of a sieve in its order."""
    found = array("q")
    for part in ids_in_parts(app, ledger_key, sieve):
        found.extend(part)
        progress.step("正在读取", len(found))
    return found


def many_rows(app: App, ledger_key: str, ids: Sequence[int], keys: Sequence[str], progress: Progress) -> list[Row]:
    """Return what `rows` does of as many ids as there are, read in parts."""
    found: list[Row] = []
    for part in chunks(ids):
        progress.step("正在读取", len(found), len(ids))
        found += rows(app, ledger_key, part, keys)
    return found


def rows(app: App, ledger_key: str, ids: Sequence[int], keys: Sequence[str]) -> list[Row]:
    """Return the rows of ids in their order, with the texts of the fields `keys`; those gone are left out."""
    ledger = app.ledgers[ledger_key]
    fields = [ledger.fields[key] for key in keys]
    columns = [counted(ledger, key) for key in keys]
    extra = _tone_columns(ledger)
    with app.read() as connection:
        statement = select(Record.id, Record.number, complete(ledger), *extra, *columns).select_from(ledger.record)
        found = connection.execute(statement.where(Record.id.in_(list(ids)))).all()
        names = app.names(connection)
        first = 3 + len(extra)
        names.prime_links(
            {each.key: each for each in fields}, [dict(zip(keys, row[first:], strict=True)) for row in found]
        )
        today = app.clock.today()
        known = {
            row[0]: Row(
                row[0],
                row[1],
                tuple(
                    "" if value is None else _shown(each, value, names)
                    for each, value in zip(fields, row[first:], strict=True)
                ),
                bool(row[2]),
                _tone(row[3:first], today),
            )
            for row in found
        }
    return [known[key] for key in ids if key in known]


def totals(app: App, ledger_key: str, sieve: Sieve) -> list[Total]:
    """Return the figures of what a sieve lets through: how many, by stage or counter, sums of the shown numbers."""
    ledger = app.ledgers[ledger_key]
    with app.read() as connection:
        found = [Total("共", f"{count_sieved(connection, ledger, sieve)} 条")]
        if ledger.workflow:
            column = ledger.table.c[ledger.workflow.stage.key]
            statement = let_through(ledger, sieve, column, func.count()).group_by(column)
            by_stage = {row[0]: row[1] for row in connection.execute(statement)}
            stages = ledger.fields[column.key].kind
            options = stages.options if isinstance(stages, Choice) else ()
            found += [Total(each.value, str(by_stage[each]), each) for each in options if by_stage.get(each)]
        else:
            found += [
                Total(each.title, str(number), each)
                for each in ledger.counters
                if (number := _counted(connection, ledger, sieve, each))
            ]
        found += _sums(connection, ledger, sieve)
        if unproven := count_sieved(connection, ledger, sieve, ~complete(ledger)):
            found.append(Total("未留痕", str(unproven), "unproven"))
    return found


def _counted(connection: Any, ledger: Ledger, sieve: Sieve, counter: Counter) -> int:
    where = () if counter.where is None else (counter.where,)
    return count_sieved(connection, ledger, sieve, *where)


def behind(app: App, ledger_key: str, sieve: Sieve, counter: Counter) -> tuple[Ref, ...]:
    """Return the records a counter counts among those a sieve lets through."""
    ledger = app.ledgers[ledger_key]
    where = [*where_of(ledger, sieve), *(() if counter.where is None else (counter.where,))]
    with app.read() as connection:
        keys = [Key(ledger_key, each) for each in ids_of(connection, ledger, *where)]
        return references(connection, app.ledgers, keys, most=None)


def _sums(connection: Any, ledger: Ledger, sieve: Sieve) -> list[Total]:
    """Return the sums of numbers that add up: those with a unit that counts people, things or money."""
    fields = [each for each in ledger.own_fields.values() if adds_up(each)]
    if not fields:
        return []
    columns = [func.sum(counted(ledger, each.key)) for each in fields]
    sums = connection.execute(let_through(ledger, sieve, *columns)).one()
    return [Total(each.label, _figure(each, value)) for each, value in zip(fields, sums, strict=True) if value]


def _figure(each: Field, value: Any) -> str:
    """Return a sum in words: money with its unit, for 元 and 万元 stand side by side."""
    text = f"{value:,f}".rstrip("0").rstrip(".") if "." in f"{value:f}" else f"{int(value):,}"
    return f"{text} {each.kind.unit}" if isinstance(each.kind, Amount) else text


def adds_up(each: Field) -> bool:
    """Whether sums of a field say something: people, things or money, no ages, no degrees and no prices."""
    kind = each.kind
    if isinstance(kind, Whole):
        return kind.unit in {"人次", "场", "次", "份", "件", "个", "张"}
    return isinstance(kind, Amount) and kind.unit in {"元", "万元"}


def heading(each: Field) -> str:
    """Return a label with the unit its bare numbers would leave open: 万元, ℃, 个月; a count speaks for itself."""
    unit = each.kind.unit if isinstance(each.kind, Amount | Whole) else ""
    is_open = isinstance(each.kind, Amount) or unit in {"分钟", "个月"}
    return f"{each.label}（{unit}）" if is_open and unit not in each.label else each.label


def _shown(each: Field, value: Any, names: Any) -> str:
    return each.kind.show(value, names).replace("\n", " ")


def _tone_columns(ledger: Ledger) -> list[Any]:
    """Return what a row's tone is decided by; only the hazard ledger knows lateness so far."""
    if ledger.workflow is None or "deadline" not in ledger.own_fields:
        return []
    record: Any = ledger.record
    return [ledger.workflow.stage, record.deadline]


def _tone(values: Sequence[Any], today: date) -> str:
    if not values:
        return ""
    stage, deadline = values
    if stage in {Stage.closed, Stage.voided}:
        return "good" if stage is Stage.closed else ""
    return "danger" if deadline is not None and deadline < today else ""


def sizes(app: App, year: int) -> dict[str, tuple[int, int]]:
    """Return, for each ledger with records, how many fall in a year (by their day, else their number) and in all."""
    in_year = func.sum(
        case((func.coalesce(Record.day.between(date(year, 1, 1), date(year, 12, 31)), Record.year == year), 1), else_=0)
    )
    statement = select(Record.ledger, in_year, func.count()).where(Record.removed_at.is_(None)).group_by(Record.ledger)
    with app.read() as connection:
        return {key: (int(this_year or 0), number) for key, this_year, number in connection.execute(statement)}

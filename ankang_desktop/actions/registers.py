"""Every ledger on paper, derived from its declaration: the records listed as a register, one record as a sheet."""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import groupby
from math import ceil
from typing import Any

from ankang_desktop.actions.browsing import adds_up, heading
from ankang_desktop.actions.sheets import enterprise_name, texts_of
from ankang_desktop.app import App
from ankang_desktop.declare.fields import Field as Declared
from ankang_desktop.declare.kinds import Amount, Choice, Link, Tags, Text, Whole
from ankang_desktop.declare.ledger import Ledger, Lines
from ankang_desktop.declare.record import SPINE
from ankang_desktop.exchange.cells import is_blank
from ankang_desktop.kernel.progress import Progress, Quiet
from ankang_desktop.kernel.text import chinese_date, join
from ankang_desktop.printing.paper import (
    Align,
    Block,
    Cell,
    Column,
    Field,
    Fields,
    Grid,
    Note,
    Page,
    Paper,
    Photo,
    Photos,
    Row,
    Signatures,
    Spacer,
    Title,
)
from ankang_desktop.printing.paper import (
    Text as Running,
)
from ankang_desktop.store.evidence import Attached, attached
from ankang_desktop.store.heads import heads_of
from ankang_desktop.store.names import StoreNames
from ankang_desktop.store.query import Stored, count, fetch, fetch_all, locate

SIGNED = ("填表", "审核")
_PAIRS = 2  # label and value side by side in a row of a record's sheet
_LONG = 60  # characters of a text field from which it takes a row for itself
_EVERY = 500
_SAMPLE = 300  # rows whose texts decide how wide columns are
_PAD = 0.9  # of the type size, what rules and padding take of a column
_WIDEST, _LEAST = 20.0, 2.2  # of the type size
_ROOM = 261 / 25.4 * 72  # points across A4 landscape between our margins
_SIZES = (10.0, 9.0, 8.0, 7.0)
_MOST_GROUPS = 12
_ORDINAL = "序号"
_FEW = 12  # rows of lines from which two or three of them stand side by side
_UPRIGHT = 172 / 25.4 * 72  # points across A4 upright between our margins


# --- the register -------------------------------------------------------------------------------------------------


def register_paper(
    app: App,
    ledger_key: str,
    ids: Sequence[int],
    keys: Sequence[str],
    progress: Progress | None = None,
    *,
    told: str = "",
) -> Paper:
    """Return the records of `ids` in their order with the fields `keys` as columns; no keys: the ledger's own columns.

    `told` says in words which records these are. Head: enterprise, the days from first to last, how many of how many.
    Foot: sums of what adds up, and how many records there are of each choice. Raises Cancelled when stopped.
    """
    ledger, watch = app.ledgers[ledger_key], progress or Quiet()
    fields = [ledger.fields[key] for key in keys or ("number", *(each.key for each in ledger.columns))]
    with app.read() as connection:
        names, total = app.names(connection), count(connection, ledger)
        enterprise = enterprise_name(app, connection)
        foot = _Foot(fields)
        rows = list(_rows(ledger, fields, names, foot, names.ahead(ledger, _fetched(connection, ledger, ids, watch))))
    size, columns = _columns(fields, rows)
    grid = Grid(columns, (_heads(fields), *rows, *foot.rows()), head=1, size=size)
    head = (
        Field("单位：", enterprise, 5),
        *((Field("期间：", foot.period, 5),) if foot.period else ()),
        Field("记录：", f"{len(rows)} 条" if len(rows) == total else f"全部 {total} 条中的 {len(rows)} 条", 4),
        Field("打印日期：", chinese_date(app.clock.today()), 3),
    )
    scope = (Note(f"范围：{told}"),) if told else ()
    notes = tuple(map(Note, foot.sentences()))
    page = Page(landscape=True, margins=(18, 18, 16, 18), header=ledger.title)
    return Paper(ledger.title, page, (Title((ledger.title,)), Fields(head, 9), *scope, grid, *notes), enterprise)


def _fetched(connection: Any, ledger: Ledger, ids: Sequence[int], progress: Progress) -> Iterator[Stored]:
    heads = heads_of(connection, ledger, ids)
    for done, stored in enumerate(fetch_all(connection, ledger, list(ids), with_rows=False)):
        if done % _EVERY == 0:
            progress.step(f"正在读取{ledger.title}", done, len(ids))
        yield replace(stored, values=stored.values | heads.get(stored.id, {}))


def _rows(
    ledger: Ledger, fields: Sequence[Declared], names: StoreNames, foot: _Foot, records: Iterator[Stored]
) -> Iterator[Row]:
    for place, stored in enumerate(records, 1):
        foot.count(stored)
        texts = texts_of(ledger, stored, names)
        yield (str(place), *(texts[each.key] for each in fields))


class _Foot:
    """What is added up while the rows go by."""

    def __init__(self, fields: Sequence[Declared]) -> None:
        self.fields = fields
        self.number = 0
        self._first: date | None = None
        self._last: date | None = None
        self._sums: dict[str, Decimal] = {each.key: Decimal() for each in fields if adds_up(each)}
        self._groups: dict[str, Tally[Any]] = {each.key: Tally() for each in fields if isinstance(each.kind, Choice)}

    def count(self, stored: Stored) -> None:
        """Take one record into account."""
        self.number += 1
        if stored.day is not None:
            self._first = min(self._first or stored.day, stored.day)
            self._last = max(self._last or stored.day, stored.day)
        for key in self._sums:
            self._sums[key] += stored.values[key] or 0
        for key, tally in self._groups.items():
            tally[stored.values[key]] += 1

    @property
    def period(self) -> str:
        """The days from the first record to the last."""
        if self._first is None or self._last is None:
            return ""
        first, last = chinese_date(self._first), chinese_date(self._last)
        return first if first == last else f"{first}至{last}"

    def rows(self) -> tuple[Row, ...]:
        """Return the line of sums, where anything adds up."""
        if not any(self._sums.values()):
            return ()
        sums = [_figure(self._sums[each.key]) if each.key in self._sums else "" for each in self.fields]
        return ((Cell("合计", align="center", bold=True), *(Cell(text, align="right", bold=True) for text in sums)),)

    def sentences(self) -> Iterator[str]:
        """Yield how many records there are of each choice, one sentence a column."""
        yield f"合计 {self.number} 条。"
        for each in self.fields:
            if (tally := self._groups.get(each.key)) and isinstance(each.kind, Choice) and len(tally) > 1:
                told = [f"{option.value} {tally[option]}" for option in each.kind.options if tally[option]]
                told += [f"未填 {tally[None]}"] if tally[None] else []
                yield f"按{each.label}：{join(told, _MOST_GROUPS)}"


def _figure(number: Decimal) -> str:
    text = f"{number:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _heads(fields: Sequence[Declared]) -> Row:
    return tuple(Cell(text, align="center", bold=True) for text in (_ORDINAL, *map(heading, fields)))


def _columns(fields: Sequence[Declared], rows: Sequence[Row]) -> tuple[float, tuple[Column, ...]]:
    """Return the type size and the columns, as wide as their kind and most of their texts ask for.

    What the page has left over goes to the texts that would otherwise be broken into lines.
    """
    sample = rows[:: max(1, len(rows) // _SAMPLE)]
    ordinal = max(2.0, len(str(len(rows))) * 0.56) + _PAD
    usual = [_usual(each, [str(row[place]) for row in sample]) for place, each in enumerate(fields, 1)]
    least = [_wished(each, length) for each, length in zip(fields, usual, strict=True)]
    size = next((size for size in _SIZES if (sum(least) + ordinal) * size <= _ROOM), _SIZES[-1])
    spare = _ROOM / size - sum(least) - ordinal
    wanting = [max(0.0, min(_WIDEST, length) + _PAD - width) for length, width in zip(usual, least, strict=True)]
    share = max(0.0, min(1.0, spare / sum(wanting))) if any(wanting) else 0.0
    widths = [width + share * want for width, want in zip(least, wanting, strict=True)]
    places = [Column(ordinal, "center"), *(Column(*pair) for pair in zip(widths, map(_align, fields), strict=True))]
    return size, tuple(places)


def _usual(each: Declared, texts: Sequence[str]) -> float:
    """Return the length of most texts of a column (of dates and numbers: of all) in units of the type size."""
    lengths = sorted(_length(text) for text in texts if text)
    if not lengths:
        return 0.0
    return lengths[int(len(lengths) * 0.9)] if _breaks(each) else lengths[-1]


def _wished(each: Declared, usual: float) -> float:
    """Return the least width of a column: dates and numbers whole, long texts in a few lines."""
    label = min(_length(heading(each)), 4.0)
    if not _breaks(each):
        return max(min(usual, 10.0), label, _LEAST) + _PAD
    lines = 1 if usual <= 8 else 2 if usual <= 24 else 3
    return min(_WIDEST, max(usual / lines, label)) + _PAD


def _breaks(each: Declared) -> bool:
    """Whether the texts of a field may be broken into lines."""
    return isinstance(each.kind, Text | Link | Tags) and each.key != "number"


def _length(text: str) -> float:
    return max((sum(1.0 if mark > "\u2e7f" else 0.58 for mark in line) for line in text.split("\n")), default=0.0)


def _align(each: Declared) -> Align:
    if isinstance(each.kind, Whole | Amount):
        return "right"
    return "left" if isinstance(each.kind, Text) and each.key != "number" else "center"


# --- one record ---------------------------------------------------------------------------------------------------


def record_paper(app: App, number: str) -> Paper:
    """Return one record as a sheet: its sections, its lines, its photos two by two, places to sign."""
    with app.read() as connection:
        ledger, record = locate(connection, app.ledgers, number)
        stored = fetch(connection, ledger, [record])[0]
        names = app.names(connection)
        names.prime_links(ledger.fields, [stored.values])
        for lines in ledger.lines:
            names.prime_links(lines.fields, stored.rows[lines.key])
        texts = texts_of(ledger, stored, names)
        enterprise, files = enterprise_name(app, connection), attached(connection, [record])
    head = Fields(
        (
            Field("单位：", enterprise, 5),
            Field("编号：", stored.number, 3),
            Field("打印日期：", chinese_date(app.clock.today()), 3),
        )
    )
    blocks: tuple[Block, ...] = (
        Title((ledger.title,)),
        head,
        Grid(_card_columns(), tuple(_card_rows(ledger, stored, texts, names)), height=7),
        *(block for lines in ledger.lines if not lines.inline for block in _table(lines, stored, names)),
        *_pictures(app, ledger, files),
        Spacer(3),
        Signatures(SIGNED),
    )
    page = Page(margins=(16, 16, 14, 18), header=f"{ledger.title} {stored.number}", fit=0.85)
    return Paper(f"{ledger.title} {stored.number}", page, blocks, enterprise)


def _card_columns() -> tuple[Column, ...]:
    return (Column(27, "center"), Column(60)) * _PAIRS


def _card_rows(ledger: Ledger, stored: Stored, texts: Mapping[str, str], names: StoreNames) -> Iterator[Row]:
    for title, fields in ledger.arranged():
        shown = [each for each in fields if _is_shown(each, texts)]
        if not shown:
            continue
        yield (Cell(title, cols=2 * _PAIRS, bold=True),)
        for is_long, group in groupby(shown, lambda each: _is_long(each, texts[each.key])):
            pairs = [(heading(each), texts[each.key]) for each in group]
            yield from (_wide(*pair) for pair in pairs) if is_long else _paired(pairs)
    for lines in ledger.lines:
        if lines.inline and stored.rows[lines.key]:
            told = [_shown(lines.only, row[lines.only.key], names) for row in stored.rows[lines.key]]
            yield _wide(lines.title, "、".join(told))


def _is_shown(each: Declared, texts: Mapping[str, str]) -> bool:
    """Whether a field has a place on the sheet: what is filled, and what a hand may still fill."""
    return bool(texts[each.key]) or not (each.computed or each.key in SPINE)


def _is_long(each: Declared, text: str) -> bool:
    return len(text) > 24 or (isinstance(each.kind, Text) and each.kind.longest > _LONG)


def _wide(label: str, text: str) -> Row:
    return label, Cell(text, cols=2 * _PAIRS - 1)


def _paired(pairs: Sequence[tuple[str, str]]) -> Iterator[Row]:
    for start in range(0, len(pairs), _PAIRS):
        part = pairs[start : start + _PAIRS]
        label, text = part[-1]
        missing = _PAIRS - len(part)
        yield (*(each for pair in part[:-1] for each in pair), label, Cell(text, cols=1 + 2 * missing))


def _table(lines: Lines, stored: Stored, names: StoreNames) -> Iterator[Block]:
    """Yield the lines of a record as a table; columns nobody filled are left out."""
    found = stored.rows[lines.key]
    ordered = sorted(lines.fields.values(), key=lambda each: not each.required)
    fields = [each for each in ordered if any(not is_blank(row[each.key]) for row in found)]
    if not fields:
        return
    rows: list[Row] = [
        (str(place), *(_shown(each, row[each.key], names) for each in fields)) for place, row in enumerate(found, 1)
    ]
    size, columns = _columns(fields, rows)
    wide = sum(column.width for column in columns) * size
    sides = max(1, min(3, int(_UPRIGHT / wide))) if len(rows) > _FEW else 1
    yield Spacer(2)
    yield Running(f"{lines.title}（{len(rows)}）", bold=True)
    yield Grid(columns * sides, (_heads(fields) * sides, *_beside(rows, sides)), head=1)


def _beside(rows: Sequence[Row], sides: int) -> Iterator[Row]:
    """Yield rows put side by side, read down the first side, then down the next."""
    high = ceil(len(rows) / sides)
    blank: Row = ("",) * len(rows[0])
    for at in range(high):
        parts = [rows[place] if (place := at + side * high) < len(rows) else blank for side in range(sides)]
        yield tuple(cell for part in parts for cell in part)


def _shown(each: Declared, value: Any, names: StoreNames) -> str:
    if is_blank(value):
        return ""
    if isinstance(each.kind, Link) and each.kind.ledger == "employee":
        return names.short_name_of("employee", value)
    return each.kind.show(value, names)


def _pictures(app: App, ledger: Ledger, files: Sequence[Attached]) -> Iterator[Block]:
    """Yield photos two by two with their captions; other files by their names; a file that is gone as such."""
    titles = {slot.key: slot.title for slot in ledger.evidence}
    photos = [each for each in files if each.is_photo]
    gone = [each for each in photos if not app.workspace.evidence.path_of(each.sha256).is_file()]
    if shown := [each for each in photos if each not in gone]:
        yield Spacer(2)
        yield Photos(
            tuple(Photo(_caption(titles, each), app.workspace.evidence.path_of(each.sha256)) for each in shown)
        )
    others = [f"{_caption(titles, each)}（{each.name}）" for each in files if not each.is_photo]
    others += [f"{each.name}（文件不见了）" for each in gone]
    if others:
        yield Note(f"另附：{'；'.join(others)}")


def _caption(titles: Mapping[str, str], each: Attached) -> str:
    day = each.day or each.taken_on
    return "　".join(filter(None, (titles.get(each.slot, "佐证材料"), each.caption, day.isoformat() if day else "")))

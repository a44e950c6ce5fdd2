"""A whole workbook understood as one ledger's: its main sheets, the sheets of its lines, and what is missing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property

from ankang_desktop.declare.forms import did_you_mean
from ankang_desktop.declare.ledger import Ledger, Ledgers
from ankang_desktop.exchange.cells import text_of
from ankang_desktop.exchange.guessing import Guesser, How, plain
from ankang_desktop.exchange.headers import TEMPLATE, Table, is_headed_alike, known_headers, read_header, twice
from ankang_desktop.exchange.layout import MARK, NUMBER, Layout, lines_layout, main_layout
from ankang_desktop.exchange.reading import Sheet, Workbook
from ankang_desktop.kernel.errors import UserError
from ankang_desktop.kernel.text import half_width, join

_YEAR = re.compile(r"(?<!\d)(20\d{2}|19[5-9]\d)(?!\d)")


@dataclass(frozen=True)
class Understood:
    """The main sheets, all of one header, the sheets of lines by their key, and the year each writes no dates of.

    `years` has, by worksheet, the year of dates written without one.
    """

    mains: tuple[Table, ...]
    lines: Mapping[str, Table]
    years: Mapping[str, int]
    notes: tuple[str, ...]

    @property
    def main(self) -> Table:
        """The first of the main sheets: what its columns are, those of the others are."""
        return self.mains[0]

    @cached_property
    def tables(self) -> Mapping[str, Table]:
        """Every worksheet that is imported, by its name."""
        return {table.sheet.name: table for table in (*self.mains, *self.lines.values())}

    @property
    def dropped(self) -> tuple[str, ...]:
        """The headers of personal columns that are left out."""
        return tuple(dict.fromkeys(header for table in self.tables.values() for header in table.dropped))


@dataclass(frozen=True)
class Glance:
    """What the columns of a workbook seem to mean, for a person to correct before anything is refused.

    `mains` are the worksheets chosen, `sheets` names every one the records may stand on, `alike` those of them that
    have one header and go in together unless one is chosen; `missing` are the required columns nobody gives yet,
    `other` is the title of the ledger whose workbook this rather is ("" where it is ours).
    """

    mains: tuple[Table, ...]
    lines: Mapping[str, str]
    sheets: tuple[str, ...]
    alike: tuple[str, ...]
    missing: tuple[str, ...]
    other: str
    notes: tuple[str, ...] = ()

    @property
    def main(self) -> Table:
        """The first of the worksheets chosen."""
        return self.mains[0]

    @property
    def doubled(self) -> tuple[str, ...]:
        """The fields two columns mean: 两列都是“地点”（B列、C列）. A person has to say which."""
        places: dict[str, list[int]] = {}
        for index, column in self.main.columns.items():
            places.setdefault(column.label, []).append(index)
        return tuple(twice(label, found) for label, found in places.items() if len(found) > 1)


def glance(book: Workbook, ledgers: Ledgers, ledger: Ledger, chosen: Mapping[str, str], *, sheet: str = "") -> Glance:
    """Return what a workbook seems to be; raises UserError only where it is empty.

    `sheet` and `chosen` are as in `understand`.
    """
    inside, rest = _parted(book, ledger)
    guesser = Guesser(ledger.key, main_layout(ledger), chosen)
    mains = [read_header(each, guesser, lenient=True) for each in _main_sheets(rest, ledger, guesser, sheet)]
    return Glance(
        tuple(mains),
        {key: each.name for key, each in inside.items()},
        tuple(each.name for each in rest),
        tuple(each.name for each in _main_sheets(rest, ledger, guesser, "")),
        tuple(dict.fromkeys(label for main in mains for label in _missing(main, ledger))),
        _other(mains[0].sheet, ledgers, ledger, guesser),
        book.notes,
    )


def understand(
    book: Workbook,
    ledgers: Ledgers,
    ledger: Ledger,
    chosen: Mapping[str, str],
    this_year: int,
    *,
    sheet: str = "",
) -> Understood:
    """Return what a workbook's sheets and columns mean; raises UserError where it is not this ledger's.

    `chosen` maps headers of the main sheet to field keys and overrides every guess; "" leaves a column out. `sheet`
    names the worksheet the records stand on; without it all that have the header of the likeliest one are taken.
    """
    main_of = main_layout(ledger)
    _refuse_unknown(chosen, main_of)
    inside, rest = _parted(book, ledger)
    guesser = Guesser(ledger.key, main_of, chosen)
    found = _main_sheets(rest, ledger, guesser, sheet)
    if not chosen and (other := _other(found[0], ledgers, ledger, guesser)):
        raise UserError(f"这是“{other}”的表，不是“{ledger.title}”的", f"请打开“{other}”再导入，或换一个文件")
    mains = tuple(read_header(each, guesser) for each in found)
    for main in mains:
        _refuse_missing(main, ledger)
    tables = {key: _table_of_lines(each, ledger, key) for key, each in inside.items()}
    years = {each.sheet.name: _year(book, each, this_year) for each in mains}
    years |= {each.sheet.name: years[mains[0].sheet.name] for each in tables.values()}
    notes = (
        *book.notes,
        *_unread(rest, found, inside, ledger, guesser),
        *dict.fromkeys(note for table in (*mains, *tables.values()) for note in table.notes),
    )
    return Understood(mains, tables, years, notes)


def _unread(
    rest: Sequence[Sheet], found: Sequence[Sheet], inside: Mapping[str, Sheet], ledger: Ledger, guesser: Guesser
) -> Iterator[str]:
    """Name the sheets that are not imported: one that knows as many headers is of this ledger too."""
    others = [each for each in rest if not any(each is one for one in (*found, *inside.values()))]
    enough = max(2, known_headers(found[0], guesser))
    alike = [f"“{each.name}”" for each in others if known_headers(each, guesser) >= enough]
    foreign = [f"“{each.name}”" for each in others if f"“{each.name}”" not in alike]
    if alike:
        yield f"{join(alike)}的表头也是“{ledger.title}”的，这次没有导入，请选它再导入一次"
    if foreign:
        yield f"工作表{join(foreign)}不属于“{ledger.title}”，没有导入"


def _parted(book: Workbook, ledger: Ledger) -> tuple[dict[str, Sheet], list[Sheet]]:
    """Return the sheets of lines by their key, and those the records may stand on; raises UserError where all is blank.

    Where nothing but sheets of lines is filled, the records are looked for there.
    """
    filled = [sheet for sheet in book.sheets if any(map(any, sheet.rows))]
    if not filled:
        raise UserError(f"“{book.name}”里没有数据", "请确认选对了文件，并已在Excel中保存")
    inside = _sheets_of_lines(filled, ledger)
    return inside, [sheet for sheet in filled if sheet not in inside.values()] or filled


def _refuse_unknown(chosen: Mapping[str, str], layout: Layout) -> None:
    for header, key in chosen.items():
        if key and key not in layout.by_key:
            raise UserError(f"列“{header}”指定的字段“{key}”不存在", did_you_mean(key, layout.by_key))


def _sheets_of_lines(sheets: Sequence[Sheet], ledger: Ledger) -> dict[str, Sheet]:
    named = {plain(sheet.name): sheet for sheet in sheets}
    return {lines.key: named[plain(lines.title)] for lines in ledger.lines if plain(lines.title) in named}


def _main_sheets(sheets: Sequence[Sheet], ledger: Ledger, guesser: Guesser, wanted: str) -> list[Sheet]:
    """Return the sheet wanted; else the one named after the ledger or the one that knows most of its headers.

    With the latter go all that have the very same header: the months of a year, the years of a ledger.
    """
    if wanted:
        if named := [sheet for sheet in sheets if sheet.name == wanted]:
            return named
        filled = _quoted([each.name for each in sheets])
        raise UserError(f"没有名为“{wanted}”的工作表，或它是空的", f"有数据的是{filled}，请选其中一个")
    likeliest = next((sheet for sheet in sheets if plain(sheet.name) == plain(ledger.title)), None)
    likeliest = likeliest or max(sheets, key=lambda sheet: known_headers(sheet, guesser))
    head = read_header(likeliest, guesser, lenient=True)
    return [
        sheet
        for sheet in sheets
        if sheet is likeliest or is_headed_alike(read_header(sheet, guesser, lenient=True), head)
    ]


def _other(sheet: Sheet, ledgers: Ledgers, ledger: Ledger, guesser: Guesser) -> str:
    """Return the title of the ledger whose workbook this rather is: more of its labels are known than of ours."""
    if plain(sheet.name) == plain(ledger.title):
        return ""
    ours = known_headers(sheet, guesser)
    scores = {each.title: _sure_headers(sheet, each) for each in ledgers}
    best = max(scores, key=lambda title: (scores[title], plain(title) == plain(sheet.name)))
    if plain(sheet.name) in map(plain, scores):
        best = next(title for title in scores if plain(title) == plain(sheet.name))
    return best if scores[best] > max(ours, 1) and best != ledger.title else ""


def _sure_headers(sheet: Sheet, ledger: Ledger) -> int:
    return known_headers(sheet, Guesser(ledger.key, main_layout(ledger), {}), How.written_otherwise)


def _table_of_lines(sheet: Sheet, ledger: Ledger, key: str) -> Table:
    table = read_header(sheet, Guesser(ledger.key, lines_layout(ledger, ledger.line(key)), {}))
    needed = [column for column in table.layout.columns if column.is_required or column.key == MARK]
    missing = [column.label for column in needed if column.key not in table.places]
    if missing:
        raise UserError(f"工作表“{sheet.name}”的表头缺少{_quoted(missing)}", TEMPLATE)
    return table


def _missing(main: Table, ledger: Ledger) -> list[str]:
    """Return the required columns a main sheet lacks; none where every row names a number to be changed."""
    missing = [column.label for column in main.layout.columns if column.is_required and column.key not in main.places]
    return [] if _is_numbered(main, ledger) else missing


def _refuse_missing(main: Table, ledger: Ledger) -> None:
    """Refuse a main sheet without a required column."""
    missing = _missing(main, ledger)
    if not missing:
        return
    unused = [heading.text for heading in main.headings if heading.column is None]
    near = [(label, found[0]) for label in missing if (found := get_close_matches(label, unused, 1, 0.5))]
    hint = "".join(f"“{text}”若就是“{label}”，请改成“{label}”；" for label, text in near)
    raise UserError(f"工作表“{main.sheet.name}”的表头缺少{_quoted(missing)}", hint + TEMPLATE)


def _is_numbered(main: Table, ledger: Ledger) -> bool:
    place = next((index for index, column in main.columns.items() if column.key == NUMBER), None)
    if place is None:
        return False
    filled = [row for row in main.sheet.rows[main.head + 1 :] if any(cell != "" for cell in row)]
    return all(is_running_number(text_of(row[place]), ledger) for row in filled)


def is_running_number(text: str, ledger: Ledger) -> bool:
    """Whether a text has the shape of the ledger's running numbers (YH-2026-0017)."""
    return re.fullmatch(rf"{ledger.prefix}-\d{{4}}-\d{{4,}}", half_width(text), re.IGNORECASE) is not None


def _year(book: Workbook, main: Table, this_year: int) -> int:
    """Return the year of dates written without one: from the lines above the header, the sheet's or file's name."""
    above = " ".join(text_of(cell) for row in main.sheet.rows[: main.head] for cell in row)
    found = next((match for text in (above, main.sheet.name, book.name) if (match := _YEAR.search(text))), None)
    return int(found[1]) if found else this_year


def _quoted(words: Sequence[str]) -> str:
    return "、".join(f"“{word}”" for word in words)

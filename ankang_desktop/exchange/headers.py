"""Which columns of one worksheet mean which fields: the header row found and understood, its faults in a sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise, zip_longest

from ankang_desktop.exchange.cells import Cell, text_of
from ankang_desktop.exchange.guessing import Guess, Guesser, How, foreign_unit
from ankang_desktop.exchange.layout import PROBLEMS, Column, Layout, letter
from ankang_desktop.exchange.personal import is_identity_column, is_personal_header
from ankang_desktop.exchange.reading import Sheet
from ankang_desktop.kernel.errors import UserError
from ankang_desktop.kernel.text import join

DEEPEST = 20  # rows among which the header may stand
TEMPLATE = "请用“下载模板”得到正确的表头，或改好表头后再导入"
_SAMPLE = 200  # rows looked at for identity numbers
_FOOT = 8  # names of columns in one note


@dataclass(frozen=True)
class Heading:
    """One column of a worksheet: what is written above it and what it means (None: it is not imported)."""

    index: int
    text: str
    column: Column | None = None
    how: How | None = None

    @property
    def place(self) -> str:
        """How a person finds it: “隐患内容”（E列）."""
        return f"“{self.text}”({letter(self.index)}列)"


@dataclass(frozen=True)
class Table:
    """One worksheet understood; its data begin below row index `head`, `dropped` are its personal columns."""

    sheet: Sheet
    layout: Layout
    head: int
    headings: tuple[Heading, ...]
    dropped: tuple[str, ...]
    notes: tuple[str, ...]

    @cached_property
    def columns(self) -> dict[int, Column]:
        """The columns that are imported, by index."""
        return {each.index: each.column for each in self.headings if each.column and not each.column.is_ignored}

    @cached_property
    def places(self) -> dict[str, str]:
        """The letters of the imported columns, by field key."""
        return {column.key: letter(index) for index, column in self.columns.items()}


def read_header(sheet: Sheet, guesser: Guesser, *, lenient: bool = False) -> Table:
    """Return the worksheet with its header understood; raises UserError where there is none or it is ambiguous.

    `lenient` raises nothing: the likeliest row is taken for the header, two rivals both mean the field; that is for
    showing a person what there is to choose from.
    """
    score, head, texts = max(_candidates(sheet, guesser), key=lambda each: each[0], default=(0, 0, []))
    if score == 0 and lenient:
        head, texts = _likely_head(sheet)
    elif score == 0:
        raise UserError(f"工作表“{sheet.name}”里没有找到“{guesser.layout.title}”的表头", TEMPLATE)
    texts = _told_apart(texts)
    guesses = [guesser.guess(text) for text in texts]
    personal = {index for index, text in enumerate(texts) if _is_personal(text, guesses[index], sheet, head, index)}
    own = [None if at in personal else guess for at, guess in enumerate(guesses)]
    best = _settle(sheet.name, texts, own, lenient=lenient)
    headings = tuple(
        Heading(index, text, best[index].column, best[index].how) if index in best else Heading(index, text)
        for index, text in enumerate(texts)
        if text
    )
    notes = tuple(_notes([each for each in headings if each.index not in personal], guesses))
    return Table(sheet, guesser.layout, head, headings, tuple(texts[index] or "身份证号" for index in personal), notes)


def is_headed_alike(one: Table, other: Table) -> bool:
    """Whether two worksheets have the same header, column for column: months of one ledger, for instance."""
    return [(each.index, each.text) for each in one.headings] == [(each.index, each.text) for each in other.headings]


def known_headers(sheet: Sheet, guesser: Guesser, least_sure: How = How.synonym) -> int:
    """Return how many headers of the best row are known: what tells one ledger's workbook from another's."""
    return max((score for score, _, _ in _candidates(sheet, guesser, least_sure)), default=0)


def _candidates(sheet: Sheet, guesser: Guesser, least_sure: How = How.synonym) -> Iterator[tuple[int, int, list[str]]]:
    """Yield (known headers, row index, texts) of every row that may be the header, also of two rows read as one."""
    rows = [[text_of(cell) for cell in row] for row in sheet.rows[: DEEPEST + 1]]
    both = [[lower or upper for upper, lower in zip_longest(*pair, fillvalue="")] for pair in pairwise(rows)]
    for index, texts in [*enumerate(rows[:DEEPEST]), *enumerate(both, 1)]:
        guesses = [guesser.known(text) for text in texts if text]
        yield len({each.column.key for each in guesses if each and each.how <= least_sure}), index, texts


def _likely_head(sheet: Sheet) -> tuple[int, list[str]]:
    """Return the first of the upper rows that is filled about as widely as any: nothing in it is known."""
    rows = [[text_of(cell) for cell in row] for row in sheet.rows[:DEEPEST]]
    widest = max((len(set(filter(None, row))) for row in rows), default=0)
    return next((index, row) for index, row in enumerate(rows) if len(set(filter(None, row))) >= 0.7 * widest)


def _told_apart(texts: Sequence[str]) -> list[str]:
    """Return the headers with a number behind one that stands there twice: only so can a person say which he means."""
    return [
        f"{text}({texts[: index + 1].count(text)})" if text and text in texts[:index] else text
        for index, text in enumerate(texts)
    ]


def _is_personal(text: str, guess: Guess | None, sheet: Sheet, head: int, index: int) -> bool:
    """Whether a column is one we do not keep: by its header, unless that is our own label, or by what it holds."""
    if guess is not None and guess.how <= How.label:
        return False
    if is_personal_header(text):
        return True
    below: list[Cell] = [row[index] for row in sheet.rows[head + 1 : head + 1 + _SAMPLE] if index < len(row)]
    return is_identity_column([cell for cell in below if isinstance(cell, str) and cell])


def _settle(sheet: str, texts: Sequence[str], guesses: Sequence[Guess | None], *, lenient: bool) -> dict[int, Guess]:
    """Give each field its surest column; two that are equally sure of their own label are refused (lenient: kept)."""
    chosen: dict[str, int] = {}
    clashing: set[int] = set()
    for index, guess in enumerate(guesses):
        if guess is None or foreign_unit(texts[index], guess.column):
            continue
        rival = chosen.get(guess.column.key)
        before = guesses[rival] if rival is not None else None
        if before and rival is not None and _clash(before.how, guess.how):
            if not lenient:
                raise UserError(
                    f"工作表“{sheet}”的表头有{twice(guess.column.label, (rival, index))}",
                    "请删去其中一列，或改掉一列的名称",
                )
            clashing.add(index)
        elif before is None or guess.how < before.how:
            chosen[guess.column.key] = index
    taken = {*chosen.values(), *clashing}
    return {index: guess for index, guess in enumerate(guesses) if guess and index in taken}


def twice(label: str, places: Sequence[int]) -> str:
    """Say that columns are rivals for one field: 两列都是“地点”（B列、C列）."""
    count = "两" if len(places) == 2 else len(places)
    return f"{count}列都是“{label}”（{'、'.join(f'{letter(each)}列' for each in places)}）"


def _clash(one: How, other: How) -> bool:
    """Whether two columns are both called so: then a person has to say which is meant."""
    return one == other == How.chosen or {one, other} <= {How.label, How.written_otherwise}


def _notes(headings: Sequence[Heading], guesses: Sequence[Guess | None]) -> Iterator[str]:
    for each in headings:
        if each.column and each.how in {How.synonym, How.slip}:
            yield f"{each.place}按“{each.column.label}”导入"
    for each in headings:
        meant = guesses[each.index]
        if each.column is None and meant and (unit := foreign_unit(each.text, meant.column)):
            yield f"{each.place}的单位是{unit}，与“{meant.column.label}”不同，没有导入，请换算后改表头"
    unused = [each.place for each in headings if each.column is None and each.text != PROBLEMS]
    if unused:
        yield f"没有用到的列：{join(unused, _FOOT)}"

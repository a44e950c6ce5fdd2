"""The blocks of particular papers: the scorecard's table, the statistics table's sentences, the sign-in sheet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ankang_desktop.printing.asked import Asked
from ankang_desktop.printing.paper import Block, Cell, Column, Grid, PageBreak, Row

_EVIDENCE = "evidence."


def scorecard(asked: Asked) -> Iterable[Block]:
    """Build the card of [[section]] and [[section.row]]: 考核项目 | 考核内容 | 得分, and its total.

    Blanks: `row.<number>` and `total`; `total_note`, where answered, stands small beside the word 总得分. Where the
    answers hold any `evidence.<number>` a fourth column shows them.
    """
    block = asked.block
    has_evidence = any(name.startswith(_EVIDENCE) for name in asked.answers)
    heads = [*block["heads"], *([block["evidence"]] if has_evidence else [])]
    widths = [*block["widths"], *([block["evidence_width"]] if has_evidence else [])]
    rows: list[Row] = [tuple(Cell(head, align="center", bold=True) for head in heads)]
    for section in asked.arrays("section"):
        rows += _section(asked, section, has_evidence=has_evidence)
    note = str(asked.answers.get("total_note", ""))
    label = f"{block['total']}（{note}）" if note else block["total"]
    total = (Cell(label, cols=2, align="center", bold=True), Cell(asked.text("total"), align="center", bold=True))
    rows.append((*total, *([""] if has_evidence else [])))
    yield Grid(tuple(Column(width) for width in widths), tuple(rows), head=1, height=block.get("height", 0))


def _section(asked: Asked, section: Mapping[str, Any], *, has_evidence: bool) -> Iterable[Row]:
    star = "*" if section["bonus"] else ""
    named = Cell(f"{star}{section['name']}\n（{section['points']}分）", rows=len(section["row"]), align="center")
    for place, row in enumerate(section["row"]):
        cells: Row = (row["text"], Cell(asked.text(f"row.{row['number']}"), align="center"))
        if has_evidence:
            cells = (*cells, str(asked.answers.get(f"{_EVIDENCE}{row['number']}", "")))
        yield cells if place else (named, *cells)


def sentences(asked: Asked) -> Iterable[Block]:
    """Build the table of [[line]]: 活动项目 | 活动进展情况, sentences with their numbers in the brackets.

    A line with `repeat` is told once for each record the answers hold under that name, its `none` where the list
    is empty; where the name is not answered at all its blanks are asked like any other. `break_after` begins a
    new line after that mark.
    """
    mark = asked.block.get("break_after", "")
    rows: list[Row] = [tuple(Cell(head, align="center", bold=True) for head in asked.block["heads"])]
    for line in asked.arrays("line"):
        told = "\n".join(_told(asked, line))
        broken = told.replace(mark, f"{mark}\n") if mark else told
        rows.append((f"{line['number']}. {line['title']}", broken))
    columns = tuple(Column(width) for width in asked.block["widths"])
    yield Grid(columns, tuple(rows), head=1, height=asked.block.get("height", 0))


def _told(asked: Asked, line: Mapping[str, Any]) -> list[str]:
    name = line.get("repeat", "")
    if name not in asked.answers:
        return [asked.fill(line["sentence"])]
    return [entry.fill(line["sentence"]) for entry in asked.entries(name)] or [line["none"]]


def signin(asked: Asked) -> Iterable[Block]:
    """Build a sign-in sheet: people by team, `sides` tables of `lines` rows a page, at least `spare` rows blank.

    Each page is filled downwards, then to the right. A column without `field` is left empty for the pen.
    """
    block = asked.block
    columns = asked.items("columns", ("field", "label", "width", "align"), ("field", "label", "width"))
    people = _by_team(asked.entries("rows"), block["team"])
    page = block["sides"] * block["lines"]
    side = (Column(block.get("number_width", 12), "center"), *(_column(column) for column in columns))
    heads = tuple(Cell(label, align="center", bold=True) for label in ("序号", *(c["label"] for c in columns)))
    for first in range(0, max(1, len(people) + block.get("spare", 0)), page):
        if first:
            yield PageBreak()
        rows = _signin_page(people, first, columns, asked)
        yield Grid(side * block["sides"], (heads * block["sides"], *rows), head=1, height=block["height"])


def _column(column: Mapping[str, Any]) -> Column:
    return Column(column["width"], column.get("align", "left"))


def _by_team(people: list[Asked], team: str) -> list[Asked]:
    """Return people with those of one team together, teams in the order they first appear."""
    order = {name: place for place, name in reversed(list(enumerate(person.text(team) for person in people)))}
    return sorted(people, key=lambda person: order[person.text(team)])


def _signin_page(people: Sequence[Asked], first: int, columns: Sequence[Mapping[str, Any]], asked: Asked) -> list[Row]:
    """Return the rows of the page whose first person has the place `first`."""
    block = asked.block
    rows: list[list[Cell | str]] = [[] for _ in range(block["lines"])]
    for begin in range(first, first + block["sides"] * block["lines"], block["lines"]):
        seated = people[begin : begin + block["lines"]]
        for row, cells in enumerate(rows):
            cells.append(str(begin + row + 1))
            for column in columns:
                cells.extend(_seat(seated, row, column["field"], block["team"]))
    return [tuple(cells) for cells in rows]


def _seat(seated: Sequence[Asked], row: int, field: str, team: str) -> list[Cell | str]:
    """Return the cell of one field of the person in `row`, blank where nobody sits or the column is for the pen."""
    if field == team:
        return _team_cell(seated, row, team)
    return [seated[row].text(field) if field and row < len(seated) else ""]


def _team_cell(seated: Sequence[Asked], row: int, team: str) -> list[Cell | str]:
    """Return the cell that names a team beside the first of its people, nothing beside the others."""
    if row >= len(seated):
        return [""]
    name = seated[row].text(team)
    if row and seated[row - 1].text(team) == name:
        return []
    last = row
    while last + 1 < len(seated) and seated[last + 1].text(team) == name:
        last += 1
    return [Cell(name, rows=last - row + 1, align="center")]

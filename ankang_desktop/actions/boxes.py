"""The boxes of a year: what lies in each in the order of its pages, what is odd about them, and their two papers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from ankang_desktop.actions.archive import Archive, Item, Leaf, archive_of, pages_of
from ankang_desktop.actions.scores import year_card
from ankang_desktop.actions.sheets import enterprise_name
from ankang_desktop.app import App
from ankang_desktop.declare.forms import Form
from ankang_desktop.declare.kinds import LISTING, Link, Text, split_words
from ankang_desktop.declare.ledger import Ledger
from ankang_desktop.kernel.errors import UserError
from ankang_desktop.printing.layout import lay_out
from ankang_desktop.printing.paper import Block, PageBreak, Paper
from ankang_desktop.store.names import StoreNames
from ankang_desktop.store.query import fetch

SUBJECT = "box"
"""What a form printed of a box says of itself: subject = "box"."""
_AUTHORS = ("issuer", "organiser", "outlet", "team", "workshop")


@dataclass(frozen=True)
class Content:
    """One piece in a box: a record's paper, or that of one of its files; `trouble` is what is odd about its page."""

    item: Item
    leaf: Leaf | None
    page: str
    span: tuple[int, int] | None
    trouble: str = ""

    @property
    def place(self) -> tuple[int, int]:
        """Return the record's id and the file's link, 0 for the record's own paper."""
        return self.item.key.id, self.leaf.link if self.leaf else 0

    @property
    def title(self) -> str:
        """Return what the piece is called."""
        return f"{self.item.title}：{self.leaf.name}" if self.leaf else self.item.title


@dataclass(frozen=True)
class Box:
    """A box: its contents in page order, those without a page last."""

    number: str
    contents: tuple[Content, ...]

    @property
    def troubles(self) -> int:
        """Return how many pieces are odd."""
        return sum(bool(each.trouble) for each in self.contents)

    @property
    def last_page(self) -> int:
        """Return the last page in it, 0 where none is known."""
        return self.last_page_without(())

    def last_page_without(self, pieces: Collection[tuple[int, int]]) -> int:
        """Return the last page of all but these pieces, each a record's id and a file's link (0: the record's own)."""
        return max((each.span[1] for each in self.contents if each.span and each.place not in pieces), default=0)

    @property
    def rows(self) -> tuple[int, ...]:
        """Return the rows of the card its contents stand behind."""
        return tuple(sorted({row for each in self.contents for row in each.item.rows}))


def boxes_of(archive: Archive) -> tuple[Box, ...]:
    """Return the boxes of an archive in the order of their numbers (2 before 10, 10 before B1)."""
    lying: dict[str, list[Content]] = {}
    for item in archive.items.values():
        if item.box:
            lying.setdefault(item.box, []).append(Content(item, None, item.page, pages_of(item.page)))
        for leaf in item.files:
            box = leaf.box or (item.box if leaf.page else "")
            if box:
                lying.setdefault(box, []).append(Content(item, leaf, leaf.page, pages_of(leaf.page)))
    return tuple(Box(number, tuple(_in_order(lying[number]))) for number in sorted(lying, key=box_order))


def box_order(number: str) -> tuple[tuple[int, int, str], ...]:
    """Return how a box number sorts: its figures as numbers, before letters."""
    return tuple((0, int(part), "") if part.isdecimal() else (1, 0, part) for part in re.findall(r"\d+|\D+", number))


def _in_order(contents: Sequence[Content]) -> Iterator[Content]:
    """Yield contents by page, each told what is odd: a gap before it, pages another has, a page that is none."""
    ordered = sorted(contents, key=lambda each: (each.span is None, each.span or (0, 0), each.item.number))
    last, holder = 0, ""
    for each in ordered:
        if each.span is None:
            yield replace(each, trouble=f"页号“{each.page}”认不出" if each.page else "没有页号")
            continue
        first, end = each.span
        trouble = ""
        if first <= last:
            trouble = f"页码与 {holder} 重复"
        elif first > last + 1 and last:
            trouble = f"前面缺第 {_range(last + 1, first - 1)} 页"
        if end > last:
            last, holder = end, each.item.number
        yield replace(each, trouble=trouble)


def _range(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}—{last}"


def rows_in_words(rows: Sequence[int]) -> str:
    """Return rows as a label says them: “第1—3、8行”, "" where there are none."""
    runs: list[list[int]] = []
    for row in sorted(row for row in rows if row):
        if runs and row == runs[-1][1] + 1:
            runs[-1][1] = row
        else:
            runs.append([row, row])
    return f"第{'、'.join(_range(*run) for run in runs)}行" if runs else ""


def title_of(app: App, archive: Archive, box: Box) -> str:
    """Return what a box is called: the section most of its contents stand behind, else the kind of its records."""
    found = Counter(section for each in box.contents for section in _sections(app, archive, each.item))
    named = [name for name, _ in found.most_common(1)]
    return "".join(named) + ("等" if len(found) > 1 else "")


def _sections(app: App, archive: Archive, item: Item) -> set[str]:
    found = {archive.section_of(row) for row in item.rows}
    return found or {app.ledgers[item.key.ledger].title}


# --- its papers -----------------------------------------------------------------------------------------------------


def box_paper(app: App, form: Form, numbers: str, start: date) -> Paper:
    """Return the paper of a form about boxes: `numbers` are their numbers (“1、2”), none a blank one."""
    asked = split_words(numbers, [], LISTING)
    archive = archive_of(app, year_card(app, start.year)) if asked else Archive(start.year, (), {})
    known = {box.number: box for box in boxes_of(archive)}
    if unknown := [number for number in asked if number not in known]:
        raise UserError(f"{start.year}年没有{'、'.join(unknown)}号盒", f"有材料的盒是：{'、'.join(known) or '还没有'}")
    boxes = [known[number] for number in asked]
    if any(block.get("type") == "spines" for block in form.blocks):
        return lay_out(form, {"boxes": [_spine(app, archive, box) for box in boxes]})
    papers = [lay_out(form, _index(app, archive, box)) for box in boxes or [Box("", ())]]
    blocks: list[Block] = []
    for paper in papers:
        blocks += [PageBreak(), *paper.blocks] if blocks else paper.blocks
    return replace(papers[0], blocks=tuple(blocks))


def _spine(app: App, archive: Archive, box: Box) -> dict[str, object]:
    with app.read() as connection:
        enterprise = enterprise_name(app, connection)
    return {
        "year": str(archive.year),
        "enterprise": enterprise,
        "title": title_of(app, archive, box),
        "rows": rows_in_words(box.rows),
        "pieces": f"{len(box.contents)}件",
        "box": box.number,
    }


def _index(app: App, archive: Archive, box: Box) -> dict[str, object]:
    with app.read() as connection:
        enterprise, names = enterprise_name(app, connection), app.names(connection)
        written: dict[int, tuple[str, str]] = {}
        by_ledger: dict[str, list[int]] = {}
        for each in box.contents:
            by_ledger.setdefault(each.item.key.ledger, []).append(each.item.key.id)
        for key, ids in by_ledger.items():
            ledger = app.ledgers[key]
            for stored in fetch(connection, ledger, ids, with_rows=False):
                reference = stored.values.get("reference") if "reference" in ledger.own_fields else None
                author = next((text for name in _AUTHORS if (text := _author(ledger, stored.values, name, names))), "")
                written[stored.id] = (str(reference or stored.number), author or enterprise)
    rows = [
        {
            "place": str(place),
            "reference": written[each.item.key.id][0],
            "author": written[each.item.key.id][1],
            "title": each.title,
            "day": str(each.item.day or ""),
            "page": each.page,
            "note": rows_in_words(each.item.rows),
        }
        for place, each in enumerate(box.contents, 1)
    ]
    return {
        "enterprise.name": enterprise,
        "year": str(archive.year) if box.number else "",
        "box": box.number,
        "title": title_of(app, archive, box),
        "pieces": f"{len(rows)}件" if rows else "",
        "rows": rows,
    }


def _author(ledger: Ledger, values: Mapping[str, object], name: str, names: StoreNames) -> str:
    value, field = values.get(name), ledger.own_fields.get(name)
    if value is None or field is None:
        return ""
    kind = field.kind
    if isinstance(kind, Link):
        return names.short_name_of(kind.ledger, int(str(value)))
    return str(value) if isinstance(kind, Text) else ""

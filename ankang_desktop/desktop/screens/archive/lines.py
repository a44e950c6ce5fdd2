"""What the table lists: records and, below each, its files; by row of the card or by box, one shape for both."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ankang_desktop.actions.archive import OTHERS, Archive, Item, Leaf, Place, Shelf, Standing
from ankang_desktop.actions.boxes import Box, Content, boxes_of, rows_in_words, title_of
from ankang_desktop.app import App

TONES = {Standing.boxed: "good", Standing.file: "info", Standing.ledger: "", Standing.missing: "danger"}
OPEN = (Standing.file, Standing.missing)
"""What still waits for a box."""


@dataclass(frozen=True)
class Line:
    """One line: a record's paper (`link` 0) or a file's; `state` is shown as a badge, `told` says what to do."""

    record: int
    link: int
    number: str
    title: str
    day: str
    files: str
    rows: str
    box: str
    page: str
    state: str
    tone: str
    told: str = ""
    children: tuple[Line, ...] = ()

    def place(self, *, box: str | None = None, page: str | None = None) -> Place:
        """Return where the line is to lie."""
        return Place(self.record, self.link, box, page)

    @property
    def searched(self) -> str:
        """Return the text a search looks into."""
        inside = " ".join(each.title for each in self.children)
        return f"{self.number} {self.title} {self.day} {inside} 盒{self.box} {self.page}".lower()


@dataclass(frozen=True)
class Entry:
    """One line at the left: a row of the card or a box; `head` begins a group."""

    key: str
    title: str
    detail: str
    count: str
    bad: int
    head: str = ""


@dataclass(frozen=True)
class Looked:
    """All there is to show, worked out off the GUI thread: the archive, its boxes, what stands left and right."""

    archive: Archive
    boxes: tuple[Box, ...]
    shelves: tuple[Entry, ...]
    box_entries: tuple[Entry, ...]
    lines: Mapping[int, Line]
    contents: Mapping[str, tuple[Line, ...]]

    def of_row(self, key: str) -> list[Line]:
        """Return the lines of a row of the card."""
        shelf = next((each for each in self.archive.shelves if str(each.row) == key), None)
        return [self.lines[each] for each in shelf.ids if each in self.lines] if shelf else []


def look(app: App, archive: Archive) -> Looked:
    """Work out everything that is shown of an archive."""
    boxes = boxes_of(archive)
    return Looked(
        archive,
        boxes,
        tuple(shelf_entries(archive)),
        tuple(box_entries(app, archive, boxes)),
        {key: line_of(item) for key, item in archive.items.items()},
        {box.number: tuple(content_line(each) for each in box.contents) for box in boxes},
    )


def line_of(item: Item) -> Line:
    """Return a record with its files."""
    children = tuple(_leaf(item, leaf) for leaf in item.files)
    return Line(
        record=item.key.id,
        link=0,
        number=item.number,
        title=item.title,
        day=str(item.day or ""),
        files=f"{len(item.files)} 个" if item.files else "",
        rows=rows_in_words(item.rows),
        box=item.box,
        page=item.page,
        state=item.standing.value,
        tone=TONES[item.standing],
        told=item.told,
        children=children,
    )


def content_line(content: Content) -> Line:
    """Return what lies in a box, told what is odd about its page."""
    item, leaf = content.item, content.leaf
    state, tone = (content.trouble, "warning") if content.trouble else ("", "good")
    return Line(
        record=item.key.id,
        link=leaf.link if leaf else 0,
        number=item.number,
        title=content.title,
        day=str(item.day or ""),
        files=f"{len(item.files)} 个" if item.files and not leaf else "",
        rows=rows_in_words(item.rows),
        box=leaf.box if leaf else item.box,
        page=content.page,
        state=state,
        tone=tone,
        told=content.trouble,
    )


def _leaf(item: Item, leaf: Leaf) -> Line:
    return Line(item.key.id, leaf.link, item.number, leaf.name, "", leaf.slot, "", leaf.box, leaf.page, "", "")


def shelf_entries(archive: Archive) -> list[Entry]:
    """Return the rows of the card, each section headed, with what is in a box of what can be."""
    found, section = [], ""
    for shelf in archive.shelves:
        asked = len(shelf.ids) - archive.count(shelf, Standing.ledger)
        boxed, missing = archive.count(shelf, Standing.boxed), archive.count(shelf, Standing.missing)
        number = f"{shelf.row}. " if shelf.row != OTHERS else ""
        count = f"{boxed}/{asked}" if asked else "台账" if shelf.ids else "无"
        head = shelf.section if shelf.section != section else ""
        section = shelf.section
        found.append(Entry(str(shelf.row), f"{number}{shelf.text}", _told(shelf, missing), count, missing, head))
    return found


def _told(shelf: Shelf, missing: int) -> str:
    more = f"（另有 {shelf.more} 份未列出）" if shelf.more else ""
    lacking = f"，{missing} 份缺材料" if missing else ""
    return f"第{shelf.row}行共 {len(shelf.ids) + shelf.more} 份{lacking}{more}"


def box_entries(app: App, archive: Archive, boxes: Iterable[Box]) -> list[Entry]:
    """Return the boxes, each with what it is called and how far its pages go."""
    return [
        Entry(
            box.number,
            f"{box.number} 号盒　{title_of(app, archive, box)}",
            rows_in_words(box.rows) or "没有用于评分表",
            f"{len(box.contents)} 件" + (f" · {box.last_page} 页" if box.last_page else ""),
            box.troubles,
        )
        for box in boxes
    ]

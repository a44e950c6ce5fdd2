"""The second step: what each column means, guessed, and corrected by hand."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ankang_desktop.desktop.look import px
from ankang_desktop.desktop.widgets import Badge, card, clear, label, link, scrolled
from ankang_desktop.kernel.text import join

if TYPE_CHECKING:
    from ankang_desktop.desktop.exchange.draft import Draft
    from ankang_desktop.exchange.headers import Heading
    from ankang_desktop.exchange.layout import Column
    from ankang_desktop.exchange.understanding import Glance

LEFT_OUT = "不导入"
_HEADS = ("列", "表头", "前几行的内容", "导入为", "怎么认出来的")
_SAMPLES = 3
_SURE = {
    "chosen": ("手工指定", "accent"),
    "label": ("标签一致", "good"),
    "written_otherwise": ("写法不同", "good"),
    "synonym": ("同义", "info"),
    "slip": ("近似，请核对", "warning"),
}
_PERSONAL = ("个人信息，不导入", "warning")


class FieldChoice(QComboBox):
    """What a column means; the wheel scrolls the page, it never changes a choice unseen."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class MappingStep(QWidget):
    """Every column with its guess; `corrected` carries header and field key, `sheet_chosen` a worksheet (“”: all).

    `ledger_wanted` carries the title of the ledger whose workbook this rather is.
    """

    corrected = Signal(str, str)
    sheet_chosen = Signal(str)
    ledger_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.choices: dict[int, FieldChoice] = {}
        self.badges: dict[int, Badge] = {}
        self.samples: dict[int, QLabel] = {}
        self._shown: object = None
        self.told = label("", "soft", wrap=True)
        self.sheet = QComboBox()
        self.sheet.setAccessibleName("工作表")
        self.sheet.activated.connect(lambda _: self.sheet_chosen.emit(str(self.sheet.currentData())))
        self.missing = label("", "danger", wrap=True)
        self.other = card(kind="wash")
        self._other_row = QHBoxLayout()
        self.other.layout().addLayout(self._other_row)  # type: ignore[union-attr]
        self.notes = label("", "warning", wrap=True)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(px(16))
        self._grid.setVerticalSpacing(px(6))
        self._grid.setColumnStretch(1, 2)
        self._grid.setColumnStretch(2, 4)
        self._grid.setColumnStretch(3, 3)
        self._grid.setColumnStretch(4, 2)
        self._lay_out()

    def _lay_out(self) -> None:
        inside = QWidget()
        below = QVBoxLayout(inside)
        below.setContentsMargins(0, 0, 0, 0)
        box = card()
        box.layout().addLayout(self._grid)  # type: ignore[union-attr]
        below.addWidget(box)
        below.addStretch(1)
        head = QHBoxLayout()
        head.setSpacing(px(8))
        head.addWidget(self.told, 1)
        head.addWidget(self.sheet)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        column.addLayout(head)
        for part in (self.other, self.missing, self.notes):
            column.addWidget(part)
        column.addWidget(scrolled(inside), 1)

    # --- showing ---------------------------------------------------------------------------------------------------

    def show_draft(self, draft: Draft) -> None:
        """Show what the columns of a draft seem to mean."""
        glance = draft.glance
        if glance is None:
            return
        shown = id(draft.book), draft.ledger, [each.sheet.name for each in glance.mains]
        if self._shown != shown:
            self._shown = shown
            self._build(glance)
        self._tell(draft, glance)
        for heading in glance.main.headings:
            self._show_guess(heading, glance)

    @property
    def meant(self) -> dict[str, str]:
        """Which field each header means as shown."""
        return {str(choice.property("header")): str(choice.currentData()) for choice in self.choices.values()}

    def _tell(self, draft: Draft, glance: Glance) -> None:
        table = glance.main
        rows = sum(len(each.sheet.rows) - each.head - 1 for each in glance.mains)
        inside = f"；另有 {join([f'“{name}”' for name in glance.lines.values()])} 一并导入" if glance.lines else ""
        many = len(glance.mains)
        head = f"{many} 张工作表表头相同，一起导入，共有" if many > 1 else f"表头在第 {table.head + 1} 行，下面有"
        self.told.setText(f"“{draft.book.name}”：{head} {rows} 行{inside}")
        self._show_sheets(glance)
        refusals = [f"{each}，不知道导入哪一列——请把不要的那一列改为“{LEFT_OUT}”" for each in glance.doubled]
        if glance.missing:
            refusals.append(f"还缺必填的列：{join(list(glance.missing))}——请在“导入为”里把它们指给对应的列")
        self.missing.setText("\n".join(refusals))
        self.missing.setVisible(bool(refusals))
        units = [note for note in table.notes if "单位是" in note]
        dropped = [f"“{'、'.join(table.dropped)}”是个人信息，本程序不保存，不导入"] if table.dropped else []
        self.notes.setText("\n".join([*glance.notes, *dropped, *units]))
        self.notes.setVisible(bool(self.notes.text()))
        clear(self._other_row)
        if glance.other:
            self._other_row.addWidget(label(f"这张表更像“{glance.other}”", "strong"))
            self._other_row.addWidget(link(f"改为导入到“{glance.other}”", partial(self._want, glance.other)))
            self._other_row.addStretch(1)
        self.other.setVisible(bool(glance.other))

    def _show_sheets(self, glance: Glance) -> None:
        """Offer the worksheets, those of one header first as all of them."""
        alike = len(glance.alike)
        every = [(f"全部 {alike} 张表（表头相同）", "")] if alike > 1 else []
        wanted = [*every, *((name, name) for name in glance.sheets)]
        if [(self.sheet.itemText(at), self.sheet.itemData(at)) for at in range(self.sheet.count())] != wanted:
            self.sheet.clear()
            for text, name in wanted:
                self.sheet.addItem(text, name)
        self.sheet.setCurrentIndex(self.sheet.findData(glance.main.sheet.name if len(glance.mains) == 1 else ""))
        self.sheet.setVisible(len(glance.sheets) > 1)

    def _want(self, title: str) -> None:
        self.ledger_wanted.emit(title)

    def _build(self, glance: Glance) -> None:
        clear(self._grid)
        self.choices.clear()
        self.badges.clear()
        for place, head in enumerate(_HEADS):
            self._grid.addWidget(label(head, "caption"), 0, place)
        own = [column for column in glance.main.layout.columns if not column.is_ignored]
        for row, heading in enumerate(glance.main.headings, 1):
            self._add_row(row, heading, own, glance)
        self._grid.setRowStretch(len(glance.main.headings) + 1, 1)

    def _add_row(self, row: int, heading: Heading, own: list[Column], glance: Glance) -> None:
        from ankang_desktop.exchange.layout import letter

        choice = FieldChoice()
        choice.setMaxVisibleItems(18)
        choice.addItem(LEFT_OUT, "")
        for column in own:
            choice.addItem(f"{column.label} *" if column.is_required else column.label, column.key)
        choice.setProperty("header", heading.text)
        choice.setAccessibleName(f"“{heading.text}”导入为")
        choice.setMinimumWidth(px(200))
        choice.activated.connect(self._correct(heading.text, choice))
        badge = Badge("")
        samples = label("", "soft", wrap=True)
        samples.setMinimumWidth(px(120))
        head = label(heading.text.replace("\n", ""), "strong", wrap=True)
        for place, part in enumerate((label(letter(heading.index), "caption"), head, samples, choice, badge)):
            self._grid.addWidget(part, row, place, Qt.AlignmentFlag.AlignVCenter)
        self.choices[heading.index], self.badges[heading.index] = choice, badge
        self.samples[heading.index] = samples

    def _correct(self, header: str, choice: FieldChoice) -> Callable[[int], None]:
        return lambda _: self.corrected.emit(header, str(choice.currentData()))

    def _show_guess(self, heading: Heading, glance: Glance) -> None:
        is_personal = heading.text in glance.main.dropped
        choice, badge = self.choices[heading.index], self.badges[heading.index]
        self.samples[heading.index].setText(" / ".join(_samples(glance, heading)))  # a day number told as what it means
        choice.setCurrentIndex(max(0, choice.findData(heading.column.key if heading.column else "")))
        choice.setEnabled(not is_personal)
        is_computed = heading.column is not None and heading.column.is_ignored
        if is_personal:
            badge.set_text(*_PERSONAL)
        elif is_computed:
            badge.set_text("程序自动计算", "")
        elif heading.how is None:
            badge.set_text(LEFT_OUT, "")
        else:
            badge.set_text(*_SURE[heading.how.name])


def _samples(glance: Glance, heading: Heading) -> list[str]:
    """Return a few different contents of a column."""
    from ankang_desktop.exchange.cells import dated, text_of

    rows = (row for table in glance.mains for row in table.sheet.rows[table.head + 1 : table.head + 60])
    found: dict[str, None] = {}
    for row in rows:
        cell = row[heading.index] if heading.index < len(row) else ""
        text = " ".join(text_of(dated(cell, heading.column.kind) if heading.column else cell).split())
        if text and text != "填写说明":
            found.setdefault(text[:16] + "…" if len(text) > 17 else text)
        if len(found) == _SAMPLES:
            break
    return list(found)

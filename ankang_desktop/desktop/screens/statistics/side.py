"""Beside the table: whether it agrees with the summary, what is not proven, what was frozen and what differs since."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ankang_desktop.actions.statistics import Sheet
from ankang_desktop.desktop.look import font, px
from ankang_desktop.desktop.session import Session
from ankang_desktop.desktop.widgets import Badge, button, card, clear, label, link
from ankang_desktop.scoring.agreement import Agreement
from ankang_desktop.scoring.differences import Difference
from ankang_desktop.scoring.references import Failing, Ref
from ankang_desktop.store.frozen import FrozenEntry

_SHOWN = 6  # of a list, before “全部”


class Side(QWidget):
    """Cards below each other; what they ask for is told by signals, records are opened by the session."""

    freeze_wanted = Signal()
    version_wanted = Signal(int)
    print_wanted = Signal(int)
    place_wanted = Signal(object)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self._cards = QVBoxLayout(self)
        self._cards.setContentsMargins(0, 0, px(4), 0)
        self._cards.setSpacing(px(12))

    def show_sheet(self, sheet: Sheet) -> None:
        """Show what belongs to a sheet."""
        clear(self._cards)
        parts = [] if sheet.frozen is None else [self._differences(sheet.differences)]
        parts += [self._agreements(sheet.agreements), self._unproven(sheet), self._versions(sheet)]
        for part in parts:
            self._cards.addWidget(part)
        self._cards.addStretch(1)

    # --- 与现在相差 --------------------------------------------------------------------------------------------

    def _differences(self, found: Sequence[Difference]) -> QFrame:
        told = [
            _shortened(link(f"{each.before} → {each.now}　{each.label}", partial(self._differing, each)))
            for each in found
        ]
        badge = Badge(f"{len(found)} 处" if found else "没有", "danger" if found else "good")
        return _titled("与现在相差", badge, *told)

    def _differing(self, each: Difference) -> None:
        self.place_wanted.emit(each.place)
        refs = [*((ref, "定稿后新增") for ref in each.came), *((ref, "定稿后没有了") for ref in each.went)]
        if refs:
            self._open(f"{each.label} 变动", refs)
        else:
            self.session.door.say(
                f"{each.label}：记录没有增减，是记录里的数字改了", "打开数字看它的记录和修改历史", "info"
            )

    # --- 与总结核对 --------------------------------------------------------------------------------------------

    def _agreements(self, found: Sequence[Agreement]) -> QFrame:
        differing = [each for each in found if not each.is_same]
        if not found:
            return _titled("与总结核对", Badge("还没有数字"))
        table = QWidget()
        grid = QGridLayout(table)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(px(12))
        grid.setVerticalSpacing(px(2))
        grid.setColumnStretch(0, 1)
        for column, text in enumerate(("", "总结", "本表")):
            grid.addWidget(label(text, "caption"), 0, column, Qt.AlignmentFlag.AlignRight)
        for row, each in enumerate(found, 1):
            self._agreement(grid, row, each)
        if not differing:
            return _titled("与总结核对", Badge("与总结一致 ✓", "good"), table)
        why = label("总结写全部活动，本表只写有栏目的；不同的项点开看是哪些记录没有列入。", "caption", wrap=True)
        return _titled("与总结核对", Badge(f"{len(differing)} 项不同", "warning"), why, table)

    def _agreement(self, grid: QGridLayout, row: int, each: Agreement) -> None:
        grid.addWidget(label(each.label, "body" if each.is_same else "warning", wrap=True), row, 0)
        summed = link(each.summary, partial(self._list, f"{each.label}：总结 {each.summary}", each.summed))
        summed.setAccessibleName(f"{each.label}：总结 {each.summary}，打开记录")
        if each.is_same:
            told = link(f"{each.table} ✓", partial(self._list, f"{each.label}：本表 {each.table}", each.listed))
            told.setAccessibleName(f"{each.label}：本表 {each.table}，与总结一致，打开记录")
        else:
            told = link(each.table, partial(self._explain, each))
            told.setAccessibleName(f"{each.label}：总结 {each.summary}，本表 {each.table}，打开不同的记录")
        for column, made in enumerate((summed, told), 1):
            grid.addWidget(made, row, column, Qt.AlignmentFlag.AlignRight)

    def _list(self, title: str, refs: Sequence[Ref]) -> None:
        self._open(title, [(ref, "") for ref in refs])

    def _explain(self, each: Agreement) -> None:
        refs = [*((ref, "没有列入本表") for ref in each.left_out), *((ref, "在本表双计") for ref in each.twice)]
        self._open(f"{each.label}：总结 {each.summary}，本表 {each.table}", refs)

    # --- 未留痕 ------------------------------------------------------------------------------------------------

    def _unproven(self, sheet: Sheet) -> QFrame:
        found: Sequence[Failing] = (sheet.now or sheet.filled).unproven
        if not found:
            return _titled("未留痕的记录", Badge("都有佐证", "good"))
        parts: list[QWidget] = []
        for each in found[:_SHOWN]:
            words = f"{each.ref.number} {each.ref.title}"
            parts.append(_shortened(link(words, partial(self.session.open_record, each.ref.number))))
            parts.append(label(each.why, "caption", wrap=True))
        if len(found) > _SHOWN:
            every = [(each.ref, f"{each.why}，{each.cure}") for each in found]
            parts.append(link(f"全部 {len(found)} 条", partial(self._open, "未留痕的记录", every)))
        return _titled("未留痕的记录", Badge(f"{len(found)} 条", "warning"), *parts)

    # --- 定稿 --------------------------------------------------------------------------------------------------

    def _versions(self, sheet: Sheet) -> QFrame:
        shown = sheet.frozen.id if sheet.frozen else 0
        parts: list[QWidget] = [self._version(each, is_shown=each.id == shown) for each in sheet.versions]
        if not shown:
            parts.insert(0, button("把现在的数字定稿(&F)", self.freeze_wanted.emit, name="lock"))
        return _titled("定稿", label("报出去的数字不再变", "caption"), *parts)

    def _version(self, each: FrozenEntry, *, is_shown: bool) -> QWidget:
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, px(4), 0, 0)
        column.setSpacing(0)
        column.addWidget(_shortened(link(each.title, partial(self.version_wanted.emit, each.id))))
        row = QHBoxLayout()
        row.setSpacing(px(8))
        said = "　正在看" if is_shown else ""
        row.addWidget(label(f"第{each.id}号　{each.frozen_at:%Y-%m-%d %H:%M}{said}", "caption"), 1)
        printing = link("打印", partial(self.print_wanted.emit, each.id))
        printing.setAccessibleName(f"打印定稿 {each.title}")
        row.addWidget(printing)
        column.addLayout(row)
        return made

    # --- inside ------------------------------------------------------------------------------------------------

    def _open(self, title: str, refs: Sequence[tuple[Ref, str]]) -> None:
        told = [
            {"number": ref.number, "title": ref.title, "day": ref.day, "place": ref.place, "note": note}
            for ref, note in refs
        ]
        self.session.open_records(title, told)


def _titled(title: str, beside: QWidget, *parts: QWidget) -> QFrame:
    row = QHBoxLayout()
    row.setSpacing(px(8))
    row.addWidget(label(title, "subtitle"))
    row.addStretch(1)
    row.addWidget(beside)
    return card(row, *parts, spacing=6)


def _shortened(opening: QPushButton) -> QPushButton:
    """Cut a long link rather than widen the card; the whole of it stands in its tool tip and accessible name."""
    text = opening.text()
    opening.setToolTip(text)
    opening.setText(QFontMetrics(font()).elidedText(text, Qt.TextElideMode.ElideRight, px(264)))
    return opening

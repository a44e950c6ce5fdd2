"""The left side of 迎检模式: the row's official words, its score, its units."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ankang_desktop.desktop.look import px
from ankang_desktop.desktop.screens.scorecard.inspection.large import large
from ankang_desktop.desktop.screens.scorecard.words import most_text, score_text
from ankang_desktop.desktop.widgets import clear, label, rule, scrolled
from ankang_desktop.kernel.numbers import points
from ankang_desktop.scoring.card import RowResult, SectionResult, Which

_SIZES = (21.0, 17.0, 14.0, 12.0)  # of the official words: the largest at which the whole row is in sight


class RowSide(QWidget):
    """A row as an inspector reads it; no reasons, no gaps, nothing to press."""

    def __init__(self) -> None:
        super().__init__()
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, px(8), 0)
        column.setSpacing(px(14))
        self.section, self.text = large(label("", "soft", wrap=True), 14), label("", wrap=True)
        self.score, self.most, self.whose = (
            large(label(""), 40, bold=True),
            large(label("", "soft"), 18),
            label("", "soft"),
        )
        large(self.whose, 14)
        column.addWidget(self.section)
        column.addWidget(self.text)
        column.addWidget(rule())
        row = QHBoxLayout()
        row.setSpacing(px(8))
        row.addWidget(self.score, 0, Qt.AlignmentFlag.AlignBottom)
        row.addWidget(self.most, 0, Qt.AlignmentFlag.AlignBottom)
        row.addStretch(1)
        row.addWidget(self.whose, 0, Qt.AlignmentFlag.AlignBottom)
        column.addLayout(row)
        self.units = QGridLayout()
        self.units.setHorizontalSpacing(px(12))
        self.units.setVerticalSpacing(px(8))
        self.units.setColumnStretch(0, 1)
        column.addLayout(self.units)
        column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        self._column = column
        self.area = scrolled(inside)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        whole.addWidget(self.area)

    def show_row(self, section: SectionResult, row: RowResult) -> None:
        """Show a row: 自评分 where every unit has one, else 建议分."""
        self.section.setText(
            f"第 {row.number} 行　{'*' if section.bonus else ''}{section.name}（{most_text(section.points)}分）"
        )
        self.text.setText(row.text)
        which = Which.self if row.sum(Which.self) is not None else Which.suggested
        self.score.setText(score_text(row.sum(which)))
        self.most.setText(f"/ {most_text(row.points)} 分")
        self.whose.setText(which.value)
        clear(self.units)
        for at, unit in enumerate(row.units):
            score = unit.score(which)
            told = "待确认" if score is None and unit.suggested is None else score_text(score)
            texts = (unit.name, f"{unit.used_count} 份材料", f"{told} / {most_text(unit.points)}")
            for place, text in enumerate(texts):
                made = large(label(text, "body" if place == 2 else "soft"), 14)
                self.units.addWidget(made, at, place)
        assessed = row.sum(Which.assessed)
        if assessed is not None:
            self.whose.setText(f"{which.value}　考核分 {points(assessed)}")
        self._fit()
        self.area.verticalScrollBar().setValue(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        room = self.area.maximumViewportSize()
        for size in _SIZES:
            large(self.text, size, bold=True)
            self._column.invalidate()
            if self._column.totalHeightForWidth(room.width()) <= room.height():
                return

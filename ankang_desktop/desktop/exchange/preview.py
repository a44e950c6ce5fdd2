"""The third step: what would become of every row, the bad cells to be mended on the spot."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QListView, QPushButton, QSplitter, QVBoxLayout, QWidget

from ankang_desktop.desktop.exchange.model import PlanModel
from ankang_desktop.desktop.exchange.people import StrangersCard
from ankang_desktop.desktop.exchange.points import (
    ADVICE,
    FAULTS,
    NOTES,
    POINT,
    Point,
    PointDelegate,
    PointsModel,
    count_of,
    points_of,
)
from ankang_desktop.desktop.exchange.table import PlanView
from ankang_desktop.desktop.look import px
from ankang_desktop.desktop.session import Session
from ankang_desktop.desktop.widgets import button, label, segments

if TYPE_CHECKING:
    from ankang_desktop.desktop.exchange.draft import Draft
    from ankang_desktop.exchange.incoming import Plan
    from ankang_desktop.exchange.mending import Place
    from ankang_desktop.exchange.planning import State

_CLEARED = "注意：表里的空单元格会清空已填的 {} 项（标作“→ （空）”）；不想清空，就回上一步把那一列设为“不导入”"
_KINDS = {FAULTS: "问题", ADVICE: "提示", NOTES: "说明"}


class PreviewStep(QWidget):
    """The rows and what is said of them; `mended` carries a cell and its new text, `renamed` a stranger and a name."""

    mended = Signal(object, str)
    renamed = Signal(object, str)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.plan: Plan | None = None
        self.state: State | None = None
        self.model = PlanModel(self)
        self.model.mended.connect(self.mended)
        self.view = PlanView(self.model)
        self.points = PointsModel(self)
        self.list = QListView()
        self.list.setModel(self.points)
        self.list.setItemDelegate(PointDelegate(self.list))
        self.list.setAccessibleName("问题清单")
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setLayoutMode(QListView.LayoutMode.Batched)  # a thousand wrapped sentences are measured bit by bit
        self.list.selectionModel().currentChanged.connect(self._point_chosen)
        self.strangers = StrangersCard(session)
        self.strangers.renamed.connect(self.renamed)
        self.kinds = segments(tuple(_KINDS.values()), FAULTS, self._show_kind)
        self.kind = FAULTS
        self._numbers = dict.fromkeys(_KINDS, 0)
        self.cleared = label("", "warning", wrap=True)
        self.busy = label("", "soft")
        self.counts: dict[str, QPushButton] = {}
        self._counts_row = QHBoxLayout()
        self.cell = QLineEdit()
        self.cell.setAccessibleName("改正这一格")
        self.cell.returnPressed.connect(self._mend_point)
        self.fixing = button("改正(&G)", self._mend_point)
        self._lay_out()
        for key, by in (("F8", 1), ("Shift+F8", -1)):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
            shortcut.activated.connect(partial(self.next_fault, by))

    # --- showing ---------------------------------------------------------------------------------------------------

    def show_draft(self, draft: Draft) -> None:
        """Show the plan of a draft; where the person stood before, he stands again."""
        plan = draft.plan
        if plan is None:
            return
        is_new = self.plan is None or self.plan.book.name != plan.book.name
        here, scrolled = self.view.currentIndex(), self.view.verticalScrollBar().value()
        point = self.list.currentIndex().row()
        self.plan = plan
        self._numbers = {kind: count_of(plan, kind) for kind in _KINDS}
        if self.state is not None and not plan.counts[self.state]:
            self.state = None
        self._show_counts(plan)
        self.model.show_plan(plan, self.state)
        self.strangers.show_strangers(plan.strangers)
        self.cleared.setText(_CLEARED.format(plan.cleared))
        self.cleared.setVisible(bool(plan.cleared))
        if is_new:
            self.view.spread()
            self._show_kind(next((kind for kind in _KINDS if self._numbers[kind]), FAULTS))
        else:
            self._show_kind(self.kind, keep=point)
            self.view.setCurrentIndex(self.model.index(here.row(), here.column()))
            self.view.verticalScrollBar().setValue(scrolled)

    def show_waiting(self, draft: Draft) -> None:
        """Show the cells written over while the plan is worked out anew."""
        self.model.show_waiting(draft.cells)

    def set_busy(self, text: str) -> None:
        """Say what is being worked out."""
        self.busy.setText(text)

    def show_state(self, state: State | None) -> None:
        """Show the rows of one state, all with None."""
        self.state = state
        self.model.show_plan(self.plan, state)
        for key, each in self.counts.items():
            each.setChecked(key == (state.name if state else ""))

    def next_fault(self, by: int = 1) -> None:
        """Go to the next (or the one before) wrong cell."""
        if self.kind != FAULTS:
            self._show_kind(FAULTS)
        count = self.points.rowCount()
        if count:
            row = self.list.currentIndex().row()
            self.list.setCurrentIndex(self.points.index((row + by) % count if row >= 0 else 0))

    # --- inside ----------------------------------------------------------------------------------------------------

    def _show_counts(self, plan: Plan) -> None:
        from ankang_desktop.exchange.planning import State

        if not self.counts:
            states: list[State | None] = [None, *State]
            for state in states:
                made = button("", partial(self.show_state, state), kind="quiet")
                made.setCheckable(True)
                self.counts[state.name if state else ""] = made
                self._counts_row.insertWidget(len(self.counts) - 1, made)
        self.counts[""].setText(f"全部 {len(plan.rows)}")
        for state, count in plan.counts.items():
            self.counts[state.name].setText(f"{state.value} {count}")
            self.counts[state.name].setEnabled(bool(count))
        for key, each in self.counts.items():
            each.setChecked(key == (self.state.name if self.state else ""))

    def _show_kind(self, kind: int, keep: int = -1) -> None:
        self.kind = kind
        if self.plan is None:
            return
        group = self.kinds.buttons  # type: ignore[attr-defined]
        for each, name in _KINDS.items():
            found = self._numbers[each]
            group.button(each).setText(f"{name} {found}" if found else name)
        group.button(kind).setChecked(True)
        self.points.show_points(points_of(self.plan, kind))
        self._edit(None)
        if keep >= 0 and self.points.rowCount():
            self.list.setCurrentIndex(self.points.index(min(keep, self.points.rowCount() - 1)))

    def _point_chosen(self, index: QModelIndex, _: QModelIndex) -> None:
        point: Point | None = index.data(POINT) if index.isValid() else None
        self._edit(point)
        if point is None or point.planned < 0 or point.fault is None or self.plan is None:
            return
        if self.state is not None and self.plan.rows[point.planned].state is not self.state:
            self.show_state(None)
        at = self.model.index_of(point.planned, point.fault.column)
        if at.isValid():
            self.view.setCurrentIndex(at)
            self.view.scrollTo(at, PlanView.ScrollHint.PositionAtCenter)

    def _edit(self, point: Point | None) -> None:
        """Offer the cell of a point for mending."""
        from ankang_desktop.exchange.mending import cell_text

        place = self.place_of(point)
        for part in (self.cell, self.fixing):
            part.setEnabled(place is not None)
        self.cell.setText(cell_text(self.plan.book, place) if place and self.plan else "")
        self.cell.setPlaceholderText("这里改正选中的那一格，回车即重新核对" if place is None else "")

    def place_of(self, point: Point | None) -> Place | None:
        """Return the cell a point is about; None where it has none to mend."""
        from ankang_desktop.exchange.layout import index_of

        fault = point.fault if point else None
        if fault is None or not fault.column:
            return None
        return fault.sheet, fault.row, index_of(fault.column)

    def _mend_point(self) -> None:
        index = self.list.currentIndex()
        place = self.place_of(index.data(POINT) if index.isValid() else None)
        if place is not None:
            self.mended.emit(place, self.cell.text())

    def _lay_out(self) -> None:
        side = QWidget()
        below = QVBoxLayout(side)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(px(8))
        below.addWidget(self.strangers)
        below.addWidget(self.kinds)
        below.addWidget(self.list, 1)
        mending = QHBoxLayout()
        mending.setSpacing(px(8))
        mending.addWidget(self.cell, 1)
        mending.addWidget(self.fixing)
        below.addLayout(mending)
        below.addWidget(label("F8 下一个问题，Shift+F8 上一个；左边的格子也可以直接改", "caption", wrap=True))
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.addWidget(self.view)
        self.splitter.addWidget(side)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setHandleWidth(px(12))
        self._counts_row.setSpacing(px(8))
        self._counts_row.addStretch(1)
        self._counts_row.addWidget(self.busy)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        column.addLayout(self._counts_row)
        column.addWidget(self.cleared)
        column.addWidget(self.splitter, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        side = max(px(280), min(px(380), self.width() // 3))
        self.splitter.setSizes([self.width() - side, side])

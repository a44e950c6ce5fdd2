"""The filter bar: a chip for each condition, a small panel by kind to set it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QVBoxLayout,
    QWidget,
)

from ankang_desktop.actions import choosing
from ankang_desktop.declare.fields import Field
from ankang_desktop.declare.kinds import Choice, Code, Day, Link, Misread, Tags
from ankang_desktop.declare.ledger import Ledger
from ankang_desktop.desktop.form.editors import LinksEditor, editor_for
from ankang_desktop.desktop.form.editors.base import NOBODY
from ankang_desktop.desktop.look import px
from ankang_desktop.desktop.session import Session
from ankang_desktop.desktop.widgets import FlowLayout, button, clear, hang, icon_button, label
from ankang_desktop.desktop.widgets.dialog import Dialog
from ankang_desktop.kernel.text import join
from ankang_desktop.store.query import may_lack
from ankang_desktop.store.sieve import ONLY, PROOF, Condition

_MOST_OPTIONS = 20  # offered to tick; of more it is asked for some words
_HOWS = {"text": "has", "code": "any", "choice": "any", "tags": "any", "link": "any", "yes_no": "any"}


class FilterBar(QWidget):
    """Chips of the conditions in force; `changed` tells that they are others now."""

    changed = Signal()

    def __init__(self, session: Session, ledger: Ledger) -> None:
        super().__init__()
        self.session, self.ledger = session, ledger
        self.conditions: list[Condition] = []
        self._flow = FlowLayout(self, px(8))
        self.adder = button("筛选", name="filter")
        hang(self.adder, self._menu())
        self._clear = button("全部清除", self.clear_all, kind="quiet")
        self._show()

    def set_conditions(self, conditions: list[Condition]) -> None:
        """Put conditions in force."""
        self.conditions = conditions
        self._show()
        self.changed.emit()

    def put(self, condition: Condition) -> None:
        """Put one condition in force, in place of the one on the same field."""
        self.set_conditions([*(each for each in self.conditions if each.key != condition.key), condition])

    def drop(self, key: str) -> None:
        """Take the condition on a field away."""
        self.set_conditions([each for each in self.conditions if each.key != key])

    def clear_all(self) -> None:
        """Take every condition away."""
        self.set_conditions([])

    def ask(self, key: str) -> None:
        """Open the small panel that sets a field's condition."""
        known = next((each for each in self.conditions if each.key == key), None)
        panel = ConditionPanel(self.session, self.ledger, key, known, self)
        panel.taken.connect(self.put)
        panel.dropped.connect(partial(self.drop, key))
        panel.move(self.mapToGlobal(QPoint(0, self.height() + 2)))
        panel.show()

    def sentence(self) -> str:
        """Return the conditions in words, for a printed register."""
        return "；".join(words_of(self.session, self.ledger, each) for each in self.conditions)

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        if may_lack(self.ledger):
            menu.addAction("材料齐全").triggered.connect(lambda _=False: self.put(Condition(PROOF, "any", True)))
            menu.addAction("缺材料").triggered.connect(lambda _=False: self.put(Condition(PROOF, "any", False)))
            menu.addSeparator()
        for title, fields in self.ledger.arranged():
            part = menu.addMenu(title) if len(self.ledger.fields) > 16 else menu
            for each in fields:
                part.addAction(each.label).triggered.connect(partial(self._chosen, each.key))
        return menu

    def _chosen(self, key: str, _: bool = False) -> None:  # noqa: FBT001, FBT002 - Qt's own shape
        self.ask(key)

    def _show(self) -> None:
        for part in (self.adder, self._clear):
            self._flow.removeWidget(part)
        clear(self._flow)
        self._flow.addWidget(self.adder)
        for each in self.conditions:
            self._flow.addWidget(self._chip(each))
        self._flow.addWidget(self._clear)
        self._clear.setVisible(len(self.conditions) > 1)
        self.updateGeometry()

    def _chip(self, condition: Condition) -> QWidget:
        words = words_of(self.session, self.ledger, condition)
        chip = QFrame()
        row = QHBoxLayout(chip)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        action: Callable[[], object] = partial(self.ask, condition.key)
        if condition.key == PROOF:
            action = partial(self.put, Condition(PROOF, "any", not condition.value))
        if condition.key == ONLY:
            action = partial(self.drop, ONLY)
        row.addWidget(button(words, action, kind="chip"))
        row.addWidget(icon_button("x", f"去掉“{words}”", partial(self.drop, condition.key), size=14))
        return chip


def words_of(session: Session, ledger: Ledger, condition: Condition) -> str:
    """Return a condition in words: “等级：重大”, “发现日期：2026-06-01 至 2026-06-30”."""
    if condition.key == PROOF:
        return "材料齐全" if condition.value else "缺材料"
    if condition.key == ONLY:
        return f"所列的 {len(condition.value)} 条"
    field = ledger.fields[condition.key]
    if condition.how in {"blank", "filled"}:
        return f"{field.label}：{'未填' if condition.how == 'blank' else '已填'}"
    return f"{field.label}：{_value_words(session, field, condition)}"


def _value_words(session: Session, field: Field, condition: Condition) -> str:
    value, kind = condition.value, field.kind
    if condition.how == "has":
        return f"含“{value}”"
    if condition.how == "between":
        shown = Day() if kind.name == "moment" else kind  # a time is asked for by its day
        least, most = ("" if each is None else shown.show(each, NOBODY) for each in value)
        return f"{least} 至 {most}" if least and most else f"{least} 起" if least else f"{most} 止"
    if isinstance(kind, Link):
        return join(list(choosing.called(session.app, kind.ledger, value).values()), 3)
    if isinstance(kind, Code):
        called = session.app.code_names(kind.of)
        return join([called.get(each, each) for each in value], 3)
    if isinstance(kind, Choice | Tags):
        return join([each.value for each in value], 3)
    return join([kind.show(each, NOBODY) for each in value], 3)


@dataclass(frozen=True)
class Span:
    """A period by a name."""

    name: str
    start: date
    end: date


def spans(today: date) -> list[Span]:
    """Return the periods officers ask for, as of a day."""
    first = today.replace(day=1)
    quarter = date(today.year, (today.month - 1) // 3 * 3 + 1, 1)
    last_month = (first - timedelta(days=1)).replace(day=1)
    return [
        Span("本月", first, _end_of_month(first)),
        Span("上月", last_month, first - timedelta(days=1)),
        Span("本季", quarter, _end_of_month(quarter.replace(month=quarter.month + 2))),
        Span("近30天", today - timedelta(days=29), today),
        Span("6月安全生产月", date(today.year, 6, 1), date(today.year, 6, 30)),
        Span("本年", date(today.year, 1, 1), date(today.year, 12, 31)),
    ]


def _end_of_month(first: date) -> date:
    after = first.replace(year=first.year + first.month // 12, month=first.month % 12 + 1)
    return after - timedelta(days=1)


class ConditionPanel(Dialog):
    """A small panel by the kind of field; Enter takes what is set."""

    taken = Signal(object)
    dropped = Signal()

    def __init__(self, session: Session, ledger: Ledger, key: str, known: Condition | None, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("popup", "true")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.session, self.field = session, ledger.fields[key]
        self.setAccessibleName(f"筛选{self.field.label}")
        column = QVBoxLayout(self)
        column.setContentsMargins(px(12), px(10), px(12), px(10))
        column.setSpacing(px(8))
        column.addWidget(label(self.field.label, "strong"))
        self._value: Callable[[], Any]
        kind = self.field.kind
        self._how = _HOWS.get(kind.name, "between")
        if isinstance(kind, Code):
            self._value = self._called(column, session.app.code_names(kind.of), known)
        elif isinstance(kind, Choice | Tags):
            self._value = self._options(column, [(each.value, each) for each in kind.options], known)
        elif kind.name == "yes_no":
            self._value = self._options(column, [("是", True), ("否", False)], known)
        elif isinstance(kind, Link):
            self._value = self._links(column, known)
        elif kind.name == "text":
            self._value = self._words(column, known)
        else:
            self._value = self._between(column, known)
        self.problem = label("", "problem", wrap=True)
        self.problem.hide()
        column.addWidget(self.problem)
        tools = QHBoxLayout()
        for words, how in (("未填", "blank"), ("已填", "filled")):
            tools.addWidget(button(words, partial(self._take, Condition(key, how)), kind="quiet"))
        tools.addStretch(1)
        accept = button("确定", self.accept_value, kind="primary")
        tools.addWidget(accept)
        column.addLayout(tools)

    def accept_value(self) -> None:
        """Take what is set; nothing set takes the condition away, what cannot be read is said."""
        try:
            value = self._value()
        except Misread as misread:
            self.problem.setText(str(misread))
            self.problem.show()
            return
        if value in (None, (), "", (None, None)):
            self.dropped.emit()
            self.close()
        else:
            self._take(Condition(self.field.key, self._how, value))

    def _take(self, condition: Condition) -> None:
        self.taken.emit(condition)
        self.close()

    def _options(
        self, column: QVBoxLayout, options: list[tuple[str, Any]], known: Condition | None
    ) -> Callable[[], Any]:
        chosen = known.value if known and known.how == "any" else ()
        grid, boxes = QGridLayout(), []
        for place, (text, value) in enumerate(options):
            box = QCheckBox(text)
            box.setChecked(value in chosen)
            boxes.append((box, value))
            grid.addWidget(box, place % 10, place // 10)
        column.addLayout(grid)
        boxes[0][0].setFocus()
        return lambda: tuple(value for box, value in boxes if box.isChecked())

    def _links(self, column: QVBoxLayout, known: Condition | None) -> Callable[[], Any]:
        editor = LinksEditor(self.field, self.session)
        editor.set_value(known.value if known and known.how == "any" else [])
        editor.setMinimumWidth(px(280))
        column.addWidget(editor)
        editor.main.setFocus()
        return lambda: tuple(editor.value())

    def _called(self, column: QVBoxLayout, called: Mapping[str, str], known: Condition | None) -> Callable[[], Any]:
        """Ask for what is kept by its code and known by its name: all of them to tick, or words of the names."""
        if len(called) <= _MOST_OPTIONS:
            return self._options(column, [(name, code) for code, name in called.items()], known)
        words = self._words(column, None)

        def codes() -> tuple[str, ...]:
            wanted = words().split()
            found = tuple(code for code, name in called.items() if all(each in f"{code} {name}" for each in wanted))
            if wanted and not found:
                raise Misread(f"没有名称含“{' '.join(wanted)}”的，请换几个字再找")
            return found if wanted else ()

        return codes

    def _words(self, column: QVBoxLayout, known: Condition | None) -> Callable[[], Any]:
        line = QLineEdit(known.value if known and known.how == "has" else "")
        line.setPlaceholderText("含有这些字")
        line.setMinimumWidth(px(240))
        line.returnPressed.connect(self.accept_value)
        column.addWidget(line)
        line.setFocus()
        return lambda: line.text().strip()

    def _between(self, column: QVBoxLayout, known: Condition | None) -> Callable[[], Any]:
        is_day = self.field.kind.name in {"day", "moment", "month"}
        editors = [editor_for(self.field, self.session) for _ in range(2)]
        for editor, value in zip(
            editors, known.value if known and known.how == "between" else (None, None), strict=True
        ):
            editor.set_value(value)
        if is_day:
            presets = QGridLayout()
            for place, span in enumerate(spans(self.session.app.clock.today())):
                take = partial(self._take, Condition(self.field.key, "between", (span.start, span.end)))
                presets.addWidget(button(span.name, take), place // 3, place % 3)
            column.addLayout(presets)
        row = QHBoxLayout()
        row.addWidget(editors[0], 1)
        row.addWidget(label("至"))
        row.addWidget(editors[1], 1)
        column.addLayout(row)
        editors[0].main.setFocus()
        return lambda: _in_order(*(_as_day(each.value()) for each in editors))


def _as_day(value: Any) -> Any:
    return value.date() if hasattr(value, "hour") else value


def _in_order(least: Any, most: Any) -> tuple[Any, Any]:
    """Return the ends of a range the right way round: from 90 to 50 is meant as from 50 to 90."""
    return (most, least) if least is not None and most is not None and most < least else (least, most)

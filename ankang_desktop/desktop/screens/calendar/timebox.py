"""When a duty is due, chosen in the officer's words: a window, a deadline, monthly by a day, quarterly, at any time."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from ankang_desktop.declare.kinds import Misread
from ankang_desktop.desktop.form.editors.choices import CalmComboBox
from ankang_desktop.desktop.look import px
from ankang_desktop.desktop.session import Session
from ankang_desktop.desktop.widgets import label
from ankang_desktop.kernel.errors import UserError
from ankang_desktop.programme.proposing import describe
from ankang_desktop.programme.windows import Kind, parse_when

_KINDS = (Kind.WINDOW, Kind.DEADLINE, Kind.MONTH, Kind.QUARTER, Kind.EVENT)
_WORDS = {
    Kind.WINDOW: "每年的时段",
    Kind.DEADLINE: "每年的期限",
    Kind.MONTH: "每月",
    Kind.QUARTER: "每季度",
    Kind.EVENT: "随时",
}


class TimeBox(QWidget):
    """A when-code as three small editors; several windows in one code are kept until a day is changed."""

    def __init__(self, code: str, session: Session) -> None:
        super().__init__()
        self._code = code
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(4))
        self.kind = CalmComboBox()
        self.kind.setAccessibleName("怎样算到期")
        self.kind.addItems([_WORDS[each] for each in _KINDS])
        row.addWidget(self.kind)
        self.first = (_number("自几月", 12), _number("自几日", 31))
        self.last = (_number("至几月", 12), _number("至几日", 31))
        self._parts: list[QWidget] = []
        for (month, day), after in ((self.first, "至"), (self.last, "")):
            for each, words in ((month, "月"), (day, "日")):
                row.addWidget(each)
                mark = label(words)
                row.addWidget(mark)
                self._parts += [each, mark]
            if after:
                self._to = label(after)
                row.addWidget(self._to)
        self._before = label("前")
        row.addWidget(self._before)
        self._fill(code)
        for each in (*self.first, *self.last):
            each.textEdited.connect(lambda _: self._changed())
        self.kind.currentIndexChanged.connect(lambda _: self._changed())

    def code(self) -> str:
        """Return the when-code; raises Misread for a day no month has."""
        if self._code:
            return self._code
        kind = _KINDS[self.kind.currentIndex()]
        code = self._code_of(kind)
        try:
            parse_when(code)
        except UserError as error:
            raise Misread(f"没有这一天：{code.partition(':')[2]}，请改正月和日") from error
        return code

    def _code_of(self, kind: Kind) -> str:
        if kind is Kind.MONTH:
            return f"M:{_value(self.last[1])}"
        if kind in {Kind.WINDOW, Kind.DEADLINE}:
            last = _month_day(*self.last)
            return f"D:{last}" if kind is Kind.DEADLINE else f"Y:{_month_day(*self.first)}..{last}"
        return "Q" if kind is Kind.QUARTER else "EV"

    def _fill(self, code: str) -> None:
        when = parse_when(code)
        self.kind.setCurrentIndex(_KINDS.index(when.kind) if when.kind in _KINDS else 0)
        if when.days:
            begin, end = when.days[0][0], when.days[-1][1]
            for editors, day in ((self.first, begin), (self.last, end)):
                editors[0].setText(str(day.month))
                editors[1].setText(str(day.day))
        if when.kind is Kind.MONTH:
            self.last[1].setText(str(when.day or 31))
        self.setToolTip(describe(code))
        self._show_kind()

    def _changed(self) -> None:
        self._code = ""
        self._show_kind()

    def _show_kind(self) -> None:
        kind = _KINDS[self.kind.currentIndex()]
        shown = {Kind.WINDOW: range(8), Kind.DEADLINE: range(4, 8), Kind.MONTH: range(6, 8)}.get(kind, range(0))
        for at, part in enumerate(self._parts):
            part.setVisible(at in shown)
        self._to.setVisible(kind is Kind.WINDOW)
        self._before.setVisible(kind in {Kind.DEADLINE, Kind.MONTH})


def _number(name: str, most: int) -> QLineEdit:
    made = QLineEdit()
    made.setValidator(QIntValidator(1, most, made))
    made.setMaxLength(2)
    made.setAlignment(Qt.AlignmentFlag.AlignCenter)
    made.setFixedWidth(px(42))
    made.setAccessibleName(name)
    return made


def _month_day(month: QLineEdit, day: QLineEdit) -> str:
    return f"{_value(month):02d}-{_value(day):02d}"


def _value(editor: QLineEdit) -> int:
    if not editor.hasAcceptableInput():
        raise Misread(f"请填“{editor.accessibleName()}”")
    return int(editor.text())

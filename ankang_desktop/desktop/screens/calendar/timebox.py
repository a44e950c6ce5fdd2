"""When a duty is due, chosen in the officer's words: each year, once in a year written, monthly, at any time."""

from __future__ import annotations

from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class _Choice:
    """A way of falling due: its words, and whether the years are written because it falls due only once."""

    words: str
    kind: Kind
    is_once: bool = False


_CHOICES = (
    _Choice("每年的时段", Kind.WINDOW),
    _Choice("每年的期限", Kind.DEADLINE),
    _Choice("一次的时段", Kind.WINDOW, is_once=True),
    _Choice("一次的期限", Kind.DEADLINE, is_once=True),
    _Choice("每周", Kind.WEEK),
    _Choice("每月", Kind.MONTH),
    _Choice("每季度", Kind.QUARTER),
    _Choice("随时", Kind.EVENT),
)
_FIXED = {Kind.WEEK: "W", Kind.QUARTER: "Q", Kind.EVENT: "EV"}
_YEARS = (2000, 2100)


class TimeBox(QWidget):
    """A when-code as three small editors; several windows in one code are kept until a day is changed."""

    def __init__(self, code: str, session: Session) -> None:
        super().__init__()
        self._code, self._year = code, session.year
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(4))
        self.kind = CalmComboBox()
        self.kind.setAccessibleName("怎样算到期")
        self.kind.addItems([each.words for each in _CHOICES])
        row.addWidget(self.kind)
        self.first = (_number("自几月", 1, 12), _number("自几日", 1, 31))
        self.last = (_number("至几月", 1, 12), _number("至几日", 1, 31))
        self.years = (_number("自哪年", *_YEARS), _number("至哪年", *_YEARS))
        self._parts: list[tuple[str, QWidget]] = []
        for place, year, (month, day), after in (
            ("first", self.years[0], self.first, "至"),
            ("last", self.years[1], self.last, ""),
        ):
            for each, words in ((year, "年"), (month, "月"), (day, "日")):
                row.addWidget(each)
                mark = label(words)
                row.addWidget(mark)
                self._parts += [(f"{place}{words}", each), (f"{place}{words}", mark)]
            if after:
                self._to = label(after)
                row.addWidget(self._to)
        self._before = label("前")
        row.addWidget(self._before)
        self._fill(code)
        for each in (*self.years, *self.first, *self.last):
            each.textEdited.connect(lambda _: self._changed())
        self.kind.currentIndexChanged.connect(lambda _: self._changed())

    def code(self) -> str:
        """Return the when-code; raises Misread for a day no month has."""
        if self._code:
            return self._code
        code = self._code_of(_CHOICES[self.kind.currentIndex()])
        try:
            parse_when(code)
        except UserError as error:
            raise Misread(f"没有这样的日子：{code.partition(':')[2]}，请改正年月日") from error
        return code

    def _code_of(self, choice: _Choice) -> str:
        if choice.kind is Kind.MONTH:
            return f"M:{_value(self.last[1])}"
        if choice.kind in _FIXED:
            return _FIXED[choice.kind]
        last = self._day(1, is_dated=choice.is_once)
        return f"D:{last}" if choice.kind is Kind.DEADLINE else f"Y:{self._day(0, is_dated=choice.is_once)}..{last}"

    def _day(self, at: int, *, is_dated: bool) -> str:
        month, day = (self.first, self.last)[at]
        year = f"{_value(self.years[at])}-" if is_dated else ""
        return f"{year}{_value(month):02d}-{_value(day):02d}"

    def _fill(self, code: str) -> None:
        when = parse_when(code)
        ways = [(each.kind, each.is_once) for each in _CHOICES]
        way = (when.kind, when.is_once)
        self.kind.setCurrentIndex(ways.index(way) if way in ways else 0)
        if when.days:
            begin, end = when.days[0][0], when.days[-1][1]
            for year, editors, day in zip(self.years, (self.first, self.last), (begin, end), strict=True):
                year.setText(str(day.year or self._year))
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
        choice = _CHOICES[self.kind.currentIndex()]
        kind, shown = choice.kind, set[str]()
        if kind is Kind.MONTH:
            shown = {"last日"}
        elif kind not in _FIXED:
            places = ("first", "last") if kind is Kind.WINDOW else ("last",)
            shown = {f"{place}{words}" for place in places for words in ("年月日" if choice.is_once else "月日")}
        for name, part in self._parts:
            part.setVisible(name in shown)
        self._to.setVisible(kind is Kind.WINDOW)
        self._before.setVisible(kind in {Kind.DEADLINE, Kind.MONTH})


def _number(name: str, least: int, most: int) -> QLineEdit:
    made = QLineEdit()
    made.setValidator(QIntValidator(least, most, made))
    made.setMaxLength(len(str(most)))
    made.setAlignment(Qt.AlignmentFlag.AlignCenter)
    made.setFixedWidth(px(22 + 10 * len(str(most))))
    made.setAccessibleName(name)
    return made


def _value(editor: QLineEdit) -> int:
    if not editor.hasAcceptableInput():
        raise Misread(f"请填“{editor.accessibleName()}”")
    return int(editor.text())

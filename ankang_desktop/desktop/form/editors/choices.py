"""Closed lists: one of them, several of them, yes or no."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QDialog,
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ankang_desktop.declare.fields import Field
from ankang_desktop.declare.kinds import Choice, Tags
from ankang_desktop.declare.options import Options
from ankang_desktop.desktop.form.editors.base import Editor
from ankang_desktop.desktop.look import font, pixmap, px, restyle
from ankang_desktop.desktop.session import Session
from ankang_desktop.desktop.widgets import FlowLayout, button, label
from ankang_desktop.kernel.text import initials

_FEW = 8  # options shown as check boxes rather than behind a list


class ChoiceEditor(Editor):
    """One of a list; typing pinyin initials finds an option."""

    def __init__(self, field: Field, session: Session) -> None:
        super().__init__(field, session)
        self.options = _options(field)
        self.box = CalmComboBox()
        self.box.addItem("", None)
        for option in self.options:
            self.box.addItem(option.value)
        self.box.currentIndexChanged.connect(lambda _: self.changed.emit())
        widest = max((QFontMetrics(font()).horizontalAdvance(each.value) for each in self.options), default=0)
        self.box.setMaximumWidth(max(px(160), widest + px(52)))
        self.take_main(self.box)
        self.row.addWidget(self.box, 1)
        self.row.addStretch()

    def value(self) -> Any:
        row = self.box.currentIndex()
        return self.options[row - 1] if row > 0 else None

    def set_value(self, value: Any) -> None:
        self.box.blockSignals(True)
        self.box.setCurrentIndex(self.options.index(value) + 1 if value in self.options else 0)
        self.box.blockSignals(False)

    def raw(self) -> str:
        value = self.value()
        return value.name if value else ""

    def set_raw(self, raw: Any) -> None:
        self.set_value(next((each for each in self.options if each.name == raw), None))


class CalmComboBox(QComboBox):
    """A list that the mouse wheel does not change while a form is scrolled; letters find by pinyin initials."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(6)
        self.setMaxVisibleItems(16)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        letter = event.text().lower()
        if letter.isascii() and letter.isalpha() and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            rows = [row for row in range(self.count()) if initials(self.itemText(row)).startswith(letter)]
            after = [row for row in rows if row > self.currentIndex()]
            if rows:
                self.setCurrentIndex((after or rows)[0])
            return
        super().keyPressEvent(event)


class TagsEditor(Editor):
    """Several of a list: check boxes where they are few, else a line that opens a list to tick."""

    def __init__(self, field: Field, session: Session) -> None:
        super().__init__(field, session)
        self.options = _options(field)
        self._chosen: list[Options] = []
        self.boxes: list[QCheckBox] = []
        if len(self.options) <= _FEW:
            inside = QWidget()
            flow = FlowLayout(inside, px(12))
            for option in self.options:
                box = QCheckBox(option.value)
                box.toggled.connect(partial(self._toggled, option))
                self.boxes.append(box)
                flow.addWidget(box)
            self.take_main(inside)
            if self.boxes:
                inside.setFocusProxy(self.boxes[0])
        else:
            self.take_main(_TagsLine(self))
        self.row.addWidget(self.main, 1)

    def value(self) -> Any:
        return tuple(each for each in self.options if each in self._chosen) or None

    def set_value(self, value: Any) -> None:
        self._chosen = list(value or ())
        for option, box in zip(self.options, self.boxes, strict=False):
            box.blockSignals(True)
            box.setChecked(option in self._chosen)
            box.blockSignals(False)
        if isinstance(self.main, _TagsLine):
            self.main.show_words([each.value for each in self.value() or ()])

    def raw(self) -> list[str]:
        return [each.name for each in self.value() or ()]

    def set_raw(self, raw: Any) -> None:
        self.set_value(tuple(each for each in self.options if each.name in raw))

    def choose(self, option: Options, *, is_chosen: bool) -> None:
        """Tick or untick an option as the person does."""
        self._toggled(option, is_chosen)

    def _toggled(self, option: Options, is_chosen: bool) -> None:  # noqa: FBT001 - Qt's own shape
        chosen = [each for each in self._chosen if each is not option] + ([option] if is_chosen else [])
        self.set_value(chosen)
        self.changed.emit()


class _TagsLine(QFrame):
    """The ticked words in a flow; a click, Space or Down opens the list."""

    opened = Signal()

    def __init__(self, editor: TagsEditor) -> None:
        super().__init__()
        self._editor = editor
        self.setProperty("editor", "true")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setMinimumHeight(px(32))
        row = QHBoxLayout(self)
        row.setContentsMargins(px(8), px(4), px(8), px(4))
        self._told = label("", wrap=True)
        row.addWidget(self._told, 1)
        sign = label()
        sign.setPixmap(pixmap("chevron-down", px(14), "soft", self.devicePixelRatioF()))
        row.addWidget(sign)
        self.show_words([])

    def show_words(self, words: list[str]) -> None:
        """Write the ticked words."""
        self._told.setText("、".join(words) or "点击选择…")
        restyle(self._told, "role", "body" if words else "caption")

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.open_list()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Space, Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_F4}:
            self.open_list()
        else:
            super().keyPressEvent(event)

    def open_list(self) -> None:
        """Show the list to tick under the line."""
        popup = _TagsList(self._editor, self)
        popup.move(self.mapToGlobal(QPoint(0, self.height() + 2)))
        popup.show()


class _TagsList(QDialog):
    """The list to tick."""

    def __init__(self, editor: TagsEditor, line: QWidget) -> None:
        super().__init__(line, Qt.WindowType.Popup)
        self.setProperty("popup", "true")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.list = QListWidget()
        chosen = editor.value() or ()
        for option in editor.options:
            item = QListWidgetItem(option.value)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if option in chosen else Qt.CheckState.Unchecked)
            self.list.addItem(item)
        self.list.itemChanged.connect(
            lambda item: editor.choose(
                editor.options[self.list.row(item)], is_chosen=item.checkState() == Qt.CheckState.Checked
            )
        )
        self.list.setMinimumSize(max(line.width(), px(240)), px(min(28 * len(editor.options) + 16, 320)))
        column = QVBoxLayout(self)
        column.setContentsMargins(px(4), px(4), px(4), px(4))
        column.addWidget(self.list)
        column.addWidget(button("完成", self.close))
        self.list.setCurrentRow(0)
        self.list.setFocus()


class YesNoEditor(Editor):
    """是 or 否, or neither; a second click on the one that is down takes it back where the field may be empty."""

    def __init__(self, field: Field, session: Session) -> None:
        super().__init__(field, session)
        self._group = QButtonGroup(self)
        self._group.setExclusive(False)
        inside = QWidget()
        flow = FlowLayout(inside, 0)
        for word, place in (("是", "first"), ("否", "last")):
            each = button(word, kind="segment")
            each.setCheckable(True)
            each.setProperty("place", place)
            each.setAccessibleName(f"{field.label}：{word}")
            self._group.addButton(each, int(word == "是"))
            flow.addWidget(each)
        self._group.buttonClicked.connect(self._clicked)
        self.take_main(inside)
        inside.setFocusProxy(self._group.button(1))
        self.row.addWidget(inside, 1)

    def value(self) -> bool | None:
        yes, no = (self._group.button(each).isChecked() for each in (1, 0))
        return True if yes else False if no else None

    def set_value(self, value: Any) -> None:
        self._group.button(1).setChecked(value is True)
        self._group.button(0).setChecked(value is False)

    def raw(self) -> bool | None:
        return self.value()

    def set_raw(self, raw: Any) -> None:
        self.set_value(raw)

    def _clicked(self, pressed: QAbstractButton) -> None:
        if pressed.isChecked():
            self._group.button(1 - self._group.id(pressed)).setChecked(False)
        elif self.field.required:
            pressed.setChecked(True)
        self.changed.emit()


def _options(field: Field) -> list[Options]:
    kind = field.kind
    options: type[Options] | None = kind.options if isinstance(kind, Choice | Tags) else None
    return list(options) if options else []

"""Where a password is typed: hidden until the eye is pressed; a new one is typed twice and judged in words."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from ankang_desktop.desktop.look import icon, px, restyle
from ankang_desktop.desktop.widgets import label
from ankang_desktop.store.vault import strength


class PasswordField(QLineEdit):
    """A line whose words are dots until the eye at its right is pressed."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setPlaceholderText(name)
        self.setMinimumHeight(px(36))
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setInputMethodHints(Qt.InputMethodHint.ImhNoPredictiveText | Qt.InputMethodHint.ImhSensitiveData)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, True)  # a password may be of hanzi
        self.eye = QAction(icon("eye"), "显示密码", self)
        self.eye.setCheckable(True)
        self.eye.toggled.connect(lambda is_on: self._look(is_shown=is_on))
        self.addAction(self.eye, QLineEdit.ActionPosition.TrailingPosition)

    def _look(self, *, is_shown: bool) -> None:
        self.setEchoMode(QLineEdit.EchoMode.Normal if is_shown else QLineEdit.EchoMode.Password)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, True)
        self.eye.setIcon(icon("eye-off" if is_shown else "eye"))
        self.eye.setToolTip("隐藏密码" if is_shown else "显示密码")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take Enter as its own: in a dialog it would press a button besides."""
        super().keyPressEvent(event)
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            event.accept()


class NewPassword(QWidget):
    """A new password, typed twice; `entered` tells of Enter in the second line."""

    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.first, self.second = PasswordField("新密码"), PasswordField("再输一遍新密码")
        self.judged = label("用三四个不相干的词连起来，又好记又难猜", "caption", wrap=True)
        self.differs = label("", "danger", wrap=True)
        self.differs.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        for part in (self.first, self.judged, self.second, self.differs):
            column.addWidget(part)
        self.first.textChanged.connect(self._judge)
        self.second.textChanged.connect(self.differs.hide)
        self.first.returnPressed.connect(self.second.setFocus)
        self.second.returnPressed.connect(self.entered.emit)

    def password(self) -> str:
        """Return the password, "" where it is too short or the two lines differ; then it is said."""
        given = self.first.text()
        words, _ = strength(given)
        if words.startswith("太短"):
            self._say(f"密码{words}", self.first)
        elif given != self.second.text():
            self._say("两遍输入的不一样，请再输一遍", self.second)
        else:
            return given
        return ""

    def _say(self, words: str, field: PasswordField) -> None:
        self.differs.setText(words)
        self.differs.show()
        field.selectAll()
        field.setFocus()

    def _judge(self, given: str) -> None:
        self.differs.hide()
        words, tone = strength(given) if given else ("用三四个不相干的词连起来，又好记又难猜", "caption")
        self.judged.setText(words)
        restyle(self.judged, "role", tone)

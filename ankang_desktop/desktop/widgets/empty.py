"""What stands where nothing is yet: a sentence, and the way on."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from ankang_desktop.desktop.look import pixmap, px
from ankang_desktop.desktop.widgets.basic import label


class EmptyState(QWidget):
    """An icon, what is missing, what to do about it, and buttons that do it."""

    def __init__(self, picture: str, text: str, remedy: str = "", *actions: QPushButton) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.setSpacing(px(8))
        sign = QLabel()
        sign.setPixmap(pixmap(picture, px(40), "faint", self.devicePixelRatioF()))
        sign.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addWidget(sign)
        self.told = label(text, "subtitle", wrap=True)
        self.told.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addWidget(self.told)
        self.remedy = label(remedy, "soft", wrap=True)
        self.remedy.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.remedy.setVisible(bool(remedy))
        column.addWidget(self.remedy)
        for action in actions:
            column.addWidget(action, 0, Qt.AlignmentFlag.AlignCenter)

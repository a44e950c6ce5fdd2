"""What is written most, picked by a digit: descriptions, places, teams; D, P and T say which."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ankang_desktop.actions.intake import Phrases
from ankang_desktop.desktop.look import font, px
from ankang_desktop.desktop.widgets import FlowLayout, button, clear, label, segments

KINDS = ("description", "place", "team")
_TITLES = ("描述 D", "地点 P", "班组 T")
_NONE = "登记几条之后，这里列出本单位最常用的"
_LONGEST = 16  # ideographs of a phrase shown; the whole is in its tool tip


class PhraseList(QWidget):
    """`picked` carries the field and the value; after a place or a team the descriptions are offered again."""

    picked = Signal(str, object)

    def __init__(self) -> None:
        super().__init__()
        self.known = Phrases((), (), ())
        self.kind = KINDS[0]
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(6))
        self.kinds = segments(list(_TITLES), 0, lambda at: self.offer(KINDS[at]))
        for each in self.kinds.buttons.buttons():  # type: ignore[attr-defined]
            each.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column.addWidget(self.kinds, 0, Qt.AlignmentFlag.AlignLeft)
        self._flow = FlowLayout(spacing=px(2))
        column.addLayout(self._flow)

    def put(self, known: Phrases) -> None:
        """Offer what this workspace writes most."""
        self.known = known
        self.offer(self.kind)

    def offer(self, kind: str) -> None:
        """Offer the phrases of a field."""
        self.kind = kind
        self.kinds.buttons.button(KINDS.index(kind)).setChecked(True)  # type: ignore[attr-defined]
        clear(self._flow)
        for digit, (words, _) in enumerate(self.choices(), 1):
            each = button(f"{digit} {_short(words)}", partial(self.pick, digit), kind="chip")
            each.setToolTip(words)
            each.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self._flow.addWidget(each)
        if not self.choices():
            self._flow.addWidget(label(_NONE, "caption"))
        self._flow.invalidate()
        self.updateGeometry()

    def choices(self) -> list[tuple[str, Any]]:
        """Return what is offered now: (words, value)."""
        if self.kind == "team":
            return [(name, key) for key, name in self.known.teams]
        listed = self.known.places if self.kind == "place" else self.known.descriptions
        return [(words, words) for words in listed]

    def pick(self, digit: int) -> bool:
        """Pick a phrase by its digit; says whether there is one."""
        choices, kind = self.choices(), self.kind
        if not 1 <= digit <= len(choices):
            return False
        if kind != KINDS[0]:
            self.offer(KINDS[0])
        self.picked.emit(kind, choices[digit - 1][1])
        return True


def _short(words: str) -> str:
    metrics = QFontMetrics(font())
    return metrics.elidedText(words, Qt.TextElideMode.ElideRight, metrics.horizontalAdvance("国") * _LONGEST)

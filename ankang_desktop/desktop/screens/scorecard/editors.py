"""Scores given by hand: half a point up or down, and beside each the words it needs (a reason, who assessed)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ankang_desktop.desktop.look import px
from ankang_desktop.desktop.screens.scorecard.words import most_text
from ankang_desktop.desktop.widgets import icon_button, label, link
from ankang_desktop.kernel.errors import Problem
from ankang_desktop.kernel.numbers import points
from ankang_desktop.kernel.text import half_width

HALF = Decimal("0.5")
Draft = tuple[str, str]


class ScoreField(QLineEdit):
    """A field for points: ↑ and ↓ step by half a point between 0 and the most; empty is none."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.most, self.begin = Decimal(0), Decimal(0)
        self.setAccessibleName(name)
        self.setPlaceholderText("未填")
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setFixedWidth(px(64))
        self.setToolTip("↑↓ 加减 0.5 分，回车保存，清空即取消")

    def score(self) -> Decimal | None:
        """Return the points written; raises ValueError with a sentence where they are none."""
        text = half_width(self.text()).removesuffix("分").strip()
        if not text:
            return None
        try:
            found = Decimal(text)
        except InvalidOperation:
            raise ValueError(f"“{self.text()}”不是分数，请填 0 到 {most_text(self.most)} 的数") from None
        if not found.is_finite() or not 0 <= found <= self.most:
            raise ValueError(f"请填 0 到 {most_text(self.most)} 的数")
        if found * 2 % 1:
            raise ValueError("评分以 0.5 分为一档")
        return found

    def step(self, by: int) -> None:
        """Go up or down by halves; from an empty field to where a score begins."""
        try:
            now = self.score()
        except ValueError:
            now = None
        wanted = self.begin if now is None else now + by * HALF
        self.setText(points(min(self.most, max(Decimal(0), wanted))))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            self.step(1 if event.key() == Qt.Key.Key_Up else -1)
        else:
            super().keyPressEvent(event)


class HandScore(QWidget):
    """A score with its words in one line; `given` asks to keep both: by Enter, or when the line is left.

    `needs_words` is asked with the score and says (in a sentence) why words must stand beside it, "" where not.
    """

    given = Signal(object, str)

    def __init__(self, name: str, words_name: str, hint: str) -> None:
        super().__init__()
        self.name = name
        self.field, self.words = ScoreField(name), QLineEdit()
        self.words.setAccessibleName(words_name)
        self.words.setPlaceholderText(hint)
        self.words.setMaxLength(200)
        self.problem = label("", "problem", wrap=True)
        self.problem.hide()
        self.save = link("保存", self.commit)
        self.save.setToolTip("回车也能保存，Esc 放弃")
        self.save.hide()
        self.suggested: Decimal | None = None
        self.is_reasoned = False
        self._kept: tuple[Decimal | str | None, str] = (None, "")
        self._lay_out(words_name)
        for each in (self.field, self.words):
            each.textChanged.connect(self._typed)
            each.returnPressed.connect(self.commit)
            each.installEventFilter(self)

    # --- what is shown -----------------------------------------------------------------------------------------

    def show_score(self, score: Decimal | None, words: str, most: Decimal, suggested: Decimal | None) -> None:
        """Show what is kept; what the person is just typing stays."""
        was_dirty = self.is_dirty
        self.field.most, self.suggested = most, suggested
        self.field.begin = suggested if suggested is not None else most
        self._kept = (score, words)
        if not was_dirty:
            self.drop()
        self._typed()

    def settle(self, score: Decimal | None, words: str) -> None:
        """Note that what is written has been kept."""
        self._kept = (score, words)
        self.drop()

    def set_read_only(self, *, is_read_only: bool) -> None:
        """Show only."""
        for each in (self.field, self.words):
            each.setReadOnly(is_read_only)
        for step in self._steps:
            step.setVisible(not is_read_only)

    @property
    def is_dirty(self) -> bool:
        """Whether what is written differs from what is kept."""
        return (self._written(), self.words.text().strip()) != self._kept

    def draft(self) -> Draft | None:
        """Return what is written and not kept, None where all is kept."""
        return (self.field.text(), self.words.text()) if self.is_dirty else None

    def take_draft(self, draft: Draft) -> None:
        """Write again what was written before the line went out of sight."""
        self.field.setText(draft[0])
        self.words.setText(draft[1])

    def refuse(self, problems: Sequence[Problem]) -> None:
        """Say beside the fields why they were not kept."""
        self.problem.setText("；".join(problem.text for problem in problems))
        self.problem.setVisible(bool(problems))

    # --- doing -------------------------------------------------------------------------------------------------

    def commit(self) -> None:
        """Ask to keep what is written, or say what it still needs."""
        if not self.is_dirty or self.field.isReadOnly():
            return
        try:
            score = self.field.score()
        except ValueError as error:
            self.refuse([Problem("", str(error))])
            return
        needed, where = self._needed(score)
        if needed:
            self.refuse([Problem("", needed)])
            where.setFocus()
            return
        self.given.emit(score, self.words.text().strip() if score is not None else "")

    def commit_if_ready(self) -> None:
        """Ask to keep what is written where nothing is missing; the person has gone on to something else."""
        try:
            is_ready = self.is_dirty and not self._needed(self.field.score())[0]
        except ValueError:
            is_ready = False
        if is_ready:
            self.commit()

    def drop(self) -> None:
        """Write what is kept over what is not."""
        score, words = self._kept
        self.field.setText(points(score) if isinstance(score, Decimal) else "")
        self.words.setText(words)
        self.refuse([])

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut:
            QTimer.singleShot(0, self, self._left)
        elif isinstance(event, QKeyEvent) and self._is_dropping(event):
            self.drop()
            return True
        return super().eventFilter(watched, event)

    # --- inside ------------------------------------------------------------------------------------------------

    def _is_dropping(self, event: QKeyEvent) -> bool:
        kinds = {QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress}
        return event.type() in kinds and event.key() == Qt.Key.Key_Escape and self.is_dirty

    def _written(self) -> Decimal | str | None:
        """Return the points written, or the text where it is none."""
        try:
            return self.field.score()
        except ValueError:
            return self.field.text()

    def _needed(self, score: Decimal | None) -> tuple[str, QLineEdit]:
        """Return what is missing before both can be kept, "" where nothing is, and the field it belongs into."""
        words, (kept, _) = self.words.text().strip(), self._kept
        if score is None:  # emptied, what was kept is taken back; words alone are not thrown away
            return (f"还没有填{self.name}，填了才能保存" if words and kept is None else ""), self.field
        if not self.is_reasoned or score == self.suggested or words:
            return "", self.words
        said = "待确认" if self.suggested is None else points(self.suggested)
        return f"与建议分 {said} 不同，请在右边写明理由再保存", self.words

    def _left(self) -> None:
        """Keep what is written once the person has gone on to something else."""
        focus = QApplication.focusWidget()
        if (
            self.is_dirty
            and focus is not None
            and not self.isAncestorOf(focus)
            and not QApplication.activePopupWidget()
        ):
            self.commit_if_ready()
            self._tell()

    def _tell(self) -> None:
        """Say beside the fields what is still missing before they can be kept."""
        if not self.is_dirty:
            self.refuse([])
            return
        try:
            needed, _ = self._needed(self.field.score())
        except ValueError as error:
            needed = str(error)
        self.refuse([Problem("", needed)] if needed else [])

    def _typed(self, _: str = "") -> None:
        self.save.setVisible(self.is_dirty and not self.field.isReadOnly())
        if self.is_reasoned or not self.is_dirty:
            self._tell()

    def _lay_out(self, words_name: str) -> None:
        self._steps = (
            icon_button("minus", f"{self.name}减 0.5", lambda: self._press(-1), size=14),
            icon_button("plus", f"{self.name}加 0.5", lambda: self._press(1), size=14),
        )
        caption = label(self.name, "soft")
        caption.setFixedWidth(px(52))
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(4))
        for each in (caption, self._steps[0], self.field, self._steps[1]):
            row.addWidget(each)
        row.addSpacing(px(8))
        beside = label(words_name, "soft")
        beside.setFixedWidth(px(46))
        row.addWidget(beside)
        row.addWidget(self.words, 1)
        row.addWidget(self.save)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(2))
        column.addLayout(row)
        column.addWidget(self.problem)

    def _press(self, by: int) -> None:
        self.field.step(by)
        self.field.setFocus()

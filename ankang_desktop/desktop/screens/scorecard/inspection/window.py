"""The window of 迎检模式: ←/→ rows, ↑/↓ evidence, Enter enlarges, digits jump, N asks for names, Esc leaves."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ankang_desktop.actions.inspecting import Proof, proofs_of, row_of
from ankang_desktop.desktop.look import px
from ankang_desktop.desktop.screens.scorecard.inspection.enlarged import Enlarged
from ankang_desktop.desktop.screens.scorecard.inspection.large import large
from ankang_desktop.desktop.screens.scorecard.inspection.side import RowSide
from ankang_desktop.desktop.screens.scorecard.inspection.strip import Strip
from ankang_desktop.desktop.screens.scorecard.inspection.wall import Proofs, Wall
from ankang_desktop.desktop.session import Session
from ankang_desktop.desktop.widgets import EmptyState, label
from ankang_desktop.desktop.work import Latest
from ankang_desktop.scoring.card import Card

_PAUSE = 1200  # milliseconds a digit waits for the next
_KEYS = "← → 上下行　　↑ ↓ 逐件看　　回车 放大　　数字 跳到某行　　N 姓名　　Esc 退出"
_ASK = "显示职工姓名？再按一次 N 显示，按其他键取消"
_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


class InspectionWindow(QFrame):
    """Shows the card row by row; `left` carries the row it was left at."""

    left = Signal(int)

    def __init__(self, session: Session, card: Card, number: int, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.session, self.card = session, card
        self.numbers = [row.number for row in card.rows()]
        self.number = 0
        self._known: dict[int, tuple[Proof, ...]] = {}
        self._loading, self._ahead = Latest(session.work), Latest(session.work)
        self._digits, self._is_asking = "", False
        self._jump_soon = QTimer(self)
        self._jump_soon.setSingleShot(True)
        self._jump_soon.setInterval(_PAUSE)
        self._jump_soon.timeout.connect(self._jump)
        self.setObjectName("canvas")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("迎检模式")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.strip, self.side = Strip(card, self.show_row), RowSide()
        self.proofs = Proofs(self)
        self.wall = Wall(session, self.proofs)
        self.wall.doubleClicked.connect(lambda _: self.enlarge())
        self.enlarged = Enlarged(session, self)
        self._lay_out()
        self.show_row(number if number in self.numbers else self.numbers[0])
        self.setFocus()

    # --- what is shown -----------------------------------------------------------------------------------------

    def show_row(self, number: int) -> None:
        """Go to a row."""
        self.enlarged.leave()
        self.number = number
        section = next(each for each in self.card.sections if any(row.number == number for row in each.rows))
        row = row_of(self.card, number)
        self.strip.show_row(number)
        self.side.show_row(section, row)
        self.setAccessibleName(f"迎检模式 第{number}行 {row.text}")
        if number in self._known:
            self._show_proofs(self._known[number])
        else:
            self.proofs.show_proofs(())
            self.stack.setCurrentIndex(1 if number not in self.strip.hollow else 2)
            app = self.session.app
            self._loading.run(lambda _: proofs_of(app, row), lambda found: self._loaded(number, found))

    def step_row(self, by: int) -> None:
        """Go to a neighbouring row."""
        at = self.numbers.index(self.number) + by
        if 0 <= at < len(self.numbers):
            self.show_row(self.numbers[at])

    def step_proof(self, by: int) -> None:
        """Go to a neighbouring piece of evidence, the enlarged one too."""
        number = len(self.proofs.proofs)
        if number:
            self.wall.stand(max(0, min(number - 1, self.wall.currentIndex().row() + by)))
            self._count()
            if self.enlarged.isVisible():
                self.enlarge()

    def enlarge(self) -> None:
        """Show the piece of evidence stood on over the whole window; say where its paper is if there is no picture."""
        index = self.wall.currentIndex()
        if not index.isValid():
            return
        proof = self.proofs.proofs[index.row()]
        hidden = self.proofs.hidden(proof)
        if hidden or not proof.sha256:
            self.enlarged.leave()
            where = f"在{proof.place}" if proof.place else "没有登记盒号页号"
            self._say(f"{proof.number}　{hidden or '没有电子件'}，纸质件{where}")
            return
        self.enlarged.show_proof(proof, index.data(), self.rect())

    def show_names(self, *, are_shown: bool) -> None:
        """Tell people's names, or mask them again."""
        self.proofs.show_names(are_shown=are_shown)
        self._say_names()
        if self.enlarged.isVisible():
            self.enlarge()

    # --- keys --------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        self._say("")
        if self._is_asking:
            self._answer(key)
        elif event.text().isascii() and event.text().isdigit():
            self._digit(event.text())
        elif (action := self._actions().get(key)) is not None:
            action()
        else:
            event.ignore()  # Alt+F4 and its like

    def _actions(self) -> dict[Qt.Key, Callable[[], object]]:
        found: dict[Qt.Key, Callable[[], object]] = {
            Qt.Key.Key_Left: lambda: self.step_row(-1),
            Qt.Key.Key_Right: lambda: self.step_row(1),
            Qt.Key.Key_Up: lambda: self.step_proof(-1),
            Qt.Key.Key_Down: lambda: self.step_proof(1),
            Qt.Key.Key_Home: lambda: self.step_proof(-len(self.proofs.proofs)),
            Qt.Key.Key_End: lambda: self.step_proof(len(self.proofs.proofs)),
            Qt.Key.Key_PageUp: lambda: self._turn(-1),
            Qt.Key.Key_PageDown: lambda: self._turn(1),
            Qt.Key.Key_N: self._ask_names,
            Qt.Key.Key_Escape: self._leave,
        }
        return found | dict.fromkeys(_ENTER, self._enter)

    def _enter(self) -> None:
        if self._digits:
            self._jump()
        elif self.enlarged.isVisible():
            self.enlarged.leave()
        else:
            self.enlarge()

    def _leave(self) -> None:
        if self._digits:
            self._digits = ""
            self._jump_soon.stop()
        elif self.enlarged.isVisible():
            self.enlarged.leave()
        else:
            self.close()

    def _turn(self, by: int) -> None:
        """Turn pages of the enlarged file, else go a few pieces on."""
        if self.enlarged.isVisible():
            self.enlarged.turn_page(by)
        else:
            self.step_proof(by * 6)

    def _digit(self, digit: str) -> None:
        """Collect the digits of a row; jump at once where no longer number can be meant."""
        self._digits += digit
        self._say(f"跳到第 {self._digits} 行…")
        if int(self._digits) * 10 > max(self.numbers):
            self._jump()
        else:
            self._jump_soon.start()

    def _jump(self) -> None:
        self._jump_soon.stop()
        number, self._digits = int(self._digits or 0), ""
        if number in self.numbers:
            self._say("")
            self.show_row(number)
        else:
            self._say(f"没有第 {number} 行，评分表共 {len(self.numbers)} 行")

    def _ask_names(self) -> None:
        if self.proofs.are_names_shown:
            self.show_names(are_shown=False)
        else:
            self._is_asking = True
            self._say_names()

    def _answer(self, key: Qt.Key) -> None:
        self._is_asking = False
        if key == Qt.Key.Key_N:
            self.show_names(are_shown=True)
        else:
            self._say_names()

    def _say_names(self) -> None:
        self._make_room()
        told = _ASK if self._is_asking else "正在显示姓名，按 N 隐藏" if self.proofs.are_names_shown else "姓名已隐藏"
        self.names.setText(told)
        self.names.setProperty("role", "soft" if told == "姓名已隐藏" else "danger")
        self.names.style().polish(self.names)

    # --- inside ------------------------------------------------------------------------------------------------

    def _say(self, text: str) -> None:
        self.said.setText(text)
        self._make_room()

    def _make_room(self) -> None:
        """Let what is said or asked have the place of the keys: a narrow screen has no room for both."""
        is_saying = bool(self.said.text())
        self.said.setVisible(is_saying)
        self.keys.setVisible(not is_saying and not self._is_asking)

    def _loaded(self, number: int, found: tuple[Proof, ...]) -> None:
        self._known[number] = found
        if number == self.number:
            self._show_proofs(found)

    def _show_proofs(self, found: tuple[Proof, ...]) -> None:
        self.proofs.show_proofs(found)
        self.stack.setCurrentIndex(0 if found else 2)
        self.wall.stand(0)
        self._count()
        self._look_ahead()

    def _look_ahead(self) -> None:
        """Read the neighbouring rows beforehand."""
        at = self.numbers.index(self.number)
        wanted = [each for each in self.numbers[max(0, at - 1) : at + 3] if each not in self._known]
        if wanted:
            app, card = self.session.app, self.card
            self._ahead.run(
                lambda _: {each: proofs_of(app, row_of(card, each)) for each in wanted},
                self._known.update,
            )

    def _count(self) -> None:
        number = len(self.proofs.proofs)
        self.counted.setText(f"{self.wall.currentIndex().row() + 1} / {number} 件" if number else "")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.enlarged.setGeometry(self.rect())

    def closeEvent(self, event: QCloseEvent) -> None:
        for each in (self._loading, self._ahead):
            each.stop()
        self.enlarged.leave()
        self.left.emit(self.number)
        super().closeEvent(event)

    def _lay_out(self) -> None:
        self.stack = QStackedWidget()
        self.stack.addWidget(self.wall)
        self.stack.addWidget(EmptyState("clock", "正在取出材料…"))
        self.stack.addWidget(EmptyState("circle-dashed", "这一行还没有佐证材料", "材料登记并附上佐证后会出现在这里"))
        self.side.setFixedWidth(px(430))
        middle = QHBoxLayout()
        middle.setSpacing(px(20))
        middle.addWidget(self.side)
        middle.addWidget(self.stack, 1)
        self.keys = label(_KEYS, "caption", wrap=True)
        self.said, self.counted = large(label("", "strong", wrap=True), 13), large(label("", "soft"), 13)
        self.names = large(label("", "soft"), 13)
        foot = QHBoxLayout()
        foot.setSpacing(px(20))
        for each, stretch in ((self.keys, 100), (self.said, 100), (QWidget(), 1), (self.counted, 0), (self.names, 0)):
            foot.addWidget(each, stretch)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(24), px(12), px(24), px(10))
        column.setSpacing(px(12))
        column.addWidget(self.strip)
        column.addLayout(middle, 1)
        column.addLayout(foot)
        self._say_names()

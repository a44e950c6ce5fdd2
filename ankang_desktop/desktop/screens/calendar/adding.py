"""添加通知: the notice pasted at the left, what it asks for at the right, each beside its sentence, one by one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ankang_desktop.actions.notices import NewNotice, add_notice, propose
from ankang_desktop.declare.fields import Field
from ankang_desktop.declare.kinds import Day, Misread
from ankang_desktop.desktop.form.editors import editor_for
from ankang_desktop.desktop.look import px
from ankang_desktop.desktop.screens.calendar.proposal import ProposalCard
from ankang_desktop.desktop.session import Session
from ankang_desktop.desktop.widgets import button, label, link, scrolled
from ankang_desktop.desktop.widgets.dialog import Dialog
from ankang_desktop.kernel.errors import AnkangError, Refused
from ankang_desktop.programme.proposing import OWN, Proposal, Reading
from ankang_desktop.programme.windows import parse_when

_HEADS = (("title", "标题"), ("issuer", "发文机关"), ("number", "文号"), ("short", "简称"))
_HINT = (
    "把通知全文粘贴到这里（Ctrl+V）。从 Word、网页、PDF 里复制的都行，断行、空格会自动整理。\n\n"
    "程序会找出里面的时段（6月1日至30日）、期限（12月15日前）和每月、每季度的要求，"
    "连同原句一条一条列出来，由您采用、修改或者不要。"
)


class AddNoticeDialog(Dialog):
    """Two steps: paste, then look through what was found."""

    enter_acts = False  # a line put right is no order to add them all

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.cards: list[ProposalCard] = []
        self.setWindowTitle("添加通知")
        self.resize(px(980), px(620))
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(16), px(20), px(16))
        column.setSpacing(px(10))
        self.pages = QStackedWidget()
        self.pages.addWidget(self._pasting())
        self.pages.addWidget(self._looking())
        column.addWidget(self.pages, 1)
        self.problem = label("", "problem", wrap=True)
        self.problem.hide()
        column.addWidget(self.problem)
        row = QHBoxLayout()
        self.told = label("", "soft")
        self.back = button("上一步(&B)", self._go_back, name="arrow-left")
        self.back.hide()
        self.next = button("读出要求(&N)", self.read, kind="primary", name="list-check")
        row.addWidget(self.told)
        row.addStretch(1)
        for each in (self.back, self.next, button("取消", self.reject)):
            row.addWidget(each)
        column.addLayout(row)
        self.text.setFocus()

    # --- the first step ----------------------------------------------------------------------------------------

    def _pasting(self) -> QWidget:
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(label("粘贴上级的通知", "subtitle"))
        self.text = QPlainTextEdit()
        self.text.setPlaceholderText(_HINT)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName("通知全文")
        column.addWidget(self.text, 1)
        return part

    def read(self) -> None:
        """Read the pasted text, in a thread."""
        text, app = self.text.toPlainText(), self.session.app
        self._say("")
        self.next.setEnabled(False)
        self.session.work.run(lambda _: propose(app, text), self.show_reading, text="正在读通知", on_error=self._failed)

    def show_reading(self, reading: Reading) -> None:
        """Show what was found."""
        self.next.setEnabled(True)
        if not reading.proposals:
            self._say("没有读出带时间的要求：请确认粘贴的是通知正文，而不是只有标题或附件")
            return
        head = reading.head
        for key, value in (
            ("title", head.title),
            ("issuer", head.issuer),
            ("number", head.number),
            ("short", head.short),
        ):
            self.heads[key].setText(value)
        self.issued.set_value(head.issued)
        self._list(reading.proposals)
        self.pages.setCurrentIndex(1)
        self.back.show()
        self.next.setText("加入年历(&S)")
        self.next.clicked.disconnect()
        self.next.clicked.connect(lambda _=False: self.save())
        self.cards[0].setFocus()

    # --- the second step ---------------------------------------------------------------------------------------

    def _looking(self) -> QWidget:
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        column.addWidget(self._head())
        row = QHBoxLayout()
        row.addWidget(label("一条一条看：勾选的会进年历，时间和说法都能改", "strong"))
        row.addStretch(1)
        row.addWidget(link("加一条", self.add_one))
        row.addWidget(link("只选写明时间的", partial(self._tick, "sure")))
        row.addWidget(link("全选", partial(self._tick, "all")))
        row.addWidget(link("全不选", partial(self._tick, "none")))
        column.addLayout(row)
        inside = QWidget()
        self._cards = QVBoxLayout(inside)
        self._cards.setContentsMargins(0, 0, px(8), 0)
        self._cards.setSpacing(px(8))
        self._cards.addStretch(1)  # cards keep their height in a tall dialog
        self.sheet = scrolled(inside)
        column.addWidget(self.sheet, 1)
        return part

    def _head(self) -> QFrame:
        frame = QFrame()
        frame.setProperty("card", "true")
        grid = QGridLayout(frame)
        grid.setContentsMargins(px(12), px(8), px(12), px(8))
        grid.setHorizontalSpacing(px(8))
        self.heads: dict[str, QLineEdit] = {}
        self.issued = editor_for(Field(Day(), "成文日期"), self.session)
        places = {"title": (0, 1, 5), "issuer": (1, 1, 1), "number": (1, 3, 1), "short": (2, 1, 1)}
        for key, words in _HEADS:
            row, column, wide = places[key]
            self.heads[key] = QLineEdit()
            self.heads[key].setAccessibleName(words)
            grid.addWidget(label(words, "soft"), row, column - 1)
            grid.addWidget(self.heads[key], row, column, 1, wide)
        self.heads["short"].setToolTip("显示在年历每一项的旁边，如“石家庄2021”")
        grid.addWidget(label("成文日期", "soft"), 2, 2)
        grid.addWidget(self.issued, 2, 3)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)
        return frame

    def _list(self, proposals: Sequence[Proposal]) -> None:
        for shown in self.cards:
            self._cards.removeWidget(shown)
            shown.deleteLater()
        self.cards = []
        for each in proposals:
            self._put(each)
        self._count()

    def _put(self, proposal: Proposal) -> ProposalCard:
        card = ProposalCard(proposal, self.session)
        card.changed.connect(self._count)
        self._cards.insertWidget(len(self.cards), card)
        self.cards.append(card)
        return card

    def add_one(self) -> None:
        """Add an empty card for a requirement that was not read."""
        card = self._put(Proposal("", "", "EV", "", OWN))
        self._count()
        card.words.setFocus()
        QTimer.singleShot(0, card, lambda: self.sheet.ensureWidgetVisible(card))

    def _tick(self, which: str) -> None:
        """Tick “all”, “none”, or those that are “sure”: with a time of their own."""
        for each in self.cards:
            each.accepted.setChecked(which == "all" or (which == "sure" and each.proposal.is_sure))

    def _count(self) -> None:
        chosen = sum(each.accepted.isChecked() for each in self.cards)
        self.told.setText(f"读出 {len(self.cards)} 条，采用 {chosen} 条")
        self.next.setEnabled(chosen > 0)

    def _go_back(self) -> None:
        self.pages.setCurrentIndex(0)
        self.back.hide()
        self.told.setText("")
        self._say("")
        self.next.setText("读出要求(&N)")
        self.next.setEnabled(True)
        self.next.clicked.disconnect()
        self.next.clicked.connect(lambda _=False: self.read())

    def save(self) -> None:
        """Keep the notice with what was ticked."""
        self._say("")
        try:
            accepted = [each.value() for each in self.cards if each.accepted.isChecked()]
            for each in accepted:
                parse_when(each.when)
            texts = {key: editor.text().strip() for key, editor in self.heads.items()}
            head = NewNotice(**texts, issued=self.issued.value())
            self.session.work.refuse_writing()
            add_notice(self.session.app, head, accepted)
        except (Misread, Refused) as error:
            self._say(error.text if isinstance(error, Refused) else str(error))
        except AnkangError as error:
            self._say(str(error))
        else:
            self.accept()
            self.session.done(f"“{head.short}”的 {len(accepted)} 项要求已进年历")

    def _say(self, text: str) -> None:
        self.problem.setText(text)
        self.problem.setVisible(bool(text))

    def _failed(self, error: BaseException) -> None:
        self.next.setEnabled(True)
        if isinstance(error, AnkangError):
            self._say(str(error))
        else:
            self.session.door.show(error)

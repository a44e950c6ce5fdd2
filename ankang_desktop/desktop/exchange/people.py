"""Names nobody has, before anything is saved: put right to a name that is known, or registered."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFormLayout, QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ankang_desktop.desktop.look import px
from ankang_desktop.desktop.session import Session
from ankang_desktop.desktop.widgets import button, clear, label, link, menu_button
from ankang_desktop.desktop.widgets.dialog import Dialog
from ankang_desktop.kernel.errors import Refused, UserError

if TYPE_CHECKING:
    from ankang_desktop.declare.fields import Field
    from ankang_desktop.declare.ledger import Ledger
    from ankang_desktop.exchange.strangers import Stranger

_SHOWN = 4


class StrangersCard(QFrame):
    """The names a workbook uses and no ledger has; `renamed` carries the stranger and the name meant instead."""

    renamed = Signal(object, str)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.strangers: tuple[Stranger, ...] = ()
        self._is_whole = False
        self.setProperty("card", "true")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(px(12), px(10), px(12), px(10))
        self._column.setSpacing(px(6))
        self.hide()

    def show_strangers(self, strangers: tuple[Stranger, ...]) -> None:
        """Show these names."""
        self.strangers = strangers
        self._fill()
        self.setVisible(bool(strangers))

    def _fill(self) -> None:
        clear(self._column)
        self._column.addWidget(label(f"{len(self.strangers)} 个名字还没有登记", "strong"))
        shown = self.strangers if self._is_whole else self.strangers[:_SHOWN]
        for each in shown:
            self._column.addLayout(self._line(each))
        if len(self.strangers) > len(shown):
            self._column.addWidget(link(f"全部列出 {len(self.strangers)} 个", self._show_whole))
        for key in dict.fromkeys(each.ledger for each in self.strangers):
            of_kind = [each for each in self.strangers if each.ledger == key]
            if len(of_kind) > 1 and len(_asked(self.session.app.ledgers[key])) == 1:
                words = f"{len(of_kind)} 个{of_kind[0].noun}都是新的，全部登记"
                self._column.addWidget(button(words, partial(self._register_all, key, of_kind), name="list-check"))

    def _show_whole(self) -> None:
        self._is_whole = True
        self._fill()

    def _line(self, stranger: Stranger) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(px(4))
        rows = [place[1] for place in stranger.places]
        where = f"第{rows[0]}行" + (f"等{len(rows)}处" if len(rows) > 1 else "")
        row.addWidget(label(stranger.name, "strong"))
        row.addWidget(label(f"{stranger.noun}，{where}", "caption"), 1)
        entries: list[tuple[str, str, Callable[[], object]] | None] = [
            ("pencil", f"改成“{name}”", partial(self.renamed.emit, stranger, name)) for name in stranger.near
        ]
        entries.append(("user-plus", f"登记这个{stranger.noun}…", partial(self._register, stranger)))
        fixing = menu_button("处理", entries)
        fixing.setAccessibleName(f"处理“{stranger.name}”")
        row.addWidget(fixing)
        return row

    def _register_all(self, key: str, strangers: list[Stranger]) -> None:
        """Register every name of a ledger: nobody who brings his first roster does that one by one."""
        from ankang_desktop.actions.records import add_names

        if self.session.do(partial(add_names, self.session.app, key, [each.name for each in strangers])):
            self.session.done(f"已登记 {len(strangers)} 个{strangers[0].noun}")

    def _register(self, stranger: Stranger) -> None:
        RegisterDialog(self.session, stranger.ledger, stranger.name, self).open()


class RegisterDialog(Dialog):
    """The fields a new record of a linked ledger cannot do without, its name filled in."""

    def __init__(self, session: Session, ledger_key: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session, self.ledger = session, session.app.ledgers[ledger_key]
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(f"登记{self.ledger.title}")
        self.setMinimumWidth(px(360))
        self.editors: dict[str, QLineEdit] = {}
        form = QFormLayout()
        form.setSpacing(px(8))
        for key, each in _asked(self.ledger).items():
            editor = QLineEdit(name if key == _called(self.ledger) else "")
            editor.setPlaceholderText(each.kind.hint())
            self.editors[each.label] = editor
            form.addRow(f"{each.label} *" if each.required else each.label, editor)
        self.problem = label("", "problem", wrap=True)
        self.saving = button("登记(&S)", self._save, kind="primary")
        tools = QHBoxLayout()
        tools.addStretch(1)
        tools.addWidget(button("取消", self.reject))
        tools.addWidget(self.saving)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(16), px(20), px(16))
        column.setSpacing(px(12))
        column.addLayout(form)
        column.addWidget(self.problem)
        column.addLayout(tools)
        first = next((each for each in self.editors.values() if not each.text()), self.saving)
        first.setFocus()

    def _save(self) -> None:
        from ankang_desktop.actions.records import add_record

        texts = {label: editor.text() for label, editor in self.editors.items()}
        try:
            self.session.work.refuse_writing()
            add_record(self.session.app, self.ledger.key, texts)
        except Refused as refused:
            self.problem.setText("；".join(problem.text for problem in refused.problems))
        except UserError as error:
            self.problem.setText(str(error))
        else:
            self.accept()


def _called(ledger: Ledger) -> str:
    return ledger.naming[0].key if ledger.naming else ""


def _asked(ledger: Ledger) -> dict[str, Field]:
    """Return the fields a new record cannot do without: its name, and what is required and has no default."""
    called = _called(ledger)
    return {
        key: each for key, each in ledger.editable.items() if key == called or (each.required and each.default is None)
    }

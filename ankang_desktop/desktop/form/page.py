"""One record: its form, its steps, its evidence and its history; what is unsaved is never lost."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QMessageBox, QSplitter, QTabBar, QWidget

from ankang_desktop.actions import drafting
from ankang_desktop.actions.drafting import Opened
from ankang_desktop.declare.ledger import Ledger
from ankang_desktop.desktop.evidence.history import HistoryView
from ankang_desktop.desktop.evidence.panel import EvidencePanel
from ankang_desktop.desktop.form.body import Body
from ankang_desktop.desktop.form.head import FormHead
from ankang_desktop.desktop.form.moves import MovesBar
from ankang_desktop.desktop.form.side import Side
from ankang_desktop.desktop.form.unsaved import Unsaved
from ankang_desktop.desktop.frame.page import Page
from ankang_desktop.desktop.look import px
from ankang_desktop.desktop.session import Session
from ankang_desktop.desktop.widgets.splits import remember_split
from ankang_desktop.desktop.work import Turns
from ankang_desktop.kernel.errors import AnkangError, Problem, Refused
from ankang_desktop.store.journal import Changes


class RecordPage(Page):
    """The form of one record, new or stored; made anew for every visit."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.ledger: Ledger
        self.opened: Opened | None = None
        self._among: tuple[str, Sequence[int], int] | None = None
        self._is_own_step = False
        self._turns = Turns(self)
        self.unsaved = Unsaved(self)

    # --- what is shown -----------------------------------------------------------------------------------------

    def show_with(
        self,
        number: str = "",
        ledger: str = "",
        values: dict[str, Any] | None = None,
        rows: dict[str, list[dict[str, Any]]] | None = None,
        copy_of: str = "",
        among: tuple[str, Sequence[int], int] | None = None,
        **_: Any,
    ) -> None:
        """Show a record by its number; or begin a new one of a ledger, prefilled, or as a copy of another.

        `among` is (ledger, ids, place): the list the record was opened from, to go on to its neighbours.
        """
        self._among = among
        app = self.session.app
        if number or (single := self._only_one(ledger)):
            self.opened = drafting.open_record(app, number or single)
            self._build(app.ledgers[self.opened.ledger])
            self._load()
        else:
            self._build(app.ledgers[ledger])
            begun = drafting.copied(app, copy_of) if copy_of else drafting.blank(app, ledger)
            self._begin({**begun[0], **(values or {})}, {**begun[1], **(rows or {})})
        self.fresh()
        self.unsaved.offer()

    def refresh(self) -> None:
        if self.opened is not None and not self.unsaved.is_dirty:
            self._reload()

    def is_touched_by(self, changes: Changes) -> bool:
        return self.opened is not None and self.opened.stored.id in changes.records and not self._is_own_step

    def holds_typing(self, keys: QWidget | None) -> bool:
        """Say whether the form does; what is done to the files of a stored record is a step of its own."""
        is_for_files = self.opened is not None and keys is not None and self.side.isAncestorOf(keys)
        return self.unsaved.is_dirty and not is_for_files

    def may_leave(self) -> bool:
        if not self.unsaved.is_any:
            return True
        box = QMessageBox(QMessageBox.Icon.Question, "还没有保存", f"“{self.title}”有改动还没有保存。", parent=self)
        save = box.addButton("保存(&S)", QMessageBox.ButtonRole.AcceptRole)
        drop = box.addButton("不保存(&D)", QMessageBox.ButtonRole.DestructiveRole)
        box.addButton("继续填写", QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(save)
        box.exec()
        if box.clickedButton() is save:
            return self.save()
        if box.clickedButton() is drop:
            self.unsaved.clean()
            return True
        return False

    def keeps_itself(self) -> bool:
        return self.unsaved.keep()

    # --- doing -------------------------------------------------------------------------------------------------

    def save(self) -> bool:
        """Keep what is filled in, with the files waiting; returns whether it was kept."""
        self.unsaved.has_tried = True
        if misread := self.body.misread():
            self.unsaved.refuse(misread)
            return False
        record = self.opened.stored.id if self.opened else None
        self._is_own_step = True
        try:
            self.session.work.refuse_writing()
            values, rows = self.body.values(), self.body.rows()
            if self.opened is not None:
                values, rows = self._differing(values, rows)
            done = drafting.keep(self.session.app, self.ledger.key, record, values, rows, self.side.waiting())
        except Refused as refused:
            self.unsaved.refuse(list(refused.problems))
            return False
        except AnkangError as error:
            self.session.door.show(error, again=self.save)
            return False
        finally:
            self._is_own_step = False
        self.unsaved.clean()
        self._saved(done.number, is_new=record is None, advice=list(done.advice))
        return True

    def save_and_add(self) -> None:
        """Keep the record and begin the next of the same ledger."""
        if self.save():
            self.session.go("record", ledger=self.ledger.key, values={})

    def step_over(self, by: int) -> None:
        """Go on to a neighbour in the list the record was opened from."""
        if self._among is None:
            return
        ledger, ids, place = self._among
        if 0 <= place + by < len(ids) and self.may_leave():
            number = drafting.number_of(self.session.app, ledger, ids[place + by])
            self.unsaved.clean()
            self._among = (ledger, ids, place + by)
            self.opened = drafting.open_record(self.session.app, number)
            self.unsaved.has_tried = False
            self._load()
            self._rename()

    def copy(self) -> None:
        """Begin a new record as a copy of this one."""
        if self.opened is not None:
            self.session.go("record", ledger=self.ledger.key, copy_of=self.opened.stored.number)

    def remove(self) -> None:
        """Put the record into the trash and go back."""
        if self.opened is None:
            return
        number = self.opened.stored.number
        if self.session.do(partial(drafting.remove_many, self.session.app, self.ledger.key, [self.opened.stored.id])):
            self.unsaved.clean()
            self._go_back()
            self.session.done(f"已把 {number} 放进回收站")

    def restore(self) -> None:
        """Take the record out of the trash."""
        if self.opened is not None:
            number = self.opened.stored.number
            if self.session.do(partial(drafting.restore_many, self.session.app, [number])):
                self._reload()
                self.session.done(f"已恢复 {number}")

    def anonymise(self) -> None:
        """Make a person who left anonymous, once what that means was read."""
        from ankang_desktop.desktop.screens.leaving import ask_anonymise

        if self.opened is not None and self.may_leave():
            self._reload()  # what was given up just now must not stand there as if it were kept
            ask_anonymise(self.session, self.opened.stored.number, self)

    # --- loading and keeping -----------------------------------------------------------------------------------

    def _only_one(self, ledger: str) -> str:
        """Return the number of the one record of a ledger that has but one (企业档案)."""
        known = self.session.app.ledgers[ledger]
        return drafting.single_number(self.session.app, ledger) if known.single else ""

    def _begin(self, values: dict[str, Any], rows: dict[str, list[dict[str, Any]]]) -> None:
        self.body.show_values(values, rows)
        self.moves.hide()
        self.side.show_record(self.ledger.key, self.opened)
        self._name(f"新登记 {self.ledger.title}")
        self.show_state()
        # As if come to by Tab: what stands there (today) is marked, and the first key overwrites it.
        QTimer.singleShot(0, self.body, partial(self.body.begin, Qt.FocusReason.TabFocusReason))

    def begin_anew(self) -> None:
        """Show the record as it is stored, or a new one: what was typed is given up."""
        if self.opened is not None:
            self._reload()
        else:
            self._begin(*drafting.blank(self.session.app, self.ledger.key))

    def _load(self) -> None:
        self._show_fields()
        self._show_around()

    def _show_fields(self) -> None:
        if self.opened is not None:
            stored = self.opened.stored
            self.body.show_values(stored.values, stored.rows)
            self.body.set_read_only(is_read_only=stored.removed)

    def _show_around(self) -> None:
        """Show what stands around the fields: the steps, the files, the history, the name."""
        if self.opened is not None:
            self.moves.show_record(self.opened)
            self.side.show_record(self.ledger.key, self.opened)
            self._name(self.opened.stored.number)
            self.show_state()

    def _reload(self) -> None:
        if self.opened is not None:
            self.opened = drafting.open_record(self.session.app, self.opened.stored.number)
            self._load()

    def _saved(self, number: str, *, is_new: bool, advice: list[Problem]) -> None:
        """Say that it is kept; what the record is now is shown the turn after."""
        self.opened = drafting.open_record(self.session.app, number)
        self.unsaved.has_tried = False
        self._name(number)
        self._rename()
        self._turns.add(partial(self._show_saved, number, advice))
        if advice:
            told = f"{number} 已保存，请留意：{'；'.join(each.text for each in advice)}"
            self.session.door.say(told, "", "warning", ("撤销", self.session.undo))
        else:
            self.session.done(f"已登记 {number}" if is_new else f"已保存 {number}")

    def _show_saved(self, number: str, advice: list[Problem]) -> None:
        if self.opened is None or self.opened.stored.number != number:
            return  # the person has gone on to another one
        self._show_around()
        if not self.unsaved.is_dirty:  # else who types on at once would be written over
            self._show_fields()
            self.body.show_problems([], advice, every=True)

    def _differing(self, values: dict[str, Any], rows: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
        """Return only what the person changed, so that what others changed meanwhile stays."""
        stored = self.opened.stored if self.opened else None
        if stored is None:
            return values, rows
        changed = {key: value for key, value in values.items() if value != stored.values[key]}
        return changed, {key: mine for key, mine in rows.items() if mine != stored.rows[key]}

    # --- laying out --------------------------------------------------------------------------------------------

    def _build(self, ledger: Ledger) -> None:
        self.ledger, self.ledger_key = ledger, ledger.key
        self.body = Body(self.session, ledger, self._turns)
        self.body.changed.connect(self.unsaved.typed)
        self.moves = MovesBar(self.session, self._ready_for_step)
        self.head = FormHead(self, is_among=self._among is not None)
        self.column.addWidget(self.moves)
        self.column.addWidget(self._section_tabs())
        self.side = Side(self.session, self._turns)
        self.side.changed.connect(self.unsaved.files_changed)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.addWidget(self.body)
        split.addWidget(self.side)
        split.setStretchFactor(0, 5)
        split.setStretchFactor(1, 3)
        remember_split(split, self.session.preferences, "form", (px(720), px(380)))
        self.column.addWidget(split, 1)
        for key, action in (("Ctrl+S", self.save), ("Ctrl+Return", self.save), ("Esc", self._escape)):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(action)

    @property
    def evidence(self) -> EvidencePanel:
        """The files of the record."""
        return self.side.evidence

    @property
    def history(self) -> HistoryView:
        """What was done to the record."""
        return self.side.history

    def _section_tabs(self) -> QTabBar:
        tabs = QTabBar()
        tabs.setExpanding(False)
        tabs.setDrawBase(False)
        tabs.setAccessibleName("表单各部分")
        titles = self.body.titles
        for title in titles:
            tabs.addTab(title)
        tabs.tabBarClicked.connect(lambda at: self.body.go_to(titles[at]) if at >= 0 else None)

        def follow() -> None:
            title = self.body.section_at_top()
            if title in titles and tabs.currentIndex() != titles.index(title):
                tabs.setCurrentIndex(titles.index(title))

        self.body.verticalScrollBar().valueChanged.connect(follow)
        tabs.setVisible(len(titles) > 2)
        return tabs

    def show_state(self) -> None:
        """Show whether anything is unsaved, and what the record lacks."""
        self.head.show_state(is_unsaved=self.unsaved.is_any)

    def _name(self, title: str) -> None:
        self.title = title
        self.head.name(title)

    def _ready_for_step(self) -> bool:
        """Save what is typed before a step is taken, so that the step sees it."""
        if not self.unsaved.is_any:
            return True
        return self.save()

    def _rename(self) -> None:
        """Tell the window under which number this record is found from now on."""
        window: Any = self.window()
        if self.opened is not None and hasattr(window, "rename_place"):
            window.rename_place(self, {"number": self.opened.stored.number, "among": self._among})

    def _escape(self) -> None:
        """Close the list or calendar in sight, which Esc is meant for; else go back."""
        popup = QApplication.activePopupWidget()
        if popup is not None:
            popup.close()
        else:
            self._go_back()

    def _go_back(self) -> None:
        window: Any = self.window()
        if hasattr(window, "go_back"):
            window.go_back()

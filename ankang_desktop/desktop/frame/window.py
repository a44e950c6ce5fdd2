"""The window of an open workspace: it knows where the person is, where he was, and what runs."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from ankang_desktop.actions import records
from ankang_desktop.actions.overview import is_late
from ankang_desktop.actions.year import begun
from ankang_desktop.desktop.frame.ahead import Ahead
from ankang_desktop.desktop.frame.head import Head
from ankang_desktop.desktop.frame.keys import bind_keys
from ankang_desktop.desktop.frame.messages import MessageBar, WorkStrip
from ankang_desktop.desktop.frame.navigation import Navigation
from ankang_desktop.desktop.frame.not_begun import NotBegunPage
from ankang_desktop.desktop.frame.page import Page
from ankang_desktop.desktop.frame.registry import screen
from ankang_desktop.desktop.frame.reminder import Reminder
from ankang_desktop.desktop.frame.standing import keep_standing, stand, stand_like
from ankang_desktop.desktop.look import current, dress, px
from ankang_desktop.desktop.session import Session
from ankang_desktop.desktop.widgets import tabbing
from ankang_desktop.desktop.work import paint_next
from ankang_desktop.kernel.errors import AnkangError

Place = tuple[str, dict[str, Any]]
_DEEDS = frozenset({"action", "inspect"})  # what is done once on coming; no part of the place, nor done on coming back
_MOST_PLACES = 50
_MOST_DRAFTS = 3  # named in the message; the others are told at the next start


class Window(QMainWindow):
    """The main window; `rebuild_wanted` asks the starter for a new one after theme or text size changed."""

    rebuild_wanted = Signal()
    switch_wanted = Signal()  # another workspace
    lock_wanted = Signal()
    exchange_wanted = Signal(object)  # an Exchange: work on the workspace closed

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.setMinimumSize(px(960), px(500))
        self.setObjectName("canvas")
        self._pages: dict[str, Page] = {}
        self._places: list[Place] = []
        self.page: Page | None = None
        self.navigation = Navigation()
        self.head = Head(self.go_back, self.jump, lambda by: session.choose_year(session.year + by))
        self.messages, self.strip, self.stack = MessageBar(), WorkStrip(), QStackedWidget()
        self._lay_out()
        self._connect()
        bind_keys(self)
        self.navigation.add_ledgers(_groups(session), session.preferences.get("groups", []))
        self._show_year(session.year)
        self._show_steps()
        dress(self)
        self.reminder = Reminder(session, self)
        self.ahead = Ahead(session.work, self)
        session.duties.ask()

    # --- going -------------------------------------------------------------------------------------------------

    def go(self, key: str, arguments: dict[str, Any] | None = None) -> None:
        """Show a screen; what is unsaved on the one being left is asked about first."""
        given = dict(arguments or {})
        if key == "records":
            self._list_records(given["title"], given["refs"])
        elif (place := (key, given)) != self._here():
            if self.may_leave():
                self._show(place)
            else:
                self._mark_place()  # the click has marked where he did not go

    def explain(self) -> None:
        """Show what the help tells of the screen in sight."""
        here = self._here()
        self.go("help", {"topic": screen(here[0]).topic} if here else {})

    def go_back(self) -> None:
        """Show the screen before this one."""
        if len(self._places) > 1 and self.may_leave():
            self._places.pop()
            self._show(self._places.pop())

    def rename_place(self, page: Page, given: dict[str, Any]) -> None:
        """Note under which arguments the page in sight is found from now on: a new record has its number."""
        if page is self.page and self._places:
            self._places[-1] = (self._places[-1][0], given)
            self.setWindowTitle(f"{page.title} - 安康杯工作台")

    def jump(self) -> None:
        """Open the way to everything."""
        from ankang_desktop.desktop.frame.jump import JumpDialog

        JumpDialog(self.session, self).open()

    def _here(self) -> Place | None:
        return self._places[-1] if self._places else None

    def _show(self, place: Place) -> None:
        key, asked = place
        given = {name: value for name, value in asked.items() if name not in _DEEDS}
        try:
            page = self._page(key)
            page.show_with(**asked)
            if self.stack.indexOf(page) < 0:
                self.stack.addWidget(page)  # not before it is built: see look.dress
        except AnkangError as error:
            self.session.door.show(error)
            return
        except Exception as error:  # noqa: BLE001 - a page that breaks must not take the window with it
            self._pages.pop(key, None)
            self.session.door.crash(error)
            return
        left, self.page = self.page, page
        if (key, given) != self._here():
            self._places = [*self._places[-_MOST_PLACES:], (key, given)]
        paint_next(self.stack)
        self.stack.setCurrentWidget(page)
        (page.begins_at or page).setFocus()
        if left is not None and left is not page and left not in self._pages.values():
            self.stack.removeWidget(left)
            left.deleteLater()
        self.head.back.setEnabled(len(self._places) > 1)
        self._mark_place()
        self.setWindowTitle(f"{page.title or screen(key).title} - 安康杯工作台")
        if not key.startswith("record"):
            self.session.preferences.put("place", [key, given] if _is_plain(given) else [key, {}])

    def _mark_place(self) -> None:
        """Mark at the left where the person is."""
        if self.page is not None and (here := self._here()):
            ledger = self.page.ledger_key
            self.navigation.show_place("ledger" if ledger else here[0], ledger)

    def _page(self, key: str) -> Page:
        found = screen(key)
        is_early = found.counts and self.session.is_year_to_come
        if key in self._pages and not is_early:
            return self._pages[key]
        page = NotBegunPage(self.session, found.title) if is_early else found.load()(self.session)
        if found.kept and not is_early:
            self._pages[key] = page
        return page

    def _list_records(self, title: str, refs: list[dict[str, Any]]) -> None:
        from ankang_desktop.desktop.widgets.refs import RecordsDialog

        RecordsDialog(self.session, title, refs, self).open()

    def may_leave(self) -> bool:
        """Say whether the page in sight may be left: one with unsaved work asks first."""
        return self.page is None or self.page.may_leave()

    def may_close(self) -> bool:
        """Say whether the workspace may be closed: nothing unsaved is lost, no writing is stopped unasked."""
        from ankang_desktop.desktop.frame.closing import may_stop

        return self.may_leave() and may_stop(self.session, self)

    def may_be_left_alone(self) -> bool:
        """Say whether the workspace may be closed with nobody here: nothing is asked, runs or would be lost."""
        is_asked = QApplication.activeModalWidget() is not None
        return not is_asked and not self.session.work.is_busy and (self.page is None or self.page.keeps_itself())

    def offer_drafts(self) -> None:
        """Tell what was typed and not saved when the program ended last, with the way to it."""
        from ankang_desktop.desktop.form.drafts import all_drafts

        left = all_drafts(self.session.app)
        if left:
            ways = [(f"接着填 {self._called(*each)}", partial(self._go_on_with, *each)) for each in left[:_MOST_DRAFTS]]
            told = f"上次有 {len(left)} 张表单没来得及保存，填的内容还在"
            self.session.door.say(told, "点右边接着填", "warning", *ways)

    def _called(self, ledger: str, number: str) -> str:
        return number or f"新登记 {self.session.app.ledgers[ledger].title}"

    def _go_on_with(self, ledger: str, number: str) -> None:
        self.go("record", {"number": number} if number else {"ledger": ledger})

    # --- inside ------------------------------------------------------------------------------------------------

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: FBT001 - Qt's own signature
        return tabbing.step(self, is_forward=forward)

    def _lay_out(self) -> None:
        right = QWidget()
        right.setObjectName("canvas")
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self.head, self.messages):
            column.addWidget(part)
        column.addWidget(self.stack, 1)
        column.addWidget(self.strip)
        whole = QWidget()
        row = _row(whole)
        row.addWidget(self.navigation)
        row.addWidget(right, 1)
        self.setCentralWidget(whole)

    def _connect(self) -> None:
        session = self.session
        session.wanted.connect(self.go)
        session.changed.connect(self._changed)
        session.year_changed.connect(self._show_year)
        session.duties.ready.connect(self._show_due)
        session.door.said.connect(self.messages.say)
        session.door.unsaid.connect(self.messages.unsay)
        session.door.window = self
        session.work.began.connect(self.strip.follow)
        for job in session.work.shown:  # begun in the window this one takes the place of
            self.strip.follow(job)
        self.navigation.chosen.connect(lambda key, ledger: self.go(key, {"ledger": ledger} if ledger else {}))
        self.navigation.turned.connect(lambda opened: session.preferences.put("groups", opened))
        self.head.undo.clicked.connect(session.undo)
        self.head.redo.clicked.connect(session.redo)
        self.head.look.clicked.connect(self._other_theme)
        self.head.help.clicked.connect(self.explain)
        self.head.show_theme(is_dark=current().palette.is_dark)

    def _changed(self, changes: Any) -> None:
        self._show_steps()
        if "profile" in changes.tables:
            self._show_year(self.session.year)
        self.session.duties.ask()

    def _show_steps(self) -> None:
        self.head.show_steps(*records.next_steps(self.session.app))

    def _show_year(self, year: int) -> None:
        from ankang_desktop.actions.sheets import enterprise_name

        with self.session.app.read() as connection:
            name = enterprise_name(self.session.app, connection)
        self.head.year.setText(f"{year} 年")
        self.head.enterprise.setText(name or "尚未填写单位")
        self.head.enterprise.setToolTip(f"{name}\n{self.session.app.workspace.folder}")
        self.session.duties.ask()
        turns = isinstance(self.page, NotBegunPage) or self.session.is_year_to_come
        if turns and (here := self._here()) and screen(here[0]).counts:
            self._show(self._places.pop())  # else the page in sight would go on telling of the other kind of year

    def _show_due(self, duties: tuple[Any, ...]) -> None:
        since = begun(self.session.app)
        late = sum(is_late(duty, since) for duty in duties)
        self.navigation.set_number("calendar", str(late) if late else "")

    def change_look(self, preference: str, value: object) -> bool:
        """Ask for a new window in another look; not while records are being changed: this window tells the end."""
        if not self.session.may_write():
            return False
        self.session.preferences.put(preference, value)
        self.rebuild_wanted.emit()
        return True

    def _other_theme(self) -> None:
        if self.may_leave():
            self.change_look("theme", "light" if current().palette.is_dark else "dark")

    def closeEvent(self, event: QCloseEvent) -> None:
        from ankang_desktop.desktop.frame.closing import back_up_first

        if not self.may_close() or back_up_first(self.session, self):
            event.ignore()
            return
        self.remember()
        super().closeEvent(event)

    def remember(self) -> None:
        """Keep where the window stands and how large it is."""
        keep_standing(self, self.session.preferences)

    def restore(self, before: Window | None = None) -> None:
        """Stand where the window stood, or where the one before it stands, at the place where the person was."""
        if before is None:
            stand(self, self.session.preferences)
        else:
            stand_like(self, before)
        key, given = self.session.preferences.get("place") or ["today", {}]
        self.go(key, given)
        if self.page is None:
            self.go("today")


def _row(parent: QWidget) -> Any:
    from PySide6.QtWidgets import QHBoxLayout

    row = QHBoxLayout(parent)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(0)
    return row


def _is_plain(given: dict[str, Any]) -> bool:
    return all(isinstance(value, str | int | bool) for value in given.values())


def _groups(session: Session) -> list[tuple[str, list[tuple[str, str]]]]:
    found: dict[str, list[tuple[str, str]]] = {}
    for ledger in session.app.ledgers:
        found.setdefault(ledger.group.value, []).append((ledger.key, ledger.title))
    return list(found.items())

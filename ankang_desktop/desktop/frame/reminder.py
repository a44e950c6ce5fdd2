"""Reminders in the tray: what is due, told at the start and when the day turns; a click opens the calendar."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QSystemTrayIcon

from ankang_desktop.actions.year import duties_of
from ankang_desktop.desktop.look import icon
from ankang_desktop.desktop.session import Session
from ankang_desktop.kernel.text import join
from ankang_desktop.programme.agenda import reminded
from ankang_desktop.programme.duties import Duty

_LOOK_EVERY = 60_000  # milliseconds between two looks at the calendar day
_NAMED = 3


class Reminder(QObject):
    """Tells the duties of the day once a day; silent where there is no tray or the person switched it off.

    When the day turns while the program runs, what was worked out as of yesterday is worked out anew.
    """

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self.session = session
        self._day = session.app.clock.today()
        self._is_told = False
        self.tray: QSystemTrayIcon | None = None
        if QSystemTrayIcon.isSystemTrayAvailable():
            self.tray = QSystemTrayIcon(icon("shield-check", "accent"), self)
            self.tray.setToolTip("安康杯工作台")
            self.tray.activated.connect(self._open)
            self.tray.messageClicked.connect(self._open)
            self.tray.show()
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_EVERY)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        session.duties.ready.connect(self._worked_out)

    def tell(self, duties: tuple[Duty, ...]) -> str:
        """Show the reminders of today; returns the sentence, "" where nothing is due or they were shown already."""
        if self._is_told or not self.session.preferences.get("reminders", True):
            return ""
        self._is_told = True
        due = reminded(duties, self._day)
        if not due:
            return ""
        sentence = f"{len(due)} 项快到期：{join([each.title for each in due], _NAMED)}"
        if self.tray is not None:
            self.tray.showMessage("安康杯提醒", sentence, QSystemTrayIcon.MessageIcon.Information, 10_000)
        return sentence

    def look(self) -> None:
        """See whether the day has turned; then everything worked out as of yesterday is asked anew."""
        today = self.session.app.clock.today()
        if today == self._day:
            return
        self._day, self._is_told = today, False
        for each in (self.session.duties, self.session.card):
            each.spoil()
        self.session.duties.ask()
        if self.session.year != today.year:  # another year is looked at: today's own is asked for aside
            app = self.session.app
            self.session.work.run(lambda _: duties_of(app, today.year), self._tell)

    def _worked_out(self, duties: tuple[Duty, ...]) -> None:
        if self.session.year == self._day.year:
            self.tell(duties)

    def _tell(self, duties: tuple[Duty, ...]) -> None:
        self.tell(duties)

    def _open(self, _: object = None) -> None:
        self.session.go("calendar")

"""Reminders in the tray: what is due, told at the start and when the day turns; a click opens the calendar."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QSystemTrayIcon

from ankang_desktop.desktop.look import icon
from ankang_desktop.desktop.session import Session
from ankang_desktop.kernel.text import join
from ankang_desktop.programme.agenda import reminded
from ankang_desktop.programme.duties import Duty

_LOOK_EVERY = 60_000  # milliseconds between two looks at the calendar day


class Reminder(QObject):
    """Tells the duties of the day once a day; silent where there is no tray or the person switched it off."""

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self.session = session
        self.told_on: date | None = None
        self.tray: QSystemTrayIcon | None = None
        if QSystemTrayIcon.isSystemTrayAvailable():
            self.tray = QSystemTrayIcon(icon("shield-check", "accent"), self)
            self.tray.setToolTip("安康杯工作台")
            self.tray.activated.connect(lambda _: session.go("calendar"))
            self.tray.messageClicked.connect(lambda: session.go("calendar"))
            self.tray.show()
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_EVERY)
        self._timer.timeout.connect(self._look)
        self._timer.start()
        session.duties.ready.connect(self.tell)

    def tell(self, duties: tuple[Duty, ...]) -> str:
        """Show today's reminders where they were not shown yet; returns the sentence, "" where nothing is due."""
        today = self.session.app.clock.today()
        is_wanted = bool(self.session.preferences.get("reminders", True))
        if not is_wanted or self.told_on == today or self.session.year != today.year:
            return ""
        self.told_on = today
        due = reminded(duties, today)
        if not due:
            return ""
        sentence = f"{len(due)} 项快到期：{join([each.title for each in due], 3)}"
        if self.tray is not None:
            self.tray.showMessage("安康杯提醒", sentence, QSystemTrayIcon.MessageIcon.Information, 10_000)
        return sentence

    def _look(self) -> None:
        if self.told_on != self.session.app.clock.today():
            self.session.duties.ask()

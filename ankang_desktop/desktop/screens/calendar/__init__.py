"""年历: the year as a band, the month, the next 14 days, every duty with its sentence, and what is decided about it."""

from ankang_desktop.desktop.screens.calendar.page import CalendarPage

__all__ = ["CalendarPage"]

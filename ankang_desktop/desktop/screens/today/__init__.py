"""今日: what is due, what is late, what is missing for the score; the state of the year in pictures and numbers."""

from ankang_desktop.desktop.screens.today.page import TodayPage

__all__ = ["TodayPage"]

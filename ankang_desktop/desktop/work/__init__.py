"""Long work off the GUI thread: what it is doing, how far it is, cancel; results come back to the GUI thread."""

from ankang_desktop.desktop.work.collector import keep
from ankang_desktop.desktop.work.tasks import Job, Latest, Work
from ankang_desktop.desktop.work.turns import Turns, next_turn, paint_next

__all__ = ["Job", "Latest", "Turns", "Work", "keep", "next_turn", "paint_next"]

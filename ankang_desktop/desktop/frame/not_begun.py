"""What stands in place of a screen that counts, while the year looked at has not begun."""

from __future__ import annotations

from ankang_desktop.desktop.frame.page import Page
from ankang_desktop.desktop.session import Session
from ankang_desktop.desktop.widgets import EmptyState, button


class NotBegunPage(Page):
    """The title of the screen, why nothing is counted, and the ways on: that year's calendar, or this year."""

    def __init__(self, session: Session, title: str) -> None:
        self.title = title
        super().__init__(session)
        self.add_head()
        self.planning = button(f"看{session.year}年的年历(&L)", lambda: session.go("calendar"), name="calendar")
        this_year = session.app.clock.today().year
        self.returning = button(f"回到{this_year}年(&B)", lambda: session.choose_year(this_year), kind="primary")
        told, remedy = f"{session.year}年还没有开始", "评分、统计从1月1日起算；要做的事已经列在那一年的年历里"
        self.column.addWidget(EmptyState("calendar", told, remedy, self.returning, self.planning), 1)
        self.begins_at = self.returning

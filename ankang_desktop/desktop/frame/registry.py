"""Which screens there are: their keys, names, icons, and where their classes live; imported when first opened."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ankang_desktop.desktop.frame.page import Page


@dataclass(frozen=True)
class Screen:
    """A screen: `place` is “module:Class”; what is `in_navigation` has an entry at the left.

    One that is `kept` lives on when left; others are made anew for each visit.
    """

    key: str
    title: str
    icon: str
    place: str
    in_navigation: bool = True
    kept: bool = True

    @property
    def module(self) -> str:
        """Return the module the page lives in."""
        return f"ankang_desktop.desktop.{self.place.partition(':')[0]}"

    def load(self) -> type[Page]:
        """Return the class of the page."""
        found: type[Page] = getattr(import_module(self.module), self.place.partition(":")[2])
        return found


SCREENS: tuple[Screen, ...] = (
    Screen("today", "今日", "layout-dashboard", "screens.today:TodayPage"),
    Screen("calendar", "年历", "calendar", "screens.calendar:CalendarPage"),
    Screen("hazards", "隐患闭环", "alert-triangle", "screens.hazards:HazardsPage"),
    Screen("grid", "班组网格", "layout-grid", "screens.grid:GridPage"),
    Screen("scorecard", "评分表", "clipboard-check", "screens.scorecard:ScorecardPage"),
    Screen("statistics", "统计表", "chart-bar", "screens.statistics:StatisticsPage"),
    Screen("submission", "报送", "send", "screens.submission:SubmissionPage"),
    Screen("archive", "档案盒", "archive", "screens.archive:ArchivePage"),
    Screen("ledgers", "台账", "books", "ledger.shelf:ShelfPage"),
    Screen("settings", "设置", "settings", "screens.settings:SettingsPage"),
    Screen("ledger", "台账", "clipboard-list", "ledger.page:LedgerPage", in_navigation=False),
    Screen("record", "记录", "file-text", "form.page:RecordPage", in_navigation=False, kept=False),
    Screen("intake", "随手拍", "camera", "screens.intake:IntakePage", in_navigation=False, kept=False),
    Screen("import", "导入", "file-import", "exchange.page:ImportPage", in_navigation=False, kept=False),
    Screen("trash", "回收站", "trash", "screens.trash:TrashPage", in_navigation=False),
    Screen("help", "帮助", "help", "screens.help:HelpPage", in_navigation=False),
)


def screen(key: str) -> Screen:
    """Return a screen by its key; an unknown one is a KeyError, for keys are ours."""
    return next(each for each in SCREENS if each.key == key)

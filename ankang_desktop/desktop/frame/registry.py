"""Which screens there are: their keys, names, icons, and where their classes live; imported when first opened."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ankang_desktop.desktop.frame.page import Page


@dataclass(frozen=True)
class Screen:
    """A screen: `place` is “module:Class”; `topic` is the text of the help that tells of it.

    What is `in_navigation` has an entry at the left. One that is `kept` lives on when left; others are made anew for
    each visit. One that `counts` the records of a year says nothing of a year that has not begun.
    """

    key: str
    title: str
    icon: str
    place: str
    topic: str
    in_navigation: bool = True
    kept: bool = True
    counts: bool = False

    @property
    def module(self) -> str:
        """Return the module the page lives in."""
        return f"ankang_desktop.desktop.{self.place.partition(':')[0]}"

    def load(self) -> type[Page]:
        """Return the class of the page."""
        found: type[Page] = getattr(import_module(self.module), self.place.partition(":")[2])
        return found


SCREENS: tuple[Screen, ...] = (
    Screen("today", "今日", "layout-dashboard", "screens.today:TodayPage", "今日与班组网格", counts=True),
    Screen("calendar", "年历", "calendar", "screens.calendar:CalendarPage", "年历"),
    Screen("hazards", "隐患闭环", "alert-triangle", "screens.hazards:HazardsPage", "隐患闭环与随手拍"),
    Screen("grid", "班组网格", "layout-grid", "screens.grid:GridPage", "今日与班组网格", counts=True),
    Screen("scorecard", "评分表", "clipboard-check", "screens.scorecard:ScorecardPage", "评分与报送", counts=True),
    Screen("statistics", "统计表", "chart-bar", "screens.statistics:StatisticsPage", "评分与报送", counts=True),
    Screen("submission", "报送", "send", "screens.submission:SubmissionPage", "评分与报送", counts=True),
    Screen("archive", "档案盒", "archive", "screens.archive:ArchivePage", "评分与报送"),
    Screen("ledgers", "台账", "books", "ledger.shelf:ShelfPage", "台账与佐证"),
    Screen("settings", "设置", "settings", "screens.settings:SettingsPage", "设置与备份"),
    Screen("ledger", "台账", "clipboard-list", "ledger.page:LedgerPage", "台账与佐证", in_navigation=False),
    Screen("record", "记录", "file-text", "form.page:RecordPage", "台账与佐证", in_navigation=False, kept=False),
    Screen(
        "intake", "随手拍", "camera", "screens.intake:IntakePage", "隐患闭环与随手拍", in_navigation=False, kept=False
    ),
    Screen("import", "导入", "file-import", "exchange.page:ImportPage", "Excel与打印", in_navigation=False, kept=False),
    Screen("trash", "回收站", "trash", "screens.trash:TrashPage", "台账与佐证", in_navigation=False),
    Screen("help", "帮助", "help", "screens.help:HelpPage", "开始使用", in_navigation=False),
)


def screen(key: str) -> Screen:
    """Return a screen by its key; an unknown one is a KeyError, for keys are ours."""
    return next(each for each in SCREENS if each.key == key)

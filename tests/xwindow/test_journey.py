"""One whole journey, by keys and mouse only: found, registered, undone, redone, looked at from every side, closed.

Its pictures are kept in build/pictures/journey, to be looked at.
"""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from ankang_desktop.actions.drafting import open_record
from ankang_desktop.app import App
from ankang_desktop.kernel.clock import Clock
from ankang_desktop.ledgers.hazards.words import Source
from tests.xwindow.conftest import TODAY
from tests.xwindow.desk import WORDS, Desk
from tests.xwindow.screen import SIZE, alike, is_written

THEME = (1294, 25)  # the moon in the strip at the top
LARGEST = (655, 489)  # 150% in 设置
GAPS = (940, 150, 1150, 300)  # 评分缺口 in 今日
LIST = (250, 250, 560, 740)  # what stands left in a page, under its head


def test_a_hazard_from_the_first_key_to_the_closed_window(desk: Desk) -> None:
    screen, seen = desk.screen, []

    desk.reach("今日")
    seen.append(screen.keep("今日", GAPS))

    screen.press("ctrl+k")
    screen.wait("the jump line", lambda: not alike(screen.look(), seen[-1]))
    screen.write("xdjyh")
    seen.append(screen.keep("跳转"))
    screen.press("Return")

    desk.reach("新登记 隐患排查治理台账")
    screen.settled()
    screen.write("6.1")
    screen.press("Tab", "Tab", "Tab", "Down")  # 匿名发现, 发现人, 隐患来源
    screen.press("Tab", "Tab", "Tab", "Tab")  # 来自检查, 来自演练, 所属活动, 车间
    screen.write("jj")
    screen.press("Return", "Tab")
    screen.write("xm")
    seen.append(screen.keep("选班组"))
    screen.press("Return", "Tab")
    desk.write_hanzi("dc")
    screen.press("Tab")
    desk.write_hanzi("pd")
    seen.append(screen.keep("填好的表单"))

    screen.press("ctrl+s")
    window = desk.reach("YH-2026-")
    number = screen.windows()[window].split(" ")[0]
    seen.append(screen.keep("已登记"))
    assert desk.hazard(number)["description"] == WORDS["pd"]

    screen.press("ctrl+3")
    desk.reach("隐患闭环")
    seen.append(screen.keep("隐患闭环"))
    screen.press("ctrl+z")
    screen.wait(f"{number} to be undone", lambda: not desk.hazard(number))
    seen.append(screen.keep("撤销"))
    screen.press("ctrl+y")
    screen.wait(f"{number} to be there again", lambda: desk.hazard(number))
    seen.append(screen.keep("重做"))
    screen.press("Home")
    seen.append(screen.keep("一条隐患"))
    screen.press("Return")
    desk.reach(number)
    seen.append(screen.keep("打开"))

    screen.press("ctrl+5")
    desk.reach("评分表")
    seen.append(screen.keep("评分表", LIST))
    screen.press("Down", "Down")
    seen.append(screen.keep("一行的理由"))

    screen.press("ctrl+6")
    desk.reach("统计表")
    seen.append(screen.keep("统计表", LIST))
    screen.press("Tab", "Return")
    screen.wait("the records", lambda: len(screen.windows()) > 1)
    seen.append(screen.keep("一个数字的记录"))
    screen.press("Escape")
    screen.wait("the dialog to close", lambda: len(screen.windows()) == 1)
    light = desk.reach("统计表")

    screen.click(*THEME)
    dark = desk.reach("统计表", instead_of=light)
    seen.append(screen.keep("深色", LIST))
    screen.press("ctrl+0")
    desk.reach("设置")
    screen.settled()
    screen.click(*LARGEST)
    large = desk.reach("设置", instead_of=dark)
    seen.append(screen.keep("大字"))
    screen.press("ctrl+1")
    desk.reach("今日")
    seen.append(screen.keep("深色大字的今日", GAPS))

    assert desk.close(large) == 0
    assert desk.complaints() == ""
    assert [picture.size for picture in seen] == [SIZE] * len(seen)
    assert all(is_written(picture) for picture in seen)
    assert [at for at, pair in enumerate(pairwise(seen), 1) if alike(*pair)] == []
    with App.opened(desk.workspace, Clock(TODAY)) as app:
        found = open_record(app, number).stored.values
        with app.read() as connection:
            team = app.names(connection).name_of("team", found["team"])
    assert (found["found_on"], found["source"], team) == (date(2026, 6, 1), Source.inspector_patrol, "铣磨班")
    assert (found["place"], found["description"]) == (WORDS["dc"], WORDS["pd"])

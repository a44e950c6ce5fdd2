"""Much at once: who came, who is urged, what is changed in one go."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication

from ankang_desktop.actions import drafting
from tests.desktop.journeys.steps import Officer


def test_all_came_but_one(at_work: Officer) -> None:
    officer = at_work
    officer.jump("新登记 安全教育培训", to="新登记 安全教育培训档案")
    officer.fill("培训名称", "冬季用电安全")
    officer.click("按班组加入", "装配班")
    officer.sees("名单 24 人，到场 24 人")
    officer.click_line("于秋实(0178)")
    officer.press("Right", "Space")
    officer.sees("名单 24 人，到场 23 人")
    officer.press("Ctrl+S")
    officer.sees("已登记 PX-2026-0022")
    rows = drafting.open_record(officer.app, "PX-2026-0022").stored.rows["attendance"]
    assert [row["present"] for row in rows].count(False) == 1
    assert len(rows) == 24


def test_urged_and_changed_all_at_once(at_work: Officer) -> None:
    officer = at_work
    officer.press("Ctrl+3")
    officer.click("催办文字")
    officer.click("复制全部")
    officer.press("Esc")
    officer.sees("已复制 3 段催办文字")
    assert QGuiApplication.clipboard().text().count("【隐患整改催办】") == 3

    officer.jump("隐患排查治理台账")
    officer.click_line("YH-2026-0035")
    officer.click_line("YH-2026-0034", keys="Ctrl")
    officer.click("批量修改")
    officer.sees("所选 2 条隐患排查治理台账")
    officer.choose("要改的项目", "地点")
    officer.fill("地点", "一号门")
    officer.click("全部修改")
    officer.sees("一号门")
    places = [
        drafting.open_record(officer.app, number).stored.values["place"] for number in ("YH-2026-0034", "YH-2026-0035")
    ]
    assert places == ["一号门", "一号门"]
    officer.press("Ctrl+Z")
    officer.sees("维修间门口", "装配线行车")
    officer.sees_no("一号门")

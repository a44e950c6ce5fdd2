"""Points: one more by a gap that was named, and shown to those who check."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtWidgets import QApplication

from ankang_desktop.actions.scores import year_card
from tests.desktop.journeys.steps import Officer


def test_a_named_gap_is_closed_and_the_score_rises(at_work: Officer) -> None:
    officer = at_work
    officer.sees("82.0", "第20行③　请签署并登记“本期无严重违章事故”声明")
    officer.press("Ctrl+5")
    officer.click("得分缺口")
    officer.click("登记“本期无严重违章事故”声明")
    assert officer.reads("声明事项") == "本期无严重违章事故"
    officer.click("负责人已签字：是")
    officer.click("工会主席已签字：是")
    officer.fill("盒号", "9")
    officer.press("Ctrl+S")
    officer.sees("已登记")

    officer.press("Ctrl+5")
    officer.sees("建议分 84.0/ 100")
    officer.sees_no("待确认")
    officer.press("Ctrl+1")
    officer.sees("84.0")
    assert year_card(officer.app, 2026).unit("SUP-3c").suggested == Decimal(2)
    officer.press("Ctrl+Z")
    officer.sees("82.0")


def test_shown_to_those_who_check_with_the_names_hidden(at_work: Officer) -> None:
    officer = at_work
    officer.press("Ctrl+5")
    officer.click("迎检模式")
    officer.sees("第 1 行", "姓名已隐藏", "WJ-2026-0001", "盒1 页1-3")
    officer.press("Right", "Right")
    officer.sees("第 3 行")
    officer.press("1", "6")
    officer.sees("第 16 行")
    hidden = officer.told()
    officer.press("N", "N")
    officer.sees("正在显示姓名")
    assert officer.told() != hidden
    officer.press("N")
    officer.sees("姓名已隐藏")
    officer.press("Return", "Esc", "Left", "Esc")
    officer.sees("评分表", "第 15 行")
    assert QApplication.activeModalWidget() is None

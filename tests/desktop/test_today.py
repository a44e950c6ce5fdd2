"""今日: every number opens its records, the first steps are ticked, nothing is drawn before it is known."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from ankang_desktop.actions.overview import overview
from ankang_desktop.actions.programmes import follow_programmes, followed_programmes
from ankang_desktop.actions.records import add_record
from ankang_desktop.desktop import look
from ankang_desktop.desktop.screens.calendar.filters import LATE_ONES
from ankang_desktop.desktop.screens.first_steps import ProgrammesDialog
from ankang_desktop.desktop.session import Session
from ankang_desktop.desktop.widgets.refs import RecordsDialog
from tests.desktop.conftest import quiet

Show = Callable[..., tuple[Any, Any]]


def dialog(window: Any, qtbot: QtBot, session: Session) -> Any:
    """Return the list of records that has opened, and close it afterwards."""
    quiet(qtbot, session)
    found = next(each for each in window.findChildren(RecordsDialog) if each.isVisible())
    found.hide()
    return found


def test_three_lists_are_one_click_from_done(demo: Session, show: Show, qtbot: QtBot) -> None:
    window, page = show(demo, "today")
    assert [each.entry.mark for each in page.late.lines()] == ["逾期52天"] * 4 + ["逾期82天"]
    assert page.due.whole.text() == "0 项"
    assert page.due.lines()[0].entry.text == "班组安全活动（每班组每月至少2次）"
    line = page.late.lines()[0]
    assert line.toolTip().startswith("高温天气管理（日志）")
    line.setFocus()
    qtbot.keyClick(line, Qt.Key.Key_Return)
    quiet(qtbot, demo)
    assert window.page.title == "年历"
    assert window.page.detail.duty.title == "高温天气管理（日志）"


def test_the_count_of_late_duties_opens_as_many(demo: Session, show: Show, qtbot: QtBot) -> None:
    window, page = show(demo, "today")
    number = int(page.late.whole.text().split()[0])
    qtbot.mouseClick(page.late.whole, Qt.MouseButton.LeftButton)
    quiet(qtbot, demo)
    assert window.page.states.chosen == LATE_ONES
    assert window.page.model.rowCount() == number == len(page.late.entries)


def test_a_gap_opens_exactly_the_records_to_mend(demo: Session, show: Show, qtbot: QtBot) -> None:
    window, page = show(demo, "today")
    gap = next(each for each in page.gaps.entries if each.text.startswith("第20行②　补齐 2 个附件"))
    assert gap.mark == "+1.0"
    assert gap.told.endswith("（每件约 0.5 分）")
    gap.action()
    assert dialog(window, qtbot, demo).model.rowCount() == 2
    qtbot.mouseClick(page.gaps.lines()[0], Qt.MouseButton.LeftButton)
    quiet(qtbot, demo)
    assert window.page.title == "评分表"


def test_every_number_of_the_hazards_opens_its_records(demo: Session, show: Show, qtbot: QtBot) -> None:
    window, page = show(demo, "today")
    panel = page.hazards
    for figure in (panel.open, panel.overdue, panel.closed):
        qtbot.mouseClick(figure, Qt.MouseButton.LeftButton)
        assert dialog(window, qtbot, demo).model.rowCount() == int(figure.number) > 0
    for figure in (panel.rectified, panel.on_time):
        assert figure.number.endswith("%")
        qtbot.mouseClick(figure, Qt.MouseButton.LeftButton)
        assert dialog(window, qtbot, demo).model.rowCount() > 20


def test_a_bar_opens_the_records_of_its_month(demo: Session, show: Show, qtbot: QtBot) -> None:
    window, page = show(demo, "today")
    chart, found = page.hazards.chart, overview(demo.app, 2026)
    for series, numbers in enumerate((found.found, found.closed)):
        middle = chart.place_of(series, 2).center().toPoint()
        qtbot.mouseClick(chart, Qt.MouseButton.LeftButton, pos=middle)
        assert dialog(window, qtbot, demo).model.rowCount() == numbers[2] > 1
    chart.setFocus()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down):  # from March's closed to April's found
        qtbot.keyClick(chart, key)
    assert "4月　查出 4　销号 4" in chart.accessibleName()
    with qtbot.waitSignal(chart.pressed) as pressed:
        qtbot.keyClick(chart, Qt.Key.Key_Return)
    assert pressed.args == [0, 3]
    dialog(window, qtbot, demo)
    qtbot.mouseClick(chart, Qt.MouseButton.LeftButton, pos=QPoint(1, 1))  # beside the bars: nothing
    quiet(qtbot, demo)
    assert not [each for each in window.findChildren(RecordsDialog) if each.isVisible()]


def test_a_coverage_names_those_missing(demo: Session, show: Show, qtbot: QtBot) -> None:
    window, page = show(demo, "today")
    lines = {each.coverage.key: each for each in page.coverage.lines()}
    for key in ("trained", "active", "drilled"):
        coverage = lines[key].coverage
        opened: list[Any] = []
        demo.wanted.connect(lambda screen, given, to=opened: to.append((screen, given)))
        qtbot.mouseClick(lines[key], Qt.MouseButton.LeftButton)
        quiet(qtbot, demo)
        screen, given = opened[0]
        number = len(given["refs"]) if screen == "records" else 1
        assert number == coverage.whole - coverage.done
        window.go("today")
        for each in window.findChildren(RecordsDialog):
            each.close()
    qtbot.mouseClick(lines["reporting"], Qt.MouseButton.LeftButton)
    quiet(qtbot, demo)
    assert window.page.ledger_key == "hazard"


def test_both_years_stand_side_by_side(demo: Session, show: Show, qtbot: QtBot) -> None:
    for day in ("2025-03-01", "2025-12-30"):
        add_record(demo.app, "hazard", {"发现日期": day, "隐患来源": "自查", "隐患描述": "上年的"})
    window, page = show(demo, "today")
    text = page.beside.sentence.text()
    assert "排查隐患48条，同比增加47条" in text
    assert "得分" in text
    assert "上年全年" in text
    assert page.score.last.text().endswith(" 分")
    qtbot.mouseClick(page.beside.copy, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == text
    links = [page.beside._grid.itemAt(at).widget() for at in range(page.beside._grid.count())]
    now = next(each for each in links if each.accessibleName() == "排查隐患 今年 48 条")
    qtbot.mouseClick(now, Qt.MouseButton.LeftButton)
    assert dialog(window, qtbot, demo).model.rowCount() == 48
    before = next(each for each in links if each.accessibleName() == "排查隐患 上年同期 1 条")
    qtbot.mouseClick(before, Qt.MouseButton.LeftButton)
    quiet(qtbot, demo)
    assert window.page.title == "YH-2025-0001"  # the one record itself


def test_the_score_tells_what_it_is_made_of(demo: Session, show: Show, qtbot: QtBot) -> None:
    window, page = show(demo, "today")
    assert page.score.waiting.text() == "2 分"
    assert "82.0" in page.score.gauge.accessibleName()
    assert page.score.last.text() == "没有记录"
    qtbot.mouseClick(page.score.waiting, Qt.MouseButton.LeftButton)
    quiet(qtbot, demo)
    assert window.page.title == "评分表"


def test_first_steps_are_ticked_one_after_another(session: Session, show: Show, qtbot: QtBot) -> None:
    _, page = show(session, "today")
    assert page.first_steps.isVisible()
    assert page.late.entries == []  # what was due before anything was kept here is not reproached
    add_record(session.app, "profile", {"单位名称": "新厂"})
    quiet(qtbot, session)
    done = [each.text() for each in page.first_steps.findChildren(QLabel) if each.isVisible()]
    assert "1　填单位" in done
    programmes = ProgrammesDialog(session, page)
    programmes.boxes["national_2020"].setChecked(True)
    programmes.save()
    assert followed_programmes(session.app) == {"national_2020"}
    add_record(session.app, "employee", {"工号": "1", "姓名": "张三"})
    quiet(qtbot, session)
    assert not page.first_steps.isVisible()


def test_first_steps_are_put_off_until_the_next_start(session: Session, show: Show, qtbot: QtBot) -> None:
    _, page = show(session, "today")
    page.first_steps._put_off()
    add_record(session.app, "profile", {"单位名称": "新厂"})
    quiet(qtbot, session)
    assert not page.first_steps.isVisible()


def test_the_first_steps_lead_on(session: Session, show: Show) -> None:
    _, page = show(session, "today")
    wanted: list[Any] = []
    session.wanted.disconnect()
    session.wanted.connect(lambda screen, given: wanted.append((screen, given)))
    page.first_steps._profile()
    page.first_steps._roster()
    assert wanted == [("record", {"ledger": "profile"}), ("import", {"ledger": "employee"})]


def test_programmes_are_followed_and_ended_as_steps(session: Session) -> None:
    assert follow_programmes(session.app, {"jiaozuo_2023", "national_2020"})
    assert not follow_programmes(session.app, {"jiaozuo_2023", "national_2020"})
    assert follow_programmes(session.app, {"national_2020"})
    assert followed_programmes(session.app) == {"national_2020"}
    session.undo()
    assert followed_programmes(session.app) == {"jiaozuo_2023", "national_2020"}


def test_a_new_record_is_seen_at_once(demo: Session, show: Show, qtbot: QtBot) -> None:
    _, page = show(demo, "today")
    before = int(page.hazards.open.number)
    add_record(demo.app, "hazard", {"发现日期": "2026-11-20", "隐患来源": "自查", "隐患描述": "新的"})
    quiet(qtbot, demo)
    assert int(page.hazards.open.number) == before + 1


@pytest.mark.parametrize("percent", [100, 150])
def test_nothing_is_wider_than_the_page(percent: int, demo: Session, show: Show, qtbot: QtBot) -> None:
    look.apply("light", percent)
    _, page = show(demo, "today")
    inside = page.beside.parentWidget()
    assert inside.width() <= inside.parentWidget().width()
    if percent == 100:
        assert page.gaps.height() + page.score.gauge.height() < 640
    look.apply("light", 100)


_MAKING = """
import enum, sys, threading
from PySide6.QtCore import QTimer
from ankang_desktop.desktop.start import make_application
from ankang_desktop.desktop.widgets.plotting import Plotting
from ankang_desktop.desktop.work import Work

beside, make = [], enum.EnumType.__new__

def heard(*given, **more):
    made = make(*given, **more)
    if threading.current_thread() is not threading.main_thread():
        beside.append(made)
    return made

enum.EnumType.__new__ = heard
application = make_application()
work = Work(None, lambda error: application.exit(2))
Plotting(work, work, lambda library: application.exit(0 if library.PlotWidget else 3))
code = application.exec()
work.close()
sys.exit(code or [each for each in beside if each.__module__.startswith("PySide6")] or 0)
"""


def test_types_of_qt_are_made_in_the_gui_thread_alone() -> None:
    done = subprocess.run([sys.executable, "-c", _MAKING], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr

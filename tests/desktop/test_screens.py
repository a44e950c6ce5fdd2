"""Every screen opens on the demo enterprise and on an empty workspace; what each must do at the least."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from ankang_desktop.actions import drafting
from ankang_desktop.actions.agenda import decide, export_calendar, urging
from ankang_desktop.actions.keeping import backups
from ankang_desktop.actions.programmes import follow_programmes, followed_programmes
from ankang_desktop.actions.records import add_record, next_steps
from ankang_desktop.actions.year import duties_of
from ankang_desktop.desktop import look
from ankang_desktop.desktop.frame.registry import SCREENS
from ankang_desktop.desktop.frame.reminder import Reminder
from ankang_desktop.desktop.screens.calendar.deciding import DecisionDialog
from ankang_desktop.desktop.screens.first_steps import ProgrammesDialog
from ankang_desktop.desktop.session import Session
from ankang_desktop.desktop.widgets.refs import RecordsDialog
from ankang_desktop.kernel.progress import Quiet
from ankang_desktop.ledgers.choices import DutyDecision
from ankang_desktop.ledgers.hazards.words import Stage
from ankang_desktop.programme.duties import State
from tests.desktop.conftest import quiet, write

Show = Callable[..., tuple[Any, Any]]
OPENED = [each.key for each in SCREENS if each.key not in {"record", "ledger", "import"}]


@pytest.mark.parametrize("key", OPENED)
def test_opens_on_the_demo_enterprise(key: str, demo: Session, show: Show) -> None:
    window, page = show(demo, key)
    assert window.page is page
    assert page.isVisible()


@pytest.mark.parametrize("key", OPENED)
def test_opens_on_an_empty_workspace(key: str, session: Session, show: Show) -> None:
    _, page = show(session, key)
    assert page.isVisible()


@pytest.mark.parametrize("key", ["today", "calendar", "hazards", "scorecard", "statistics", "submission", "settings"])
def test_opens_dark_and_large(key: str, demo: Session, show: Show) -> None:
    look.apply("dark", 150)
    _, page = show(demo, key)
    assert page.isVisible()
    look.apply("light", 100)


# --- 今日 ----------------------------------------------------------------------------------------------------------


def test_first_steps_are_ticked_one_after_another(session: Session, show: Show, qtbot: QtBot) -> None:
    _, page = show(session, "today")
    assert page.first_steps.isVisible()
    add_record(session.app, "profile", {"单位名称": "新厂"})
    quiet(qtbot, session)
    dialog = ProgrammesDialog(session, page)
    dialog.boxes["national_2020"].setChecked(True)
    dialog.save()
    assert followed_programmes(session.app) == {"national_2020"}
    add_record(session.app, "employee", {"工号": "1", "姓名": "张三"})
    quiet(qtbot, session)
    assert not page.first_steps.isVisible()


def test_programmes_are_followed_and_ended_as_steps(session: Session) -> None:
    assert follow_programmes(session.app, {"jiaozuo_2023", "national_2020"})
    assert not follow_programmes(session.app, {"jiaozuo_2023", "national_2020"})
    assert follow_programmes(session.app, {"national_2020"})
    assert followed_programmes(session.app) == {"national_2020"}
    session.undo()
    assert followed_programmes(session.app) == {"jiaozuo_2023", "national_2020"}


def test_every_number_of_today_opens_its_records(demo: Session, show: Show, qtbot: QtBot) -> None:
    window, page = show(demo, "today")
    number = int(page.open.text().split()[-1])
    qtbot.mouseClick(page.open, Qt.MouseButton.LeftButton)
    quiet(qtbot, demo)
    sheet = window.page.stack.currentWidget()
    sheet._every_year.setChecked(True)
    quiet(qtbot, demo)
    assert sheet.records.rowCount() == number
    window.go("today")
    coverage = page._coverage.itemAtPosition(0, 0).widget()
    qtbot.mouseClick(coverage, Qt.MouseButton.LeftButton)
    dialog = window.findChild(RecordsDialog)
    assert dialog.table.rowCount() == 12


# --- 年历 ----------------------------------------------------------------------------------------------------------


def test_a_duty_is_closed_with_its_proof_and_taken_back(
    demo: Session, show: Show, qtbot: QtBot, tmp_path: Path
) -> None:
    window, page = show(demo, "calendar", only=State.OVERDUE.value)
    duty = page.model.rows[0]
    page.choose(duty)
    assert page.detail.duty is duty
    dialog = DecisionDialog(demo, duty, DutyDecision.closed, page)
    dialog.save()
    assert "凭证" in dialog.problem.text()
    Image.new("RGB", (20, 20)).save(tmp_path / "纪要.png")
    dialog.files = [tmp_path / "纪要.png"]
    write(dialog.reason, "会议纪要在3盒5号")
    dialog.save()
    quiet(qtbot, demo)
    found = next(each for each in duties_of(demo.app, 2026) if each.ident == duty.ident)
    assert found.state is State.DONE
    assert "会议纪要在3盒5号" in found.reason
    demo.undo()
    assert next(each for each in duties_of(demo.app, 2026) if each.ident == duty.ident).state is State.OVERDUE
    assert window.page is page


def test_calendar_leaves_as_ics_and_as_words(demo: Session, tmp_path: Path) -> None:
    number = export_calendar(demo.app, 2026, tmp_path / "年历.ics", Quiet())
    text = (tmp_path / "年历.ics").read_text("utf-8")
    assert text.count("BEGIN:VEVENT") == number > 50
    assert "BEGIN:VALARM" in text
    late = [each for each in duties_of(demo.app, 2026) if each.state is State.OVERDUE]
    words = urging(late[:3], demo.app.clock.today())
    assert words.count("\n") == 2
    assert all(word in words for word in ("@", "已过期"))


def test_a_moved_duty_stands_on_its_new_days(demo: Session) -> None:
    duty = next(each for each in duties_of(demo.app, 2026) if each.state is State.OPEN and each.occurrence)
    decide(demo.app, duty, DutyDecision.moved, "电话通知", new_from=date(2026, 12, 1), new_until=date(2026, 12, 20))
    moved = [each for each in duties_of(demo.app, 2026) if each.code == duty.code]
    assert any(each.occurrence and each.occurrence.end == date(2026, 12, 20) for each in moved)


def test_band_and_month_walk_by_keyboard(demo: Session, show: Show, qtbot: QtBot) -> None:
    _, page = show(demo, "calendar")
    first = page.detail.duty
    qtbot.keyClick(page.band, Qt.Key.Key_Right)
    assert page.detail.duty is not None
    assert page.detail.duty is not first
    page._view.buttons.button(1).click()
    page.month.turn(-5)
    assert "6月" in page.month.name.text()


def test_reminders_are_told_once_a_day(demo: Session, qtbot: QtBot) -> None:
    reminder = Reminder(demo, demo)
    duties = duties_of(demo.app, 2026)
    told = reminder.tell(duties)
    assert reminder.tell(duties) == ""
    assert told == "" or "快到期" in told
    demo.preferences.put("reminders", False)
    reminder.told_on = None
    assert reminder.tell(duties) == ""


# --- 隐患闭环、随手拍 ----------------------------------------------------------------------------------------------


def test_the_board_counts_and_its_numbers_open(demo: Session, show: Show, qtbot: QtBot) -> None:
    window, page = show(demo, "hazards")
    rectifying = next(each for each in page.columns if each.stage is Stage.rectifying)
    assert int(rectifying.number.text()) == rectifying.model.count == 8
    qtbot.mouseClick(rectifying.number, Qt.MouseButton.LeftButton)
    quiet(qtbot, demo)
    assert window.findChild(RecordsDialog).table.rowCount() == 8
    rectifying.list.setCurrentIndex(rectifying.model.index(0))
    quiet(qtbot, demo)
    assert page.side.seen.card.number == rectifying.model.cards[0].number
    assert page.side.seen.opened.moves


def test_two_hundred_photos_become_drafts_by_keyboard(
    session: Session, show: Show, qtbot: QtBot, tmp_path: Path
) -> None:
    folder = tmp_path / "照片"
    folder.mkdir()
    for number in range(200):
        picture = Image.new("RGB", (24, 18), (number % 256, number // 2, 90))
        picture.putpixel((0, 0), (number, 255 - number % 256, number % 7))
        picture.save(folder / f"IMG_202606{number % 30 + 1:02d}_{number:06d}.png")
    _, page = show(session, "intake", folder=str(folder))
    qtbot.waitUntil(lambda: len(page.roll.shots) == 200, timeout=30_000)
    for number in range(200):
        assert page.at == number
        qtbot.keyClick(page, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
        if not page.boxes["description"].editor.raw():
            page.phrase(number % 3 + 1)
        qtbot.keyClick(page.boxes["place"].editor.main, Qt.Key.Key_Return)
    quiet(qtbot, session)
    assert len(page.taken) == 200
    assert page.stack.currentIndex() == 2
    opened = drafting.open_record(session.app, page.taken[17].number)
    assert opened.stored.values["found_on"] == page.roll.shots[17].taken_on
    assert page.roll.shots[17].taken_on in {date(2026, 6, day) for day in range(1, 31)}
    assert next_steps(session.app)[0] == "登记隐患排查治理台账"


# --- 设置、报送 ----------------------------------------------------------------------------------------------------


def test_backed_up_rehearsed_and_told(
    demo: Session, show: Show, qtbot: QtBot, said: list[tuple[str, str, str]]
) -> None:
    _, page = show(demo, "settings")
    page.backups.back_up()
    quiet(qtbot, demo)
    assert len(backups(demo.app.workspace.folder / "backups")) == 1
    assert "逐个核对" in said[-1][1]
    page.backups.rehearse()
    quiet(qtbot, demo)
    assert said[-1][1].startswith("演练恢复成功")
    assert "演练恢复成功" in page.backups.rehearsed.text()


def test_text_size_and_theme_ask_for_a_new_window(demo: Session, show: Show, qtbot: QtBot) -> None:
    window, page = show(demo, "settings")
    with qtbot.waitSignal(window.rebuild_wanted):
        page.sizes.buttons.button(3).click()
    assert demo.preferences.percent == 150
    with qtbot.waitSignal(window.rebuild_wanted):
        page.themes.buttons.button(1).click()
    assert demo.preferences.theme == "dark"


def test_clipboard_takes_words_that_urge(demo: Session, show: Show) -> None:
    _, page = show(demo, "calendar", only=State.OVERDUE.value)
    page._urge()
    assert QGuiApplication.clipboard().text().startswith("@")

"""年历: walked by keys, filtered, decided upon, urged, exported; a pasted notice becomes duties."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFontMetricsF, QGuiApplication
from PySide6.QtWidgets import QPushButton
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from ankang_desktop.actions.agenda import decide
from ankang_desktop.actions.programmes import followed_programmes
from ankang_desktop.actions.records import next_steps
from ankang_desktop.actions.year import duties_of
from ankang_desktop.declare.kinds import Misread
from ankang_desktop.desktop.frame.reminder import Reminder
from ankang_desktop.desktop.paper import targets
from ankang_desktop.desktop.screens.calendar.adding import AddNoticeDialog
from ankang_desktop.desktop.screens.calendar.band import fitting
from ankang_desktop.desktop.screens.calendar.deciding import DecisionDialog
from ankang_desktop.desktop.screens.calendar.dropped import DroppedDialog
from ankang_desktop.desktop.screens.calendar.filters import EVERY, SOON_ONES
from ankang_desktop.desktop.screens.calendar.timebox import TimeBox
from ankang_desktop.desktop.screens.calendar.urging import UrgeDialog
from ankang_desktop.desktop.session import Session
from ankang_desktop.kernel.clock import Clock
from ankang_desktop.ledgers.choices import DutyDecision
from ankang_desktop.programme.duties import Duty, State
from tests.desktop.conftest import quiet, write

Show = Callable[..., tuple[Any, Any]]
NOTICES = Path(__file__).resolve().parents[1] / "data" / "notices"


def one(session: Session, ident: str) -> Duty:
    return next(each for each in duties_of(session.app, 2026) if each.ident == ident)


def press(parent: Any, words: str) -> None:
    """Press the visible button with these words."""
    found = [each for each in parent.findChildren(QPushButton) if each.text().startswith(words) and each.isVisible()]
    assert found, words
    found[0].click()


# --- looking --------------------------------------------------------------------------------------------------------


def test_opens_with_the_next_fortnight(demo: Session, show: Show, qtmodeltester: ModelTester) -> None:
    _, page = show(demo, "calendar")
    assert [each.ident for each in page.model.rows][:2] == ["C-29@2026-11-01", "C-24@2026-12-01"]
    assert page.detail.duty is page.model.rows[0]
    qtmodeltester.check(page.model)


def test_each_filter_lets_through_as_many_as_it_says(demo: Session, show: Show, qtbot: QtBot) -> None:
    _, page = show(demo, "calendar")
    for name, each in page.states.buttons.items():
        if each.isVisible():
            qtbot.mouseClick(each, Qt.MouseButton.LeftButton)
            assert page.model.rowCount() == int(each.text().split()[-1])
            assert page.states.chosen == name
    page.notices.setCurrentText("焦作2023")
    assert {each.origin for each in page.model.rows} == {"焦作2023"}
    page.search.setText("敲门")
    assert [each.ident for each in page.model.rows] == ["S4-44@2026-06-01"]


def test_the_band_is_walked_and_clicked(demo: Session, show: Show, qtbot: QtBot) -> None:
    _, page = show(demo, "calendar", only=EVERY)
    band = page.band
    first = page.detail.duty
    qtbot.keyClick(band, Qt.Key.Key_Right)
    second = page.detail.duty
    assert second is not first
    qtbot.keyClick(band, Qt.Key.Key_Left)
    assert page.detail.duty is first
    qtbot.keyClick(band, Qt.Key.Key_Down)
    assert page.detail.duty is not first
    assert all(each.duty.ident != "C-32@2026-01-01" for each in band.placed)  # the whole year is no news on a band
    band.verticalScrollBar().setValue(0)
    top = next(each for each in band.placed if each.lane == 0)
    place = band._place(top).center().toPoint()
    qtbot.mouseClick(band.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert page.detail.duty is top.duty
    assert band.duty_at(QPointF(place.x(), 3)) is None


def test_bars_of_one_lane_do_not_meet(demo: Session, show: Show) -> None:
    _, page = show(demo, "calendar", only=EVERY)
    lanes: dict[int, list[tuple[float, float]]] = {}
    for each in page.band.placed:
        lanes.setdefault(each.lane, []).append(each.ends)
    assert len(lanes) == page.band.lanes
    for spans in lanes.values():
        ordered = sorted(spans)
        assert all(before[1] <= after[0] + 0.01 for before, after in pairwise(ordered))
    wide = page.band.viewport().width()
    assert all(begin >= -0.01 and end <= wide + 0.01 for spans in lanes.values() for begin, end in spans)


def test_the_month_is_walked_by_keys(demo: Session, show: Show, qtbot: QtBot) -> None:
    _, page = show(demo, "calendar", only=EVERY)
    press(page, "月历")
    sheet = page.month.sheet
    page.month.go_today()
    assert page.month.name.text() == "2026年11月"
    sheet.here = date(2026, 11, 30)
    qtbot.keyClick(sheet, Qt.Key.Key_Return)
    first = page.detail.duty
    assert first.occurrence.end == date(2026, 11, 30)
    qtbot.keyClick(sheet, Qt.Key.Key_Return)
    assert page.detail.duty is not first
    qtbot.keyClick(sheet, Qt.Key.Key_Right)
    assert page.month.name.text() == "2026年12月"
    qtbot.keyClick(sheet, Qt.Key.Key_PageUp)
    assert page.month.name.text() == "2026年11月"
    at = sheet.days().index(date(2026, 11, 30))
    place = sheet._lines(sheet.cell(at).adjusted(1, 1, -1, -1), 2)[0].center().toPoint()
    qtbot.mouseClick(sheet, Qt.MouseButton.LeftButton, pos=place)
    assert page.detail.duty is sheet.due(date(2026, 11, 30))[0]


def test_a_duty_asked_for_is_shown_whatever_the_filter(demo: Session, show: Show, qtbot: QtBot) -> None:
    window, page = show(demo, "calendar", only=State.OVERDUE.value)
    window.go("today")
    window.go("calendar", {"duty": "C-26@2026-01-01"})
    quiet(qtbot, demo)
    assert page.detail.duty.ident == "C-26@2026-01-01"
    assert page.model.rows[page.table.currentIndex().row()].ident == "C-26@2026-01-01"


def test_the_detail_stands_in_the_list_whatever_is_filtered(demo: Session, show: Show) -> None:
    _, page = show(demo, "calendar", duty="C-26@2026-01-01")
    page.search.setText("敲门")
    assert page.detail.duty is page.model.rows[page.table.currentIndex().row()]
    page.search.setText("没有这样的事")
    assert page.detail.duty is None
    page.search.clear()
    page.choose(next(each for each in page.duties if each.ident == "C-26@2026-01-01"))
    page.states.buttons[SOON_ONES].click()
    assert page.detail.duty is page.model.rows[0]
    assert page.table.currentIndex().row() == 0


def test_initials_find_a_duty(demo: Session, show: Show) -> None:
    _, page = show(demo, "calendar", only=EVERY)
    page.search.setText("bzaqhd")
    assert {each.code for each in page.model.rows} == {"C-29"}


def test_the_band_begins_at_its_top_and_scrolls_to_what_was_chosen(demo: Session, show: Show, qtbot: QtBot) -> None:
    _, page = show(demo, "calendar")
    bar = page.band.verticalScrollBar()
    assert bar.maximum() > 0
    assert bar.value() == 0
    low = max(page.band.placed, key=lambda each: each.lane)
    page.choose(low.duty)
    assert bar.value() > 0
    bar.setValue(0)
    page.refresh()
    quiet(qtbot, demo)
    assert bar.value() == 0


def test_no_word_is_drawn_rather_than_one_character(session: Session) -> None:
    metrics = QFontMetricsF(QGuiApplication.font())
    assert fitting(metrics, "年度总结", 1000) == "年度总结"
    assert fitting(metrics, "年度总结", metrics.horizontalAdvance("年…") + 1) == ""
    assert fitting(metrics, "年度总结", metrics.horizontalAdvance("年度…") + 1) == "年度…"


# --- deciding -------------------------------------------------------------------------------------------------------


def test_closed_with_its_proof_and_taken_back(demo: Session, show: Show, qtbot: QtBot, tmp_path: Path) -> None:
    _, page = show(demo, "calendar", duty="C-39@2026-01-01")
    press(page.detail, "办结")
    dialog = page.findChild(DecisionDialog)
    dialog.save()
    assert "凭证" in dialog.problem.text()
    Image.new("RGB", (20, 20)).save(tmp_path / "纪要.png")
    dialog.add_files([tmp_path / "纪要.png"])
    assert "纪要.png" in dialog.attached.text()
    write(dialog.reason, "会议纪要在3盒5号")
    dialog.save()
    quiet(qtbot, demo)
    assert not dialog.isVisible()
    assert "会议纪要在3盒5号" in one(demo, "C-39@2026-01-01").reason
    assert page.detail.duty.state is State.DONE
    press(page.detail, "收回")
    quiet(qtbot, demo)
    assert page.detail.duty.state is State.OVERDUE
    demo.undo()
    assert one(demo, "C-39@2026-01-01").state is State.DONE


def test_a_file_that_is_gone_leaves_the_dialog_open(
    demo: Session, show: Show, qtbot: QtBot, said: list[tuple[str, str, str]]
) -> None:
    _, page = show(demo, "calendar", duty="C-39@2026-01-01")
    dialog = DecisionDialog(demo, page.detail.duty, DutyDecision.closed, page)
    dialog.open()
    dialog.add_files([Path("不在了.pdf")])
    dialog.save()
    quiet(qtbot, demo)
    assert dialog.isVisible()
    assert dialog.isEnabled()
    assert said[-1][0] == "danger"
    dialog.reject()


def test_moved_by_the_dialog(demo: Session, show: Show, qtbot: QtBot) -> None:
    _, page = show(demo, "calendar", duty="C-29@2026-11-01")
    press(page.detail, "改期")
    dialog = page.findChild(DecisionDialog)
    dialog.days[1].set_value(date(2026, 12, 10))
    dialog.save()
    quiet(qtbot, demo)
    assert page.detail.duty.occurrence.end == date(2026, 12, 10)
    assert len([each for each in page.duties if each.code == "C-29"]) == 12


def test_switched_off_and_on_again(demo: Session, show: Show, qtbot: QtBot) -> None:
    _, page = show(demo, "calendar", duty="C-13@2026-01-01")
    decide(demo.app, page.detail.duty, DutyDecision.switched_off, "集团统一设置")
    quiet(qtbot, demo)
    assert not [each for each in page.duties if each.code == "C-13"]
    dialog = DroppedDialog(demo, page)
    dialog.open()
    button = next(
        each for each in dialog.findChildren(QPushButton) if each.accessibleName().startswith("启用 设置12350")
    )
    button.click()
    quiet(qtbot, demo)
    assert [each for each in page.duties if each.code == "C-13"]
    dialog.reject()


def test_a_record_is_begun_with_its_day(demo: Session, show: Show) -> None:
    window, page = show(demo, "calendar", duty="C-30@2026-10-01")
    press(page.detail, "登记")
    assert window.page.ledger_key == "inspection"
    values = window.page.body.values()
    assert values[demo.app.ledgers["inspection"].day.key] == date(2026, 11, 21)
    assert values["kind"].name == "occ_health"


def test_sources_units_and_records_of_a_duty_open(demo: Session, show: Show, qtbot: QtBot) -> None:
    window, page = show(demo, "calendar", duty="S0-53@2026-01-01")
    texts = [each.text() for each in page.detail.findChildren(type(page.heading)) if each.isVisible()]
    assert any("请于12月15日前报市总劳动和经济工作部" in each for each in texts)
    press(page.detail, "第2行")
    quiet(qtbot, demo)
    assert window.page.title == "评分表"


# --- leaving --------------------------------------------------------------------------------------------------------


def test_words_that_urge_are_shown_and_copied(demo: Session, show: Show, qtbot: QtBot) -> None:
    _, page = show(demo, "calendar", duty="C-29@2026-11-01")
    page._urge()
    quiet(qtbot, demo)
    dialog = page.findChild(UrgeDialog)
    lines = dialog.text.toPlainText().splitlines()
    assert lines[0].startswith("@")
    assert any(each.startswith("@车工班 11月班组安全活动记录缺2场，请于11月30日") for each in lines)
    dialog.copy()
    assert QGuiApplication.clipboard().text() == "\n".join(lines)


def test_nothing_to_urge_is_said(demo: Session, show: Show, qtbot: QtBot, said: list[tuple[str, str, str]]) -> None:
    _, page = show(demo, "calendar", only=State.DONE.value)
    page._urge()
    quiet(qtbot, demo)
    assert said[-1][1] == "没有要催别人办的事项"


def test_the_year_leaves_as_ics(
    demo: Session, show: Show, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, page = show(demo, "calendar")
    monkeypatch.setattr(targets, "ask_target", lambda *_: tmp_path / "年历.ics")
    page._export()
    quiet(qtbot, demo)
    assert (tmp_path / "年历.ics").read_text("utf-8").count("BEGIN:VEVENT") > 30


# --- a notice pasted ------------------------------------------------------------------------------------------------


def test_a_pasted_notice_becomes_duties(demo: Session, show: Show, qtbot: QtBot) -> None:
    _, page = show(demo, "calendar")
    page._add_notice()
    dialog = page.findChild(AddNoticeDialog)
    dialog.read()
    quiet(qtbot, demo)
    assert "还没有" in dialog.problem.text()
    dialog.text.setPlainText((NOTICES / "huantai_2016.txt").read_text("utf-8"))
    dialog.read()
    quiet(qtbot, demo)
    assert dialog.heads["issuer"].text() == "桓台县人民政府办公室"
    sure = [each for each in dialog.cards if each.accepted.isChecked()]
    assert {"M:25", "D:2016-04-30"} <= {each.proposal.when for each in sure}
    dialog._tick("none")
    assert not dialog.next.isEnabled()
    chosen = next(each for each in dialog.cards if each.proposal.when == "M:25")
    chosen.accepted.setChecked(True)
    chosen.words.setText("月度进展报县总")
    chosen.time.last[1].setText("20")
    chosen.time.last[1].textEdited.emit("20")
    dialog.heads["short"].setText("")
    dialog.save()
    assert "简称" in dialog.problem.text()
    dialog.heads["short"].setText("桓台今年")
    dialog.save()
    quiet(qtbot, demo)
    mine = [each for each in page.duties if each.origin == "桓台今年"]
    assert len(mine) == 12
    assert mine[0].title == "月度进展报县总"
    assert mine[0].occurrence is not None
    assert mine[0].occurrence.end.day == 20
    assert next_steps(demo.app)[0] == "添加通知“桓台今年”"
    assert len(followed_programmes(demo.app)) == 4


def test_back_to_the_text_and_forth(demo: Session, show: Show, qtbot: QtBot) -> None:
    _, page = show(demo, "calendar")
    dialog = AddNoticeDialog(demo, page)
    dialog.open()
    dialog.show_reading(_reading(demo))
    assert dialog.next.text() == "加入年历(&S)"
    press(dialog, "上一步")
    assert dialog.next.text() == "读出要求(&N)"
    dialog.text.setPlainText("没有要求的话")
    dialog.next.click()
    quiet(qtbot, demo)
    assert "没有读出" in dialog.problem.text()
    dialog.reject()


def test_a_requirement_is_added_by_hand_and_cards_keep_their_height(demo: Session, show: Show, qtbot: QtBot) -> None:
    _, page = show(demo, "calendar")
    dialog = AddNoticeDialog(demo, page)
    dialog.open()
    dialog.show_reading(_reading(demo))
    dialog._list([each.proposal for each in dialog.cards[:2]])
    dialog._tick("none")
    dialog.add_one()
    dialog.resize(1200, 1400)
    qtbot.wait(50)
    assert all(each.height() <= each.sizeHint().height() + 40 for each in dialog.cards)
    mine = dialog.cards[-1]
    assert mine.accepted.isChecked()
    dialog.save()
    assert "还没有写" in dialog.problem.text()
    mine.words.setText("班前安全会")
    mine.sentence.setText("每个班组每周开展一次班前安全会。")
    mine.time.kind.setCurrentText("每周")
    dialog.save()
    quiet(qtbot, demo)
    notice = next(each for each in demo.app.library.notices.values() if each.is_own)
    (kept,) = notice.obligations
    assert (kept.text, kept.source_text, kept.when.code) == ("班前安全会", "每个班组每周开展一次班前安全会。", "W")


def _reading(session: Session) -> Any:
    from ankang_desktop.actions.notices import propose

    return propose(session.app, (NOTICES / "shijiazhuang_2021.txt").read_text("utf-8"))


@pytest.mark.parametrize(
    "code",
    [
        "Y:06-01..06-30",
        "Y:11-15..03-15",
        "D:12-15",
        "M:25",
        "W",
        "Q",
        "EV",
        "Y:01-01..01-31;Y:03-11..03-31",
        "Y:2026-12-01..2027-03-10",
        "D:2027-03-20",
    ],
)
def test_a_time_untouched_comes_back_as_it_was(code: str, session: Session, qtbot: QtBot) -> None:
    box = TimeBox(code, session)
    qtbot.addWidget(box)
    assert box.code() == code


def test_a_time_is_corrected_in_its_words(session: Session, qtbot: QtBot) -> None:
    box = TimeBox("D:12-15", session)
    qtbot.addWidget(box)
    box.show()
    month, day = box.last
    day.selectAll()
    qtbot.keyClicks(day, "20")
    assert box.code() == "D:12-20"
    box.kind.setCurrentText("每月")
    assert box.code() == "M:20"
    assert not month.isVisible()
    box.kind.setCurrentText("每年的期限")
    month.setText("2")
    day.setText("30")
    with pytest.raises(Misread, match="没有这样的日子"):
        box.code()
    day.setText("")
    with pytest.raises(Misread, match="请填"):
        box.code()


def test_a_time_that_comes_once_is_entered_with_its_year(session: Session, qtbot: QtBot) -> None:
    box = TimeBox("D:03-20", session)
    qtbot.addWidget(box)
    box.show()
    assert not box.years[1].isVisible()
    box.kind.setCurrentText("一次的期限")
    assert box.years[1].isVisible()
    assert not box.years[0].isVisible()
    box.years[1].setText("2027")
    assert box.code() == "D:2027-03-20"
    box.kind.setCurrentText("一次的时段")
    box.years[0].setText("2026")
    for editor, number in zip(box.first, ("12", "1"), strict=True):
        editor.setText(number)
    assert box.code() == "Y:2026-12-01..2027-03-20"
    box.years[0].setText("2028")
    with pytest.raises(Misread, match="没有这样的日子"):
        box.code()


# --- reminders ------------------------------------------------------------------------------------------------------


def test_reminders_are_told_once_a_day(demo: Session, qtbot: QtBot) -> None:
    demo.app.clock = Clock(date(2026, 11, 23))  # seven days before the month ends, and before 《安全生产法》宣传周
    reminder = Reminder(demo, demo)
    told = reminder.tell(duties_of(demo.app, 2026))
    assert told.startswith("2 项快到期：班组安全活动")
    assert reminder.tell(duties_of(demo.app, 2026)) == ""


def test_reminders_switched_off_are_silent(demo: Session) -> None:
    demo.app.clock = Clock(date(2026, 11, 23))
    demo.preferences.put("reminders", value=False)
    assert Reminder(demo, demo).tell(duties_of(demo.app, 2026)) == ""


def test_when_the_day_turns_all_is_worked_out_anew(demo: Session, show: Show, qtbot: QtBot) -> None:
    window, page = show(demo, "calendar", duty="C-29@2026-11-01")
    assert page.detail.duty.days_left == 9
    demo.app.clock = Clock(date(2026, 11, 23))
    window.reminder.look()
    quiet(qtbot, demo)
    assert page.detail.duty.days_left == 7
    told: list[Any] = []
    demo.duties.ready.connect(told.append)
    window.reminder.look()
    quiet(qtbot, demo)
    assert told == []  # a minute later nothing is asked again


def test_another_year_does_not_silence_the_reminder(demo: Session, show: Show, qtbot: QtBot) -> None:
    window, _ = show(demo, "today")
    demo.choose_year(2025)
    quiet(qtbot, demo)
    demo.app.clock = Clock(date(2026, 11, 23))
    told: list[str] = []
    tell = window.reminder.tell
    window.reminder.tell = lambda duties: told.append(tell(duties))
    window.reminder.look()
    quiet(qtbot, demo)
    assert [each for each in told if each] == [told[-1]]
    assert told[-1].startswith("2 项快到期")

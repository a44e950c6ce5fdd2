"""报送 as the officer goes through it: points opened, the gate ticked, cancelled without a trace, parts, receipt."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from ankang_desktop.actions import filing, records, scores, submissions, submitting
from ankang_desktop.actions.submissions import Standing
from ankang_desktop.desktop.paper.preview import PreviewWindow
from ankang_desktop.desktop.screens.submission.page import CHOOSE, PACK, POINTS, PRIVACY, RECEIPT, RESULT
from ankang_desktop.desktop.screens.submission.verifying import CheckedDialog, check_file
from ankang_desktop.desktop.session import Session
from ankang_desktop.kernel.progress import Progress
from ankang_desktop.ledgers.upper import SubmissionKind, SubmissionSubject
from ankang_desktop.store.evidence import Use
from tests.desktop.conftest import quiet

Show = Callable[..., tuple[Any, Any]]
LEFT = Qt.MouseButton.LeftButton


def go_to_packing(page: Any, session: Session, qtbot: QtBot, target: Path) -> None:
    page.choose.target.setText(str(target))
    page.choose._named("")
    for at in (POINTS, PRIVACY):
        qtbot.mouseClick(page.next, LEFT)
        quiet(qtbot, session)
        assert page.at == at
    page.privacy.agree.setChecked(True)
    qtbot.mouseClick(page.next, LEFT)
    assert page.at == PACK


def pack(page: Any, session: Session, qtbot: QtBot, target: Path) -> None:
    go_to_packing(page, session, qtbot, target)
    qtbot.mouseClick(page.next, LEFT)
    quiet(qtbot, session)
    assert page.at == RESULT


def hand_ins(session: Session) -> tuple[submissions.Handed, ...]:
    return submissions.history(session.app)


def wanted(window: Any, session: Session) -> list[tuple[str, dict[str, Any]]]:
    """Hear where the page wants to go instead of going there."""
    heard: list[tuple[str, dict[str, Any]]] = []
    session.wanted.disconnect(window.go)
    session.wanted.connect(lambda key, given: heard.append((key, given)))
    return heard


def test_the_kind_is_chosen_by_what_went_out_before(demo: Session, show: Show, qtbot: QtBot) -> None:
    _, page = show(demo, "submission")
    group = page.choose.kinds.buttons
    assert page.draft.kind is SubmissionKind.correction
    assert not group.button(0).isEnabled()
    assert "华兴厂-2026年年终材料-20261121" in page.choose.target.text()
    page.choose.choose(SubmissionSubject.monthly)
    quiet(qtbot, demo)
    assert page.draft.kind is SubmissionKind.first
    assert [group.button(at).isEnabled() for at in range(4)] == [True, False, False, False]
    assert page.choose.start.day().month == 11


def test_a_period_that_cannot_be_is_said_beside_it(demo: Session, show: Show, qtbot: QtBot) -> None:
    _, page = show(demo, "submission")
    line = page.choose.end.main
    line.selectAll()
    qtbot.keyClicks(line, "2025-1-1")
    assert "早于期间自" in page.choose.problem.text()
    assert page.choose.problem.isVisible()
    assert not page.next.isEnabled()
    line.selectAll()
    qtbot.keyClicks(line, "2026-12-31")
    quiet(qtbot, demo)
    assert not page.choose.problem.isVisible()
    assert page.next.isEnabled()
    page.choose.target.setText("年终.rar")
    qtbot.mouseClick(page.next, LEFT)
    assert page.at == CHOOSE
    assert ".zip" in page.choose.problem.text()


def test_points_open_their_records_and_are_looked_at_again(
    demo: Session, show: Show, qtbot: QtBot, qtmodeltester: ModelTester, tmp_path: Path
) -> None:
    window, page = show(demo, "submission")
    page.choose.target.setText(str(tmp_path / "包.zip"))
    qtbot.mouseClick(page.next, LEFT)
    quiet(qtbot, demo)
    qtmodeltester.check(page.points.model)
    rows = page.points.model.rows
    heard = wanted(window, demo)
    at = next(place for place, row in enumerate(rows) if row.screen == "scorecard")
    page.points.table.setCurrentIndex(page.points.model.index(at, 0))
    page.points.table.setFocus()
    qtbot.keyClick(page.points.table, Qt.Key.Key_Return)
    assert heard[-1] == ("scorecard", rows[at].arguments)
    many = next(row for row in rows if len(row.refs) > 1)
    page.points.open_row(many)
    assert (heard[-1][0], len(heard[-1][1]["refs"])) == ("records", len(many.refs))
    records.add_record(demo.app, "absence_note", {"评分单元": "MGT-5", "不涉及的理由": "无", "签署日期": "11.1"})
    quiet(qtbot, demo)
    assert [row.gravity.value for row in page.points.model.rows].count("未签字") == 1


def test_what_stops_must_be_mended_first(session: Session, show: Show, qtbot: QtBot, tmp_path: Path) -> None:
    _, page = show(session, "submission")
    page.choose.target.setText(str(tmp_path / "包.zip"))
    qtbot.mouseClick(page.next, LEFT)
    quiet(qtbot, session)
    assert page.at == POINTS
    assert not page.next.isEnabled()
    assert "必须先办" in page.told.text()
    records.add_record(session.app, "profile", {"单位名称": "新厂"})
    quiet(qtbot, session)
    assert page.next.isEnabled()


def test_personal_data_must_be_ticked_and_open_their_record(
    demo: Session, show: Show, qtbot: QtBot, qtmodeltester: ModelTester, tmp_path: Path
) -> None:
    records.change_record(demo.app, "JY-2026-0001", {"备注": "联系 13812345678"})
    window, page = show(demo, "submission")
    page.choose.target.setText(str(tmp_path / "包.zip"))
    for _ in range(2):
        qtbot.mouseClick(page.next, LEFT)
        quiet(qtbot, demo)
    assert page.at == PRIVACY
    qtmodeltester.check(page.privacy.model)
    assert not page.next.isEnabled()
    heard = wanted(window, demo)
    row = next(row for row in page.privacy.model.rows if row.kind == "手机号码")
    assert "138****5678" in row.excerpt
    page.privacy.open_row(row)
    assert heard[-1] == ("record", {"number": "JY-2026-0001"})
    qtbot.keyClick(page.privacy.agree, Qt.Key.Key_Space)
    assert page.next.isEnabled()


def test_what_the_program_cannot_mask_stops(demo: Session, show: Show, qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "名单.txt"
    path.write_text("联系 13812345678", "utf-8")
    filing.attach_files(demo.app, "YL-2026-0002", [path], Use())
    _, page = show(demo, "submission")
    page.choose.target.setText(str(tmp_path / "包.zip"))
    for _ in range(2):
        qtbot.mouseClick(page.next, LEFT)
        quiet(qtbot, demo)
    assert page.at == PRIVACY
    assert not page.privacy.agree.isEnabled()
    assert not page.next.isEnabled()
    assert "不能代改" in page.told.text()


def test_cancelled_leaves_nothing(
    demo: Session, show: Show, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, page = show(demo, "submission")
    go_to_packing(page, demo, qtbot, tmp_path / "出" / "包.zip")
    before = hand_ins(demo)
    submit = submitting.submit

    def cancelled_midway(app: Any, order: Any, progress: Progress) -> Any:
        class Watched:
            def step(self, text: str, done: int = 0, total: int = 0) -> None:
                if "隐私自查" in text:
                    demo.work.shown[0].cancel()
                progress.step(text, done, total)

        return submit(app, order, Watched())

    monkeypatch.setattr(submitting, "submit", cancelled_midway)
    qtbot.mouseClick(page.next, LEFT)
    assert not page.next.isEnabled()
    quiet(qtbot, demo)
    assert page.at == PACK
    assert page.packing.told.text() == "已取消，什么都没有留下"
    assert page.packing.remedy.text() == "没有材料包文件，也没有登记记录"
    assert hand_ins(demo) == before
    assert not (tmp_path / "出" / "包.zip").exists()
    assert page.next.isEnabled()
    monkeypatch.setattr(submitting, "submit", submit)
    qtbot.mouseClick(page.next, LEFT)
    quiet(qtbot, demo)
    assert page.at == RESULT


def test_an_error_is_told_where_it_happened(demo: Session, show: Show, qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    _, page = show(demo, "submission")
    go_to_packing(page, demo, qtbot, tmp_path / "file" / "包.zip")
    before = hand_ins(demo)
    qtbot.mouseClick(page.next, LEFT)
    quiet(qtbot, demo)
    assert page.at == PACK
    assert "什么都没有留下" in page.packing.remedy.text()
    assert hand_ins(demo) == before


def test_packed_read_back_and_received(
    demo: Session, show: Show, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, page = show(demo, "submission")
    page.choose.limit.addItem("小", 1)
    page.choose.limit.setCurrentIndex(page.choose.limit.count() - 1)
    pack(page, demo, qtbot, tmp_path / "包.zip")
    done = page.draft.done
    assert page.result.told.text() == "材料包完好，可以报送"
    assert done.parts
    assert (tmp_path / "包-分卷" / "合并说明.txt").is_file()
    assert page.stepper.reach == {RESULT, RECEIPT}
    qtbot.mouseClick(page.next, LEFT)
    assert page.at == RECEIPT
    (tmp_path / "回执.pdf").write_bytes(b"%PDF-1.4 stamp")
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(tmp_path / "回执.pdf")], ""))
    page.receipt.browse()
    page.receipt.day.main.clear()
    qtbot.mouseClick(page.next, LEFT)
    assert page.receipt.problem.text() == "请填送达回执日期"
    qtbot.keyClicks(page.receipt.day.main, "11.21")
    qtbot.mouseClick(page.next, LEFT)
    quiet(qtbot, demo)
    assert page.at == CHOOSE
    newest = hand_ins(demo)[0]
    assert (newest.number, newest.standing, newest.receipt_files) == (done.number, Standing.received, 1)
    assert page.history.handed[0].standing is Standing.received
    demo.undo()
    assert hand_ins(demo)[0].standing is Standing.waiting


def test_history_shows_frozen_papers_and_checks_the_kept_copy(
    demo: Session, show: Show, qtbot: QtBot, tmp_path: Path
) -> None:
    window, page = show(demo, "submission")
    handed = page.history.handed[0]
    assert handed.frozen
    page.history._show_paper(handed.frozen[0])
    quiet(qtbot, demo)
    preview = window.findChild(PreviewWindow)
    assert preview.printed.pages >= 1
    preview.close()
    check_file(demo, handed.path)
    quiet(qtbot, demo)
    dialog = window.findChild(CheckedDialog)
    assert "完好" in dialog.told.text()
    dialog.close()


def test_a_strangers_damaged_package_is_told_file_by_file(
    demo: Session, show: Show, qtbot: QtBot, qtmodeltester: ModelTester, tmp_path: Path
) -> None:
    window, page = show(demo, "submission")
    data = bytearray(page.history.handed[0].path.read_bytes())
    data[len(data) // 2] ^= 1
    (tmp_path / "收到.zip").write_bytes(data)
    check_file(demo, tmp_path / "收到.zip")
    quiet(qtbot, demo)
    dialog = window.findChild(CheckedDialog)
    assert dialog.told.text() == "有 1 处问题"
    qtmodeltester.check(dialog.listed)
    dialog.copy()
    dialog.close()


def test_a_withdrawal_needs_its_reason(
    demo: Session, show: Show, qtbot: QtBot, said: list[tuple[str, str, str]]
) -> None:
    _, page = show(demo, "submission")
    qtbot.mouseClick(page.choose.kinds.buttons.button(3), LEFT)
    assert page.next.text() == "登记撤回(&N)"
    qtbot.mouseClick(page.next, LEFT)
    assert page.choose.problem.text() == "请写明撤回的原因"
    page.choose.reason.set_value("口径有误")
    qtbot.mouseClick(page.next, LEFT)
    quiet(qtbot, demo)
    assert said[-1][1].startswith("已登记撤回")
    assert hand_ins(demo)[0].standing is Standing.note
    assert hand_ins(demo)[1].standing is Standing.withdrawn


def test_steps_are_gone_back_to_by_keyboard(demo: Session, show: Show, qtbot: QtBot, tmp_path: Path) -> None:
    _, page = show(demo, "submission")
    go_to_packing(page, demo, qtbot, tmp_path / "包.zip")
    page.stepper.setFocus()
    for _ in range(2):
        qtbot.keyClick(page.stepper, Qt.Key.Key_Left)
    assert "第2步 预检" in page.stepper.accessibleName()
    qtbot.keyClick(page.stepper, Qt.Key.Key_Return)
    quiet(qtbot, demo)
    assert page.at == POINTS
    qtbot.mouseClick(page.back, LEFT)
    quiet(qtbot, demo)
    assert page.at == CHOOSE


def test_what_is_worked_out_of_a_choice_given_up_is_forgotten(
    demo: Session, show: Show, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    _, page = show(demo, "submission")
    page.choose.target.setText(str(tmp_path / "a.zip"))
    page.choose._named("")
    score, began, goes_on = scores.score_card, Event(), Event()

    def slow(*given: Any) -> Any:
        began.set()
        goes_on.wait(20)
        return score(*given)

    monkeypatch.setattr(scores, "score_card", slow)
    qtbot.mouseClick(page.next, LEFT)
    qtbot.waitUntil(began.is_set)
    qtbot.mouseClick(page.back, LEFT)
    page.choose.choose(SubmissionSubject.monthly)
    goes_on.set()
    quiet(qtbot, demo)
    assert page.draft.card is None
    page.choose.target.setText(str(tmp_path / "b.zip"))
    page.choose._named("")
    qtbot.mouseClick(page.next, LEFT)
    quiet(qtbot, demo)
    assert page.at == POINTS
    assert (page.draft.card.start.month, page.draft.card.end.month) == (11, 11)

"""The scorecard as the officer works on it, and 迎检模式 as the inspector sees it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from ankang_desktop.actions import drafting, last_year, scoring_work
from ankang_desktop.actions.records import add_record
from ankang_desktop.desktop import look
from ankang_desktop.desktop.paper.preview import PreviewWindow
from ankang_desktop.desktop.screens.scorecard.body import COMPARE, FROZEN, GAPS
from ankang_desktop.desktop.screens.scorecard.frozen import FreezeDialog
from ankang_desktop.desktop.screens.scorecard.inspection.window import InspectionWindow
from ankang_desktop.desktop.session import Session
from ankang_desktop.ledgers.accidents import DeclaredAbsence
from ankang_desktop.ledgers.enterprise.people import Employee
from ankang_desktop.ledgers.organisation import DocumentKind
from ankang_desktop.scoring.card import Which
from tests.desktop.conftest import quiet, write

Show = Callable[..., tuple[Any, Any]]
Said = list[tuple[str, str, str]]
SECOND = Path(__file__).parents[1] / "data" / "works_card_2027"


def self_score(session: Session, code: str) -> tuple[Decimal | None, str]:
    """The score as the records have it, not as the page shows it."""
    unit = scoring_work.card_of_year(session.app, "", session.year).unit(code)
    return unit.self_score, unit.self_reason


def hear(session: Session, window: Any) -> list[tuple[str, dict[str, Any]]]:
    """Hear where the page wants to go, instead of going."""
    asked: list[tuple[str, dict[str, Any]]] = []
    session.wanted.disconnect(window.go)
    session.wanted.connect(lambda key, given: asked.append((key, given)))
    return asked


class TestTheCard:
    def test_seven_sections_and_twenty_four_boxes(self, demo: Session, show: Show, qtmodeltester: ModelTester) -> None:
        _, page = show(demo, "scorecard")
        qtmodeltester.check(page.body.rows)
        lines = page.body.rows.lines
        assert sum(line.row is None for line in lines) == 7
        assert [line.row.number for line in lines if line.row] == list(range(1, 25))
        totals = page.card.totals()
        assert page.totals.tiles["建议分"].figure == f"{totals.grand:.1f}"
        assert "2 分待确认" in page.totals.tiles["建议分"].under

    def test_keys_walk_the_boxes_and_enter_goes_to_the_score(self, demo: Session, show: Show, qtbot: QtBot) -> None:
        _, page = show(demo, "scorecard")
        assert page.view.hasFocus()
        for _ in range(2):
            qtbot.keyClick(page.view, Qt.Key.Key_Down)
        assert page.view.number() == 3  # the heading of a section is stepped over
        assert [each.code for each in page.detail.cards] == ["EDU-1"]
        qtbot.keyClick(page.view, Qt.Key.Key_Return)
        assert page.detail.cards[0].mine.field.hasFocus()

    def test_a_unit_asked_for_is_stood_on(self, demo: Session, show: Show, qtbot: QtBot) -> None:
        window, page = show(demo, "scorecard", unit="SUP-3b")
        assert page.view.number() == 20
        assert page.detail.card_of("SUP-3b").mine.field.hasFocus()
        assert page.detail.area.verticalScrollBar().value() > 0
        page.view.choose(1)
        window.go("scorecard", {"unit": "SUP-3b"})  # the place one was asked to before, after having left it
        quiet(qtbot, demo)
        assert page.view.number() == 20

    def test_the_field_stood_in_is_in_sight_in_large_letters(self, demo: Session, show: Show, qtbot: QtBot) -> None:
        look.apply("light", 150)
        _, page = show(demo, "scorecard", unit="TEAM-1")
        quiet(qtbot, demo)
        field, area = page.detail.card_of("TEAM-1").mine.field, page.detail.area
        assert field.hasFocus()
        top = field.mapTo(area.viewport(), field.rect().topLeft()).y()
        assert 0 <= top <= area.viewport().height() - field.height()

    def test_every_figure_opens_its_records(self, demo: Session, show: Show, qtbot: QtBot) -> None:
        window, page = show(demo, "scorecard", unit="ORG-1")
        for name in ("自评分", "考核分"):  # a figure that is none opens nothing: it says how it comes
            qtbot.mouseClick(page.totals.tiles[name], Qt.MouseButton.LeftButton)
            assert window.messages.told.text().startswith(f"还没有{name}")
        page.take_suggestions()
        quiet(qtbot, demo)
        asked = hear(demo, window)
        for name in ("建议分", "自评分"):
            qtbot.mouseClick(page.totals.tiles[name], Qt.MouseButton.LeftButton)
        assert asked[0][0] == "records"
        assert len(asked[0][1]["refs"]) > 500
        assert [(key, given["ledger"]) for key, given in asked[1:]] == [("ledger", "unit_score")]
        for name, at in (("去年", COMPARE), ("还可再得", GAPS)):
            qtbot.mouseClick(page.totals.tiles[name], Qt.MouseButton.LeftButton)
            assert page.body.views.currentIndex() == at

    def test_another_year_is_another_card(self, demo: Session, show: Show, qtbot: QtBot) -> None:
        _, page = show(demo, "scorecard", unit="ORG-2")
        before = page.card.totals().grand
        demo.choose_year(2025)
        quiet(qtbot, demo)
        assert page.card.start.year == 2025
        assert page.card.totals().grand < before
        assert page.totals.tiles["建议分"].figure == f"{page.card.totals().grand:.1f}"


class TestScoresByHand:
    def test_a_difference_asks_for_its_reason_beside_the_field(
        self, demo: Session, show: Show, qtbot: QtBot, said: Said
    ) -> None:
        _, page = show(demo, "scorecard", unit="SUP-2a")
        editor = page.detail.card_of("SUP-2a").mine
        qtbot.keyClicks(editor.field, "1.5")
        qtbot.keyClick(editor.field, Qt.Key.Key_Return)
        assert editor.problem.isVisible()
        assert "写明理由" in editor.problem.text()
        assert editor.words.hasFocus()
        assert self_score(demo, "SUP-2a") == (None, "")
        write(editor.words, "两条隐患正在复核")
        qtbot.keyClick(editor.words, Qt.Key.Key_Return)
        assert not editor.is_dirty
        assert self_score(demo, "SUP-2a") == (Decimal("1.5"), "两条隐患正在复核")
        assert said[-1][1] == "第19行① 自评分已保存为 1.5"

    def test_shown_at_once_and_nothing_moves(self, demo: Session, show: Show, qtbot: QtBot) -> None:
        _, page = show(demo, "scorecard", unit="SUP-3b")
        place, listed = page.detail.area.verticalScrollBar().value(), page.view.verticalScrollBar().value()
        editor = page.detail.card_of("SUP-3b").mine
        qtbot.keyClick(editor.field, Qt.Key.Key_Up)  # begins at the suggestion
        qtbot.keyClick(editor.field, Qt.Key.Key_Return)
        assert page.card.unit("SUP-3b").self_score == 0
        assert page.totals.tiles["自评分"].figure == "0.0"
        quiet(qtbot, demo)  # the card scored anew has come
        assert page.view.number() == 20
        assert page.detail.area.verticalScrollBar().value() == place
        assert page.view.verticalScrollBar().value() == listed
        assert page.detail.card_of("SUP-3b").mine is editor
        assert editor.field.text() == "0.0"

    def test_half_points_up_to_the_most(self, demo: Session, show: Show, qtbot: QtBot) -> None:
        _, page = show(demo, "scorecard", unit="SUP-3b")
        editor = page.detail.card_of("SUP-3b").mine
        for text, told in (("0.3", "0.5 分为一档"), ("7", "0 到 1"), ("x", "不是分数")):
            editor.field.setText(text)
            qtbot.keyClick(editor.field, Qt.Key.Key_Return)
            assert told in editor.problem.text()
        editor.field.setText("0.5")
        for _ in range(4):
            qtbot.keyClick(editor.field, Qt.Key.Key_Up)
        assert editor.field.text() == "1.0"
        qtbot.keyClick(editor.field, Qt.Key.Key_Escape)
        assert (editor.field.text(), editor.problem.isVisible()) == ("", False)
        assert self_score(demo, "SUP-3b") == (None, "")

    def test_what_is_written_survives_another_row_and_leaving_warns_once(
        self, demo: Session, show: Show, qtbot: QtBot, said: Said
    ) -> None:
        window, page = show(demo, "scorecard", unit="SUP-2a")
        page.detail.card_of("SUP-2a").mine.field.setText("1.5")
        page.view.choose(1)
        page.view.choose(19)
        assert page.detail.card_of("SUP-2a").mine.field.text() == "1.5"
        window.go("help")
        assert window.page is page
        assert said[-1][0] == "warning"
        assert said[-1][1].startswith(page.card.unit("SUP-2a").name), "the officer knows rows, not codes"
        window.go("help")
        assert window.page is not page
        assert self_score(demo, "SUP-2a") == (None, "")

    def test_words_alone_wait_for_their_score(self, demo: Session, show: Show, qtbot: QtBot, said: Said) -> None:
        _, page = show(demo, "scorecard", unit="ORG-1")
        made = page.detail.card_of("ORG-1")
        for editor, name in ((made.mine, "自评分"), (made.theirs, "考核分")):
            editor.words.setFocus()
            write(editor.words, "现场看过")
            page.view.setFocus()
            quiet(qtbot, demo)
            assert editor.words.text() == "现场看过", "nothing was kept, so nothing may be taken away"
            assert editor.problem.text() == f"还没有填{name}，填了才能保存"
            editor.commit()
            assert editor.field.hasFocus()
        assert not [each for each in said if "已清除" in each[1]]

    def test_what_is_typed_is_not_taken_along_to_another_year(
        self, demo: Session, show: Show, qtbot: QtBot, said: Said
    ) -> None:
        _, page = show(demo, "scorecard", unit="ORG-1")
        page.detail.card_of("ORG-1").mine.field.setText("2.0")  # another than suggested, without a reason
        page.detail.card_of("ORG-2").mine.field.setText("2.0")  # as suggested
        demo.choose_year(2025)
        quiet(qtbot, demo)
        assert "第1行①" in said[-1][1]
        assert "没有保存" in said[-1][1]
        qtbot.waitUntil(lambda: page.card is not None and page.card.start.year == 2025, timeout=60_000)
        quiet(qtbot, demo)
        assert [each.mine.field.text() for each in page.detail.cards] == ["", ""]
        assert page.detail.unsaved() == []
        own = scoring_work.card_of_year(demo.app, "", 2026).unit("ORG-2")
        assert own.self_score == 2, "what could be kept is kept in its own year"

    def test_tools_wait_for_the_card(self, demo: Session, show: Show, qtbot: QtBot) -> None:
        _, page = show(demo, "scorecard")
        tools = (page.inspecting, page.printing, page.freezing, page.filling)
        assert all(each.isEnabled() for each in tools)
        demo.choose_year(2025)
        page.refresh()
        assert not any(each.isEnabled() for each in tools), "a button that can do nothing yet says so"
        qtbot.waitUntil(page.inspecting.isEnabled, timeout=60_000)
        assert page.card.start.year == 2025

    def test_assessed_by_whom(self, demo: Session, show: Show, qtbot: QtBot) -> None:
        _, page = show(demo, "scorecard", unit="ORG-2")
        editor = page.detail.card_of("ORG-2").theirs
        write(editor.words, "市总第三考核组")
        editor.field.setText("1.5")
        qtbot.keyClick(editor.field, Qt.Key.Key_Return)
        quiet(qtbot, demo)
        assert page.card.unit("ORG-2").assessed == Decimal("1.5")
        assert scoring_work.assessors(demo.app, page.card) == {"ORG-2": "市总第三考核组"}
        assert editor.words.text() == "市总第三考核组"

    def test_every_suggestion_taken_and_taken_back_in_one_step(
        self, demo: Session, show: Show, qtbot: QtBot, said: Said
    ) -> None:
        _, page = show(demo, "scorecard")
        qtbot.mouseClick(page.filling, Qt.MouseButton.LeftButton)
        assert said[-1][1] == "已按建议分填写 31 个单元的自评分，另有 1 个单元没有建议分，没有填"
        assert page.card.totals(Which.self).scored_units == 31
        assert not page.filling.isEnabled()
        demo.undo()
        quiet(qtbot, demo)
        assert page.card.totals(Which.self).scored_units == 0
        assert page.filling.isEnabled()


class TestSigned:
    def test_the_declaration_is_begun_for_exactly_this_unit(self, demo: Session, show: Show, qtbot: QtBot) -> None:
        window, page = show(demo, "scorecard", unit="SUP-3c")
        asked = hear(demo, window)
        card = page.detail.card_of("SUP-3c")
        begin = next(each for each in card.findChildren(type(page.filling)) if each.text().startswith("登记"))
        qtbot.mouseClick(begin, Qt.MouseButton.LeftButton)
        (key, given) = asked[0]
        assert (key, given["ledger"]) == ("record", "zero_declaration")
        assert given["values"]["subject"] is DeclaredAbsence.serious_violation
        assert (given["values"]["period_from"].month, given["values"]["period_until"].month) == (1, 12)
        drafting.keep(demo.app, "zero_declaration", None, {**given["values"], "head_signed": True}, {})
        quiet(qtbot, demo)
        texts = [each.text() for each in card.facts.parentWidget().findChildren(type(page.heading)) if each.isVisible()]
        assert any("工会主席还没有签字" in text for text in texts)


class TestGapsAndLastYear:
    def test_the_gap_opens_exactly_its_records(self, demo: Session, show: Show, qtbot: QtBot) -> None:
        window, page = show(demo, "scorecard", view="gaps")
        asked = hear(demo, window)
        gains = [gap.gain for gap in page.card.gaps()]
        assert gains == sorted(gains, reverse=True)
        chips = [each for each in page.body.gaps.findChildren(type(page.filling)) if each.text() == "打开这 2 条"]
        qtbot.mouseClick(chips[0], Qt.MouseButton.LeftButton)
        assert asked[0][1]["title"] == "第20行② 补齐即得 1.0 分"
        assert [ref["number"] for ref in asked[0][1]["refs"]] == ["PX-2026-0018", "HD-2026-0002"]
        assert "补上佐证材料" in asked[0][1]["refs"][0]["note"]
        other = scoring_work.with_units(page.card, lambda unit: replace(unit, failing=unit.failing[::-1]))
        page.body.gaps.show_card(other, {}, is_read_only=False)
        quiet(qtbot, demo)
        chips = [each for each in page.body.gaps.findChildren(type(page.filling)) if each.text() == "打开这 2 条"]
        qtbot.mouseClick(chips[-1], Qt.MouseButton.LeftButton)
        expected = [each.ref.number for each in other.unit("SUP-3b").failing[:2]]
        assert [ref["number"] for ref in asked[-1][1]["refs"]] == expected, "the same words, other records"

    def test_last_year_is_told_in_a_sentence(
        self, demo: Session, show: Show, qtbot: QtBot, qtmodeltester: ModelTester
    ) -> None:
        add_record(demo.app, "hazard", {"发现日期": "2025-03-02", "隐患来源": "自查", "隐患描述": "护栏松动"})
        window, page = show(demo, "scorecard", view="compare")
        compare = page.body.compare
        qtmodeltester.check(compare.rows)
        assert "同比上升" in compare.said.text()
        assert len(compare.rows.rows) == 25
        qtbot.mouseClick(compare.copying, Qt.MouseButton.LeftButton)
        assert QGuiApplication.clipboard().text() == compare.said.text()
        compare.view.selectRow(13)
        qtbot.keyClick(compare.view, Qt.Key.Key_Return)
        assert page.view.number() == 14
        for again in range(2):  # the row stood on already opens too
            page.body.show_view(COMPARE)
            qtbot.keyClick(compare.view, Qt.Key.Key_Return)
            assert page.body.views.currentWidget() is page.detail, again
        page.body.show_view(COMPARE)
        qtbot.mouseClick(compare.chart.lines[2], Qt.MouseButton.LeftButton)
        assert page.view.number() == page.card.sections[2].rows[0].number
        assert page.body.views.currentWidget() is page.detail
        page.body.show_view(COMPARE)
        window.resize(1100, 768)
        compare.resize(390, compare.height())
        compare.layout().activate()
        assert compare.copying.geometry().right() <= compare.copying.parentWidget().width()
        qtbot.mouseClick(compare.scores.buttons.button(1), Qt.MouseButton.LeftButton)
        assert "没有自评分" in compare.said.text()
        compare.show_cards(page.card, None)  # another year: what was compared before is not left standing
        assert compare.said.text() == "正在计算去年的评分表…"
        assert not compare.copying.isVisibleTo(page)

    def test_a_year_that_was_not_kept_is_not_compared(self, demo: Session, show: Show) -> None:
        _, page = show(demo, "scorecard", view="compare")
        compare = page.body.compare
        assert compare.said.text().startswith("2025年没有留下记录")
        assert not compare.copying.isVisible()
        assert not compare.view.isVisible()


class TestFrozen:
    def test_frozen_looked_at_and_left(self, demo: Session, show: Show, qtbot: QtBot, said: Said) -> None:
        _, page = show(demo, "scorecard", unit="ORG-2")
        page.take_suggestions()
        quiet(qtbot, demo)
        page.ask_freeze()
        dialog = page.findChild(FreezeDialog)
        assert dialog.name.text() == "2026年度自评分定稿（11月21日）"
        qtbot.keyClick(dialog.name, Qt.Key.Key_Return)
        quiet(qtbot, demo)
        assert said[-1][1] == "已定稿“2026年度自评分定稿（11月21日）”"
        entries = last_year.frozen_papers(demo.app, page.card.form)
        assert page.body.views.currentIndex() == FROZEN
        assert page.body.frozen.rows.rows == tuple(entries)
        scoring_work.keep_self_score(demo.app, page.card, "ORG-2", Decimal(1), "后来改了")
        page.detail.card_of("ORG-2").mine.field.setText("0.5")  # just being typed, without its reason
        page.body.frozen.view.selectRow(0)
        qtbot.keyClick(page.body.frozen.view, Qt.Key.Key_Return)
        quiet(qtbot, demo)
        assert page.banner.isVisible()
        assert page.card.unit("ORG-2").self_score == 2
        assert page.detail.card_of("ORG-2").mine.field.isReadOnly()
        assert page.detail.card_of("ORG-2").mine.field.text() == "2.0", "the frozen score, not what was being typed"
        qtbot.keyClick(page.view, Qt.Key.Key_Escape)
        quiet(qtbot, demo)
        assert not page.banner.isVisible()
        assert page.card.unit("ORG-2").self_score == 1
        assert not page.detail.card_of("ORG-2").mine.field.isReadOnly()

    def test_a_card_whose_freezing_is_undone_is_looked_at_no_more(
        self, demo: Session, show: Show, qtbot: QtBot
    ) -> None:
        _, page = show(demo, "scorecard")
        page.look_at_frozen(scoring_work.freeze_year(demo.app, page.card.form, 2026, "试一稿"))
        quiet(qtbot, demo)
        assert page.banner.isVisible()
        demo.undo()
        qtbot.wait(100)
        quiet(qtbot, demo)
        qtbot.waitUntil(lambda: page.card is not None, timeout=60_000)
        assert page.frozen == 0
        assert not page.banner.isVisible()
        assert not page.detail.cards[0].mine.field.isReadOnly()


@pytest.fixture
def inspection(demo: Session, show: Show, qtbot: QtBot) -> InspectionWindow:
    """迎检模式 on row 1 of the demo enterprise."""
    _, page = show(demo, "scorecard", inspect=True)
    window = page.inspection
    assert window.isFullScreen()
    window.resize(1366, 768)
    quiet(qtbot, demo)
    return window  # type: ignore[no-any-return]


class TestInspection:
    def test_rows_evidence_enlarging_and_leaving_by_keys(
        self, demo: Session, inspection: InspectionWindow, qtbot: QtBot, qtmodeltester: ModelTester
    ) -> None:
        window = inspection
        qtmodeltester.check(window.proofs)
        assert (window.number, window.wall.currentIndex().row()) == (1, 0)
        qtbot.keyClick(window, Qt.Key.Key_Right)
        qtbot.keyClick(window, Qt.Key.Key_Right)
        quiet(qtbot, demo)
        assert window.number == 3
        assert "《劳动法》" in window.side.text.text()
        qtbot.keyClick(window, Qt.Key.Key_Down)
        assert window.wall.currentIndex().row() == 1
        qtbot.keyClick(window, Qt.Key.Key_Return)
        quiet(qtbot, demo)
        assert window.enlarged.isVisible()
        assert window.enlarged.canvas._picture is not None
        qtbot.keyClick(window, Qt.Key.Key_Down)
        assert window.enlarged.proof is window.proofs.proofs[2]
        qtbot.keyClick(window, Qt.Key.Key_Escape)
        assert not window.enlarged.isVisible()
        heard: list[int] = []
        window.left.connect(heard.append)
        qtbot.keyClick(window, Qt.Key.Key_Escape)
        assert heard == [3]

    def test_digits_jump(self, demo: Session, inspection: InspectionWindow, qtbot: QtBot) -> None:
        window = inspection
        qtbot.keyClicks(window, "19")
        assert window.number == 19
        qtbot.keyClick(window, Qt.Key.Key_7)
        assert window.number == 7
        qtbot.keyClick(window, Qt.Key.Key_2)
        assert window.number == 7  # 20 to 24 may be meant
        qtbot.keyClick(window, Qt.Key.Key_Return)
        assert window.number == 2
        qtbot.keyClicks(window, "99")
        assert (window.number, window.said.text()) == (9, "")
        qtbot.keyClicks(window, "0")
        qtbot.keyClick(window, Qt.Key.Key_Return)
        assert "没有第 0 行" in window.said.text()

    def test_names_are_hidden_until_asked_for_twice(self, demo: Session, show: Show, qtbot: QtBot) -> None:
        app = demo.app
        with app.read() as connection:
            name = connection.scalars(select(Employee.name)).first()
        title = f"聘任{name}的通知"
        values = {
            "kind": DocumentKind.committee,
            "title": title,
            "issued_on": app.clock.today(),
            "box": "3",
            "page": "12",
        }
        drafting.keep(app, "document", None, values, {})
        _, page = show(demo, "scorecard", inspect=True)
        window = page.inspection
        quiet(qtbot, demo)

        def words() -> str:
            return "\n".join(window.proofs.index(at).data() for at in range(window.proofs.rowCount()))

        assert name not in words()
        assert f"聘任{name[0]}**的通知" in words() or f"聘任{name[0]}*的通知" in words()
        assert "盒3 页12" in words()
        qtbot.keyClick(window, Qt.Key.Key_N)
        assert "再按一次 N" in window.names.text()
        qtbot.keyClick(window, Qt.Key.Key_Right)  # any other key is no consent, and is not obeyed
        assert (window.number, name in words()) == (1, False)
        qtbot.keyClick(window, Qt.Key.Key_N)
        qtbot.keyClick(window, Qt.Key.Key_N)
        assert title in words()
        qtbot.keyClick(window, Qt.Key.Key_N)
        assert name not in words()
        window.close()

    def test_health_is_never_shown_and_hollow_rows_are_told(
        self, demo: Session, inspection: InspectionWindow, qtbot: QtBot
    ) -> None:
        window = inspection
        assert window.strip.hollow == {24}
        qtbot.keyClicks(window, "13")
        quiet(qtbot, demo)
        window.show_names(are_shown=True)
        assert all(window.proofs.hidden(proof) for proof in window.proofs.proofs)
        qtbot.keyClick(window, Qt.Key.Key_Return)
        assert not window.enlarged.isVisible()
        assert "请当面查阅原件" in window.said.text()
        cell = window.strip.cells()[23]
        qtbot.mouseClick(window.strip, Qt.MouseButton.LeftButton, pos=cell.center().toPoint())
        quiet(qtbot, demo)
        assert window.number == 24
        assert window.stack.currentIndex() == 2

    def test_large_letters_fit_a_small_screen(self, demo: Session, show: Show, qtbot: QtBot) -> None:
        look.apply("light", 150)
        _, page = show(demo, "scorecard", unit="SUP-2a", inspect=True)
        window = page.inspection
        window.showNormal()
        window.resize(1366, 768)
        quiet(qtbot, demo)
        assert window.side.area.verticalScrollBar().maximum() == 0, "no key scrolls the words of the row"
        assert window.wall.gridSize().height() <= window.wall.viewport().height()
        qtbot.keyClick(window, Qt.Key.Key_N)
        assert window.minimumSizeHint().width() <= 1366
        assert not window.keys.isVisible()
        qtbot.keyClick(window, Qt.Key.Key_Escape)
        assert window.keys.isVisible()
        qtbot.keyClick(window, Qt.Key.Key_2)
        assert window.said.isVisible()
        page.inspect()
        assert page.inspection is window, "there is one"

    def test_it_is_no_place_to_come_back_to(self, demo: Session, inspection: InspectionWindow) -> None:
        assert demo.preferences.get("place") == ["scorecard", {}]


def test_printed_as_it_stands_or_blank(demo: Session, show: Show, qtbot: QtBot) -> None:
    _, page = show(demo, "scorecard")
    page.take_suggestions()
    for which, with_index in ((Which.blank, False), (Which.self, True)):
        page.print_card(which, with_index=with_index)
        preview = page.window().findChildren(PreviewWindow)[-1]
        quiet(qtbot, demo)
        assert which.value in preview.windowTitle()
        assert preview.printed is not None
        assert preview.printed.pages >= 1
        preview.close()
    quiet(qtbot, demo)


def test_a_frozen_card_is_printed_with_any_of_its_scores(demo: Session, show: Show, qtbot: QtBot) -> None:
    scoring_work.freeze_year(demo.app, "national_card_2020", 2026, "只有建议分")
    _, page = show(demo, "scorecard")
    page.body.show_view(FROZEN)
    quiet(qtbot, demo)
    papers = {}
    for words, which in (("建议分", Which.suggested), ("自评分", Which.self)):
        entry = next(each for each in page.body.frozen._print.menu().actions() if each.text() == words)
        entry.trigger()
        preview = page.window().findChildren(PreviewWindow)[-1]
        quiet(qtbot, demo)
        assert which.value in preview.windowTitle()
        papers[which] = "".join(each.extract_text() for each in PdfReader(BytesIO(preview.data)).pages)
        preview.close()
    quiet(qtbot, demo)
    total = f"{page.card.totals(Which.suggested).grand:.1f}"
    assert total in papers[Which.suggested]
    assert total not in papers[Which.self]


def test_another_edition_is_chosen_at_the_top(demo: Session, show: Show, qtbot: QtBot) -> None:
    folder = demo.app.workspace.folder / "forms"
    shutil.copytree(SECOND, folder / SECOND.name)
    _, page = show(demo, "scorecard")
    assert page.edition.isVisible()
    newest = page.card.form
    assert newest == SECOND.name
    page.edition.setCurrentIndex(1)
    quiet(qtbot, demo)
    assert page.card.form == "national_card_2020"
    assert page.totals.tiles["建议分"].figure == f"{page.card.totals().grand:.1f}"
    code = page.detail.cards[0].code
    page.detail.cards[0].mine.field.setText("")
    qtbot.keyClick(page.detail.cards[0].mine.field, Qt.Key.Key_Up)
    qtbot.keyClick(page.detail.cards[0].mine.field, Qt.Key.Key_Return)
    quiet(qtbot, demo)
    card = scoring_work.card_of_year(demo.app, "national_card_2020", 2026)
    assert card.unit(code).self_score == card.unit(code).suggested

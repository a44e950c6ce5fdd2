"""The chain of hand-ins: what goes out next, receipts, withdrawals, the kept copy checked again; points before it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from ankang_desktop.actions import filing, preflighting, records, scores, submissions, submitting
from ankang_desktop.actions.preflighting import Gravity
from ankang_desktop.actions.submissions import Standing
from ankang_desktop.actions.submitting import Order
from ankang_desktop.app import App
from ankang_desktop.kernel.clock import Clock
from ankang_desktop.kernel.errors import Refused, UserError
from ankang_desktop.kernel.progress import Quiet
from ankang_desktop.ledgers.upper import SubmissionKind, SubmissionSubject
from ankang_desktop.store.evidence import Use, attached
from ankang_desktop.store.query import locate
from tests.journeys.huaxing import TODAY, Huaxing

YEAR = (date(2026, 1, 1), date(2026, 12, 31))
YEAR_END = SubmissionSubject.year_end


@pytest.fixture
def office(full: Huaxing, tmp_path: Path) -> Iterator[App]:
    shutil.copytree(full.workspace.folder, tmp_path / "w2")
    with App.opened(tmp_path / "w2", Clock(TODAY)) as app:
        yield app


def hand_in(app: App, target: Path, kind: SubmissionKind | None = None) -> submitting.Submitted:
    return submitting.submit(app, Order(target, YEAR_END, kind, *YEAR, masked=True), Quiet())


def test_first_then_correction_each_naming_the_one_before(office: App, tmp_path: Path) -> None:
    asked = submissions.proposal(office, YEAR_END, *YEAR)
    assert (asked.kind, asked.earlier, asked.kinds) == (SubmissionKind.first, None, (SubmissionKind.first,))
    assert asked.name.endswith("-2026年年终材料-20261121.zip")
    first = hand_in(office, tmp_path / "一.zip")
    asked = submissions.proposal(office, YEAR_END, *YEAR)
    assert (asked.kind, asked.earlier and asked.earlier.number) == (SubmissionKind.correction, first.number)
    assert SubmissionKind.first not in asked.kinds
    second = hand_in(office, tmp_path / "二.zip", SubmissionKind.correction)
    newest, oldest = submissions.history(office)
    assert (newest.number, newest.previous, newest.standing) == (second.number, first.number, Standing.waiting)
    assert (oldest.number, oldest.following, oldest.standing) == (first.number, second.number, Standing.corrected)
    assert [paper.form for paper in newest.frozen] == ["national_card_2020", "jiaozuo_2023"]
    june = submissions.proposal(office, SubmissionSubject.safety_month, date(2026, 6, 1), date(2026, 6, 30))
    assert june.kind is SubmissionKind.first


def test_a_receipt_is_one_step(office: App, tmp_path: Path) -> None:
    done = hand_in(office, tmp_path / "一.zip")
    (tmp_path / "回执.pdf").write_bytes(b"%PDF-1.4 stamp")
    with pytest.raises(Refused, match="送达回执日期"):
        submissions.register_receipt(office, done.number, None, "", [])
    with pytest.raises(Refused, match="请写明回执内容"):
        submissions.register_receipt(office, done.number, date(2026, 11, 21), " ", [])
    submissions.register_receipt(office, done.number, date(2026, 11, 21), " 张科长签收 ", [tmp_path / "回执.pdf"])
    (handed,) = submissions.history(office)
    assert (handed.standing, handed.receipt, handed.receipt_files) == (Standing.received, "张科长签收", 1)
    assert records.undo(office).title == f"{done.number} 登记送达回执"
    (handed,) = submissions.history(office)
    assert (handed.standing, handed.receipt_files) == (Standing.waiting, 0)
    with office.read() as connection:
        assert attached(connection, [locate(connection, office.ledgers, done.number)[1]]) == []


def test_a_withdrawal_is_chained_and_can_be_undone(office: App, tmp_path: Path) -> None:
    done = hand_in(office, tmp_path / "一.zip")
    with pytest.raises(Refused):
        submissions.withdraw(office, done.number, " ")
    number = submissions.withdraw(office, done.number, "统计口径有误")
    note, package = submissions.history(office)
    assert (note.number, note.standing, note.previous) == (number, Standing.note, done.number)
    assert "统计口径有误" in note.remark
    assert package.standing is Standing.withdrawn
    with pytest.raises(UserError, match="没有材料包"):
        submissions.withdraw(office, number, "再撤")
    records.undo(office)
    assert [each.standing for each in submissions.history(office)] == [Standing.waiting]


def test_the_kept_copy_is_checked_against_the_record(office: App, tmp_path: Path) -> None:
    hand_in(office, tmp_path / "一.zip")
    (handed,) = submissions.history(office)
    assert submissions.verify_filed(handed, Quiet()).ok
    assert handed.path is not None
    data = bytearray(handed.path.read_bytes())
    data[len(data) // 2] ^= 1
    handed.path.write_bytes(data)
    found = submissions.verify_filed(handed, Quiet()).findings
    assert any("不是当时报送的那一份" in each.sentence for each in found)
    handed.path.unlink()
    (gone,) = submissions.history(office)
    with pytest.raises(UserError, match="不在工作区里"):
        submissions.verify_filed(gone, Quiet())


def test_usual_periods() -> None:
    today = date(2026, 11, 21)
    assert submissions.usual_period(YEAR_END, 2026, today) == YEAR
    assert submissions.usual_period(SubmissionSubject.safety_month, 2025, today)[1] == date(2025, 6, 30)
    assert submissions.usual_period(SubmissionSubject.monthly, 2026, today) == (date(2026, 11, 1), date(2026, 11, 30))
    assert submissions.usual_period(SubmissionSubject.monthly, 2024, today) == (date(2024, 12, 1), date(2024, 12, 31))


def test_the_calendar_says_what_to_hand_in(office: App) -> None:
    asked = submissions.subjects_asked(office)
    assert asked["C-26"] is YEAR_END


class TestPoints:
    def points(self, app: App, gravity: Gravity) -> list[preflighting.Point]:
        found = preflighting.points_of(app, scores.score_card(app, "", *YEAR), Quiet())
        return [each for each in found if each.gravity is gravity]

    def test_a_vanished_file_stops(self, office: App, tmp_path: Path) -> None:
        path = tmp_path / "小结.txt"
        path.write_text("小结", "utf-8")
        added, _ = filing.attach_files(office, "YL-2026-0001", [path], Use())
        assert self.points(office, Gravity.stops) == []
        office.workspace.evidence.path_of(added[0].sha256).unlink()
        (point,) = self.points(office, Gravity.stops)
        assert "“小结.txt”不见了" in point.text
        assert [ref.number for ref in point.refs] == ["YL-2026-0001"]

    def test_no_profile_stops(self, app: App) -> None:
        (point,) = self.points(app, Gravity.stops)
        assert (point.screen, point.arguments) == ("record", {"ledger": "profile"})

    def test_heads_that_do_not_add_up(self, office: App) -> None:
        assert self.points(office, Gravity.sums) == []
        records.change_record(office, "PX-2026-0001", {"参加人次": "7"})
        records.add_record(office, "yearly_figures", {"统计日期": "2026-11-01", "职工数": "999"})
        texts = [point.text for point in self.points(office, Gravity.sums)]
        assert any("人数与名单实到人数不一致，如 PX-2026-0001" in text for text in texts)
        assert any("年度数据写职工999人" in text for text in texts)

    def test_unsigned_declarations(self, office: App) -> None:
        texts = {"评分单元": "MGT-5", "不涉及的理由": "没有", "签署日期": "2026-11-01"}
        records.add_record(office, "absence_note", texts)
        (point,) = self.points(office, Gravity.unsigned)
        assert len(point.refs) == 1

    def test_what_only_the_person_can_mend(self, office: App, tmp_path: Path) -> None:
        path = tmp_path / "名单.txt"
        path.write_text("联系 13812345678", "utf-8")
        filing.attach_files(office, "YL-2026-0001", [path], Use())
        _, mine = preflighting.concerns_of(office, scores.score_card(office, "", *YEAR), Quiet())
        assert [(each.kind, each.number) for each in mine] == [("手机号码", "YL-2026-0001")]
        assert "名单.txt" in mine[0].where
        assert "13812345678" not in mine[0].text

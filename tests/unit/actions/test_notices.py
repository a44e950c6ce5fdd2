"""A notice of one's own: kept as data, followed at once, taken back as one step."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from ankang_desktop.actions.filing import check_workspace
from ankang_desktop.actions.notices import NewNotice, add_notice, propose
from ankang_desktop.actions.programmes import followed_programmes
from ankang_desktop.actions.year import duties_of
from ankang_desktop.app import App
from ankang_desktop.kernel.errors import Refused, UserError
from ankang_desktop.programme.asking import Need
from ankang_desktop.programme.proposing import Proposal

TEXT = """某市总工会
关于做好2026年安全工作的通知
一、工作安排
1. 请于12月15日前将“安康杯”竞赛总结报市总。
2. 每月25日前报送进展情况。
某市总工会
2026年3月1日
"""
HEAD = NewNotice("关于做好2026年安全工作的通知", "某市总工会", "", date(2026, 3, 1), "某市2026")


def test_pasted_kept_and_on_the_calendar(app: App) -> None:
    reading = propose(app, TEXT)
    assert [each.when for each in reading.proposals] == ["D:12-15", "M:25"]
    code = add_notice(app, HEAD, reading.proposals)
    assert followed_programmes(app) == {code}
    notice = app.library.notices[code]
    assert (notice.is_own, notice.short, notice.issued) == (True, "某市2026", date(2026, 3, 1))
    mine = [each for each in duties_of(app, 2026) if each.origin == "某市2026"]
    assert len(mine) == 11  # March to December and 12-15: January and February were over when it was issued
    assert mine[0].sources[0].text.startswith("2. 每月25日前")
    assert check_workspace(app)["ok"]
    app.undo()
    assert followed_programmes(app) == frozenset()
    assert not [each for each in duties_of(app, 2026) if each.origin == "某市2026"]


def test_a_second_notice_has_names_of_its_own(app: App) -> None:
    proposals = propose(app, TEXT).proposals
    first, second = add_notice(app, HEAD, proposals), add_notice(app, replace(HEAD, short="另一份"), proposals)
    assert first != second
    assert followed_programmes(app) == {first, second}


def test_every_sign_and_need_comes_back(app: App) -> None:
    nasty = 'a"b\\c\n“引号”\t末'
    given = Proposal(
        nasty, nasty, "Y:11-15..03-15", "", "本句", ("E", "T"), "凭证", ("ORG-1",),
        (Need(counter="drill", at_least=Fraction(2)), Need(measure="employees_trained"), Need(set="ten_ones")),
    )  # fmt: skip
    code = add_notice(app, replace(HEAD, title=nasty), [given])
    (kept,) = app.library.notices[code].obligations
    assert (kept.text, kept.source_text, kept.when.code) == (nasty, nasty, "Y:11-15..03-15")
    assert (kept.who, kept.proof, kept.supports, kept.needs) == (given.who, "凭证", ("ORG-1",), given.needs)


def test_what_lacks_is_refused_and_leaves_no_file(app: App) -> None:
    proposals = propose(app, TEXT).proposals
    with pytest.raises(Refused) as refused:
        add_notice(app, NewNotice("", "", "", None, ""), proposals)
    assert {each.field for each in refused.value.problems} == {"title", "issuer", "short", "issued"}
    with pytest.raises(UserError, match="一项也没有"):
        add_notice(app, HEAD, [])
    with pytest.raises(UserError, match="时间代码"):
        add_notice(app, HEAD, [replace(proposals[0], when="X")])
    with pytest.raises(UserError, match="没有这个名字"):
        add_notice(app, HEAD, [replace(proposals[0], needs=(Need(counter="nothing"),))])
    assert not list(app.workspace.programmes.glob("*"))
    assert followed_programmes(app) == frozenset()


def test_an_empty_or_endless_text_is_refused(app: App) -> None:
    with pytest.raises(UserError, match="还没有"):
        propose(app, " \n")
    with pytest.raises(UserError, match="太长"):
        propose(app, "长" * 300_000)


def test_nothing_is_due_before_the_notice_was_issued_and_a_written_year_is_kept(app: App) -> None:
    head = replace(HEAD, issued=date(2026, 11, 20), short="冬季")
    codes = ("M:25", "D:2027-03-20", "Y:2026-12-01..2027-03-10", "D:03-20", "W", "EV")
    add_notice(app, head, [Proposal(code, code, code, "", "本句") for code in codes])

    def ends(code: str, year: int) -> list[date]:
        mine = [each for each in duties_of(app, year) if each.origin == "冬季" and each.title == code]
        return [each.occurrence.end for each in mine if each.occurrence]

    assert ends("M:25", 2026) == [date(2026, 11, 25), date(2026, 12, 25)]
    assert [ends("D:2027-03-20", year) for year in (2026, 2027, 2028)] == [[], [date(2027, 3, 20)], []]
    assert [ends("Y:2026-12-01..2027-03-10", year) for year in (2026, 2027, 2028)] == [[date(2027, 3, 10)]] * 2 + [[]]
    assert [ends("D:03-20", year) for year in (2026, 2027, 2028)] == [[], [date(2027, 3, 20)], [date(2028, 3, 20)]]
    assert ends("W", 2026)[0] == date(2026, 11, 22)
    assert ends("W", 2026)[-1] == ends("W", 2027)[0] == date(2027, 1, 3)
    assert not [each for each in duties_of(app, 2025) if each.origin == "冬季"]

"""A pasted notice read into proposals: how times are written, what the five seed notices give, what is passed over."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from ankang_desktop.programme.blocks import read_head
from ankang_desktop.programme.library import Library
from ankang_desktop.programme.notices import Obligation
from ankang_desktop.programme.proposing import OWN, Proposal, Reading, describe, read_notice_text
from ankang_desktop.programme.timing import timings
from ankang_desktop.programme.windows import Kind, parse_when

ISSUED = date(2026, 3, 10)
NOTICES = Path(__file__).resolve().parents[2] / "data" / "notices"


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("活动时间为6月1日至6月30日", ["Y:06-01..06-30"]),
        ("2026年2月15日至28日组织交叉督导", ["Y:2026-02-15..2026-02-28"]),
        ("2026年12月1日至2027年3月10日", ["Y:2026-12-01..2027-03-10"]),
        ("2026年11月15日至次年3月15日", ["Y:2026-11-15..2027-03-15"]),
        ("12月1日至2027年3月10日", ["Y:2026-12-01..2027-03-10"]),
        ("2025年12月1日至2026年3月10日", ["Y:2025-12-01..2026-03-10"]),
        ("自即日起至2027年3月10日", ["Y:2026-03-10..2027-03-10"]),
        ("2027年3月20日前报送", ["D:2027-03-20"]),
        ("2027年2月底前", ["D:2027-02-28"]),
        ("2026年底前完成", ["D:2026-12-31"]),
        ("每周开展一次班前会", ["W"]),
        ("开展培训（8-9月）", ["Y:08-01..09-30"]),
        ("知识竞赛（7—9 月份）", ["Y:07-01..09-30"]),
        ("冬季取暖检查自11月15日至次年3月15日", ["Y:11-15..03-15"]),
        ("自即日起至5月底，开展集中行动", ["Y:03-10..05-31"]),
        ("请于12月15日前报送总结", ["D:12-15"]),
        ("6月底前设置公示牌", ["D:06-30"]),
        ("2月底之前完成", ["D:02-29"]),
        ("6月前完成部署", ["D:05-31"]),
        ("年底前完成整改", ["D:12-31"]),
        ("进展情况于每月25日前上报", ["M:25"]),
        ("每月底前报表", ["M:31"]),
        ("每月开展一次六查", ["M"]),
        ("每季度组织一次监督检查", ["Q"]),
        ("每半年至少一次", ["Y:01-01..06-30;Y:07-01..12-31"]),
        ("在1月和3月中下旬集中督导", ["Y:01-01..01-31;Y:03-11..03-31"]),
        ("9月开展随手拍", ["Y:09-01..09-30"]),
        ("第三季度评比", ["Y:07-01..09-30"]),
        ("建会企业年内至少演练两次", ["Y:01-01..12-31"]),
        ("5月20日前报方案，6月16日办咨询日", ["D:05-20", "Y:06-16..06-16"]),
        ("组织好《职业病防治法》宣传周", ["Y:04-25..05-01"]),
        ("对2020年以来的竞赛进行回头看", []),
        ("根据桓安办发〔2015〕76号文件", []),
        ("总结2025年8月的做法", []),  # an earlier year than the notice's own is history
        ("举办1-2期培训班", []),
        ("13月1日前", []),
    ],
)
def test_times_as_notices_write_them(words: str, codes: list[str]) -> None:
    assert [each.code for each in timings(words, ISSUED)] == codes


def test_every_code_proposed_can_be_read() -> None:
    for path in NOTICES.glob("*.txt"):
        for each in read(path.stem).proposals:
            assert parse_when(each.when).kind is not Kind.CONTEXT
            assert describe(each.when)


@pytest.mark.parametrize(
    ("stem", "issuer", "number", "issued", "short"),
    [
        ("shijiazhuang_2021", "石家庄市总工会办公室", "石工办字〔2021〕27号", date(2021, 8, 10), "石家庄2021"),
        ("qingdao_2020", "青岛市总工会", "", date(2020, 1, 14), "青岛2020"),
        ("national_2020", "中华全国总工会", "总工字〔2020〕9号", date(2020, 4, 10), "中华全国2020"),
        ("huantai_2016", "桓台县人民政府办公室", "桓政办字〔2016〕2号", date(2016, 1, 13), "桓台2016"),
        ("jiaozuo_2023", "焦作市总工会", "焦工基〔2023〕10号", date(2023, 6, 1), "焦作2023"),
    ],
)
def test_heads(stem: str, issuer: str, number: str, issued: date, short: str) -> None:
    head = read_head((NOTICES / f"{stem}.txt").read_text("utf-8"))
    assert (head.issuer, head.number, head.issued, head.short) == (issuer, number, issued, short)
    assert head.title.startswith("关于")


@pytest.mark.parametrize(
    ("stem", "dated", "found", "exact"),
    [
        ("shijiazhuang_2021", 50, 50, 44),
        ("qingdao_2020", 27, 27, 14),
        ("national_2020", 14, 9, 5),
        ("huantai_2016", 48, 47, 36),
        ("jiaozuo_2023", 58, 53, 43),
    ],
)
def test_the_seed_notices_are_found_again(stem: str, dated: int, found: int, exact: int, library: Library) -> None:
    """`found`: a proposal holds the obligation's sentence; `exact`: with the days a person gave it by hand."""
    known = [each for each in library.notices[stem].obligations if each.when.kind not in {Kind.CONTEXT, Kind.EVENT}]
    proposals = read(stem).proposals
    hits = [(each, matching(each, proposals)) for each in known]
    assert len(known) == dated
    assert sum(bool(each) for _, each in hits) >= found
    assert (
        sum(
            any(yearly(hit.when) in {known.when.code, UNTIMED_CODES.get(known.when.code)} for hit in each)
            for known, each in hits
        )
        >= exact
    )


def test_the_dated_lines_of_a_notice_are_sure() -> None:
    sure = {each.when: each for each in read("shijiazhuang_2021").proposals if each.is_sure}
    assert sure["D:12-15"].source_text == "“安康杯”竞赛活动开展情况，请于12月15日前报市总劳动和经济工作部。"
    assert "送清凉" in sure["Y:07-01..08-31"].text
    assert sure["D:12-15"].origin == OWN


def test_a_sentence_without_a_time_takes_that_of_its_part() -> None:
    reading = read("shijiazhuang_2021")
    heat = next(each for each in reading.proposals if "户外劳动者驿站" in each.source_text)
    assert (heat.when, heat.is_sure) == ("Y:07-01..08-31", False)
    assert heat.origin == "开展“送清凉”活动（7-8月）"


WINTER = """云岭市总工会
关于开展2026年冬季“百日安全”劳动竞赛的通知
一、活动时间
2026年12月1日至2027年3月10日。
二、活动内容
（一）12月15日前，各单位要召开动员会，制定实施方案，并将方案报市总工会劳动保护部。
（二）每个班组每周开展一次班前安全会。
云岭市总工会
2026年11月20日
"""


def test_no_requirement_is_lost_or_cut() -> None:
    found = {each.when: each.text for each in read_notice_text(WINTER, ISSUED).proposals if each.is_sure}
    assert found == {
        "Y:2026-12-01..2027-03-10": "活动时间",
        "D:12-15": "召开动员会，制定实施方案，并将方案报市总工会劳动保护部",
        "W": "每个班组每周开展一次班前安全会",
    }


def test_what_asks_without_a_time_is_told_as_at_any_time() -> None:
    text = "某市总工会\n关于安全的通知\n一、工作要求\n（一）班前会要有签到。\n（二）天气晴朗。\n2026年3月1日"
    found = [(each.source_text, each.when, each.is_sure) for each in read_notice_text(text, ISSUED).proposals]
    assert ("（一）班前会要有签到。", "EV", False) in found
    assert not any("晴朗" in sentence for sentence, _, _ in found)


def test_a_counted_set_is_taken_apart() -> None:
    items = [each.text for each in read("shijiazhuang_2021").proposals if each.text.startswith("“十个一”")]
    assert len(items) == 10
    assert items[0] == "“十个一”：讲一次党课"


def test_proof_is_learnt_from_similar_obligations(library: Library) -> None:
    known = [each for _, each in library.obligations.values()]
    text = "XX市总工会\n关于开展演练的通知\n一、工作安排\n请于9月30日前组织一次应急演练。\n2026年3月1日"
    (found,) = read_notice_text(text, ISSUED, known).proposals
    assert found.when == "D:09-30"
    assert [need.counter for need in found.needs] == ["drill"]
    assert found.supports


def test_a_scan_with_broken_lines_is_mended() -> None:
    head = "# 通 知\n\n一、活 动 时 间\n\n6 月 1 日 至\n\n6 月 30 日。\n"
    text = f"{head}二、内容\n1. 开展隐患排\n查,并建立台账;\n2. 每 月 25 日 前报送。"
    found = read_notice_text(text, ISSUED).proposals
    assert {each.when for each in found} == {"Y:06-01..06-30", "M:25"}
    assert any("开展隐患排查，并建立台账" in each.source_text for each in found)


@pytest.mark.parametrize("text", ["", "你好", "2026年3月1日", "联系人：〔略〕，电话〔略〕"])
def test_nothing_is_proposed_of_nothing(text: str) -> None:
    assert read_notice_text(text, ISSUED).proposals == ()


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("Y:06-01..06-30", "每年 6月1日至6月30日"),
        ("Y:06-16..06-16", "每年 6月16日"),
        ("D:12-15", "每年 12月15日前"),
        ("M:25", "每月 25日前"),
        ("Y:2026-12-01..2027-03-10", "只此一次 2026年12月1日至2027年3月10日"),
        ("D:2027-03-20", "只此一次 2027年3月20日前"),
        ("W", "每周"),
        ("M", "每月"),
        ("Q", "每季度"),
        ("EV", "随时"),
    ],
)
def test_codes_in_words(code: str, words: str) -> None:
    assert describe(code) == words


UNTIMED_CODES = {"Y:01-01..12-31": "EV"}
"""A sentence without any time is 随时 until the officer gives it one; by hand such a duty got the whole year."""


def yearly(code: str) -> str:
    """Return a code without its years: the seeds repeat as templates what their notices date."""
    return re.sub(r"\d{4}-", "", code)


def read(stem: str) -> Reading:
    return read_notice_text((NOTICES / f"{stem}.txt").read_text("utf-8"), ISSUED)


def matching(known: Obligation, proposals: tuple[Proposal, ...]) -> list[Proposal]:
    """Return the proposals whose sentence holds six tenths of the pairs of hanzi of an obligation's."""
    wanted = pairs(known.source_text)
    return [each for each in proposals if len(wanted & pairs(each.source_text + each.text)) >= 0.6 * len(wanted)]


def pairs(text: str) -> set[str]:
    plain = re.sub(r"[^\u4e00-\u9fffA-Za-z0-9]", "", text)
    return {plain[at : at + 2] for at in range(len(plain) - 1)}

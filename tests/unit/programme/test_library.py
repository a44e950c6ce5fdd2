from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from ankang_desktop.kernel import paths
from ankang_desktop.kernel.errors import UserError
from ankang_desktop.programme.library import Library, check_names, read_library
from ankang_desktop.programme.windows import Kind, occurrences

COUNTS = {"shijiazhuang_2021": 54, "qingdao_2020": 40, "national_2020": 25, "huantai_2016": 62, "jiaozuo_2023": 60}
PREFIXES = {"shijiazhuang_2021": 0, "qingdao_2020": 1, "national_2020": 2, "huantai_2016": 3, "jiaozuo_2023": 4}
OWN = """
title = "关于开展夏季安全检查的通知"
issuer = "某县总工会"
issued = 2026-05-08

[[obligation]]
id = "X-01"
source_text = "各企业于7月10日前报送检查情况"
when = "D:07-10"
needs = [{counter = "submission"}]
"""


def test_all_241_obligations_stand_under_their_ids(library: Library) -> None:
    assert {code: len(notice.obligations) for code, notice in library.notices.items()} == COUNTS
    for code, notice in library.notices.items():
        expected = [f"S{PREFIXES[code]}-{number:02d}" for number in range(1, COUNTS[code] + 1)]
        assert [obligation.code for obligation in notice.obligations] == expected
    assert len(library.obligations) == 241


def test_all_39_templates_and_only_the_monthly_report_is_off(library: Library) -> None:
    assert [template.code for template in library.templates] == [f"C-{number:02d}" for number in range(1, 40)]
    assert [template.code for template in library.templates if not template.is_enabled] == ["C-27"]
    assert {template.remind for template in library.templates} == {(14, 7, 3, 1)}


def test_heads_of_the_notices(library: Library) -> None:
    heads = {code: (notice.number, notice.issued) for code, notice in library.notices.items()}
    assert heads == {
        "shijiazhuang_2021": ("石工办字〔2021〕27号", date(2021, 8, 10)),
        "qingdao_2020": ("", date(2020, 1, 14)),
        "national_2020": ("总工字〔2020〕9号", date(2020, 4, 10)),
        "huantai_2016": ("桓政办字〔2016〕2号", date(2016, 1, 13)),
        "jiaozuo_2023": ("焦工基〔2023〕10号", date(2023, 6, 1)),
    }


def test_every_dated_duty_falls_due_in_every_year(library: Library) -> None:
    whens = [obligation.when for _, obligation in library.obligations.values()]
    whens += [template.when for template in library.templates]
    for when in whens:
        is_dated = when.kind not in {Kind.EVENT, Kind.CONTEXT}
        assert bool(occurrences(when, 2026)) is is_dated, when.code


def test_every_duty_tells_its_proof_in_chinese(library: Library) -> None:
    for _, obligation in library.obligations.values():
        if obligation.when.kind is not Kind.CONTEXT:
            assert obligation.proof, obligation.code
        assert not re.search(r"[A-Za-z]{3,}", obligation.proof + obligation.counted_as), obligation.code


def test_defects_of_the_notices_are_mended_and_the_source_kept(library: Library) -> None:
    inspector = library.obligations["S3-37"][1]
    assert inspector.text.endswith("当一天安全检查员")
    assert "安全检查员二是开展" in inspector.source_text
    forum = library.obligations["S4-15"][1]
    assert "应急管理与公共安全论坛" in forum.text
    assert "with" in forum.source_text
    assert "专项督导工作记录表" in library.obligations["S1-37"][1].text


def test_nothing_personal_is_shipped() -> None:
    for path in sorted((paths.resources() / "programmes").glob("*.toml")):
        text = path.read_text("utf-8")
        assert not re.search(r"[\w.]+@[\w.]+|https?://|www\.|\d{7,}|0\d{2,3}-\d{7,8}", text), path.name
        assert not re.search(r"联系人：(?!〔略〕)", text), path.name


def test_sets_have_their_items(library: Library) -> None:
    sizes = {key: len(activity_set.items) for key, activity_set in library.sets.items()}
    assert sizes == {
        "ten_ones": 10,
        "eight_ones": 8,
        "five_entries_public": 5,
        "five_entries_union": 5,
        "five_leads": 5,
        "six_checks": 6,
        "five_gives": 5,
    }
    codes = [item.obligation for item in library.sets["ten_ones"].items]
    assert codes == [f"S0-{number:02d}" for number in range(7, 17)]


def test_an_own_notice_is_one_more_file(tmp_path: Path) -> None:
    (tmp_path / "summer.toml").write_text(OWN, "utf-8")
    library = read_library(paths.resources() / "programmes", tmp_path)
    notice, obligation = library.obligations["X-01"]
    assert (notice.code, notice.is_own, notice.short) == ("summer", True, "关于开展夏季安全检查的通知")
    assert (obligation.text, obligation.who) == ("各企业于7月10日前报送检查情况", ("E",))
    assert len(library.obligations) == 242


def test_an_own_set_stands_beside_the_shipped(tmp_path: Path) -> None:
    text = """
[[set]]
key = "five_ones"
title = "五个一"
source = "本厂通知"
[[set.item]]
title = "一次演练"
need = {counter = "drill"}
"""
    (tmp_path / "activity_sets.toml").write_text(text, "utf-8")
    library = read_library(paths.resources() / "programmes", tmp_path)
    assert (library.sets["five_ones"].title, "ten_ones" in library.sets) == ("五个一", True)


def test_a_missing_own_folder_is_no_fault(tmp_path: Path) -> None:
    assert len(read_library(paths.resources() / "programmes", tmp_path / "none").notices) == 5


@pytest.mark.parametrize(
    ("old", "new", "said", "remedy"),
    [
        ('when = "D:07-10"', 'wehn = "D:07-10"', "“wehn”不是已知的项", "是否想用“when”"),
        ('when = "D:07-10"', 'when = "D:07-32"', "“when”有误", "D:12-15"),
        ('when = "D:07-10"', "", "“when”没有填写", "请补上文字"),
        ('when = "D:07-10"', 'when = "D:07-10"\nwho = ["EE"]', "“who”里的“EE”不存在", "是否想用“E”"),
        ("{counter", "{conuter", "“conuter”不是已知的项", "是否想用“counter”"),
        ('"submission"}', '"submission", at_least = 0}', "“at_least”应为大于0的数", "0.95"),
        ('"submission"}', '"submission", per = "moon"}', "“per”“moon”不存在", "是否想用“month”"),
        ('"submission"}', '"submission", measure = "x"}', "恰好写一个", "at_least = 2"),
        ('{counter = "submission"}', '{set = "ten_one"}', "“set”写的是“ten_one”", "是否想用“ten_ones”"),
        ("2026-05-08", '"2026-05-08"', "“issued”应为日期", "改正"),
        ('"X-01"', '"S0-01"', "“id”S0-01 已经用过", "编号"),
        ("issuer", "= 3", "写法有误", "UTF-8"),
    ],
)
def test_a_fault_names_file_key_and_suggestion(tmp_path: Path, old: str, new: str, said: str, remedy: str) -> None:
    assert old in OWN
    (tmp_path / "summer.toml").write_text(OWN.replace(old, new), "utf-8")
    with pytest.raises(UserError) as caught:
        read_library(paths.resources() / "programmes", tmp_path)
    assert "summer.toml" in caught.value.text
    assert said in caught.value.text
    assert remedy in caught.value.remedy


def test_two_notices_with_one_code_are_refused(tmp_path: Path) -> None:
    (tmp_path / "summer.toml").write_text('code = "qingdao_2020"\n' + OWN, "utf-8")
    with pytest.raises(UserError, match=r"“code”与 .*qingdao_2020\.toml 相同"):
        read_library(paths.resources() / "programmes", tmp_path)


def test_a_template_may_only_point_to_known_obligations(shipped_copy: Path) -> None:
    calendar = shipped_copy / "calendar.toml"
    calendar.write_text(calendar.read_text("utf-8").replace('sources = ["S0-53"]', 'sources = ["S0-99"]'), "utf-8")
    with pytest.raises(UserError, match="C-26 的“sources”写的是“S0-99”"):
        read_library(shipped_copy)


def test_names_of_other_rooms_are_checked_by_whoever_knows_them(library: Library) -> None:
    counters = {need.counter for _, need in library.needs() if need.counter}
    measures = {need.measure for _, need in library.needs() if need.measure}
    units = {unit for template in library.templates for unit in template.supports}
    units |= {unit for _, obligation in library.obligations.values() for unit in obligation.supports}
    check_names(library, counters, measures, units)
    with pytest.raises(UserError, match="“counter”写的是“drill”"):
        check_names(library, counters - {"drill"}, measures)
    with pytest.raises(UserError, match="“measure”写的是“teams_in_drills”"):
        check_names(library, counters, measures - {"teams_in_drills"})
    with pytest.raises(UserError, match="“supports”写的是“MGT-9”"):
        check_names(library, counters, measures, units - {"MGT-9"})


def test_supports_are_the_units_of_the_scorecard(library: Library) -> None:
    parts = {"ORG": "1 2 3", "EDU": "1 2 3 4 5", "TEAM": "1 2", "ACC": "1", "BON": "1"}
    parts |= {"MGT": "1a 1b 2a 2b 2c 3 4 5 6 7 8 9", "SUP": "1 2a 2b 3a 3b 3c 4 5"}
    units = {f"{section}-{part}" for section, listed in parts.items() for part in listed.split()}
    assert len(units) == 32
    counters = {need.counter for _, need in library.needs() if need.counter}
    measures = {need.measure for _, need in library.needs() if need.measure}
    check_names(library, counters, measures, units)

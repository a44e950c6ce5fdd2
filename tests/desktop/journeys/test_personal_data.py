"""The duties of personal data: the yearly clean-up, records gone for good, a person's records, a leaver."""

from __future__ import annotations

from pathlib import Path

from pypdf import PdfReader

from ankang_desktop.actions import records
from tests.desktop.journeys.steps import Officer


def two_old_drills(officer: Officer) -> None:
    """Register what was held long before any period of today."""
    for name in ("旧厂消防演练", "旧厂疏散演练"):
        texts = {"演练日期": "2019-05-06", "演练名称": name, "演练类型": "桌面推演"}
        records.add_record(officer.app, "drill", texts)
    officer.rests()


def test_the_yearly_clean_up_to_the_last_step(at_work: Officer) -> None:
    officer = at_work
    two_old_drills(officer)
    officer.jump("设置")
    officer.click("个人信息")
    officer.sees("1 类 2 条超过保存期限")
    officer.click("到期清单与保存期限")
    officer.sees("应急演练台账", "3 年", "2 条", "建议：3 年")
    officer.click("打开到期的记录")
    officer.sees("旧厂消防演练", "旧厂疏散演练", "所列的 2 条")
    officer.sees_no("熔炼炉金属液喷溅现场处置演练")

    officer.jump("设置")
    officer.click("个人信息")
    officer.click("到期清单与保存期限")
    with officer.answering("移入回收站") as asked:
        officer.click("移入回收站")
    assert "可以撤销" in asked[0]
    officer.dismiss()
    officer.sees("已把 2 条应急演练台账移入回收站", "没有要清理的记录")
    officer.press("Ctrl+Z")
    officer.sees("已撤销：清理2条超过保存期限的应急演练台账", "1 类 2 条超过保存期限")
    officer.press("Ctrl+Y")

    officer.jump("回收站")
    officer.press("Ctrl+A")
    with officer.answering("彻底删除 2 条") as asked:
        officer.click("彻底删除")
    assert "不能再撤销" in asked[0]
    officer.sees("已彻底删除 2 条记录", "回收站是空的")
    assert records.next_steps(officer.app) == ("", "")


def test_a_period_of_ones_own_and_a_year_longer(at_work: Officer) -> None:
    officer = at_work
    two_old_drills(officer)
    officer.jump("设置")
    officer.click("个人信息")
    officer.click("到期清单与保存期限")
    officer.click("保留一年")
    officer.sees("没有超过保存期限的记录")
    officer.dismiss()
    officer.press("Ctrl+Z")
    officer.click("到期清单与保存期限")
    officer.click("修改期限")
    officer.click("永久保存")
    officer.fill("依据或说明", "本厂档案办法")
    officer.click("确定")
    officer.sees("没有超过保存期限的记录")
    officer.click("全部")
    officer.sees("永久（本单位定）")
    officer.dismiss()
    assert records.trash(officer.app) == []


def test_why_what_is_over_stays_is_listed(at_work: Officer) -> None:
    officer = at_work
    for place in ("旧配电室", "旧酸洗槽"):
        texts = {"发现日期": "2017-03-02", "隐患来源": "自查", "隐患描述": f"{place}接地线松动", "隐患等级": "一般"}
        records.add_record(officer.app, "hazard", texts)
    officer.rests()
    officer.jump("设置")
    officer.click("个人信息")
    officer.sees("另有 2 条到期但暂不清理")
    officer.click("到期清单与保存期限")
    officer.click_line("隐患排查治理台账（其余）")
    officer.sees("暂不清理的原因")
    officer.click("为什么不清理")
    officer.sees("到期但暂不清理", "旧配电室接地线松动", "旧酸洗槽接地线松动", "没有办完")
    officer.click_line("旧配电室接地线松动", is_double=True)
    assert officer.reads("发现日期") == "2017-03-02"


def test_leavers_beyond_their_period_are_made_anonymous_together(at_work: Officer) -> None:
    officer = at_work
    for code, name in (("L901", "离厂甲甲"), ("L902", "离厂乙乙")):
        texts = {"工号": code, "姓名": name, "离职日期": "2020-06-30"}
        records.add_record(officer.app, "employee", texts)
    texts = {"演练日期": "2026-05-06", "演练名称": "离厂乙乙参加的演练", "演练类型": "桌面推演"}
    number = records.add_record(officer.app, "drill", texts).number
    officer.rests()
    officer.jump("设置")
    officer.click("个人信息")
    officer.click("到期清单与保存期限")
    officer.click("全部")
    officer.click_line("职工名册（离职职工）")
    officer.click("修改期限")
    officer.click("保存")
    officer.press("Tab", "Up", "Up")
    officer.click("确定")
    officer.sees("5 年（本单位定）", "2 条")
    with officer.answering("匿名化，不再恢复") as asked:
        officer.click("匿名化")
    assert "2 名离职职工" in asked[0]
    officer.dismiss()
    officer.sees("已匿名化 2 人，另有 1 条记录的文字里写着同样的姓名")
    officer.click("查看这些记录")
    assert officer.reads("演练名称") == "离厂乙乙参加的演练"
    officer.jump(number, "演练")
    officer.jump("职工名册")
    officer.sees_no("离厂甲甲", "离厂乙乙")


def test_everything_that_names_a_person_is_printed(at_work: Officer, tmp_path: Path) -> None:
    officer = at_work
    officer.jump("职工名册")
    officer.click_line("ZG-2026-0001")
    officer.click("打印", "该职工的全部记录（ZG-2026-0001）")
    officer.will_choose(tmp_path / "全部记录.pdf")
    officer.click("存为 PDF")
    officer.waits_for((tmp_path / "全部记录.pdf").exists)
    text = "".join(page.extract_text() for page in PdfReader(tmp_path / "全部记录.pdf").pages).replace("\n", "")
    assert "第四十五条" in text
    assert "ZG-2026-0001" in text


def test_a_leaver_is_made_anonymous_from_the_form(at_work: Officer) -> None:
    officer = at_work
    texts = {"工号": "L900", "姓名": "离厂甲", "离职日期": "2026-06-30"}
    number = records.add_record(officer.app, "employee", texts).number
    officer.rests()
    officer.jump(number, "离厂甲(L900)")
    with officer.answering("匿名化，不再恢复") as asked:
        officer.click("更多：打印、复制、删除", "离职匿名化")
    assert "不能撤销" in asked[0]
    officer.sees("已匿名化 1 人", "匿名化日期")
    assert "离职职工-" in officer.reads("姓名")


def test_the_three_texts_carry_the_enterprise(at_work: Officer, tmp_path: Path) -> None:
    officer = at_work
    for words, title in (("告知书", "个人信息处理告知书"), ("单独同意书", "同意"), ("影响评估（简表）", "影响评估")):
        officer.jump("设置")
        officer.click("个人信息")
        officer.click(words)
        target = tmp_path / f"{words}.pdf"
        officer.will_choose(target)
        officer.click("存为 PDF")
        officer.waits_for(target.exists)
        pages = PdfReader(target).pages
        assert len(pages) == 1
        text = pages[0].extract_text().replace("\n", "")
        assert title in text
        assert "华兴机械厂" in text
        officer.dismiss()

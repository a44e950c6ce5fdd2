"""The year: a notice becomes a duty and is done; the safety month is closed and its table printed."""

from __future__ import annotations

from pathlib import Path

from PIL import Image
from pypdf import PdfReader

from ankang_desktop.actions.year import duties_of
from ankang_desktop.programme.duties import State
from tests.desktop.journeys.steps import Officer

NOTICE = """关于开展冬季安全检查的通知
各基层工会：
一、请于12月10日前组织一次冬季用电安全检查。
二、请于每月25日前报送进度。
云岭市总工会
2026年11月20日"""


def test_a_notice_pasted_becomes_a_duty_and_is_done(at_work: Officer, tmp_path: Path) -> None:
    officer = at_work
    officer.press("Ctrl+2")
    officer.click("添加通知")
    officer.fill("通知全文", NOTICE)
    officer.click("读出要求")
    officer.sees("关于开展冬季安全检查的通知", "一、请于12月10日前组织一次冬季用电安全检查。", "读出 2 条，采用 2 条")
    assert officer.reads("发文机关") == "云岭市总工会"
    officer.fill("简称", "冬季检查")
    officer.click("加入年历")
    officer.sees("“冬季检查”的 2 项要求已进年历")

    officer.choose("来源", "冬季检查")
    officer.click("全部 3")  # what was due before the notice was written is not asked for
    officer.click_line("于12月10日前组织一次冬季用电安全检查")
    officer.sees("剩19天", "一、请于12月10日前组织一次冬季用电安全检查。")
    Image.new("RGB", (60, 40), (9, 90, 20)).save(tmp_path / "检查_20261121.jpg")
    officer.click("办结")
    officer.click("办结")
    officer.sees("手工办结须写明凭证在哪里")
    officer.will_choose(tmp_path / "检查_20261121.jpg")
    officer.click("附照片或扫描件")
    officer.click("办结")
    officer.sees("已办结", "已完成")
    found = [each for each in duties_of(officer.app, 2026) if each.origin == "冬季检查"]
    assert [(each.state, len(each.records)) for each in found if each.title.endswith("安全检查")] == [(State.DONE, 1)]
    assert all(each.state is not State.OVERDUE for each in found)
    officer.press("Ctrl+Z", "Ctrl+Z")
    officer.sees("已撤销：添加通知“冬季检查”")
    assert not any(each.origin == "冬季检查" for each in duties_of(officer.app, 2026))


def test_the_safety_month_is_closed_and_its_table_printed(at_work: Officer, tmp_path: Path) -> None:
    officer = at_work
    officer.press("Ctrl+2")
    officer.click("逾期 32")
    officer.click_line("主题活动：职工安全生产企业“行”")
    officer.sees("还差")
    officer.click("办结")
    officer.fill("凭证在哪里？", "活动方案和照片在6号盒第3页")
    officer.click("办结")
    officer.sees("已办结：主题活动：职工安全生产企业“行”", "逾期 31")

    officer.press("Ctrl+6")
    officer.sees("焦作市总工会“安全生产月”活动进展情况统计表")
    officer.click("264场")  # a number opens what it counts
    officer.sees("没有列入本表")
    officer.dismiss()
    officer.click("把现在的数字定稿")
    officer.press("Return")
    officer.sees("已定稿")
    officer.click("预览打印")
    officer.sees("共 1 页")
    officer.will_choose(tmp_path / "统计表.pdf")
    officer.click("存为 PDF")
    officer.waits_for((tmp_path / "统计表.pdf").exists)
    [page] = PdfReader(tmp_path / "统计表.pdf").pages
    text = page.extract_text().replace("\n", "")
    assert "焦作市总工会“安全生产月”活动进展情况统计表" in text
    assert "105" in text

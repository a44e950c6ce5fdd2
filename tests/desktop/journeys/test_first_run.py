"""The first hour: from an empty computer to the first sign-in sheet, and what was kept in Excel until now."""

from __future__ import annotations

from pathlib import Path

from pypdf import PdfReader

from ankang_desktop.actions.drafting import open_record
from ankang_desktop.actions.programmes import followed_programmes
from tests.desktop.journeys.steps import Officer


def test_from_the_welcome_to_the_first_sign_in_sheet(officer: Officer, tmp_path: Path, demo_files: Path) -> None:
    officer.starts()
    officer.will_choose(tmp_path / "我的工作区")
    officer.click("新建工作区")
    officer.sees("三步用起来", "尚未填写单位")

    officer.click("填写单位")
    officer.fill("单位名称", "宏远机械有限公司")
    officer.click("属高危行业：否")  # it is down already, and stays: the field may not be empty
    officer.click("劳动密集型：是")
    officer.press("Ctrl+S")
    officer.sees("已登记 DW-2026-0001", "宏远机械有限公司")
    profile = open_record(officer.app, "DW-2026-0001").stored.values
    assert (profile["high_risk"], profile["labour_intensive"]) == (False, True)

    officer.jump("今日")
    officer.click("导入名册")
    officer.will_choose(demo_files / "06-职工名册.xlsx")
    officer.click("选择文件")
    officer.click("下一步：预览")
    officer.sees("42 个名字还没有登记")
    officer.click("30 个岗位都是新的，全部登记")
    officer.click("12 个班组都是新的，全部登记")
    officer.sees_no("个名字还没有登记")
    officer.click("全部导入 244 行")
    officer.sees("已导入 244 条到“职工名册”")

    officer.jump("今日")
    officer.click("选择方案")
    officer.click("石家庄2021")
    officer.click("采用")
    officer.sees("已采用 1 个活动方案")
    officer.sees_no("三步用起来")

    officer.jump("新登记 安全教育培训", to="新登记 安全教育培训档案")
    officer.fill("培训名称", "新《安全生产法》学习")
    officer.fill("班组", "装配班")
    officer.fill("班组", "焊接班")
    officer.press("Ctrl+S")
    officer.click("更多：打印、复制、删除", "安全教育培训（活动）签到表（PX-2026-0001）")
    officer.sees("共 1 页")
    officer.will_choose(tmp_path / "签到表.pdf")
    officer.click("存为 PDF")
    officer.sees("已存为 签到表.pdf")

    [page] = PdfReader(tmp_path / "签到表.pdf").pages
    text = page.extract_text()
    invited = [name for name in ("焊接班", "任向前", "装配班", "何铁生", "新《安全生产法》学习") if name in text]
    assert invited == ["焊接班", "任向前", "装配班", "何铁生", "新《安全生产法》学习"]
    assert "车工班" not in text
    assert [*followed_programmes(officer.app)] == ["shijiazhuang_2021"]

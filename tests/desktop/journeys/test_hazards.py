"""A hazard from the photo of it to the photo without it, and those who are late told so."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PIL import Image

from ankang_desktop.actions import drafting
from ankang_desktop.actions.files import shelf_of
from ankang_desktop.ledgers.hazards.words import Stage
from tests.desktop.journeys.steps import Officer


def photo(path: Path, shade: int) -> Path:
    """Write a photo named as a phone names it, unlike any other."""
    Image.new("RGB", (64, 48), (shade, 90, 20)).save(path)
    return path


def test_found_put_off_put_right_and_accepted_by_another(at_work: Officer, tmp_path: Path) -> None:
    officer = at_work
    officer.click("登记隐患")
    officer.fill("隐患描述", "砂轮机防护罩松动")
    officer.choose("隐患来源", "随手拍")
    officer.fill("地点", "抛光间")
    officer.fill("班组", "装配班")
    officer.drops([photo(tmp_path / "整改前_20261120.jpg", 3)], "往“整改前照片”添加文件")
    officer.press("Ctrl+S")
    officer.sees("已登记 YH-2026-0050", "计分还缺：隐患类别、隐患等级")

    officer.click("定级")
    officer.choose("隐患类别", "安全")
    officer.choose("隐患等级", "一般")
    officer.click("定级")
    officer.click("下达整改")
    officer.fill("责任人", "周连胜")
    officer.fill("整改措施", "加装防护罩并紧固")
    officer.fill("整改资金", "0")
    officer.fill("整改时限", "2026-11-25")
    officer.fill("应急预案或防范措施", "停机挂牌")
    officer.choose("整改层级", "班组")
    officer.click("下达整改")
    officer.sees("YH-2026-0050 已下达整改", "整改中")

    officer.click("延期")
    officer.fill("新时限", "2026-12-05")
    officer.fill("延期原因", "等备件")
    officer.fill("批准人", "吴厂长")
    officer.click("延期")
    assert (officer.reads("首次时限"), officer.reads("整改时限")) == ("2026-11-25", "2026-12-05")

    officer.drops([photo(tmp_path / "整改后_20261121.jpg", 99)], "往“整改后照片”添加文件")
    officer.press("Ctrl+S")
    officer.click("整改完成")
    officer.click("整改完成")
    officer.click("验收销号")
    officer.fill("验收人", "周连胜")
    officer.click("验收销号")
    officer.sees("验收人不能是整改责任人本人")
    officer.fill("验收人", "钟月华")
    officer.click("验收销号")
    officer.sees("YH-2026-0050 已验收销号", "已销号", "整改前照片　1", "整改后照片　1")

    kept = drafting.open_record(officer.app, "YH-2026-0050").stored.values
    assert (kept["stage"], kept["first_deadline"], kept["deadline"]) == (
        Stage.closed,
        date(2026, 11, 25),
        date(2026, 12, 5),
    )
    assert kept["closed_on"] == date(2026, 11, 21)
    assert [each.slot for each in shelf_of(officer.app, "YH-2026-0050").files] == ["before", "after"]
    officer.click("返回上一个画面 (Alt+←)")
    officer.sees("今年销号 38")

"""Nothing is ever lost: thrown away by accident, typed and not saved, the file itself destroyed."""

from __future__ import annotations

from pathlib import Path

from ankang_desktop.actions import drafting, records
from ankang_desktop.actions.files import shelf_of
from ankang_desktop.app import App
from ankang_desktop.desktop.form.drafts import all_drafts
from tests.desktop.journeys.steps import Officer


def whole(app: App, number: str) -> object:
    """Return a record as it stands, its rows and its files with it."""
    stored = drafting.open_record(app, number).stored
    return stored.values, stored.rows, stored.removed, [(each.name, each.slot) for each in shelf_of(app, number).files]


def test_removed_by_accident_and_got_back_after_a_restart(at_work: Officer) -> None:
    officer = at_work
    drills = {number: whole(officer.app, number) for number in ("YL-2026-0001", "YL-2026-0002")}

    officer.jump("应急演练台账")
    officer.click_line("YL-2026-0001")
    officer.press("Return")
    officer.sees("演练名称", "熔炼炉金属液喷溅现场处置演练")
    officer.click("更多：打印、复制、删除", "删除（放进回收站）")
    officer.sees("已把 YL-2026-0001 放进回收站", "共 5 条")
    officer.sees_no("熔炼炉金属液喷溅现场处置演练")

    officer.closes()
    officer.starts()
    officer.sees("共 5 条")  # at the place where he was
    officer.press("Ctrl+Z")
    officer.sees("已撤销：删除 YL-2026-0001", "熔炼炉金属液喷溅现场处置演练", "共 6 条")
    assert whole(officer.app, "YL-2026-0001") == drills["YL-2026-0001"]

    officer.click_line("YL-2026-0001")
    officer.click_line("YL-2026-0002", keys="Ctrl")
    with officer.answering("是") as asked:
        officer.press("Delete")
    assert "2 条记录放进回收站" in asked[0]
    officer.sees("已把 2 条记录放进回收站", "共 4 条")

    officer.closes()
    officer.starts()
    officer.jump("回收站")
    officer.sees("共 2 条", "全厂生产安全事故综合应急演练")
    officer.press("Ctrl+F")
    officer.write("rllj")  # by its initials
    officer.sees("找到 1 / 2 条")
    officer.click("恢复所选")
    officer.sees("已恢复 YL-2026-0001")
    officer.press("Ctrl+A", "Delete")
    officer.sees("共 1 条", "全厂生产安全事故综合应急演练")
    officer.click("恢复所选")
    officer.sees("已恢复 YL-2026-0002", "回收站是空的")
    assert {number: whole(officer.app, number) for number in drills} == drills
    assert records.trash(officer.app) == []


def test_what_was_typed_outlives_a_power_cut(at_work: Officer) -> None:
    officer = at_work
    officer.jump("新登记 安全教育培训", to="新登记 安全教育培训档案")
    officer.fill("培训名称", "冬季用电安全")
    officer.fill("学时", "2")
    officer.click("按班组加入", "装配班")
    officer.sees("名单 24 人，到场 24 人", "未保存")
    officer.waits_for(lambda: all_drafts(officer.app))
    officer.leaves()  # the power is cut: nothing was saved, nothing was asked

    officer.starts()
    officer.sees("上次有 1 张表单没来得及保存，填的内容还在")
    officer.click("接着填 新登记 安全教育培训档案")
    officer.sees("上次没来得及保存的内容已经填回来了", "名单 24 人，到场 24 人", "未保存")
    assert (officer.reads("培训名称"), officer.reads("学时")) == ("冬季用电安全", "2")
    officer.press("Ctrl+S")
    officer.sees("已登记 PX-2026-0022", "冬季用电安全", "名单 24 人，到场 24 人")
    assert drafting.open_record(officer.app, "PX-2026-0022").stored.values["hours"] == 2
    assert all_drafts(officer.app) == []


def test_backed_up_and_brought_back_on_the_first_screen(at_work: Officer, tmp_path: Path) -> None:
    officer = at_work
    before = whole(officer.app, "YL-2026-0001")
    officer.press("Ctrl+0")
    stick = tmp_path / "U盘"
    stick.mkdir()
    officer.will_choose(stick)
    officer.click("备份到U盘")
    officer.waits_for(lambda: any(stick.rglob("ankang.db")))
    officer.rests()
    officer.closes()
    for lost in (tmp_path / "华兴厂").rglob("ankang.db*"):
        lost.write_bytes(b"nothing")  # the disk is gone

    officer.starts()
    officer.sees("从备份恢复")
    [kept] = [path.parent for path in stick.rglob("ankang.db")]
    officer.will_choose(kept)
    officer.will_choose(tmp_path / "恢复的")
    officer.click("从备份恢复")
    officer.waits_for(lambda: officer.starter is not None and officer.starter.window is not None)
    officer.rests()
    officer.sees("华兴机械厂")
    assert officer.app.workspace.folder == tmp_path / "恢复的"
    assert whole(officer.app, "YL-2026-0001") == before

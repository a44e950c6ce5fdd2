"""The command line is a contract: one JSON document, messages on stderr, exit codes, every verb written down."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from ankang_desktop.cli import main
from ankang_desktop.cli.shell import VERBS
from ankang_desktop.store.upgrades import HEAD

HELP = Path(__file__).resolve().parents[2] / "resources" / "help" / "命令行.md"
FOUND = ["发现日期=6.1", "source=随手拍", "隐患描述=砂轮机防护罩松动", "地点=一车间"]


class Shell:
    """Runs commands in one workspace and reads what they print."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self.capsys = capsys
        self.errors = ""

    def run(self, *words: str, status: int = 0) -> Any:
        """Run a command with --json; return its document, having checked its exit code."""
        code = main(["--workspace", str(self.folder), "--today", "2026-11-21", "--json", *words])
        out, self.errors = self.capsys.readouterr()
        assert code == status, (code, out, self.errors)
        return json.loads(out)

    def says(self, *words: str, status: int = 0) -> str:
        """Run a command as a person does; return what it says."""
        code = main(["--workspace", str(self.folder), "--today", "2026-11-21", *words])
        out, self.errors = self.capsys.readouterr()
        assert code == status, (code, out, self.errors)
        return out


@pytest.fixture
def shell(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Shell:
    made = Shell(tmp_path / "w", capsys)
    made.run("init", "--name", "华兴机械厂")
    return made


def test_every_verb_is_written_down() -> None:
    text = HELP.read_text("utf-8")
    assert [name for name in VERBS if f"`{name}" not in text] == []


def test_the_verbs_of_the_contract_are_there() -> None:
    asked = "init ledgers template import export list show attach move calendar score statistics paper submit verify"
    assert set(asked.split()) | {"undo", "redo", "history", "check", "demo"} <= set(VERBS)


def test_help_needs_no_workspace(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    assert "用法" in capsys.readouterr().out
    assert main(["--json", "--help"]) == 0
    assert set(json.loads(capsys.readouterr().out)["verbs"]) == set(VERBS)


def test_unknown_verb_is_answered_with_the_nearest(shell: Shell) -> None:
    error = shell.run("scores", status=2)["error"]
    assert error["kind"] == "user"
    assert "是否想用“score”" in error["remedy"]
    assert "scores" in shell.errors


@pytest.mark.parametrize(
    "words", [["list"], ["list", "hazard", "--nonsense"], ["calendar", "--year", "很多"], ["--today"]]
)
def test_wrong_words_are_a_sentence(shell: Shell, words: list[str]) -> None:
    error = shell.run(*words, status=2)["error"]
    assert error["text"]
    assert error["remedy"]


def test_no_workspace(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert Shell(tmp_path / "nowhere", capsys).run("list", "hazard", status=2)["error"]["text"].endswith("里没有工作区")


def test_a_second_program_is_the_machine_s_world(shell: Shell) -> None:
    from ankang_desktop.store.workspace import open_workspace

    held = open_workspace(shell.folder)
    try:
        assert shell.run("list", "hazard", status=3)["error"]["kind"] == "world"
    finally:
        held.close()


def test_a_locked_workspace_asks_for_its_password(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    from ankang_desktop.cli import frame
    from ankang_desktop.kernel.progress import Quiet
    from ankang_desktop.store.locking import set_password

    set_password(shell.folder, "砂轮 行车 26", "CODE", Quiet(), 1 << 4)
    error = shell.run("list", "hazard", status=2)["error"]
    assert "设了密码" in error["text"]
    assert "ANKANG_PASSWORD" in error["remedy"]
    monkeypatch.setenv("ANKANG_PASSWORD", "砂轮 行年 26")
    assert shell.run("list", "hazard", status=2)["error"]["text"] == "密码不对"
    monkeypatch.setenv("ANKANG_PASSWORD", "砂轮 行车 26")
    assert shell.run("add", "hazard", *FOUND)["number"] == "YH-2026-0001"
    monkeypatch.delenv("ANKANG_PASSWORD")
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(frame.getpass, "getpass", lambda asked: "砂轮 行车 26" if "密码" in asked else "")
    assert shell.run("list", "hazard")["total"] == 1


def test_our_own_fault_is_reported_and_the_records_are_intact(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    from ankang_desktop.actions import records

    monkeypatch.setattr(records, "add_record", lambda *_: 1 / 0)
    assert shell.run("add", "hazard", *FOUND, status=1)["error"]["kind"] == "bug"
    assert "您的记录完好" in shell.errors
    assert shell.run("list", "hazard")["total"] == 0


def test_a_hazard_through_its_loop(shell: Shell, tmp_path: Path) -> None:
    shell.run("add", "employee", "工号=001", "姓名=王伟")
    shell.run("add", "employee", "工号=002", "姓名=李娜")
    assert shell.run("add", "hazard", *FOUND, "发现人=王伟")["number"] == "YH-2026-0001"
    refused = shell.run("add", "hazard", "发现日期=2026-2-30", "source=随手拍", "隐患描述=x", status=2)["error"]
    assert refused["kind"] == "refused"
    assert refused["problems"] == [
        {"field": "found_on", "text": "发现日期：“2026-2-30”不是有效日期，请写成 2026-6-1 这样"}
    ]
    shell.run("move", "YH-2026-0001", "定级", "隐患类别=安全", "隐患等级=一般")
    problems = shell.run("move", "YH-2026-0001", "order", "责任人=王伟", status=2)["error"]["problems"]
    assert [each["field"] for each in problems] == ["measures", "funds", "deadline", "contingency"]
    five = ["责任人=王伟", "整改措施=紧固", "整改资金=0", "整改时限=6.10", "应急预案或防范措施=停用"]
    shell.run("move", "YH-2026-0001", "下达整改", *five)
    shell.run("move", "YH-2026-0001", "延期", "新时限=6.20", "延期原因=等备件", "批准人=厂长")
    shell.run("move", "YH-2026-0001", "finish", "整改完成日期=6.18")
    photo = tmp_path / "IMG_20260618_090000.jpg"
    photo.write_bytes(b"photo")
    attached = shell.run("attach", "YH-2026-0001", str(photo), "--slot", "整改后照片", "--box", "3", "--page", "12")
    assert attached["attached"][0]["slot"] == "after"
    shell.run("move", "YH-2026-0001", "accept", "验收人=李娜", "验收日期=6.19", "销号日期=6.19")
    shown = shell.run("show", "YH-2026-0001")
    assert (shown["values"]["stage"], shown["values"]["first_deadline"]) == ("closed", "2026-06-10")
    assert [each["page"] for each in shown["evidence"]] == ["12"]
    assert shell.run("remove", "YH-2026-0001", status=2)["error"]["remedy"] == "请用“作废”并写明原因"
    after = str(shown["evidence"][0]["id"])
    assert "不能没有整改后照片" in shell.run("detach", "YH-2026-0001", after, status=2)["error"]["text"]
    assert attached["warnings"] == ["“IMG_20260618_090000.jpg”不是有效的照片，请重新保存后添加"]
    titles = [each["title"] for each in shell.run("history", "YH-2026-0001")["history"]]
    assert titles[:3] == ["登记隐患排查治理台账", "YH-2026-0001 定级", "YH-2026-0001 下达整改"]
    assert "整改时限：2026-06-10 → 2026-06-20" in str(shell.run("history", "YH-2026-0001"))


def test_undo_redo_trash(shell: Shell) -> None:
    shell.run("add", "suggestion", "提出日期=3.1", "类别=金点子", "建议名称=加装护栏")
    assert shell.run("undo")["title"] == "登记合理化建议与金点子"
    assert shell.run("list", "suggestion")["total"] == 0
    shell.run("redo")
    shell.run("remove", "JY-2026-0001")
    assert [each["number"] for each in shell.run("trash")["trash"]] == ["JY-2026-0001"]
    shell.run("restore", "JY-2026-0001")
    assert shell.run("list", "suggestion", "--search", "护栏")["records"][0]["lacks"] == [
        "班组",
        "改进措施",
        "佐证材料（附件或盒号）",
    ]


def test_a_rare_name(shell: Shell, tmp_path: Path) -> None:
    shell.run("add", "employee", "工号=009", "姓名=李䶮𬭊")
    shell.run("add", "training", "培训名称=岗前培训", "培训日期=3.1")
    assert shell.run("list", "employee", "--search", "𬭊")["total"] == 1
    shell.run("export", "employee", str(tmp_path / "out.xlsx"))
    assert shell.run("import", "employee", str(tmp_path / "out.xlsx"), "--dry-run")["same"] == 1


def test_backup_and_recover(shell: Shell, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shell.run("add", "hazard", *FOUND)
    backup = shell.run("backup", str(tmp_path / "u"))["backup"]
    other = Shell(tmp_path / "other", capsys)
    assert other.run("recover", backup)["ok"]
    assert other.run("list", "hazard")["total"] == 1


def test_check_is_clean_on_a_new_workspace(shell: Shell) -> None:
    assert shell.run("check") == {"ok": True, "faults": [], "notes": [], "revision": HEAD, "ledgers": 51}


def test_ledgers_say_what_they_are_made_of(shell: Shell) -> None:
    hazard = next(each for each in shell.run("ledgers")["ledgers"] if each["key"] == "hazard")
    level = next(each for each in hazard["fields"] if each["key"] == "level")
    assert level["choices"] == [{"key": "general", "label": "一般"}, {"key": "major", "label": "重大"}]
    assert "hazard.level:major" in [each["name"] for each in hazard["counters"]]


@pytest.mark.parametrize(
    ("form", "out", "says"),
    [
        ("national_card", "x.pdf", "没有“national_card”这张表"),
        ("jiaozuo_2023", "x.doc", "不能打印成“.doc”"),
    ],
)
def test_papers_that_cannot_be(shell: Shell, tmp_path: Path, form: str, out: str, says: str) -> None:
    assert says in shell.run("paper", form, str(tmp_path / out), status=2)["error"]["text"]


def test_an_unwritable_target(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    error = shell.run("paper", "jiaozuo_2023", str(tmp_path / "file" / "x.pdf"), status=3)["error"]
    assert error["kind"] == "world"


def test_a_photo_that_vanished(shell: Shell, tmp_path: Path) -> None:
    shell.run("add", "hazard", *FOUND)
    photo = tmp_path / "a.jpg"
    photo.write_bytes(b"photo")
    sha = shell.run("attach", "YH-2026-0001", str(photo), "--slot", "before")["attached"][0]["sha256"]
    (shell.folder / "evidence" / sha[:2] / sha).unlink()
    assert "不见了" in shell.run("check", status=2)["faults"][0]
    error = shell.run("paper", "hazard_sheet", str(tmp_path / "x.pdf"), "--number", "YH-2026-0001", status=2)["error"]
    assert "文件不见了" in error["text"]


def test_people_read_sentences(shell: Shell) -> None:
    shell.run("add", "hazard", *FOUND)
    assert "不能计分：缺" in shell.says("show", "YH-2026-0001")
    assert "共1条" in shell.says("list", "hazard")
    assert "撤销" in shell.says("undo")


def test_a_statistics_table_prints_its_records(shell: Shell, tmp_path: Path) -> None:
    from pypdf import PdfReader

    shell.run("add", "activity", "活动名称=重要论述宣讲", "活动类型=宣讲", "活动日期=6.3", "参加人次=45")
    target = tmp_path / "x.pdf"
    assert shell.run("paper", "jiaozuo_2023", str(target))["pages"] == 1
    assert shell.run("paper", "jiaozuo_2023", str(target), "--index")["pages"] == 2
    assert "HD-2026-0001" in PdfReader(target).pages[1].extract_text()
    blanks = {each["key"]: each for each in shell.run("statistics", "jiaozuo_2023")["blanks"]}
    assert (blanks["J1.1"]["value"], blanks["J1.2"]["value"], blanks["J1.2"]["unit"]) == (1, 45, "人次")
    assert [each["number"] for each in blanks["J1.2"]["records"]] == ["HD-2026-0001"]


def test_goods_issued_beyond_what_came_in_are_told(shell: Shell) -> None:
    shell.run("add", "supply", "物资名称=矿泉水", "单位=箱", "入库数量=10", "入库日期=6.20")
    assert shell.run("stock")["stock"][0]["left"] == 10


def test_last_year_s_undone_duties_do_not_vanish(shell: Shell) -> None:
    def of_2025() -> list[str]:
        duties = shell.run("calendar", "--due", "--year", "2026")["duties"]
        return [each["due"] for each in duties if each["due"] and each["due"].startswith("2025")]

    assert of_2025() == []
    shell.run("add", "programme_choice", "活动方案=shijiazhuang_2021", "采用日期=2025-8-1")
    assert min(of_2025()) >= "2025-08-01"


@pytest.mark.parametrize("as_json", [True, False])
def test_a_console_without_the_character_does_not_fail(shell: Shell, as_json: bool) -> None:
    """JSON is UTF-8 wherever it goes; a GBK console shows “?” for 𬭊."""
    shell.run("add", "employee", "工号=001", "姓名=李𬭊")
    words = ["--workspace", str(shell.folder), "show", "ZG-2026-0001", *(["--json"] if as_json else [])]
    done = subprocess.run(
        [sys.executable, "-m", "ankang_desktop", *words],
        env={**os.environ, "PYTHONIOENCODING": "gbk"},
        cwd=HELP.parents[2],
        capture_output=True,
        check=True,
    )
    if as_json:
        assert json.loads(done.stdout.decode("utf-8"))["shown"]["姓名"] == "李𬭊"
    else:
        assert "姓名：李?" in done.stdout.decode("gbk")

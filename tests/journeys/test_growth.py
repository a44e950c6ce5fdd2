"""What the house promises about growing: a field is one line and one upgrade, a paper is a folder."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from ankang_desktop.store.upgrades import HEAD

ROOT = Path(__file__).resolve().parents[2]
FIELD = '    place: Mapped[str | None] = field(Text(100), "地点", counts=True)\n'
LINE = '    weather: Mapped[str | None] = field(Text(20), "当日天气")\n'


def run(tree: Path, *words: str) -> Any:
    """Run the command line of a source tree; return its JSON document."""
    command = [sys.executable, "-m", "ankang_desktop", "--json", *words]
    done = subprocess.run(command, cwd=tree, capture_output=True, text=True, check=False, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_a_field_is_one_line_and_one_upgrade(tmp_path: Path) -> None:
    tree, workspace = tmp_path / "tree", str(tmp_path / "w")
    for name in ("ankang_desktop", "forms", "packaging"):
        shutil.copytree(ROOT / name, tree / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "resources" / "programmes", tree / "resources" / "programmes")
    found = ["source=自查", "description=护栏缺失", "found_on=2026-6-1"]
    run(ROOT, "--workspace", workspace, "--today", "2026-11-21", "init", "--name", "华兴机械厂")
    run(ROOT, "--workspace", workspace, "--today", "2026-11-21", "add", "hazard", *found)

    declaration = tree / "ankang_desktop" / "ledgers" / "hazards" / "record.py"
    text = declaration.read_text("utf-8")
    assert text.count(FIELD) == 1
    declaration.write_text(text.replace(FIELD, FIELD + LINE), "utf-8")
    subprocess.run([sys.executable, "packaging/revise.py", "Weather of the day"], cwd=tree, check=True)

    shown = run(tree, "--workspace", workspace, "change", "YH-2026-0001", "当日天气=大风")
    assert shown["number"] == "YH-2026-0001"
    assert run(tree, "--workspace", workspace, "show", "YH-2026-0001")["shown"]["当日天气"] == "大风"
    assert run(tree, "--workspace", workspace, "list", "hazard", "--search", "大风")["total"] == 1
    run(tree, "--workspace", workspace, "export", "hazard", str(tmp_path / "out.xlsx"))
    assert run(tree, "--workspace", workspace, "import", "hazard", str(tmp_path / "out.xlsx"), "--dry-run")["same"] == 1
    assert run(tree, "--workspace", workspace, "check")["ok"]
    assert (Path(workspace) / "backups" / f"upgrade-from-{HEAD}.db").is_file()


PAPER = """
kind = "sheet"
ledger = "visit"
title = ["某市总工会督导反馈单"]
source = "某市总工会通知附件"
edition = "2027"

[[block]]
type = "title"

[[block]]
type = "boxes"
label_width = 50
value_width = 120
items = [
    { label = "受检单位", blank = "enterprise.name", height = 12 },
    { label = "督导情况", blank = "supervision_notes", height = 60 },
]
"""


def test_a_paper_is_a_folder(tmp_path: Path) -> None:
    workspace = tmp_path / "w"
    run(ROOT, "--workspace", str(workspace), "init", "--name", "华兴机械厂")
    visit = ["visited_on=2026-3-2", "level=市", "kind=专项督导", "supervision_notes=现场查看两个车间"]
    number = run(ROOT, "--workspace", str(workspace), "--today", "2026-11-21", "add", "visit", *visit)["number"]
    folder = workspace / "forms" / "feedback_2027"
    folder.mkdir(parents=True)
    (folder / "form.toml").write_text(PAPER, "utf-8")
    for suffix in ("pdf", "xlsx"):
        target = tmp_path / f"out.{suffix}"
        answer = run(ROOT, "--workspace", str(workspace), "paper", "feedback_2027", str(target), "--number", number)
        assert answer["path"] == str(target)
        assert target.stat().st_size > 1000

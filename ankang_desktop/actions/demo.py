"""The demo enterprise: its workbooks and photos through the public import, and the whole year done with them."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from ankang_desktop.actions.filing import attach_files
from ankang_desktop.actions.papers import Wanted, print_paper
from ankang_desktop.actions.scores import score_card
from ankang_desktop.actions.submitting import Order, Submitted, submit, verify
from ankang_desktop.actions.tables import Imported, import_workbook
from ankang_desktop.actions.year import calendar
from ankang_desktop.app import App
from ankang_desktop.exchange.reading import read_workbook
from ankang_desktop.kernel import paths
from ankang_desktop.kernel.clock import Clock
from ankang_desktop.kernel.errors import UserError
from ankang_desktop.kernel.progress import Progress
from ankang_desktop.kernel.text import parse_date
from ankang_desktop.scoring.card import Card, Which
from ankang_desktop.store.evidence import Use
from ankang_desktop.submission.verification import Verification

_PAPERS: tuple[tuple[str, str, Wanted], ...] = (
    ("全国考核评分表（建议分）", "national_card_2020", Wanted(which=Which.suggested)),
    ("全国考核评分表（附佐证索引）", "national_card_2020", Wanted(which=Which.suggested, with_index=True)),
    ("安全生产月进展情况统计表", "jiaozuo_2023", Wanted()),
    ("专项督导工作记录表", "qingdao_visit_2020", Wanted(number="DD-2026-0001")),
    ("隐患台账", "hazard_register", Wanted()),
    ("隐患整改销号单", "hazard_sheet", Wanted(number="YH-2026-0007")),
    ("培训签到表", "sign_in", Wanted(number="PX-2026-0001")),
)


@dataclass(frozen=True)
class Shown:
    """What the demo did and found."""

    folder: Path
    imported: tuple[Imported, ...]
    photos: int
    calendar: dict[str, Any]
    card: Card
    papers: tuple[Path, ...]
    submitted: Submitted
    verified: Verification
    warnings: tuple[str, ...]


def run_demo(folder: Path, progress: Progress) -> Shown:
    """Do the whole year of the demo enterprise in a new folder, as its officer would on the demo's day."""
    plan = _plan()
    if folder.exists() and any(folder.iterdir()):
        raise UserError(f"“{folder}”不是空文件夹", "请为演示选一个新文件夹")
    with App.created(folder / "工作区", Clock(plan["as_of"])) as app:
        imported, photos, warnings = take_in_demo(app, folder, progress)
        card = score_card(app, "", plan["period_from"], plan["period_until"])
        papers = tuple(_print(app, folder, name, code, wanted, progress) for name, code, wanted in _PAPERS)
        order = Order(folder / "报送" / "年终材料.zip", start=card.start, end=card.end, masked=True)
        submitted = submit(app, order, progress)
        duties = calendar(app, plan["as_of"].year, "due")
    return Shown(
        folder, imported, photos, duties, card, papers, submitted, verify(submitted.path, progress), tuple(warnings)
    )


def take_in_demo(app: App, folder: Path, progress: Progress) -> tuple[tuple[Imported, ...], int, list[str]]:
    """Take the workbooks and photos into a new workspace; rows that were refused are handed back in `folder`."""
    source, plan = paths.resources() / "demo", _plan()
    imported = tuple(_take_in(app, source, entry, folder, progress) for entry in plan["workbook"])
    photos, warnings = _attach_photos(app, source / plan["photo_folder"], source / plan["photo_list"], progress)
    return imported, photos, warnings


def _plan() -> dict[str, Any]:
    return tomllib.loads((paths.resources() / "demo" / "demo.toml").read_text("utf-8"))


def _take_in(app: App, source: Path, entry: dict[str, Any], folder: Path, progress: Progress) -> Imported:
    """Import one workbook as the officer would: looked at first, the good rows written, the bad ones handed back."""
    path = source / entry["file"]
    progress.step(f"导入 {path.name}")
    back = folder / "退回" / f"{path.stem}（待改正）.xlsx"
    return import_workbook(app, entry["ledger"], path, progress, only_valid=True, rejects_to=back)


def _attach_photos(app: App, photos: Path, listed: Path, progress: Progress) -> tuple[int, list[str]]:
    """Attach the photos as the list says: 编号, 文件, 佐证栏, 说明, 拍摄日期, 盒号, 页号."""
    sheet = read_workbook(listed, progress).sheets[0]
    heads = [str(cell) for cell in sheet.rows[0]]
    rows = [dict(zip(heads, row, strict=False)) for row in sheet.rows[1:]]
    warnings: list[str] = []
    for done, row in enumerate(rows, 1):
        progress.step("添加照片", done, len(rows))
        texts = {head: str(cell) if cell not in {None, ""} else None for head, cell in row.items()}
        use = Use(texts["佐证栏"] or "proof", texts["说明"], _day(row["拍摄日期"]), texts["盒号"], texts["页号"])
        _, found = attach_files(app, texts["编号"] or "", [photos / (texts["文件"] or "")], use)
        warnings += found
    return len(rows), warnings


def _day(cell: object) -> date | None:
    return cell if isinstance(cell, date) else parse_date(str(cell or ""), 2000)


def _print(app: App, folder: Path, name: str, code: str, wanted: Wanted, progress: Progress) -> Path:
    progress.step(f"打印 {name}")
    for suffix in (".xlsx", ".pdf"):
        printed = print_paper(app, code, folder / "打印" / f"{name}{suffix}", wanted, progress)
    return printed.path

"""The recovery code on paper: one sheet to be put away with the contracts, not beside the computer."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from ankang_desktop.kernel.progress import Progress
from ankang_desktop.printing.fonts import shipped_fonts
from ankang_desktop.printing.paper import Field, Fields, Page, Paper, Text, Title
from ankang_desktop.printing.pdf import write_pdf

_TOLD = (
    "忘记密码时，在打开工作区的画面点“忘记密码”，输入下面的恢复码，就能设一个新密码。\n"
    "请把这张纸锁进柜子或交给单位存放重要文件的人；不要和电脑、U 盘放在一起。\n"
    "改过密码以后，这个恢复码作废，以新的一张为准。改密码以前的备份仍用这一张。"
)


def write_code_sheet(target: Path, folder: Path, code: str, day: date, progress: Progress) -> Path:
    """Write the sheet of a workspace's recovery code as PDF; returns where it is."""
    groups = code.split("-")
    half = len(groups) // 2
    tree = (
        Title(("安康杯工作台 恢复码",)),
        Fields((Field("工作区", folder.name, 2), Field("日期", f"{day:%Y-%m-%d}"))),
        Text(
            "\n".join(["", "　".join(groups[:half]), "　".join(groups[half:]), ""]), size=22, align="center", bold=True
        ),
        Text(_TOLD, indent=2),
    )
    write_pdf(Paper("安康杯工作台 恢复码", Page(numbered=False), tree, ""), target, shipped_fonts(), progress)
    return target

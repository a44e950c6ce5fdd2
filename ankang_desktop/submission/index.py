"""The 目录 of a package, as a workbook and as a page any browser opens; both list the same lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from pathlib import PurePosixPath
from urllib.parse import quote

from ankang_desktop.printing.paper import Column, Grid, Note, Page, Paper, Title
from ankang_desktop.submission.material import Listed, by_row


@dataclass(frozen=True)
class Enclosed:
    """One paper or ledger of the package: where it lies, what it is, how much it holds."""

    path: str
    title: str
    amount: str


@dataclass(frozen=True)
class Cover:
    """What stands above the 目录: whose package, what for, as of when, and the lines of 报送信息."""

    title: str
    lines: tuple[tuple[str, str], ...]


def index_paper(cover: Cover, enclosed: Sequence[Enclosed], lines: Sequence[Listed]) -> Paper:
    """Return the 目录 as a paper: the enclosures, then the proof by scorecard row."""
    papers = Grid(
        (Column(1, "center"), Column(6), Column(5), Column(2, "center")),
        (
            ("序号", "文件", "名称", "内容"),
            *((str(number), each.path, each.title, each.amount) for number, each in enumerate(enclosed, 1)),
        ),
        head=1,
    )
    proof = Grid(
        (Column(1, "center"), Column(4), Column(3, "center"), Column(4), Column(6), Column(2, "center"), Column(3)),
        (
            ("评分行", "考核内容", "记录编号", "材料名称", "文件", "纸质位置", "说明"),
            *(
                (str(row), "" if place else heading, each.number, each.title, each.path, each.place, each.note)
                for row, heading, found in by_row(lines)
                for place, each in enumerate(found)  # the long heading once a row: 135 pages became 47
            ),
        ),
        head=1,
    )
    head = Grid((Column(2), Column(8)), cover.lines)
    note = Note("核对方法：安康杯程序 verify 命令，或解压后运行 sha256sum -c manifest-sha256.txt")
    return Paper(cover.title, Page(landscape=True, size=9), (Title((cover.title,), 16), head, papers, proof, note))


def index_page(cover: Cover, enclosed: Sequence[Enclosed], lines: Sequence[Listed]) -> str:
    """Return the 目录 as HTML with links relative to itself; everything from records is escaped."""
    facts = "".join(f"<tr><th>{escape(label)}</th><td>{escape(text)}</td></tr>" for label, text in cover.lines)
    papers = "".join(
        f"<tr><td>{_link(each.path)}</td><td>{escape(each.title)}</td><td>{escape(each.amount)}</td></tr>"
        for each in enclosed
    )
    proof = "".join(
        f"<h3>{number}. {escape(heading)}</h3><table>{''.join(map(_row, found))}</table>"
        for number, heading, found in by_row(lines)
    )
    return (
        f'<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>{escape(cover.title)}</title>'
        "<style>body{font:15px/1.7 'Microsoft YaHei','Noto Sans SC',sans-serif;max-width:64em;margin:2em auto;"
        "padding:0 1em;color:#222}table{border-collapse:collapse;width:100%;margin:.5em 0 1.5em}"
        "td,th{border:1px solid #ccc;padding:.3em .6em;text-align:left;vertical-align:top}th{background:#f4f6f8;"
        "white-space:nowrap;width:10em}h1{font-size:22px}h3{font-size:15px;margin:1.5em 0 0}a{color:#0b57a4}</style>"
        f"<h1>{escape(cover.title)}</h1><table>{facts}</table>"
        f"<h2>报送文件</h2><table>{papers}</table><h2>佐证材料（按评分表行次）</h2>{proof}</html>\n"
    )


def _row(line: Listed) -> str:
    where = _link(line.path) if line.path else escape(line.place or "—")
    cells = (escape(line.number), escape(line.title), where, escape(line.note))
    return f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"


def _link(path: str) -> str:
    return f'<a href="{quote(path)}">{escape(PurePosixPath(path).name)}</a>'

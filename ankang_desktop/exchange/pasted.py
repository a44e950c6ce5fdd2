"""A block of cells on the clipboard as a workbook: what Excel and WPS put there as text, tabs between the cells."""

from __future__ import annotations

import csv
import io

from ankang_desktop.exchange.limits import MOST_CELLS, refuse_excess
from ankang_desktop.exchange.reading import Sheet, Workbook
from ankang_desktop.kernel.errors import UserError

NAME = "粘贴的表格"
_COPY = "请在 Excel 或 WPS 里选中表头和数据，复制后再粘贴"


def pasted_workbook(text: str, name: str = NAME) -> Workbook:
    """Return the workbook of one sheet that a copied block is; raises UserError where it is no table.

    Cells with tabs, quotes or line ends stand in quotes, as the office programs write them.
    """
    try:
        rows = list(csv.reader(io.StringIO(text.replace("\0", ""), newline=""), delimiter="\t", strict=True))
    except csv.Error:
        rows = [line.split("\t") for line in text.replace("\0", "").splitlines()]
    while rows and not any(cell.strip() for cell in rows[-1]):
        rows.pop()
    if len(rows) < 2:
        raise UserError("剪贴板里没有表格（至少要有表头和一行数据）", _COPY)
    refuse_excess(name, len(rows), max(map(len, rows)))
    if sum(map(len, rows)) > MOST_CELLS:
        raise UserError(f"剪贴板里超过{MOST_CELLS // 10_000}万个单元格", "请分几次粘贴")
    return Workbook(name, (Sheet(name, [list(row) for row in rows]),))

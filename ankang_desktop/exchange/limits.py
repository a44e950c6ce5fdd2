"""How large a workbook may be: beyond this it is no ledger but a mistake or an attack."""

from __future__ import annotations

from ankang_desktop.kernel.errors import UserError

MOST_ROWS = 200_000
MOST_COLUMNS = 200
MOST_CELLS = 12_000_000
MOST_BYTES = 100 << 20
MOST_INFLATED = 600 << 20
MOST_PARTS = 5_000
MEMORY = 512 << 20
SECONDS = 10.0
SECONDS_PER_MEGABYTE = 2.0
SAVE_AS = "请在Excel中打开，另存为“Excel 工作簿(.xlsx)”后再导入"


def refuse_excess(sheet: str, height: int, width: int) -> None:
    """Raise UserError where a worksheet has too many rows or columns."""
    if height > MOST_ROWS:
        raise UserError(f"工作表“{sheet}”有{height}行，超过{MOST_ROWS}行", "请删去下方多余的行，或分成几个文件导入")
    if width > MOST_COLUMNS:
        raise UserError(f"工作表“{sheet}”有{width}列，超过{MOST_COLUMNS}列", "请删去右侧远处误填的内容后再导入")

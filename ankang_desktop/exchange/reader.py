"""The child that reads workbooks: limited in memory, without a word on stderr, allowed to die.

calamine aborts its process on a hostile sheet (one cell at XFD1048576 asks for 550 GB), so it only ever runs here.
The child tells what it sees as messages: ("sheet", name, is_hidden), ("rows", rows), ("bare", count, cell),
("refused", text, remedy), ("end",). A child that dies without “end” met a damaged or hostile file.
"""

from __future__ import annotations

import contextlib
import io
import os
import pickle
import sys
import zipfile
from collections.abc import Iterator
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from ankang_desktop.exchange import formulas, plain_text
from ankang_desktop.exchange.limits import MOST_INFLATED, MOST_PARTS, SAVE_AS, refuse_excess
from ankang_desktop.kernel.errors import UserError

Message = tuple[Any, ...]
_CHUNK = 500
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_FOREIGN = {
    b"%PDF": "PDF文件",
    b"\x89PNG": "图片",
    b"\xff\xd8\xff": "图片",
    b"GIF8": "图片",
    b"BM": "图片",
    b"Rar!": "压缩包",
    b"7z\xbc\xaf": "压缩包",
    b"{\\rt": "Word文档",
    b"SQLi": "数据库文件",
    b"MZ": "程序文件",
}


def serve(path: str, pipe: Connection, memory: int) -> None:
    """Send what a workbook holds through `pipe`; `memory` is the limit in bytes where the system has one."""
    _confine(memory)
    try:
        for message in messages(Path(path)):
            pipe.send_bytes(pickle.dumps(message, 5))
        pipe.send_bytes(pickle.dumps(("end",), 5))
    except UserError as error:
        pipe.send_bytes(pickle.dumps(("refused", error.text, error.remedy), 5))
    finally:
        pipe.close()


def messages(path: Path) -> Iterator[Message]:
    """Yield what a workbook or text file holds; raises UserError where it is none."""
    data = path.read_bytes()
    if data.startswith(b"PK"):
        _refuse_foreign_zip(data)
    elif data.startswith(_OLE):
        _refuse_foreign_ole(path.name, data)
    elif what := next((what for magic, what in _FOREIGN.items() if data.startswith(magic)), None):
        raise UserError(f"“{path.name}”是{what}，不是Excel工作簿", "请选择 .xlsx、.xls 或 .csv 文件")
    else:
        yield from plain_text.messages(path.name, data)
        return
    yield from _workbook(path.name, data)


def _workbook(name: str, data: bytes) -> Iterator[Message]:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        for place, sheet in enumerate(book.sheets_metadata):
            if sheet.typ == type(sheet.typ).WorkSheet:
                is_hidden = sheet.visible != type(sheet.visible).Visible
                yield ("sheet", sheet.name, is_hidden)
                if not is_hidden:
                    yield from _rows(book.get_sheet_by_name(sheet.name))
                    yield from formulas.messages(data, place, sheet.name)
    except PasswordError:
        raise _locked(name) from None
    except CalamineError:
        raise UserError(f"“{name}”已损坏或不完整，读不出来", SAVE_AS) from None


def _rows(sheet: Any) -> Iterator[Message]:
    if sheet.end is None:
        return
    refuse_excess(sheet.name, sheet.end[0] + 1, sheet.end[1] + 1)
    left = [""] * sheet.start[1]
    chunk: list[list[Any]] = []
    for row in sheet.iter_rows():
        chunk.append(left + row)
        if len(chunk) == _CHUNK:
            yield ("rows", chunk)
            chunk = []
    yield ("rows", chunk)


def _refuse_foreign_zip(data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except zipfile.BadZipFile:
        raise UserError("这个工作簿已损坏或没有下载完整", "请重新取得原文件，或" + SAVE_AS.removeprefix("请")) from None
    folders = {part.filename.split("/")[0] for part in parts}
    if "word" in folders or "ppt" in folders:
        raise UserError("这是Word或PowerPoint文档，不是Excel工作簿", "请选择 .xlsx、.xls 或 .csv 文件")
    if "xl" not in folders and "content.xml" not in folders:
        raise UserError("这是压缩包，不是Excel工作簿", "请先解压，再选择里面的 .xlsx 文件")
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_INFLATED:
        raise UserError("这个工作簿展开后过大，不像正常的台账", "请在Excel中新建工作簿，只粘贴台账的数据后再导入")


def _refuse_foreign_ole(name: str, data: bytes) -> None:
    def holds(part: str) -> bool:
        return part.encode("utf-16-le") in data

    if holds("EncryptedPackage"):
        raise _locked(name)
    if not holds("Workbook") and not holds("Book"):
        raise UserError("这是旧版Word等文档，不是Excel工作簿", "请选择 .xlsx、.xls 或 .csv 文件")


def _locked(name: str) -> UserError:
    return UserError(f"“{name}”已加密", "请在Excel中取消打开密码后另存，再导入")


def _confine(memory: int) -> None:
    """Limit this process and silence it; a crash leaves neither a core file nor a window."""
    with contextlib.suppress(OSError):  # a windowed program has no stderr to silence
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    if sys.platform == "win32":
        import msvcrt

        msvcrt.SetErrorMode(msvcrt.SEM_FAILCRITICALERRORS | msvcrt.SEM_NOGPFAULTERRORBOX)
    else:
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))

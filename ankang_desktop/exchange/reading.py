"""Any workbook as rows: read in a child process with limits, so that a hostile file ends in a sentence.

The child is spawned, which works in a frozen program too (its main calls multiprocessing.freeze_support()). What it
sends is unpickled with nothing but plain values and dates allowed.
"""

from __future__ import annotations

import io
import multiprocessing
import pickle
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from ankang_desktop.exchange import formulas
from ankang_desktop.exchange.cells import Cell
from ankang_desktop.exchange.limits import (
    MEMORY,
    MOST_BYTES,
    MOST_CELLS,
    SAVE_AS,
    SECONDS,
    SECONDS_PER_MEGABYTE,
)
from ankang_desktop.exchange.reader import Message, serve
from ankang_desktop.kernel.errors import UserError
from ankang_desktop.kernel.files import world
from ankang_desktop.kernel.progress import Progress, Quiet

_LONGEST_MESSAGE = 64 << 20
_MOST_SENT = 400 << 20
_GLANCE = 0.1  # seconds between two looks at the clock and at 取消


@dataclass
class Sheet:
    """One visible worksheet: its rows from the very first, blank cells as “”; rows may differ in length."""

    name: str
    rows: list[list[Cell]] = field(default_factory=list)


@dataclass(frozen=True)
class Workbook:
    """What was read: the file's name, its visible worksheets in order, and what a person should know of the file."""

    name: str
    sheets: tuple[Sheet, ...]
    notes: tuple[str, ...] = ()


def read_workbook(path: Path, progress: Progress | None = None, seconds: float | None = None) -> Workbook:
    """Read .xlsx, .xlsm, .xlsb, .xls, .ods or .csv; `seconds` is the time allowed (else by the file's size).

    Raises UserError (with its remedy) for whatever is wrong with the file, Cancelled when stopped.
    """
    allowed = _admit(path) if seconds is None else seconds
    sheets: list[Sheet] = []
    bare: list[tuple[int, str]] = []
    cells = 0
    for message in _told(path, allowed, progress or Quiet()):
        if message[0] == "refused":
            raise UserError(str(message[1]), str(message[2]))
        if message[0] == "sheet":
            sheets.append(Sheet(str(message[1])))
        elif message[0] == "rows":
            cells += sum(map(len, message[1]))
            if cells > MOST_CELLS:
                raise UserError(f"“{path.name}”超过{MOST_CELLS // 10_000}万个单元格", "请分成几个文件导入")
            sheets[-1].rows += message[1]
        elif message[0] == "bare":
            bare.append((int(message[1]), str(message[2])))
    return Workbook(path.name, tuple(sheets), formulas.told(bare))


def _admit(path: Path) -> float:
    """Return the seconds a file may take; raises UserError where there is nothing to read."""
    if not path.exists():
        raise UserError(f"找不到文件“{path}”", "请确认文件还在原处（聊天软件里的文件要先另存）")
    if not path.is_file():
        raise UserError(f"“{path}”是文件夹，不是工作簿", "请选择一个 .xlsx、.xls 或 .csv 文件")
    with world("读取", path), path.open("rb") as stream:
        size = path.stat().st_size
        stream.read(1)
    if size == 0:
        raise UserError(f"“{path.name}”是空文件", "请重新取得原文件，或在Excel中重新保存")
    if size > MOST_BYTES:
        raise UserError(f"“{path.name}”有{size >> 20}MB，过大", "请删去其中的图片，或分成几个文件导入")
    return SECONDS + SECONDS_PER_MEGABYTE * (size >> 20)


def _told(path: Path, seconds: float, progress: Progress) -> Iterator[Message]:
    """Yield the child's messages up to its end; raises UserError where it dies or takes too long."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    child = context.Process(target=serve, args=(str(path), theirs, MEMORY), daemon=True)
    child.start()
    try:
        theirs.close()
        yield from _received(path, ours, seconds, progress)
    finally:
        ours.close()
        child.kill()
        child.join()
        child.close()


def _received(path: Path, pipe: Connection, seconds: float, progress: Progress) -> Iterator[Message]:
    started, sent, rows = time.monotonic(), 0, 0
    while True:
        arrived = False
        while not arrived:
            progress.step(f"正在读取“{path.name}”", rows)
            if time.monotonic() - started > seconds:
                raise UserError(f"“{path.name}”读了{seconds:.0f}秒还没读完，内容异常", SAVE_AS)
            arrived = pipe.poll(_GLANCE)
        try:
            data = pipe.recv_bytes(_LONGEST_MESSAGE)
        except (EOFError, OSError):
            raise UserError(f"“{path.name}”已损坏或内容异常，读不出来", SAVE_AS) from None
        sent += len(data)
        if sent > _MOST_SENT:
            raise UserError(f"“{path.name}”的文字过多，不像正常的台账", "请分成几个文件导入")
        message = _PlainOnly(io.BytesIO(data)).load()
        if message[0] == "end":
            return
        rows += len(message[1]) if message[0] == "rows" else 0
        yield message


class _PlainOnly(pickle.Unpickler):
    """Unpickles plain values and dates, nothing else: a child taken over by a hostile file cannot call anything."""

    def find_class(self, module: str, name: str) -> Any:
        """Allow the classes of dates and times."""
        if module == "datetime" and name in {"date", "datetime", "time", "timedelta"}:
            return super().find_class(module, name)
        raise pickle.UnpicklingError(f"{module}.{name}")

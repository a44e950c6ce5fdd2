"""What a verb is made of: its words, its arguments, and a function from a Context to an Answer."""

from __future__ import annotations

import argparse
import getpass
import os
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from ankang_desktop.app import App
from ankang_desktop.kernel.clock import Clock
from ankang_desktop.kernel.errors import Locked, UserError
from ankang_desktop.kernel.text import parse_date
from ankang_desktop.store.workspace import is_locked


@dataclass(frozen=True)
class Answer:
    """What a verb answers: `data` is the JSON document, `lines` what a person reads; `status` the exit code."""

    data: dict[str, Any]
    lines: list[str] = field(default_factory=list)
    status: int = 0


class Teller:
    """Progress on a terminal: one line on stderr, overwritten; nothing where stderr is no terminal."""

    def step(self, text: str, done: int = 0, total: int = 0) -> None:
        """Say what is being done."""
        if sys.stderr.isatty():
            share = f" {done}/{total}" if total else ""
            sys.stderr.write(f"\r\x1b[2K{text}{share}")
            sys.stderr.flush()


@dataclass(frozen=True)
class Context:
    """What a verb is called with."""

    args: argparse.Namespace
    folder: Path
    clock: Clock
    progress: Teller

    @contextmanager
    def app(self) -> Iterator[App]:
        """Give the workspace's app."""
        with App.opened(self.folder, self.clock, _password(self.folder)) as app:
            yield app

    def day(self, name: str) -> date | None:
        """Return an argument as a date; a text that is none is refused."""
        text = getattr(self.args, name)
        if not text:
            return None
        day = parse_date(text, self.clock.today().year)
        if day is None:
            raise UserError(f"“{text}”不是有效日期", "请写成 2026-12-15 这样")
        return day

    def assignments(self, texts: list[str]) -> dict[str, str]:
        """Return field=value arguments as a mapping."""
        pairs = [text.partition("=") for text in texts]
        bad = [key for key, sign, _ in pairs if not sign or not key]
        if bad:
            raise UserError(f"“{bad[0]}”不是 字段=值 的写法", "例如 地点=一车间")
        return {key.strip(): value for key, _, value in pairs}


def _password(folder: Path) -> str | None:
    """Return the password of a workspace that has one: from the environment, else asked for on the terminal."""
    if not is_locked(folder):
        return None
    if given := os.environ.get(_PASSWORD):
        return given
    if not sys.stdin.isatty():
        raise Locked(
            f"工作区“{folder}”设了密码，这里没有终端可以问", f"请在终端里运行，或把密码放进环境变量 {_PASSWORD}"
        )
    return getpass.getpass(f"“{folder.name}”的密码：")


_PASSWORD = "ANKANG_PASSWORD"  # noqa: S105 - the variable's name
_ARGPARSE = (
    (r"the following arguments are required: (.*)", r"缺少 \1"),
    (r"unrecognized arguments: (.*)", r"多出 \1"),
    (r"argument (\S+): expected .* arguments?", r"\1 后面缺少内容"),
    (r"argument (\S+): invalid int value: (.*)", r"\1 应为整数，现为 \2"),
)
"""How argparse's own sentences are said to the officer."""

Configure = Callable[[argparse.ArgumentParser], None]
Run = Callable[[Context], Answer]


def _nothing_more(_: argparse.ArgumentParser) -> None:
    """Add no arguments: the verb stands alone."""


@dataclass(frozen=True)
class Verb:
    """One verb of the command line."""

    name: str
    help: str
    run: Run
    configure: Configure = _nothing_more


class Refusing(argparse.ArgumentParser):
    """A parser that answers wrong words with our sentence instead of leaving."""

    def error(self, message: str) -> Any:
        """Raise UserError with the usage."""
        for shape, words in _ARGPARSE:
            message = re.sub(shape, words, message)
        usage = " ".join(self.format_usage().removeprefix("usage: ").replace("[-h] ", "").split())
        raise UserError(f"命令写法有误：{message}", f"用法：{usage}")

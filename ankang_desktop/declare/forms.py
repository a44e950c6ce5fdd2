"""Official papers as data: one folder in forms/, one form.toml, no Python.

Every form says what it is (`code`, `kind`, `title`, `source`, `edition`) and how it looks (`[page]`, `[[block]]`);
what else stands in it belongs to its kind: a scorecard its sections and units, a statistics table its lines.
A name that does not exist is a fault with its file, its key and a suggestion.
"""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ankang_desktop.kernel.errors import UserError

KINDS = ("scorecard", "statistics", "sheet")
_NEEDED = ("kind", "title", "source", "edition", "block")


@dataclass(frozen=True)
class Form:
    """One edition of one official paper.

    `title` is a list of lines; `blocks` the layout from top to bottom; `data` the whole form.toml as read.
    `ledger` is the key of the ledger a `sheet` is printed from ("" where it stands for itself).
    """

    code: str
    kind: str
    title: tuple[str, ...]
    source: str
    edition: str
    ledger: str
    page: Mapping[str, Any]
    blocks: tuple[Mapping[str, Any], ...]
    data: Mapping[str, Any]
    path: Path


def read_form(path: Path) -> Form:
    """Read one form.toml; raises UserError naming the file and the key that is wrong."""
    try:
        data = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UserError(f"表样文件 {path} 写法有误：{error}", "请按文件中所示位置改正") from error
    missing = [key for key in _NEEDED if key not in data]
    if missing:
        raise UserError(f"表样文件 {path} 缺少 {'、'.join(missing)}", "请补上这些项")
    if data["kind"] not in KINDS:
        raise UserError(f"表样文件 {path} 的 kind 是“{data['kind']}”", f"只能是 {'、'.join(KINDS)} 之一")
    return Form(
        code=path.parent.name,
        kind=data["kind"],
        title=tuple(data["title"]),
        source=data["source"],
        edition=data["edition"],
        ledger=data.get("ledger", ""),
        page=data.get("page", {}),
        blocks=tuple(data["block"]),
        data=data,
        path=path,
    )


def read_forms(folder: Path) -> dict[str, Form]:
    """Read every form of a folder, by code, in the order of their codes."""
    return {path.parent.name: read_form(path) for path in sorted(folder.glob("*/form.toml"))}


def find_form(forms: Mapping[str, Form], code: str) -> Form:
    """Return a form by its code; an unknown one is answered with the nearest and the list."""
    if code not in forms:
        raise UserError(f"没有“{code}”这张表", did_you_mean(code, forms))
    return forms[code]


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return a remedy sentence: the nearest known name first, then all of them."""
    names = list(known)
    near = difflib.get_close_matches(word, names, n=1)
    listed = "可用的有：" + "、".join(names)
    return f"是否想用“{near[0]}”？{listed}" if near else listed

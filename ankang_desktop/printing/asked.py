"""What a block asks of the answers and of its own entry in form.toml; what is not there is named with its place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NoReturn, TypeAlias

from ankang_desktop.declare.forms import Form, did_you_mean
from ankang_desktop.kernel.errors import UserError

Answers: TypeAlias = Mapping[str, object]
"""Blank name -> its text; a Path (or several) for photos; a sequence of such mappings for tables of records."""

_BLANK = re.compile(r"\{([^{}]+)\}")


@dataclass(frozen=True)
class Asked:
    """One block of a form (its place among them is `number`, from 1) together with the answers it draws on."""

    form: Form
    number: int
    block: Mapping[str, Any]
    answers: Answers

    def refuse(self, what: str, remedy: str) -> NoReturn:
        """Raise a UserError that begins with the file and the block."""
        where = f"第{self.number}块 {self.block.get('type', '')}" if self.number else "[page]"
        raise UserError(f"表样文件 {self.form.path} {where}：{what}", remedy)

    def check(self, table: Mapping[str, Any], known: Iterable[str], needed: Iterable[str] = ()) -> None:
        """Refuse a key of `table` that this kind of block does not know, or one that is lacking."""
        names = list(known)
        for key in table:
            if key not in names:
                self.refuse(f"没有“{key}”这一项", did_you_mean(key, names))
        for key in needed:
            if key not in table:
                self.refuse(f"缺少“{key}”", "请补上这一项")

    def items(self, key: str, known: Iterable[str], needed: Iterable[str] = ()) -> list[Mapping[str, Any]]:
        """Return the tables listed under `key` of the block, each checked."""
        tables: list[Mapping[str, Any]] = self.block[key]
        names = list(known)
        for table in tables:
            self.check(table, names, needed)
        return tables

    def arrays(self, name: str) -> list[Mapping[str, Any]]:
        """Return the form's own array of tables, such as its sections or lines."""
        if name not in self.form.data:
            self.refuse(f"表样中没有 [[{name}]]", "请补上这些内容")
        found: list[Mapping[str, Any]] = self.form.data[name]
        return found

    def value(self, blank: str) -> object:
        """Return the answer to a blank as it was given."""
        try:
            return self.answers[blank]
        except KeyError:
            self.refuse(f"空格“{blank}”没有对应的内容", did_you_mean(blank, self.answers))

    def text(self, blank: str) -> str:
        """Return the answer to a blank as text; None is an empty blank."""
        value = self.value(blank)
        return value if isinstance(value, str) else "" if value is None else str(value)

    def fill(self, template: str) -> str:
        """Return a sentence with every {blank} replaced by its answer."""
        return _BLANK.sub(lambda found: self.text(found[1]), template)

    def entries(self, blank: str) -> list[Asked]:
        """Return the records answered under a blank, each to be asked like the whole; an empty answer is none."""
        value = self.value(blank) or ()
        if isinstance(value, str) or not isinstance(value, Sequence):
            self.refuse(f"“{blank}”应当是一组记录", "请改用记录列表")
        return [replace(self, answers=entry) for entry in value]

    def photos(self, blank: str) -> list[Path]:
        """Return the photos answered under a blank, none where it is empty."""
        value = self.value(blank)
        if isinstance(value, Sequence) and not isinstance(value, str):
            return [Path(path) for path in value]
        return [value] if isinstance(value, Path) else [Path(value)] if isinstance(value, str) and value else []

"""TOML read with suspicion: every fault is told with its file, its place, its key and a suggestion."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

from ankang_desktop.declare.forms import did_you_mean
from ankang_desktop.kernel.errors import UserError
from ankang_desktop.programme.asking import PERS, Need
from ankang_desktop.programme.windows import When, parse_when

_NEED_KEYS = ("counter", "measure", "set", "at_least", "per")


@dataclass(frozen=True)
class Table:
    """One TOML table: `path` its file, `place` where it stands in it (“第3项 S0-03”), `data` its values."""

    path: Path
    place: str
    data: Mapping[str, Any]

    def fault(self, key: str, text: str, remedy: str) -> UserError:
        """Return the error that says where `key` stands and what is wrong with it."""
        return UserError(f"文件 {self.path} {self.place}的“{key}”{text}", remedy)

    def only(self, *known: str) -> Table:
        """Return the table itself, once none of its keys is unknown."""
        for key in self.data:
            if key not in known:
                raise self.fault(key, "不是已知的项", did_you_mean(key, known))
        return self

    def _get(self, key: str, kind: type, default: Any, called: str) -> Any:
        value = self.data.get(key, default)
        if value is None:
            raise self.fault(key, "没有填写", f"请补上{called}")
        if not isinstance(value, kind):
            raise self.fault(key, f"应为{called}，现在是 {value!r}", "请改正后重新打开")
        return value

    def text(self, key: str, default: str | None = None) -> str:
        """Read a text; without a default it must be there and not be empty."""
        value: str = self._get(key, str, default, "文字")
        if not value.strip() and default is None:
            raise self.fault(key, "是空的", "请补上文字")
        return value

    def flag(self, key: str, *, default: bool) -> bool:
        """Read true or false."""
        return bool(self._get(key, bool, default, "true 或 false"))

    def day(self, key: str) -> date:
        """Read a date written as 2021-08-10, without quotes."""
        value: date = self._get(key, date, None, "日期，写作 2021-08-10（不加引号）")
        return value

    def words(self, key: str, default: tuple[str, ...] = (), known: Iterable[str] = ()) -> tuple[str, ...]:
        """Read a list of texts, each one of `known` where that is given."""
        values = self._get(key, list, list(default), '文字列表，写作 ["甲", "乙"]')
        allowed = tuple(known)
        for value in values:
            if not isinstance(value, str):
                raise self.fault(key, f"里有不是文字的值 {value!r}", "请加上引号")
            if allowed and value not in allowed:
                raise self.fault(key, f"里的“{value}”不存在", did_you_mean(value, allowed))
        return tuple(values)

    def numbers(self, key: str, default: tuple[int, ...]) -> tuple[int, ...]:
        """Read a list of whole numbers of days."""
        values = self._get(key, list, list(default), "整数列表，写作 [14, 7, 3, 1]")
        if not all(isinstance(value, int) and value >= 0 for value in values):
            raise self.fault(key, f"应为不小于0的整数列表，现在是 {values!r}", "例如 [14, 7, 3, 1]")
        return tuple(values)

    def when(self, key: str) -> When:
        """Read a when-code."""
        try:
            return parse_when(self.text(key))
        except UserError as error:
            raise self.fault(key, f"有误：{error.text}", error.remedy) from error

    def tables(self, key: str, naming: str = "id") -> list[Table]:
        """Read an array of tables; each is placed by its number and its `naming` key."""
        values = self._get(key, list, [], "若干 [[" + key + "]]")
        return [
            Table(self.path, f"第{number}个 {key}（{value.get(naming, '无编号')}）", value)
            for number, value in enumerate(values, 1)
        ]

    def needs(self, key: str = "needs") -> tuple[Need, ...]:
        """Read the needs of a duty: inline tables with counter, measure or set, at_least, per."""
        return tuple(self.need(value, key) for value in self._get(key, list, [], "列表"))

    def need(self, value: Mapping[str, Any], key: str) -> Need:
        """Read one need."""
        inner = Table(self.path, f"{self.place}的 {key} ", value).only(*_NEED_KEYS)
        named = [kind for kind in ("counter", "measure", "set") if inner.text(kind, "")]
        if len(named) != 1:
            raise self.fault(key, "里要在 counter、measure、set 中恰好写一个", '例如 {counter = "drill", at_least = 2}')
        per = inner.text("per", "")
        if per not in PERS:
            raise inner.fault("per", f"“{per}”不存在", did_you_mean(per, PERS[1:]))
        least = value.get("at_least", 1)
        if isinstance(least, bool) or not isinstance(least, int | float) or least <= 0:
            raise inner.fault("at_least", f"应为大于0的数，现在是 {least!r}", "例如 2，或 0.95（表示95%）")
        return Need(
            inner.text("counter", ""), inner.text("measure", ""), inner.text("set", ""), Fraction(str(least)), per
        )


def read_table(path: Path) -> Table:
    """Read a TOML file; raises UserError where it cannot be read."""
    try:
        return Table(path, "开头", tomllib.loads(path.read_text("utf-8")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UserError(f"文件 {path} 写法有误：{error}", "请按文件中所示位置改正，并以 UTF-8 保存") from error

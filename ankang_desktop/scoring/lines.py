"""A statistics table as form.toml writes it: sets of records, each with the blanks it fills; names checked on reading.

[[set]]
code = "J5.1"                       # names the line a record may be put on (stat_line, also_counted)
counters = ["drill.kind:special"]   # which records belong here unless an earlier set has them: the order is the rank
blanks = [{key = "J5.1", label = "…", unit = "sessions", aggregate = "sessions", fields = [...]}]
repeat = "J7"                       # instead of one number: one printed line for every title
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ankang_desktop.declare.counters import Unit
from ankang_desktop.declare.forms import Form, did_you_mean
from ankang_desktop.declare.ledger import Ledgers
from ankang_desktop.declare.options import Options
from ankang_desktop.kernel.errors import UserError
from ankang_desktop.scoring.counters import Aggregate

_SET_KEYS = ("code", "counters", "blanks", "repeat")
_BLANK_KEYS = ("key", "label", "unit", "aggregate", "fields")
TEXT = "text"


@dataclass(frozen=True)
class Blank:
    """One pair of brackets: its key, what it counts and how; `aggregate` None is the activity's own name."""

    key: str
    label: str
    unit: Unit
    aggregate: Aggregate | None
    fields: tuple[str, ...] = ()


@dataclass(frozen=True)
class RecordSet:
    """Records that fill the same blanks."""

    code: str
    counters: tuple[str, ...]
    blanks: tuple[Blank, ...]
    repeat: str = ""


def read_sets(form: Form, ledgers: Ledgers) -> tuple[RecordSet, ...]:
    """Read the sets of a statistics table; raises UserError naming file, set and key, with a suggestion."""
    if form.kind != "statistics":
        raise UserError(f"表样文件 {form.path} 不是统计表", "请选择 kind = statistics 的表样")
    sets = tuple(_set(form, table, ledgers) for table in form.data.get("set", ()))
    keys = [blank.key for each in sets for blank in each.blanks]
    for key in keys:
        if keys.count(key) > 1:
            raise UserError(f"表样文件 {form.path} 的空格 {key} 写了两次", "请只保留一处")
    return sets


def _set(form: Form, table: Mapping[str, Any], ledgers: Ledgers) -> RecordSet:
    place = f"表样文件 {form.path} 的 {table.get('code', '?')}"
    _check(place, table, _SET_KEYS, ("code", "counters", "blanks"))
    for name in table["counters"]:
        try:
            ledgers.counter(name)
        except UserError as error:
            raise UserError(f"{place} 的“counters”写的是“{name}”：{error.text}", error.remedy) from error
    blanks = tuple(_blank(place, blank) for blank in table["blanks"])
    return RecordSet(table["code"], tuple(table["counters"]), blanks, table.get("repeat", ""))


def _blank(place: str, table: Mapping[str, Any]) -> Blank:
    _check(place, table, _BLANK_KEYS, ("key", "label", "unit", "aggregate"))
    aggregate = None if table["aggregate"] == TEXT else _option(place, "aggregate", Aggregate, table["aggregate"])
    unit = _option(place, "unit", Unit, table["unit"])
    return Blank(table["key"], table["label"], unit, aggregate, tuple(table.get("fields", ())))


def _option(place: str, key: str, options: type[Options], word: str) -> Any:
    if word not in options.__members__:
        raise UserError(f"{place} 的“{key}”写的是“{word}”", did_you_mean(word, options.__members__))
    return options[word]


def _check(place: str, table: Mapping[str, Any], known: tuple[str, ...], needed: tuple[str, ...]) -> None:
    for key in table:
        if key not in known:
            raise UserError(f"{place} 没有“{key}”这一项", did_you_mean(key, known))
    for key in needed:
        if key not in table:
            raise UserError(f"{place} 缺少 {key}", "请补上这一项")

"""Activity sets: 十个一, 八个一, 五进, 五带头, 六查, 送清凉五送 — lists of things to do at least once each.

The lists differ from notice to notice, so they are data (activity_sets.toml); one record may satisfy an item in each.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ankang_desktop.programme.asking import Need, Reached, Tally
from ankang_desktop.programme.reading import Table, read_table


@dataclass(frozen=True, slots=True)
class SetItem:
    """One item: its words, the need that proves it, and the obligation it stands for ("" for none)."""

    title: str
    need: Need
    obligation: str


@dataclass(frozen=True, slots=True)
class ActivitySet:
    """A set of items; `source` names the notice it is taken from."""

    key: str
    title: str
    source: str
    items: tuple[SetItem, ...]


def read_sets(path: Path) -> dict[str, ActivitySet]:
    """Read activity_sets.toml by key; raises UserError with file, key and suggestion."""
    found = [_set(table) for table in read_table(path).only("set").tables("set", "key")]
    return {activity_set.key: activity_set for activity_set in found}


def _set(table: Table) -> ActivitySet:
    table.only("key", "title", "source", "item")
    items = tuple(_item(inner) for inner in table.tables("item", "title"))
    return ActivitySet(table.text("key"), table.text("title"), table.text("source"), items)


def _item(table: Table) -> SetItem:
    table.only("title", "need", "obligation")
    if not isinstance(table.data.get("need"), dict):
        raise table.fault("need", "没有填写", '例如 need = {counter = "drill"}')
    return SetItem(table.text("title"), table.need(table.data["need"], "need"), table.text("obligation", ""))


def ask_items(
    activity_set: ActivitySet, ask: Callable[[Need, date, date], Tally], start: date, end: date
) -> tuple[Reached, ...]:
    """Ask for every item of a set over a period, in the set's order."""
    return tuple(Reached(item.need, ask(item.need, start, end)) for item in activity_set.items)


def tally_set(activity_set: ActivitySet, ask: Callable[[Need, date, date], Tally], start: date, end: date) -> Tally:
    """Count the items of a set that are reached: 7 of 10."""
    answers = ask_items(activity_set, ask, start, end)
    return Tally(
        sum(answer.is_done for answer in answers),
        sum(answer.is_recorded for answer in answers),
        tuple(dict.fromkeys(record for answer in answers for record in answer.tally.records)),
        activity_set.title,
        "项",
    )

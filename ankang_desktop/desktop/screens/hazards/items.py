"""What has to be settled of a hazard, item by item: which fields it is made of, when it is done, what is odd."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ankang_desktop.actions.hazard_steps import Seen
from ankang_desktop.desktop.screens.hazards.painted import ItemRow
from ankang_desktop.ledgers.hazards.loop import FIVE_FIXED_ITEMS

Fill = Callable[[str, tuple[str, ...]], object]


@dataclass(frozen=True)
class Item:
    """One line: its name, the fields it fills, the one that says it is done, and one whose lack is told then."""

    name: str
    keys: tuple[str, ...]
    done: str
    paper: str = ""
    lacks: str = ""


_FIVE_NAMES = ("责任", "措施", "资金", "时限", "预案")
FIVE = tuple(
    Item(name, ("responsible_department", key) if key == "responsible" else (key,), key)
    for name, key in zip(_FIVE_NAMES, FIVE_FIXED_ITEMS, strict=True)
)
LADDER = (Item("由谁整改", ("rectify_level",), "rectify_level"),)
REPORTS = (
    Item(
        "报监管部门",
        ("regulator", "regulator_reported_on", "regulator_receipt"),
        "regulator_reported_on",
        "regulator_receipt",
        "缺回执",
    ),
    Item(
        "报职代会",
        ("congress", "congress_reported_on", "congress_document"),
        "congress_reported_on",
        "congress_document",
        "缺文件",
    ),
)
LISTING = (
    Item("提请挂牌", ("listing_requested_on",), "listing_requested_on"),
    Item("挂牌", ("listing_body", "listing_number"), "listing_body", "listing_number", "缺文号"),
    Item("摘牌", ("delisted_on",), "delisted_on"),
)
REWARD = (
    Item(
        "发现人奖励",
        ("reward_form", "reward_amount", "rewarded_on", "reward_signed", "confidential"),
        "rewarded_on",
        "reward_signed",
        "未签收",
    ),
)


def item_row(item: Item, seen: Seen, fill: Fill) -> ItemRow:
    """Return the line of an item; pressed, it asks `fill` for its fields."""
    values = seen.opened.stored.values
    is_done = values[item.done] is not None
    warning = item.lacks if is_done and item.paper and not values[item.paper] else ""
    told = " ".join(_text(seen, key) for key in item.keys if values[key] is not None)
    row = ItemRow(item.name, told.strip(), is_done=is_done, warning=warning)
    row.clicked.connect(lambda _=False: fill(item.name, item.keys))
    return row


def _text(seen: Seen, key: str) -> str:
    if key == "confidential":
        return "保密" if seen.opened.stored.values[key] else ""
    if key == "reward_signed":
        return "已签收" if seen.opened.stored.values[key] else ""
    unit = "元" if key in {"funds", "reward_amount"} else ""
    return f"{seen.texts[key]}{unit}"

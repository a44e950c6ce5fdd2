"""What leaves the enterprise: people as 张**, protected reporters as 匿名 (domain.md §8)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ankang_desktop.declare.gatherings import person
from ankang_desktop.declare.kinds import Link, Names
from ankang_desktop.exchange.cells import content
from ankang_desktop.exchange.layout import Column
from ankang_desktop.kernel.text import mask_name

ANONYMOUS = "匿名"
_PERSON = person().ledger


def masked_content(column: Column, record: Mapping[str, Any], value: Any, names: Names) -> Any:
    """Return what is written for a value in a copy that leaves the enterprise."""
    if column.field.is_hidden(record):
        return ANONYMOUS
    shown = content(value, column.kind, names)
    if shown is None:
        return None
    if isinstance(column.kind, Link) and column.kind.ledger == _PERSON:
        return mask_name(str(shown).split("(")[0])
    return mask_name(str(shown)) if column.field.personal else shown

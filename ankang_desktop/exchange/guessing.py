"""Which field a header means: its label, its label written otherwise, a synonym, a slip of the pen."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import IntEnum
from functools import cache, cached_property, lru_cache
from importlib.resources import files

from ankang_desktop.exchange.layout import PROBLEMS, Column, Layout
from ankang_desktop.kernel.text import half_width

_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^】]*】|<[^<>]*>")
_MARKS = re.compile(r"[\s*:：、“”\"'·•★☆※]|必填|选填")
_UNIT = re.compile(r"[(/\[【](亿元|万元|千元|元|小时|分钟|学时|课时|天|月)[)\]】]?$")
_ALIKE = 0.75
_PER_UNIT = re.compile(r"/(亿元|万元|千元|元|人|次|个|天)$")


class How(IntEnum):
    """How a header was recognised; the smaller the surer."""

    chosen = 0
    label = 1
    written_otherwise = 2
    synonym = 3
    slip = 4


@dataclass(frozen=True)
class Guess:
    """The column a header means and how that is known."""

    column: Column
    how: How


@lru_cache(4096)
def plain(header: str) -> str:
    """Return a header without spaces, brackets, stars and 必填, half-width, lower case."""
    return _MARKS.sub("", _PER_UNIT.sub("", _BRACKETS.sub("", half_width(header)))).lower()


def foreign_unit(header: str, column: Column) -> str:
    """Return the unit a header names where it is another than the field's (万元 for 元), else “”."""
    found = _UNIT.search(half_width(header).strip())
    own = getattr(column.kind, "unit", "")
    money_or_time = {"元", "万元", "学时", "小时", "分钟", "分"}
    return found[1] if found and own in money_or_time and found[1] not in {own, "课时"} else ""


@dataclass(frozen=True)
class Guesser:
    """Guesses headers of one worksheet of one ledger; `chosen` maps headers to field keys and overrides all else."""

    ledger: str
    layout: Layout
    chosen: Mapping[str, str]

    def guess(self, header: str) -> Guess | None:
        """Return what a header means; None where nobody could say."""
        return self.known(header) or self._slip(header)

    def known(self, header: str) -> Guess | None:
        """Return what a header means, slips of the pen left out."""
        short = plain(header)
        if header in self.chosen:
            column = self.layout.by_key.get(self.chosen[header])
            return Guess(column, How.chosen) if column else None
        steps = (
            (How.label, self._labels, header.strip()),
            (How.written_otherwise, self._short, short),
            (How.synonym, self._other, short),
        )
        return next((Guess(known[word], how) for how, known, word in steps if word in known), None)

    def _slip(self, header: str) -> Guess | None:
        short = plain(header)
        if len(short) < 3 or short == PROBLEMS or header in self.chosen:
            return None
        near = [column for label, column in self._short.items() if _ratio(short, label) >= _ALIKE]
        return Guess(near[0], How.slip) if len(near) == 1 else None

    @cached_property
    def _labels(self) -> Mapping[str, Column]:
        return {column.label: column for column in self.layout.columns}

    @cached_property
    def _short(self) -> Mapping[str, Column]:
        return {plain(column.label): column for column in self.layout.columns}

    @cached_property
    def _other(self) -> Mapping[str, Column]:
        known, own = synonyms(), known_of(self.ledger) if self.layout.lines is None else {}
        found: dict[str, Column] = {}
        for column in self.layout.columns:
            for word in (*own.get(column.key, ()), *known["labels"].get(column.label, ())):
                found.setdefault(plain(word), column)
        return found


def _ratio(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


@cache
def synonyms() -> Mapping[str, Mapping[str, list[str]]]:
    """Return the table of synonyms: “labels” for every ledger, else ledger key -> field key -> words."""
    return tomllib.loads(files("ankang_desktop.exchange").joinpath("synonyms.toml").read_text("utf-8"))


def known_of(ledger: str) -> Mapping[str, list[str]]:
    """Return the synonyms of one ledger's fields."""
    return synonyms().get(ledger, {})

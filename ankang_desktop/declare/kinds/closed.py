"""Kinds whose values are known beforehand: one or several of a closed list, and links to records already there."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, TypeVar

from sqlalchemy import Integer
from sqlalchemy.types import TypeEngine

from ankang_desktop.declare.columns import Keyed, Tagged
from ankang_desktop.declare.kinds.base import Kind, Misread, Names, Reading
from ankang_desktop.declare.kinds.plain import Text
from ankang_desktop.declare.options import Options
from ankang_desktop.kernel.text import half_width, join

OptionT = TypeVar("OptionT", bound=Options)
SEPARATORS = "、，,；;\n|/"
LISTING = "、，,；;\n"
"""What separates names, which may themselves hold a stroke: 冲压/焊接班."""


@dataclass(frozen=True)
class Choice(Kind[OptionT]):
    """Exactly one of a closed list."""

    options: type[OptionT]
    name = "choice"

    def column(self) -> TypeEngine[Any]:
        """Return the key column."""
        return Keyed(self.options)

    def read(self, given: object, reading: Reading) -> OptionT:
        """Return the option of a label or key."""
        option = self.options.of(str(given))
        if option is None:
            raise Misread(f"没有“{given}”这一项，请从下列中选：{'、'.join(self.options.labels())}")
        return option

    def show(self, value: OptionT, names: Names) -> str:
        """Write the label."""
        return str(value.value)

    def plain(self, value: OptionT) -> object:
        """Return the key."""
        return value.name

    def unplain(self, plain: Any) -> OptionT:
        """Return the option of a key."""
        return self.options[plain]

    def hint(self) -> str:
        """List the first options."""
        return "从下拉框选：" + join(self.options.labels(), 8)


@dataclass(frozen=True)
class Tags(Kind[tuple[OptionT, ...]]):
    """Any number of a closed list, written “甲、乙”."""

    options: type[OptionT]
    name = "tags"

    def column(self) -> TypeEngine[Any]:
        """Return the “|a|b|” column."""
        return Tagged(self.options)

    def read(self, given: object, reading: Reading) -> tuple[OptionT, ...]:
        """Return the options named, in declared order; an unknown one is refused by name."""
        chosen = {Choice(self.options).read(word, reading) for word in split_words(str(given), self.options.labels())}
        return tuple(option for option in self.options if option in chosen)

    def show(self, value: tuple[OptionT, ...], names: Names) -> str:
        """Write the labels with 、."""
        return "、".join(str(option.value) for option in value)

    def plain(self, value: tuple[OptionT, ...]) -> object:
        """Return the keys."""
        return [option.name for option in value]

    def unplain(self, plain: Any) -> tuple[OptionT, ...]:
        """Return the options of keys."""
        return tuple(self.options[key] for key in plain)

    def hint(self) -> str:
        """List the first options."""
        return "可多项，用顿号隔开：" + join(self.options.labels(), 8)


@dataclass(frozen=True)
class Link(Kind[int]):
    """Another record, by its id on the spine; written as that record is called."""

    ledger: str
    noun: str
    name: str = field(default="link", init=False)

    def column(self) -> TypeEngine[Any]:
        """Return the id column; `field()` adds the foreign key to the spine."""
        return Integer()

    def read(self, given: object, reading: Reading) -> int:
        """Return the one record that is called so; none or several are refused by name."""
        text = Text().read(given, reading)
        found = reading.names.find(self.ledger, text)
        if not found:
            raise Misread(f"没有叫“{text}”的{self.noun}，请先登记或改正写法")
        if len(found) > 1:
            raise Misread(
                f"有{len(found)}个{self.noun}叫“{text}”，请写成 {reading.names.name_of(self.ledger, found[0])}"
            )
        return found[0]

    def show(self, value: int, names: Names) -> str:
        """Write the record's name."""
        return names.name_of(self.ledger, value)

    def hint(self) -> str:
        """Say whose name."""
        return f"{self.noun}的名称或编号"


@dataclass(frozen=True)
class Code(Text):
    """The code of a part that papers, programmes or the retention list have; people read what the part is called.

    `of` says of what: scorecard, unit, programme, duty, records. Workbooks hold the code, which is read back as it is.
    """

    of: str = ""
    example: str = ""
    name = "code"

    def show(self, value: str, names: Names) -> str:
        """Write what the part is called."""
        return names.code_name(self.of, value)

    def hint(self) -> str:
        """Say what a workbook holds."""
        return f"代号，如 {self.example}"


def split_words(text: str, whole: list[str], separators: str = SEPARATORS) -> list[str]:
    """Split “甲、乙；丙” into words; a label that itself holds a separator (“宣讲/研讨”) stays whole."""
    words: list[str] = []
    rest = half_width(text)
    labels = sorted((half_width(label) for label in whole), key=len, reverse=True)
    while rest := rest.lstrip(separators + " "):
        end = min((at for mark in separators if (at := rest.find(mark)) >= 0), default=len(rest))
        label = next((label for label in labels if rest.startswith(label) and len(label) > end), "")
        words.append(label or rest[:end].strip())
        rest = rest[len(words[-1]) if label else end :]
    return words

"""A field: one line in a ledger's class, from which every face of the value derives.

`field(Text(100), "地点", required=True)` is a typed mapped column: a wrong kind, or an optional field annotated as
required, is a mypy error; a misspelt one is an attribute that does not exist.
"""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal, TypeVar, overload

from sqlalchemy import ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from ankang_desktop.declare.kinds import Kind, Link

T = TypeVar("T")
_INFO = "field"


@dataclass(frozen=True)
class Field:
    """What is said of one value: its kind, its label, and how much it is wanted.

    `required` refuses the record, `counts` lets it stand but not count as proof (bold in domain.md §5);
    `computed` is written by the program only; `personal` text is masked in every copy that leaves the enterprise;
    a person is written 匿名 wherever one of the yes-or-no fields `hidden_by` says so; `default` is the value of a new
    record.
    """

    kind: Kind[Any]
    label: str
    required: bool = False
    counts: bool = False
    computed: bool = False
    personal: bool = False
    hidden_by: tuple[str, ...] = ()
    default: Any = None
    help: str = ""
    key: str = ""

    def is_hidden(self, record: Mapping[str, Any]) -> bool:
        """Return whether the record asks not to name this person."""
        return any(record.get(key) for key in self.hidden_by)


@overload
def field(
    kind: Kind[T],
    label: str,
    *,
    required: Literal[True],
    counts: bool = ...,
    computed: bool = ...,
    personal: bool = ...,
    hidden_by: tuple[str, ...] = ...,
    default: T | None = ...,
    help: str = ...,
    index: bool = ...,
) -> Mapped[T]: ...


@overload
def field(
    kind: Kind[T],
    label: str,
    *,
    required: Literal[False] = ...,
    counts: bool = ...,
    computed: bool = ...,
    personal: bool = ...,
    hidden_by: tuple[str, ...] = ...,
    default: T | None = ...,
    help: str = ...,
    index: bool = ...,
) -> Mapped[T | None]: ...


def field(  # noqa: PLR0913 - every knob is a word of the declaration
    kind: Kind[Any],
    label: str,
    *,
    required: bool = False,
    counts: bool = False,
    computed: bool = False,
    personal: bool = False,
    hidden_by: tuple[str, ...] = (),
    default: Any = None,
    help: str = "",  # noqa: A002 - the field's own word
    index: bool = False,
) -> Any:
    """Return a mapped column that carries its Field; links become foreign keys to the spine."""
    spec = Field(kind, label, required, counts, computed, personal, hidden_by, default, help)
    keys = [ForeignKey("record.id")] if isinstance(kind, Link) else []
    return mapped_column(
        kind.column(), *keys, nullable=not required, index=index or bool(keys), info={_INFO: spec}, default=None
    )


def field_of(attribute: Any) -> Field:
    """Return what was said of a mapped attribute (`Hazard.deadline`)."""
    said: Field = attribute.info[_INFO]
    return replace(said, key=attribute.key)


def fields_of(mapped: type[DeclarativeBase], upto: type) -> Mapping[str, Field]:
    """Return a class's fields by key: its own in the order written, then those of its mixins, below `upto`."""
    found: dict[str, Field] = {}
    columns = mapped.__mapper__.columns
    for base in mapped.__mro__:
        if base is upto:
            break
        for key in inspect.get_annotations(base):
            if key in columns and _INFO in columns[key].info and key not in found:
                found[key] = replace(columns[key].info[_INFO], key=key)
    return found

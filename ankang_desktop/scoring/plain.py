"""Results as plain JSON and back, so that a frozen paper prints again exactly as it stood."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cache
from types import UnionType
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

T = TypeVar("T")


def to_plain(value: Any) -> Any:
    """Return a value as JSON can hold it: decimals and dates as text, options by their key."""
    if is_dataclass(value) and not isinstance(value, type):
        return {each.name: to_plain(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, list | tuple):
        return [to_plain(each) for each in value]
    if isinstance(value, dict):
        return {key: to_plain(each) for key, each in value.items()}
    if isinstance(value, Enum):
        return value.name
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def from_plain(kind: type[T], plain: Any) -> T:
    """Return the dataclass that `plain` was made of; keys of a later program are left out."""
    return cast("T", _value(kind, plain))


def _value(kind: Any, plain: Any) -> Any:
    if plain is None:
        return None
    if get_origin(kind) in {Union, UnionType}:
        return _value(next(each for each in get_args(kind) if each is not type(None)), plain)
    if get_origin(kind) is tuple:
        return tuple(_value(get_args(kind)[0], each) for each in plain)
    if is_dataclass(kind):
        known = {key: hint for key, hint in _hints(cast("type", kind)).items() if key in plain}
        return kind(**{key: _value(hint, plain[key]) for key, hint in known.items()})  # type: ignore[operator]
    return _leaf(kind, plain)


def _leaf(kind: Any, plain: Any) -> Any:
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind[plain]
    if kind is date:
        return date.fromisoformat(plain)
    return Decimal(plain) if kind is Decimal else plain


@cache
def _hints(kind: Any) -> dict[str, Any]:
    names = {each.name for each in fields(kind)}
    return {key: hint for key, hint in get_type_hints(kind).items() if key in names}

"""What a measure answers, the register of measures, and how their parameters are read from form.toml."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cache
from typing import Any, NewType, TypeVar, get_args, get_origin, get_type_hints

from ankang_desktop.declare.forms import did_you_mean
from ankang_desktop.declare.ledger import Ledgers
from ankang_desktop.declare.options import Options
from ankang_desktop.kernel.errors import UserError
from ankang_desktop.scoring.references import Flaw, Key

CounterName = NewType("CounterName", str)
"""“hazard”, “hazard.closed” or “training.topics:fire”."""


@dataclass(frozen=True)
class Measured:
    """A share 0..1 (None = 不涉及: there is nothing to have a share of), why, and the records it rests on.

    `missing` says what to do, each a short text with names or counts; `flaws` which records fall short, proven or not,
    why, and how to mend them; `warning` is shown in red; `estimated` where head-counts stood in for rosters.
    """

    share: Fraction | None
    reason: str
    used: tuple[Key, ...] = ()
    estimated: bool = False
    missing: tuple[str, ...] = ()
    warning: str = ""
    flaws: Mapping[Key, Flaw] = field(default_factory=dict)

    def flawed(self, flaws: Mapping[Key, Flaw]) -> Measured:
        """Return the same answer with the records that fall short."""
        return replace(self, flaws=flaws)


def honest(strict: Measured, lenient: Measured) -> Measured:
    """Return the strict answer, told so that what was done but lacks proof is not called undone."""
    counted = set(strict.used)
    unproven = [key for key in lenient.used if key not in counted and key not in strict.flaws]
    if not unproven or (lenient.share or 0) <= (strict.share or 0):
        return strict
    only = not strict.share and not counted and len(unproven) == len(lenient.used)
    reason = f"{lenient.reason}，但都缺佐证" if only else f"{strict.reason}，另有{len(unproven)}条缺佐证未计"
    mend = f"{len(unproven)}条记录缺佐证，请补齐"
    return replace(strict, reason=reason, missing=(*lenient.missing, mend))


Measure = Callable[..., Measured]
MEASURES: dict[str, Measure] = {}
LEDGER_OF: dict[str, str] = {}
"""The ledger whose records raise a measure, where a calendar that asks for it can offer to begin one."""
M = TypeVar("M", bound=Measure)


def measure(name: str, *, ledger: str = "") -> Callable[[M], M]:
    """Register a function (scope, **params) as the measure papers call `name`; records of `ledger` raise it."""

    def register(function: M) -> M:
        MEASURES[name] = function
        if ledger:
            LEDGER_OF[name] = ledger
        return function

    return register


def yes(holds: bool) -> Fraction:  # noqa: FBT001 - a truth made a share
    """Return 1 or 0."""
    return Fraction(int(holds))


@dataclass(frozen=True)
class Asking:
    """A measure with its parameters bound, as one place of a paper asks for it."""

    name: str
    params: tuple[tuple[str, Any], ...] = ()

    def ask(self, scope: Any) -> Measured:
        """Answer over a scope."""
        return MEASURES[self.name](scope, **dict(self.params))


def asking(written: str, params: Mapping[str, Any], ledgers: Ledgers, place: str) -> Asking:
    """Read “name” or “name:option” and its parameters; raises UserError with place, key and suggestion."""
    name, _, argument = written.partition(":")
    if name not in MEASURES:
        raise UserError(f"{place} 的“measure”写的是“{written}”，没有这个指标", did_you_mean(name, sorted(MEASURES)))
    hints = parameters(name)
    given = dict(params)
    if argument:
        given[next(iter(hints), "")] = argument
    for key in given:
        if key not in hints:
            raise UserError(f"{place} 的指标“{name}”没有参数“{key}”", did_you_mean(key, hints) if hints else "请删去它")
    needed = [key for key, each in _signature(name).parameters.items() if key in hints and each.default is each.empty]
    for key in needed:
        if key not in given:
            raise UserError(f"{place} 的指标“{name}”缺少参数“{key}”", "请补上这一项")
    return Asking(
        name, tuple((key, _read(hints[key], value, ledgers, f"{place} 的“{key}”")) for key, value in given.items())
    )


@cache
def parameters(name: str) -> Mapping[str, Any]:
    """Return a measure's parameters, the scope left out, with their types."""
    hints = get_type_hints(MEASURES[name])
    return {key: hint for key, hint in hints.items() if key not in {"scope", "return"}}


def _signature(name: str) -> inspect.Signature:
    return inspect.signature(MEASURES[name])


def _read(hint: Any, value: Any, ledgers: Ledgers, place: str) -> Any:
    if get_origin(hint) is tuple:
        each = value if isinstance(value, list | tuple) else [value]
        return tuple(_read(get_args(hint)[0], item, ledgers, place) for item in each)
    if hint is CounterName:
        _check_counter(value, ledgers, place)
        return value
    if isinstance(hint, type) and issubclass(hint, Options):
        return _option(hint, value, place)
    if isinstance(value, hint) and not (hint is int and isinstance(value, bool)):
        return value
    raise UserError(f"{place} 写的是 {value!r}，类型不对", f"应为 {_TYPES.get(hint, hint.__name__)}")


_TYPES = {int: "整数", str: "文字", bool: "true 或 false"}


def _option(options: type[Options], value: Any, place: str) -> Options:
    if value not in options.__members__:
        raise UserError(f"{place} 写的是“{value}”，没有这一项", did_you_mean(str(value), options.__members__))
    return options[value]


def _check_counter(value: Any, ledgers: Ledgers, place: str) -> None:
    try:
        ledgers.counter(str(value))
    except UserError as error:
        raise UserError(f"{place} 写的是“{value}”：{error.text}", error.remedy) from error

"""Shapes that many measures share: a part of a whole, a list of those who are missing."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from sqlalchemy import Select

from ankang_desktop.declare.counters import Unit
from ankang_desktop.declare.ledger import Ledger
from ankang_desktop.kernel.numbers import cov, percent
from ankang_desktop.ledgers.enterprise.people import Employee
from ankang_desktop.scoring.counters import Aggregate, total
from ankang_desktop.scoring.measured import Measured
from ankang_desktop.scoring.people import Staff, count_of, distinct_among, headcount, names, persons, staff
from ankang_desktop.scoring.references import Key
from ankang_desktop.scoring.scope import Scope

LISTED = 10


def ratio(
    part: int,
    whole: int,
    words: tuple[str, ...],
    used: tuple[Key, ...] = (),
    missing: Sequence[str] = (),
    *,
    estimated: bool = False,
) -> Measured:
    """Return part/whole with the sentence “240人中228人参加培训（95.0%）”; words are (“人”, “参加培训”).

    A third word tells that there is nothing to have a share of (“没有班组”).
    """
    measure_word, doing, *nothing = words
    if not whole:
        return Measured(None, nothing[0] if nothing else f"没有{_noun(measure_word)}", used)
    share = cov(part, whole)
    guess = "，按人数估算" if estimated else ""
    reason = f"{whole}{measure_word}中{part}{measure_word}{doing}（{percent(share)}{guess}）"
    return Measured(share, reason, used, estimated, tuple(missing))


def _noun(measure_word: str) -> str:
    """Return “班组” of “个班组”; a bare measure word stays."""
    return measure_word[1:] if len(measure_word) > 2 else measure_word


def lacking_names(
    scope: Scope, what: str, record: Any, ids: Select[Any], measure_word: str, number: int | None = None
) -> tuple[str, ...]:
    """Return “还有12人未培训：甲、乙…” as a list of one text, or of none where nobody is missing.

    `number` is how many `ids` gives where that is known already: to count a million attendances again takes long.
    """
    number = count_of(scope, ids) if number is None else number
    if not number:
        return ()
    shown = names(scope, record, ids, LISTED)
    more = "等" if number > len(shown) else ""
    return (f"还有{number}{measure_word}{what}：{'、'.join(shown)}{more}",)


def reached(scope: Scope, group: Staff, doing: str, *sought: tuple[Ledger, tuple[Any, ...]]) -> Measured:
    """Return the share of a group of staff that the records of ledgers reached, each counted once."""
    used = tuple(key for ledger, where in sought for key in scope.keys_in(ledger, *where))
    named = [each for ledger, where in sought if (each := persons(ledger, scope.inside(ledger, *where))) is not None]
    entered = total(scope, used, Aggregate.person_times, Unit.person_times).value
    return coverage(scope, group, named, entered, ("人", doing), used)


def coverage(
    scope: Scope,
    group: Staff,
    named: list[Select[Any]],
    entered: int,
    words: tuple[str, str],
    used: tuple[Key, ...],
) -> Measured:
    """Return the share of a group of staff that is named somewhere; `entered` stands in where nobody is named."""
    heads = headcount(scope, group)
    if heads.number is None:
        return Measured(Fraction(0), f"{group.value}人数尚未登记", used, missing=("请登记职工名册或年度数据",))
    members = staff(scope, group)
    reached = distinct_among(scope, members, named) if not heads.estimated else 0
    estimated = heads.estimated or (not reached and entered > 0)
    part = reached or min(entered, heads.number)
    missing: tuple[str, ...] = ()
    if not estimated and named:
        without = _without(members, named)
        missing = lacking_names(scope, f"未{words[1]}", Employee, without, words[0], heads.number - part)
    elif part < heads.number:
        missing = (
            f"还有{heads.number - part}{words[0]}未{words[1]}，记录只填了人数：请在记录中补录名单，以便列出姓名",
        )
    return ratio(part, heads.number, (*words, f"没有{group.value}"), used, missing, estimated=estimated)


def _without(members: Select[Any], named: list[Select[Any]]) -> Select[Any]:
    table = Employee.__table__.c
    statement = members
    for each in named:
        statement = statement.where(table.id.not_in(each))
    return statement

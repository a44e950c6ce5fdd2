"""Measures any paper may use with its own parameters: something is recorded, so many of these kinds are, it exists."""

from __future__ import annotations

from fractions import Fraction

from ankang_desktop.declare.columns import has_tag
from ankang_desktop.declare.ledger import Ledger
from ankang_desktop.kernel.numbers import cov
from ankang_desktop.ledgers.enterprise.people import Post
from ankang_desktop.ledgers.vocabulary import Topic
from ankang_desktop.scoring.counters import keys_of, title_named
from ankang_desktop.scoring.measured import CounterName, Measured, measure, yes
from ankang_desktop.scoring.measures.shares import ratio
from ankang_desktop.scoring.people import Staff, count_of, headcount
from ankang_desktop.scoring.references import Key
from ankang_desktop.scoring.scope import Clause, Scope


@measure("recorded")
def recorded(scope: Scope, counters: tuple[CounterName, ...], times: int = 1) -> Measured:
    """Ask for at least `times` records of these counters, dated in the period."""
    used = keys_of(scope, counters)
    titles = "、".join(_title(scope, name) for name in counters[:3])
    missing = () if len(used) >= times else (f"还缺{times - len(used)}条：{titles}",)
    reason = f"有{len(used)}条记录" + (f"，要求{times}条" if times > 1 else "") if used else "没有记录"
    return Measured(cov(len(used), times), reason, used, missing=missing)


@measure("kinds_recorded")
def kinds_recorded(scope: Scope, kinds: tuple[CounterName, ...]) -> Measured:
    """Return how many of these kinds have at least one record, dated in the period."""
    found = {name: keys_of(scope, [name]) for name in kinds}
    return _kinds({_title(scope, name): keys for name, keys in found.items()})


@measure("topics_covered")
def topics_covered(scope: Scope, topics: tuple[Topic, ...]) -> Measured:
    """Return how many of these topics were taught or publicised at least once, in whatever ledger."""
    return _kinds({topic.value: about(scope, (topic,)) for topic in topics})


@measure("exists")
def exists(scope: Scope, group: Staff) -> Measured:
    """Say whether there is anybody of a group, or a post that exposes; what is not known yet is taken to exist."""
    number = headcount(scope, group).number
    exposing = {Staff.exposed: Post.exposed, Staff.heat: Post.heat}.get(group)
    if number == 0 and exposing is not None:
        number = count_of(scope, scope.all_of(Post, exposing))
    return Measured(yes(number != 0), f"{group.value}{'人数未登记' if number is None else f'{number}人'}")


def about(scope: Scope, topics: tuple[Topic, ...]) -> tuple[Key, ...]:
    """Return the records of every ledger with topics that carry one of these."""
    return tuple(key for ledger in topical(scope) for key in scope.keys_in(ledger, on_topics(ledger, topics)))


def topical(scope: Scope) -> list[Ledger]:
    """Return the ledgers whose records say what they were about in the shared words."""
    return [
        each
        for each in scope.ledgers
        if "topics" in each.own_fields and getattr(each.own_fields["topics"].kind, "options", None) is Topic
    ]


def on_topics(ledger: Ledger, topics: tuple[Topic, ...]) -> Clause:
    """Return the clause “carries one of these topics” of a topical ledger."""
    return has_tag(getattr(ledger.record, "topics"), *topics)  # noqa: B009 - every topical ledger has it


def _title(scope: Scope, name: str) -> str:
    return title_named(scope.ledgers, name)


def _kinds(found: dict[str, tuple[Key, ...]]) -> Measured:
    missing = [title for title, keys in found.items() if not keys]
    used = tuple(key for keys in found.values() for key in keys)
    result = ratio(len(found) - len(missing), len(found), ("项", "有记录"), used)
    return Measured(
        result.share or Fraction(0), result.reason, used, missing=(f"还缺：{'、'.join(missing)}",) if missing else ()
    )

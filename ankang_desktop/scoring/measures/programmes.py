"""Measures in the words of the notices: fixed kinds and topics that a programme names without parameters."""

from __future__ import annotations

from ankang_desktop.ledgers.vocabulary import Topic
from ankang_desktop.scoring.counters import keys_of
from ankang_desktop.scoring.measured import CounterName, Measured, measure, yes
from ankang_desktop.scoring.measures.general import about, topics_covered
from ankang_desktop.scoring.measures.shares import ratio
from ankang_desktop.scoring.scope import Scope

_FOUR_LAWS = (Topic.labour_law, Topic.union_law, Topic.safety_law, Topic.occ_disease_law)
_CULTURE = {
    "宣传培训": ("training", "activity.kind:lecture_tour", "activity.kind:law_publicity", "activity.kind:open_class"),
    "操作演练": ("drill", "contest.code:skill_contest", "team_activity.kind:skills_training"),
    "亲情教育": ("activity.kind:family_care", "activity.kind:family_meeting", "team_activity.kind:family_care"),
    "警示教育": ("activity.kind:warning_education", "team_activity.kind:warning_education"),
}


@measure("four_laws_covered", ledger="activity")
def four_laws_covered(scope: Scope) -> Measured:
    """Return how many of the four laws 石家庄 names were taught or publicised."""
    return topics_covered(scope, _FOUR_LAWS)


@measure("culture_kinds", ledger="activity")
def culture_kinds(scope: Scope) -> Measured:
    """Return how many of the four kinds of safety culture (宣传培训、操作演练、亲情教育、警示教育) have a record."""
    found = {title: keys_of(scope, counters) for title, counters in _CULTURE.items()}
    lacking = [title for title, keys in found.items() if not keys]
    used = tuple(key for keys in found.values() for key in keys)
    missing = (f"还缺：{'、'.join(lacking)}",) if lacking else ()
    return ratio(len(found) - len(lacking), len(found), ("类", "有记录"), used, missing)


@measure("fire_educated", ledger="training")
def fire_educated(scope: Scope) -> Measured:
    """Staff were taught about fire at least once."""
    return _taught(scope, Topic.fire, ("activity.kind:fire_education", "activity.campaigns:fire_day"))


@measure("traffic_educated", ledger="training")
def traffic_educated(scope: Scope) -> Measured:
    """Staff were taught about road traffic at least once."""
    return _taught(scope, Topic.traffic, ("activity.kind:traffic_education", "activity.campaigns:traffic_day"))


def _taught(scope: Scope, topic: Topic, counters: tuple[str, ...]) -> Measured:
    used = tuple(dict.fromkeys((*about(scope, (topic,)), *keys_of(scope, map(CounterName, counters)))))
    if used:
        return Measured(yes(True), f"{topic.value}教育有{len(used)}条记录", used)
    return Measured(yes(False), f"没有{topic.value}教育记录", missing=(f"请开展并登记{topic.value}教育",))

"""Each kind reads what officers write, shows what it reads again, and refuses the rest with a sentence."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select

from ankang_desktop.app import App
from ankang_desktop.declare.columns import has_tag
from ankang_desktop.declare.kinds import (
    Amount,
    Choice,
    Code,
    Day,
    Link,
    Misread,
    Moment,
    Month,
    Reading,
    Tags,
    Text,
    Whole,
    YesNo,
)
from ankang_desktop.ledgers.trainings import Training
from ankang_desktop.ledgers.vocabulary import Domain, Topic


class Roster:
    """Two people, one of them twice."""

    def name_of(self, ledger: str, key: int) -> str:
        return {1: "王伟(001)", 2: "王伟(002)", 3: "李娜(003)"}[key]

    def find(self, ledger: str, text: str) -> list[int]:
        return {"王伟": [1, 2], "王伟(001)": [1], "李娜": [3], "李娜(003)": [3]}.get(text, [])

    def code_name(self, of: str, code: str) -> str:
        return {("unit", "ORG-1"): "第1行 建立组织"}.get((of, code), code)


READING = Reading(2026, Roster())


@pytest.mark.parametrize(
    ("kind", "given", "value"),
    [
        (Text(10), 12.0, "12"),
        (Text(10), "　车间 ", "车间"),
        (Day(), datetime(2026, 6, 1), date(2026, 6, 1)),
        (Day(), 46174.0, date(2026, 6, 1)),
        (Day(), "6.1", date(2026, 6, 1)),
        (Month(), "2025年7月", date(2025, 7, 1)),
        (Month(), "7月", date(2026, 7, 1)),
        (Month(), "202512", date(2025, 12, 1)),
        (Month(), 202512, date(2025, 12, 1)),
        (Month(), "2026-7-15", date(2026, 7, 1)),
        (Month(), datetime(2026, 7, 15), date(2026, 7, 1)),
        (Month(), 46174.0, date(2026, 6, 1)),
        (Moment(), "2026-6-1 9:05", datetime(2026, 6, 1, 9, 5)),
        (Moment(), date(2026, 6, 1), datetime(2026, 6, 1)),
        (Whole("人"), "１，２００人", 1200),
        (Whole("人"), 45.0, 45),
        (Amount("℃", 1), "35.5", Decimal("35.5")),
        (Amount("元"), "1,200元", Decimal("1200.00")),
        (YesNo(), "√", True),
        (YesNo(), "否", False),
        (Choice(Domain), "职业健康", Domain.occupational_health),
        (Choice(Domain), "safety", Domain.safety),
        (Tags(Topic), "消防安全、《劳动法》；消防安全", (Topic.labour_law, Topic.fire)),
        (Link("employee", "职工"), "李娜", 3),
    ],
)
def test_reading(kind: Any, given: object, value: object) -> None:
    assert kind.read(given, READING) == value
    assert kind.read(kind.show(value, READING.names), READING) == value
    assert kind.unplain(kind.plain(value)) == value


@pytest.mark.parametrize(
    ("kind", "given", "says"),
    [
        (Day(), "2026-2-30", "不是有效日期"),
        (Month(), "13月", "不是有效月份，请写成 2026年7月 这样"),
        (Moment(), "2026-6-1 25:00", "不是有效时间"),
        (Whole("人"), "4.5", "不是整数"),
        (Whole("人"), "很多", "不是数字"),
        (Whole("人"), "inf", "不是数字"),
        (Amount("℃", 1), "35.55", "小数超过1位"),
        (YesNo(), "大概", "看不出是或否"),
        (Choice(Domain), "环保", "没有“环保”这一项"),
        (Tags(Topic), "消防安全、烹饪", "没有“烹饪”这一项"),
        (Link("employee", "职工"), "王伟", "有2个职工叫“王伟”，请写成 王伟(001)"),
        (Link("employee", "职工"), "赵云", "没有叫“赵云”的职工"),
    ],
)
def test_refusing(kind: Any, given: object, says: str) -> None:
    with pytest.raises(Misread, match=says.replace("(", r"\(").replace(")", r"\)")):
        kind.read(given, READING)


@pytest.mark.parametrize(
    ("kind", "value", "says"),
    [
        (Text(2), "两字", None),
        (Text(2), "三个字", "最多2字，现有3字，请缩短"),
        (Day(), date(1950, 1, 1), None),
        (Day(), date(1949, 12, 31), "年份1949不合理，请核对"),
        (Day(), date(2101, 1, 1), "年份2101不合理，请核对"),
        (Moment(), datetime(1900, 1, 1), "年份1900不合理，请核对"),
        (Whole(least=1, most=9), 1, None),
        (Whole(least=1, most=9), 9, None),
        (Whole(least=1, most=9), 0, "应在1到9之间，现为0"),
        (Whole(least=1, most=9), 10, "应在1到9之间，现为10"),
        (Amount("元", most=Decimal(10)), Decimal(10), None),
        (Amount("元", most=Decimal(10)), Decimal(-1), "应在0到10元之间，现为-1"),
        (Amount("元", most=Decimal(10)), Decimal("10.01"), "应在0到10元之间，现为10.01"),
        (Amount("元"), Decimal(-1), "不能小于0元，现为-1"),
        (Amount("元"), Decimal(10) ** 13, "10000000000000太大了，请核对是否多打了几位"),
        (Whole("人", least=1), 0, "不能小于1人，现为0"),
        (Amount("℃", 1), Decimal("35.55"), "最多1位小数，现为35.55"),
    ],
)
def test_bounds(kind: Any, value: object, says: str | None) -> None:
    assert kind.check(value) == says


@pytest.mark.parametrize(
    ("asked", "titles"),
    [
        ((Topic.fire,), {"甲", "丙"}),
        ((Topic.traffic,), {"乙", "丙"}),
        ((Topic.fire, Topic.traffic), {"甲", "乙", "丙"}),
        ((Topic.labour_law,), set()),
    ],
)
def test_tags_ask_for_any_of_several(app: App, asked: tuple[Topic, ...], titles: set[str]) -> None:
    topics = {"甲": (Topic.fire,), "乙": (Topic.traffic,), "丙": (Topic.fire, Topic.traffic), "丁": ()}
    drafts = [({"title": title, "held_on": date(2026, 3, 1), "topics": each}, {}) for title, each in topics.items()]
    with app.begin("登记") as unit:
        unit.add_many(app.ledgers["training"], drafts)
    with app.read() as connection:
        assert set(connection.scalars(select(Training.title).where(has_tag(Training.topics, *asked)))) == titles


def test_a_code_is_told_by_its_words_and_read_as_it_is() -> None:
    kind = Code(10, of="unit", example="ORG-1")
    assert kind.show("ORG-1", Roster()) == "第1行 建立组织"
    assert kind.show("XX-9", Roster()) == "XX-9"
    assert kind.read("ORG-1", READING) == "ORG-1"
    assert kind.hint() == "代号，如 ORG-1"

"""Makes the large workspace of the design: 5,000 staff, 20,000 hazards, 1,000,000 attendances, three years.

    .venv/bin/python -m tests.benchmarks.large build/large

Rows go in through Core, past the unit of work: a journal of a million rows would only make the file three times as
large. Everything a page looks at (spine, links, search index) is as the store writes it.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from ankang_desktop.app import App
from ankang_desktop.declare.draft import assemble, values_of
from ankang_desktop.kernel.clock import Clock
from ankang_desktop.ledgers.enterprise.people import Sex
from ankang_desktop.ledgers.hazards.words import Acceptance, HazardLevel, RectifyLevel, Source, Stage
from ankang_desktop.ledgers.team_activities import TeamActivityKind
from ankang_desktop.ledgers.trainings import Audience
from ankang_desktop.ledgers.vocabulary import Domain, Topic
from ankang_desktop.store.names import StoreNames
from ankang_desktop.store.rows import table_named
from ankang_desktop.store.search import text_of
from ankang_desktop.store.texts import INDEX

TODAY = date(2026, 11, 21)
SURNAMES, GIVEN = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨", "建国文斌志强秀英海涛晓东立新永福春生家乐"
PLACES = (
    "装配线行车",
    "喷漆房",
    "炉前操作台",
    "低压配电室",
    "空压站",
    "成品库",
    "热处理炉",
    "铸造落砂区",
    "酸洗槽",
    "危废间",
)
FAULTS = (
    "限位不灵敏",
    "护罩缺失",
    "接地线松动",
    "通道堆物",
    "报警器失效",
    "油污湿滑",
    "标识不清",
    "未挂牌上锁",
    "应急灯不亮",
    "防护栏变形",
)


class Maker:
    """Writes records in bulk; ids and running numbers are counted here."""

    def __init__(self, app: App, connection: Connection) -> None:
        self.app, self.connection = app, connection
        self.chance = random.Random(20261121)
        self.last = 0
        self.serials: dict[tuple[str, int], int] = {}

    def add(self, key: str, drafts: Sequence[dict[str, Any]]) -> list[int]:
        """Add records of a ledger; returns their ids."""
        ledger = self.app.ledgers[key]
        spine, own, ids = [], [], []
        for values in drafts:
            settled = values_of(ledger, assemble(ledger, values, {}))
            self.last += 1
            ids.append(self.last)
            day = settled[ledger.day.key] if ledger.day is not None else None
            year = (day or TODAY).year
            serial = self.serials[key, year] = self.serials.get((key, year), 0) + 1
            spine.append(
                {
                    "id": self.last,
                    "ledger": key,
                    "number": f"{ledger.prefix}-{year}-{serial:04d}",
                    "serial": serial,
                    "year": year,
                    "day": day,
                    **{name: settled.get(name) for name in ("box", "page", "remark")},
                    "created_at": datetime(year, 1, 1),
                    "changed_at": datetime(year, 1, 1),
                    "removed_at": None,
                }
            )
            own.append({"id": self.last, **{name: settled[name] for name in ledger.own_fields}})
        for at in range(0, len(own), 5000):
            self.connection.execute(table_named("record").insert(), spine[at : at + 5000])
            self.connection.execute(table_named(key).insert(), own[at : at + 5000])
        names = StoreNames(self.connection, self.app.ledgers)
        names.prime_links(ledger.fields, own)
        rows = zip(spine, own, strict=True)
        texts = ((one["id"], text_of(self.app.ledgers, ledger, {**one, **two}, names)) for one, two in rows)
        INDEX.add(self.connection, texts)
        return ids

    def lines(self, table: str, rows: Iterator[dict[str, Any]]) -> int:
        """Add rows inside records; returns how many."""
        written, part = 0, []
        for row in rows:
            written += 1
            part.append({"id": written, **row})
            if len(part) == 20_000:
                self.connection.execute(table_named(table).insert(), part)
                part = []
        if part:
            self.connection.execute(table_named(table).insert(), part)
        return written

    def day(self) -> date:
        """Return a day of the three years, this year up to today."""
        return TODAY - timedelta(days=self.chance.randrange(0, 1055))


def make(folder: Path, staff: int = 5000, hazards: int = 20_000, attendances: int = 1_000_000) -> None:
    """Make the workspace in a new folder."""
    with App.created(folder, Clock(TODAY)) as app, app.workspace.database.write() as connection:
        maker = Maker(app, connection)
        maker.add("profile", [{"name": "大型企业（压力测试）", "short_name": "大型企业", "officer": "测试员"}])
        maker.add("programme_choice", [{"programme": "national_2020", "since": date(2024, 1, 1)}])
        workshops = maker.add("workshop", [{"name": f"{number}车间"} for number in range(1, 31)])
        teams = maker.add(
            "team",
            [{"name": f"{number}班", "workshop": workshops[number % 30]} for number in range(1, staff // 16 + 2)],
        )
        people = maker.add("employee", [_person(maker, number, teams) for number in range(staff)])
        maker.add("hazard", [_hazard(maker, teams, people) for _ in range(hazards)])
        maker.add("team_activity", [_meeting(maker, teams, number) for number in range(len(teams) * 24)])
        each = min(len(people), 500)
        trainings = maker.add("training", [_training(maker, number) for number in range(attendances // each)])
        maker.lines("training_attendance", _attendance(maker, trainings, people, each))


def _person(maker: Maker, number: int, teams: list[int]) -> dict[str, Any]:
    chance = maker.chance
    return {
        "code": f"{number + 1:05d}",
        "name": chance.choice(SURNAMES) + "".join(chance.choices(GIVEN, k=2)),
        "sex": Sex.female if number % 4 == 0 else Sex.male,
        "team": teams[number % len(teams)],
        "joined_on": date(2015, 1, 1) + timedelta(days=number % 3000),
    }


def _hazard(maker: Maker, teams: list[int], people: list[int]) -> dict[str, Any]:
    chance, found = maker.chance, maker.day()
    deadline = found + timedelta(days=chance.randrange(3, 40))
    is_closed = chance.random() < (0.97 if deadline < TODAY else 0.4)
    one, two = chance.sample(people, 2)
    place = chance.choice(PLACES)
    values = {
        "found_on": found,
        "source": chance.choice(list(Source)),
        "team": chance.choice(teams),
        "place": place,
        "description": f"{place}{chance.choice(FAULTS)}（{chance.randrange(10_000)}）",
        "domain": chance.choice(list(Domain)),
        "level": HazardLevel.major if chance.random() < 0.02 else HazardLevel.general,
        "major_basis": "判定标准第3条",
        "responsible": one,
        "measures": "修复并复查",
        "funds": 100,
        "deadline": deadline,
        "first_deadline": deadline,
        "contingency": "无需",
        "rectify_level": chance.choice(list(RectifyLevel)),
        "stage": Stage.rectifying,
        "box": "1" if chance.random() < 0.8 else None,
    }
    if is_closed:
        done = min(TODAY, found + timedelta(days=chance.randrange(1, 30)))
        values |= {"rectified_on": done, "acceptor": two, "accepted_on": done, "acceptance": Acceptance.accepted}
        values |= {"closed_on": done, "stage": Stage.closed}
    return values


def _meeting(maker: Maker, teams: list[int], number: int) -> dict[str, Any]:
    return {
        "team": teams[number % len(teams)],
        "held_on": maker.day(),
        "kind": next(iter(TeamActivityKind)),
        "topic": "班组安全活动",
        "headcount": 12,
        "box": "2",
    }


def _training(maker: Maker, number: int) -> dict[str, Any]:
    return {
        "title": f"安全教育培训第{number + 1}期",
        "held_on": maker.day(),
        "hours": 4,
        "audience": (Audience.everyone,),
        "topics": tuple(Topic)[:2],
        "box": "3",
    }


def _attendance(maker: Maker, trainings: list[int], people: list[int], each: int) -> Iterator[dict[str, Any]]:
    for training in trainings:
        first = maker.chance.randrange(len(people))
        for place in range(each):
            yield {
                "record_id": training,
                "position": place,
                "person": people[(first + place) % len(people)],
                "present": place % 29 != 0,
                "passed": True,
                "score": 90,
                "made_up": None,
            }


if __name__ == "__main__":
    make(Path(sys.argv[1]))

"""Retention: periods suggested and set, what is over and what stays, the trash, and records gone for good."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from ankang_desktop.actions import expiring, keeping_periods, purging, records
from ankang_desktop.app import App
from ankang_desktop.declare.record import Record
from ankang_desktop.kernel.errors import UserError
from ankang_desktop.kernel.progress import Quiet
from ankang_desktop.ledgers.choices import KeepingRule
from ankang_desktop.ledgers.hazards.words import Acceptance, HazardLevel, Source, Stage
from ankang_desktop.ledgers.vocabulary import Domain
from ankang_desktop.store.evidence import Use, attach
from ankang_desktop.store.frozen import freeze
from ankang_desktop.store.query import containing, count

SECRET = "吊钩防脱绳钩裂纹甲乙丙"


def closed(app: App, day: date, **more: Any) -> int:
    """Add a hazard found and closed on a day; returns its id."""
    with app.begin("登记") as unit:
        people = unit.connection.scalars(select(Record.id).where(Record.ledger == "employee")).all()
        acceptor = people[0] if people else unit.add(app.ledgers["employee"], {"code": "001", "name": "验收甲"})
        values = {
            "found_on": day,
            "source": Source.snapshot,
            "description": SECRET,
            "domain": Domain.safety,
            "level": HazardLevel.general,
            "stage": Stage.closed,
            "rectified_on": day,
            "acceptor": acceptor,
            "accepted_on": day,
            "acceptance": Acceptance.accepted,
            "closed_on": day,
        }
        return unit.add(app.ledgers["hazard"], values | more)


def due(app: App, key: str) -> expiring.Due:
    return next(each for each in expiring.due_today(app, Quiet()) if each.key == key)


def test_every_kind_has_a_period_and_suggestions_name_what_exists(app: App) -> None:
    found = {each.key: each.period.text for each in expiring.due_today(app, Quiet())}
    assert found["training"] == found["drill"] == found["hazard"] == "3 年"
    assert found["hazard.level:major"] == found["accident"] == "永久"
    assert (found["contract"], found["award"]) == ("2 年", "5 年")
    assert found["media"] == found["health_exam"] == "未定，一直保存"
    assert not {"profile", "team", "keeping_period"} & found.keys()


def test_what_is_over_is_counted_from_its_close_and_major_ones_stay(app: App) -> None:
    over = closed(app, date(2023, 11, 20))
    closed(app, date(2023, 11, 21))  # three years to the day: still kept
    closed(app, date(2010, 1, 1), level=HazardLevel.major, major_basis="判定标准")
    closed(app, date(2010, 1, 1), stage=Stage.rectifying, closed_on=None, acceptance=None)
    found = due(app, "hazard")
    assert found.ids == (over,)
    assert [reason[:6] for reason in found.held.values()] == ["事情还没有办"]
    assert due(app, "hazard.level:major").ids == ()


def test_the_clean_up_is_one_step_and_comes_back(app: App) -> None:
    for _ in range(3):
        closed(app, date(2020, 5, 1))
    assert expiring.clean_up(app, "hazard", Quiet()) == 3
    with app.read() as connection:
        assert count(connection, app.ledgers["hazard"]) == 0
    assert app.undo().title == "清理3条超过保存期限的隐患排查治理台账（其余）"
    assert len(due(app, "hazard").ids) == 3
    app.redo()
    with pytest.raises(UserError):
        expiring.clean_up(app, "hazard", Quiet())


def test_the_officers_own_period_is_a_record_and_is_undone(app: App) -> None:
    closed(app, date(2024, 1, 1))
    keeping_periods.set_period(app, "hazard", KeepingRule.years, 2, "本厂档案办法")
    found = due(app, "hazard")
    assert (found.period.text, len(found.ids), found.suggested) == ("2 年", 1, "3 年")
    keeping_periods.spare(app, "hazard", date(2027, 11, 21))
    assert due(app, "hazard").ids == ()
    app.undo()
    app.undo()
    assert due(app, "hazard").period.text == "3 年"


def test_what_a_frozen_paper_names_or_the_cycle_needs_stays(app: App) -> None:
    closed(app, date(2020, 5, 1))
    with app.begin("定稿") as unit:
        freeze(unit, "national_card_2020", "2020年考核评分表", date(2020, 12, 31), {"number": "YH-2020-0001"}, None)
    keeping_periods.set_period(app, "media", KeepingRule.years, 1, "")
    with app.begin("登记") as unit:
        values = {"published_on": date(2025, 1, 2), "title": "报道", "outlet": "市报", "level": None, "kind": None}
        ledger = app.ledgers["media"]
        required = {key: each for key, each in ledger.own_fields.items() if each.required}
        whole = {key: next(iter(each.kind.options)) for key, each in required.items() if hasattr(each.kind, "options")}
        unit.add(ledger, {**{key: value for key, value in values.items() if key in ledger.fields and value}, **whole})
    assert list(due(app, "hazard").held.values()) == ["“2020年考核评分表”用到它"]
    assert "竞赛周期" in next(iter(due(app, "media").held.values()))


def bytes_of(app: App) -> bytes:
    folder = app.workspace.folder
    return b"".join(path.read_bytes() for path in folder.glob("ankang.db*"))


def test_purged_is_gone_from_tables_journal_index_folder_and_file(app: App, tmp_path: Path) -> None:
    key, other = closed(app, date(2020, 5, 1)), closed(app, date(2026, 5, 1), description="另一条")
    photo = tmp_path / "扫描件.pdf"
    photo.write_bytes(b"%PDF only of the one that goes")
    with app.begin("佐证") as unit:
        kept = attach(unit, app.workspace.evidence, key, photo, Use())
    expiring.clean_up(app, "hazard", Quiet())
    seen = purging.outlook(app, ["YH-2020-0001"])
    assert (seen.going, seen.staying, seen.within) == ((key,), (), 0)
    assert purging.purge_records(app, [key], Quiet()) == 1
    with app.read() as connection:
        assert connection.scalar(select(Record.id).where(Record.id == key)) is None
        assert count(connection, app.ledgers["hazard"], containing(SECRET)) == 0
        assert count(connection, app.ledgers["hazard"], Record.id == other) == 1
    assert not app.workspace.evidence.path_of(kept.sha256).exists()
    assert SECRET.encode() not in bytes_of(app)
    assert app.workspace.database.faults() == []
    with pytest.raises(UserError, match="不能撤销"):
        app.undo()
    closed(app, date(2026, 6, 1))  # work goes on, and is undone again
    app.undo()


def test_a_number_once_given_is_never_given_again(app: App) -> None:
    def made(*names: str) -> list[int]:
        with app.begin("登记") as unit:
            return [unit.add(app.ledgers["workshop"], {"name": name}) for name in names]

    def purged(keys: list[int]) -> None:
        with app.begin("删除") as unit:
            for key in keys:
                unit.remove(key)
        purging.purge_records(app, keys, Quiet())

    def numbers(keys: list[int]) -> list[str]:
        with app.read() as connection:
            return list(connection.scalars(select(Record.number).where(Record.id.in_(keys)).order_by(Record.id)))

    first = made("一车间", "二车间", SECRET)
    prefix = numbers(first)[0].removesuffix("1")
    purged(first[1:])
    again = made("四车间")
    assert numbers(again) == [f"{prefix}4"]
    purged([first[0], *again])  # none is left to count on from
    assert numbers(made("五车间", "六车间")) == [f"{prefix}5", f"{prefix}6"]
    assert SECRET.encode() not in bytes_of(app)


def test_what_another_record_needs_is_not_purged(app: App) -> None:
    closed(app, date(2020, 5, 1))
    records.remove_record(app, "ZG-2026-0001")
    seen = purging.outlook(app, ["ZG-2026-0001"])
    assert seen.going == ()
    assert "还有记录用到它" in seen.staying[0][1]
    with app.begin("x") as unit:
        person = unit.connection.scalar(select(Record.id).where(Record.number == "ZG-2026-0001"))
    with pytest.raises(UserError, match="不能彻底删除"):
        purging.purge_records(app, [person or 0], Quiet())

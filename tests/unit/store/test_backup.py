"""Backups are whole, say what was lost, come back, and make room for each other."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from ankang_desktop.actions import filing
from ankang_desktop.app import App
from ankang_desktop.kernel.clock import Clock
from ankang_desktop.kernel.errors import UserError
from ankang_desktop.kernel.progress import Quiet
from ankang_desktop.ledgers.hazards.words import Source
from ankang_desktop.store.backup import back_up, restore, thin, to_thin
from ankang_desktop.store.evidence import Use, attach, attached
from ankang_desktop.store.unit import redo, undo

FOUND = {"found_on": date(2026, 6, 1), "source": Source.snapshot, "description": "砂轮机防护罩松动"}


@pytest.fixture
def hazard(app: App) -> int:
    with app.begin("登记") as unit:
        return unit.add(app.ledgers["hazard"], FOUND)


def test_a_backup_comes_back_with_its_files(app: App, hazard: int, tmp_path: Path, clock: Clock) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF-1.4 one")
    with app.begin("佐证") as unit:
        attach(unit, app.workspace.evidence, hazard, path, Use())
    for name in ("programmes/本厂.toml", "forms/x/表.toml", "submissions/2026.zip", "submissions/.~half/2026.zip"):
        (app.workspace.folder / name).parent.mkdir(parents=True, exist_ok=True)
        (app.workspace.folder / name).write_text(name)
    made = back_up(app.workspace, tmp_path / "u盘", clock.now(), Quiet())
    assert made.warnings == ()
    restore(made.folder, tmp_path / "恢复", Quiet())
    for name in ("programmes/本厂.toml", "forms/x/表.toml", "submissions/2026.zip"):
        assert (tmp_path / "恢复" / name).read_text() == name
    assert not (tmp_path / "恢复/submissions/.~half").exists()
    with App.opened(tmp_path / "恢复", clock) as other, other.read() as connection:
        assert len(attached(connection, [hazard])) == 1
        assert other.workspace.evidence.faults(connection) == []
    with pytest.raises(UserError, match="可能已经有一个工作区"):
        restore(made.folder, tmp_path / "恢复", Quiet())


def test_lost_evidence_does_not_stop_a_backup(app: App, hazard: int, tmp_path: Path, clock: Clock) -> None:
    for name in ("还在.pdf", "丢失.pdf", "损坏.pdf"):
        (tmp_path / name).write_bytes(name.encode())
        with app.begin("佐证") as unit:
            attach(unit, app.workspace.evidence, hazard, tmp_path / name, Use())
    with app.read() as connection:
        _, lost, damaged = (app.workspace.evidence.path_of(each.sha256) for each in attached(connection, [hazard]))
    lost.unlink()
    damaged.write_bytes(b"?")
    made = back_up(app.workspace, tmp_path / "u盘", clock.now(), Quiet())
    assert ["“丢失.pdf”不见了" in made.warnings[0], "“损坏.pdf”内容被改动" in made.warnings[1]] == [True, True]
    restore(made.folder, tmp_path / "恢复", Quiet())
    with App.opened(tmp_path / "恢复", clock) as other, other.read() as connection:
        assert other.workspace.evidence.faults(connection) == list(made.warnings)


def test_what_an_undone_step_needs_is_backed_up(app: App, hazard: int, tmp_path: Path, clock: Clock) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.4 one")
    with app.begin("佐证") as unit:
        attach(unit, app.workspace.evidence, hazard, tmp_path / "a.pdf", Use())
    undo(app.workspace.database, app.ledgers)
    restore(back_up(app.workspace, tmp_path / "u盘", clock.now(), Quiet()).folder, tmp_path / "恢复", Quiet())
    with App.opened(tmp_path / "恢复", clock) as other:
        redo(other.workspace.database, other.ledgers)
        with other.read() as connection:
            assert len(attached(connection, [hazard])) == 1
            assert other.workspace.evidence.faults(connection) == []


def test_a_damaged_backup_is_none(tmp_path: Path) -> None:
    (tmp_path / "ankang.db").write_bytes(b"PK not a database")
    with pytest.raises(UserError, match="不是备份"):
        restore(tmp_path, tmp_path / "恢复", Quiet())


def test_thinning_keeps_days_weeks_and_months() -> None:
    moments = [datetime(2026, month, day, 8) for month in range(1, 11) for day in (1, 10, 20)]
    gone = to_thin(moments, datetime(2026, 10, 20, 8), daily=3, weekly=2, monthly=12)
    kept = sorted(set(moments) - set(gone))
    assert [moment.date() for moment in kept[-3:]] == [date(2026, 10, 1), date(2026, 10, 10), date(2026, 10, 20)]
    assert {moment.month for moment in kept} == set(range(1, 11))


def test_of_one_day_the_newest_stays_and_a_later_clock_counts_for_nothing() -> None:
    now = datetime(2026, 10, 20, 8)
    today = [now - timedelta(minutes=minute) for minute in range(5)]
    later = [now + timedelta(days=day) for day in range(1, 20)]
    assert to_thin([*later, *today], now) == sorted(today[1:])


def test_only_whole_backups_of_ours_are_thinned(tmp_path: Path) -> None:
    names = ["ankang-20261020-080000", "ankang-20261020-070000", "ankang-20261020-060000-2", "ankang-20269999-060000"]
    for name in [*names, "我的备份-20261020-070000"]:
        (tmp_path / name).mkdir()
        (tmp_path / name / "ankang.db").touch()
    (tmp_path / "ankang-20261020-050000").mkdir()  # without a database
    (tmp_path / "upgrade-from-0001.db").touch()
    before = set(tmp_path.iterdir())
    assert thin(tmp_path, datetime(2026, 10, 20, 9)) == [tmp_path / names[1]]
    assert before - set(tmp_path.iterdir()) == {tmp_path / names[1]}


def test_the_action_thins_the_workspaces_own_backups_only(app: App, tmp_path: Path) -> None:
    first, gone = filing.back_up(app, None, Quiet())
    older = first.folder.rename(first.folder.with_name("ankang-20261121-000000"))
    stick, none = filing.back_up(app, tmp_path / "u盘", Quiet())
    second, thinned = filing.back_up(app, None, Quiet())
    assert (gone, none, thinned) == ([], [], [older])
    assert stick.folder.is_dir()
    assert list((app.workspace.folder / "backups").iterdir()) == [second.folder]

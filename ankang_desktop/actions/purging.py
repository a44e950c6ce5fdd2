"""The last step: records of the trash gone for good, from the tables, the journal and the folder of files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from ankang_desktop.actions.keeping_periods import is_within_period
from ankang_desktop.app import App
from ankang_desktop.declare.record import Record
from ankang_desktop.kernel.progress import Progress
from ankang_desktop.store import backup
from ankang_desktop.store.purge import needed_elsewhere, purge
from ankang_desktop.store.query import chunks, numbered


@dataclass(frozen=True)
class Outlook:
    """What purging would do, to be told before: which records go, what stays and why, where copies are left."""

    going: tuple[int, ...]
    staying: tuple[tuple[str, str], ...]
    within: int
    copies: Copies


@dataclass(frozen=True)
class Copies:
    """Where what is deleted or made anonymous is still to be read: older backups, packages handed in."""

    backups: int
    oldest: datetime | None
    upgrades: int
    packages: int

    @property
    def text(self) -> str:
        """Return the copies in words, "" where there are none."""
        parts = []
        if self.oldest is not None:
            parts.append(f"{self.backups} 份备份（最早 {self.oldest:%Y-%m-%d}）")
        if self.upgrades:
            parts.append(f"{self.upgrades} 份升级前的副本")
        if self.packages:
            parts.append(f"{self.packages} 个报送过的材料包")
        return "、".join(parts)


def copies_of(app: App) -> Copies:
    """Return what copies lie in the workspace's own folders; those on sticks only the person knows."""
    folder = app.workspace.folder / "backups"
    moments = [moment for _, moment in backup.made_in(folder)]
    upgrades = len(list(folder.glob("upgrade-from-*.db")))
    packages = len(list(app.workspace.submissions.glob("*.zip")))
    return Copies(len(moments), min(moments, default=None), upgrades, packages)


def outlook(app: App, numbers: Sequence[str]) -> Outlook:
    """Return what purging these records of the trash would do."""
    with app.read() as connection:
        named = numbered(connection, numbers)
        staying = needed_elsewhere(connection, app.ledgers, set(named))
        going = [key for key in named if key not in staying]
        within = is_within_period(connection, app.ledgers, going, app.clock.today())
    told = tuple((named[key], why) for key, why in staying.items())
    return Outlook(tuple(going), told, within, copies_of(app))


def purge_records(app: App, records: Sequence[int], progress: Progress) -> int:
    """Delete records of the trash for good; returns how many. Neither this step nor any before it can be undone."""
    with app.begin(f"彻底删除{len(records)}条记录") as unit:
        numbers = [
            number
            for part in chunks(records)
            for number in unit.connection.scalars(select(Record.number).where(Record.id.in_(part)))
        ]
        done = purge(unit, list(records), progress)
    scrub(app, numbers)
    return done


def scrub(app: App, numbers: Iterable[str]) -> None:
    """Remove from the folder and the data file what no row needs any more, now that the step is kept.

    It is not stopped half-way. Raises WorldError where old words are left in the file: checking the data tries again.
    """
    gone = set(numbers)
    for name in app.workspace.drafts.names():
        if name.partition("@")[2] in gone:
            app.workspace.drafts.drop(name)
    with app.workspace.database.write() as connection:
        app.workspace.evidence.sweep(connection)
    app.workspace.database.compact()

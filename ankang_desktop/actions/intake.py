"""随手拍: a folder of phone photos looked through, and each made into a draft hazard or hung on one that is there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, func, or_, select

from ankang_desktop.actions.choosing import Candidate
from ankang_desktop.actions.drafting import keep
from ankang_desktop.actions.files import look_at
from ankang_desktop.actions.filing import attach_many
from ankang_desktop.actions.hazards import HAZARD, OPEN, Focus, focus_clause
from ankang_desktop.app import App
from ankang_desktop.declare.draft import Values
from ankang_desktop.declare.record import Record
from ankang_desktop.kernel.errors import UserError
from ankang_desktop.kernel.progress import Progress
from ankang_desktop.kernel.text import half_width
from ankang_desktop.ledgers.hazards.record import Hazard
from ankang_desktop.ledgers.hazards.words import Source, Stage
from ankang_desktop.store.evidence import Use
from ankang_desktop.store.query import alive, chunks, containing
from ankang_desktop.store.tables import Evidence, EvidenceLink

MOST_PHRASES = 9
"""Phrases offered: as many as there are digit keys."""

USUAL = (
    "安全通道堆放杂物",
    "灭火器被遮挡或压力不足",
    "电气线路私拉乱接、绝缘破损",
    "配电箱未关门、未上锁",
    "防护罩、防护栏缺失或松动",
    "未按规定佩戴劳动防护用品",
    "地面油污积水湿滑",
    "安全警示标识缺失或不清",
    "物料堆放超高、不稳",
)
"""What workers photograph most, offered until the workspace has phrases of its own."""


@dataclass(frozen=True, slots=True)
class Shot:
    """One photo of the folder; `used_by` are the records that have it already, `twin` an earlier file of the same."""

    path: Path
    sha256: str
    taken_on: date | None
    used_by: tuple[str, ...]
    twin: str

    @property
    def is_known(self) -> bool:
        """Whether the same picture is there already."""
        return bool(self.used_by or self.twin)


@dataclass(frozen=True)
class Roll:
    """The photos found, in the order of their names, and a sentence for each file that was left out."""

    shots: tuple[Shot, ...]
    left_out: tuple[str, ...]


def look_through(app: App, paths: Sequence[Path], progress: Progress) -> Roll:
    """Look through folders and files: photos with their day, those the workspace has already marked."""
    looked = look_at(app, HAZARD, "before", paths, progress)
    shots: list[Shot] = []
    first: dict[str, str] = {}
    others = [file.name for file in looked.files if not file.is_photo]
    for file in looked.files:
        if file.is_photo:
            twin = first.get(file.sha256, "")
            first.setdefault(file.sha256, file.name)
            shots.append(Shot(Path(file.path), file.sha256, file.taken_on, file.also, twin))
    told = (f"{len(others)} 个文件不是照片，没有列出：{'、'.join(others[:3])}",) if others else ()
    return Roll(tuple(shots), (*told, *looked.refused))


@dataclass(frozen=True)
class Phrases:
    """What this workspace writes most, each at most nine: descriptions, places, teams (id, name)."""

    descriptions: tuple[str, ...]
    places: tuple[str, ...]
    teams: tuple[tuple[int, str], ...]


def phrases(app: App) -> Phrases:
    """Return the most used words of the hazards, snapshots before others; usual ones fill up the descriptions."""
    with app.read() as connection:
        known = _most_used(app, connection, Hazard.description, least=2)
        places = _most_used(app, connection, Hazard.place, least=1)
        ids = _most_used(app, connection, Hazard.team, least=1)
        names = app.names(connection)
        names.prime("team", ids)
        teams = tuple((each, names.name_of("team", each)) for each in ids)
    descriptions = tuple(dict.fromkeys([*known, *USUAL]))[:MOST_PHRASES]
    return Phrases(descriptions, tuple(places), teams)


def _most_used(app: App, connection: Connection, column: Any, *, least: int) -> list[Any]:
    """Return the values used at least `least` times, the most used first, the newest among equals."""
    statement = (
        select(column)
        .select_from(Hazard)
        .where(alive(app.ledgers[HAZARD]), column.is_not(None), Hazard.stage != Stage.voided)
        .group_by(column)
        .having(func.count() >= least)
        .order_by(func.count().desc(), func.max(Record.id).desc())
    )
    return list(connection.scalars(statement.limit(MOST_PHRASES)))


@dataclass(frozen=True)
class Taken:
    """What became of a photo: the hazard it belongs to now, in which slot, and what is odd about it."""

    id: int
    number: str
    slot: str
    is_new: bool
    warnings: tuple[str, ...] = ()


def draft_hazard(app: App, shot: Shot, values: Values) -> Taken:
    """Write a hazard of source 随手拍 with the photo as its 整改前照片, as one step; raises Refused."""
    begun = {"source": Source.snapshot, "stage": Stage.registered, **values}
    done = keep(app, HAZARD, None, begun, {}, [(shot.path, Use("before"))])
    return Taken(done.id, done.number, "before", is_new=True, warnings=tuple(each.text for each in done.advice))


def hang_on(app: App, number: str, shot: Shot, slot: str, progress: Progress) -> Taken:
    """Attach the photo to a hazard that is there, before or after its rectification, as one step."""
    filed = attach_many(app, number, [(shot.path, Use(slot))], progress)
    if filed.refused:
        raise UserError(filed.refused[0].partition("——")[0], "跳过这张照片即可")
    return Taken(filed.added[0].record, filed.number, slot, is_new=False, warnings=filed.warnings)


def waiting_for_photo(app: App, text: str, most: int = 12) -> list[Candidate]:
    """Return hazards that want a 整改后照片 and that a text may mean: open ones by deadline, then closed ones without.

    A text that is part of a running number finds it, whatever else it finds.
    """
    today, words = app.clock.today(), half_width(text).split()
    where: list[Any] = [or_(Hazard.stage.in_(OPEN), focus_clause(Focus.bare, today))]
    if words:
        where.append(or_(containing(*words), Record.number.contains(words[0].upper(), autoescape=True)))
    columns = (Record.id, Record.number, Hazard.place, Hazard.description, Hazard.stage, Hazard.deadline)
    ready = Hazard.stage.in_((Stage.rectifying, Stage.awaiting))
    order = (~ready, Hazard.stage == Stage.closed, Hazard.deadline.is_(None), Hazard.deadline, Record.id.desc())
    statement = select(*columns).select_from(Hazard).where(alive(app.ledgers[HAZARD]), *where).order_by(*order)
    with app.read() as connection:
        return [
            Candidate(
                row.id,
                row.number,
                " ".join(filter(None, (row.place, row.description.replace("\n", " "), f"（{row.stage.value}）"))),
            )
            for row in connection.execute(statement.limit(most))
        ]


def still_there(app: App, taken: Iterable[tuple[int, str]]) -> set[tuple[int, str]]:
    """Return which of these (hazard, SHA-256 of its photo) still are: not undone, not taken off, not in the trash."""
    wanted, found = set(taken), set[tuple[int, str]]()
    with app.read() as connection:
        for part in chunks(sorted({record for record, _ in wanted})):
            statement = (
                select(Record.id, Evidence.sha256)
                .join(EvidenceLink, EvidenceLink.record_id == Record.id)
                .join(Evidence, Evidence.id == EvidenceLink.evidence_id)
                .where(Record.id.in_(part), alive(app.ledgers[HAZARD]))
            )
            found.update((record, sha256) for record, sha256 in connection.execute(statement))
    return found & wanted

"""One hazard beside the board, the same step for several, and the union's letters about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from ankang_desktop.actions.drafting import MoveOffer, Opened, open_record
from ankang_desktop.actions.files import File, shelf_of
from ankang_desktop.actions.hazards import HAZARD, Card, card_of
from ankang_desktop.actions.sheets import enterprise_name, texts_of
from ankang_desktop.app import App
from ankang_desktop.declare.draft import Values
from ankang_desktop.declare.record import Record
from ankang_desktop.kernel.errors import Problem, Refused, UserError
from ankang_desktop.kernel.progress import Progress, Quiet
from ankang_desktop.kernel.text import chinese_date
from ankang_desktop.ledgers.hazards.words import HazardLevel
from ankang_desktop.ledgers.upper import LetterKind, OpinionLetter
from ankang_desktop.scoring.references import Key, Ref, references
from ankang_desktop.store.query import Stored, alive, locate
from ankang_desktop.store.unit import Unit

LETTERS = (LetterKind.notice, LetterKind.suggestion, LetterKind.listing_request)
"""What is written about a hazard from the board."""

_LETTER = OpinionLetter.__tablename__
_LONGEST = 1000  # of a letter's content


@dataclass(frozen=True)
class Seen:
    """One hazard as the panel beside the board shows it: `texts` by field key, `photos` by slot."""

    opened: Opened
    card: Card
    texts: Mapping[str, str]
    photos: Mapping[str, tuple[File, ...]]
    letters: tuple[Ref, ...]


def see_hazard(app: App, number: str) -> Seen:
    """Return everything the panel shows of a hazard; raises UserError where it is gone."""
    opened = open_record(app, number)
    card = card_of(app, number)
    if card is None:
        raise UserError(f"{number} 已在回收站里", "需要时从回收站恢复")
    ledger = app.ledgers[HAZARD]
    with app.read() as connection:
        texts = texts_of(ledger, opened.stored, app.names(connection))
        written = (
            select(Record.id)
            .select_from(OpinionLetter)
            .where(alive(app.ledgers[_LETTER]), OpinionLetter.hazard == opened.stored.id)
            .order_by(Record.id)
        )
        letters = references(connection, app.ledgers, (Key(_LETTER, each) for each in connection.scalars(written)))
    photos: dict[str, tuple[File, ...]] = {slot.key: () for slot in ledger.evidence}
    for file in shelf_of(app, number).files:
        photos[file.slot] = (*photos.get(file.slot, ()), file)
    return Seen(opened, card, texts, photos, letters)


@dataclass(frozen=True)
class Moved:
    """What one step did to several hazards: the numbers done, and each refused one with its reason."""

    done: tuple[str, ...]
    refused: tuple[tuple[str, str], ...]


def offers_for(app: App, numbers: Sequence[str]) -> dict[str, tuple[MoveOffer, tuple[str, ...]]]:
    """Return the steps that any of several hazards can take: key -> (the offer, the numbers that can take it now)."""
    found: dict[str, tuple[MoveOffer, tuple[str, ...]]] = {}
    for number in numbers:
        for offer in open_record(app, number).moves:
            known = found.get(offer.key, (offer, ()))
            found[offer.key] = (known[0], known[1] if offer.needs else (*known[1], number))
    return found


def move_many(app: App, ids: Sequence[int], key: str, values: Values, progress: Progress | None = None) -> Moved:
    """Take the same step on several hazards as one undo step; whoever is refused is left out and named.

    Raises Refused where nobody could take it, with the problems of the first; Cancelled when stopped: none took it.
    """
    watch = progress or Quiet()
    done: list[str] = []
    refused: list[tuple[str, str]] = []
    problems: list[Problem] = []
    with app.begin("办理") as unit:
        workflow = app.ledgers[HAZARD].workflow
        move = workflow.move(key) if workflow else None
        title = move.title if move else key
        for place, record in enumerate(ids):
            watch.step(f"正在{title}", place, len(ids))
            number = unit.stored(record)[1].number
            try:
                unit.move(record, key, values)
            except Refused as error:
                refused.append((number, error.text))
                problems = problems or list(error.problems)
            except UserError as error:
                refused.append((number, error.text))
            else:
                done.append(number)
        unit.title = f"{title} {len(done)} 条隐患" if len(done) > 1 else f"{''.join(done)} {title}"
    if not done:
        raise Refused(problems or [Problem("", text) for _, text in refused])
    return Moved(tuple(done), tuple(refused))


def write_letter(app: App, number: str, kind: LetterKind) -> str:
    """Write a letter about a hazard, prefilled from it and linked to it; returns the letter's number.

    A 整改通知书 gives the hazard its notice number and date, a 提请挂牌督办函 the day it was asked, where empty.
    """
    with app.begin(f"{number} 出具{kind.value}") as unit:
        ledger, record = locate(unit.connection, app.ledgers, number)
        _, stored = unit.living(record)
        if kind is LetterKind.listing_request and stored.values["level"] is not HazardLevel.major:
            raise UserError(f"{number} 不是重大隐患，不能提请挂牌督办", "确属重大的，先把隐患等级改为重大并填判定依据")
        texts = texts_of(ledger, stored, app.names(unit.connection))
        own = enterprise_name(app, unit.connection) or "我单位"
        due = stored.values["deadline"]
        asks_reply = due is not None and due >= app.clock.today() and kind is not LetterKind.listing_request
        letter = unit.add(
            app.ledgers[_LETTER],
            {
                "kind": kind,
                "sent_on": app.clock.today(),
                "addressee": _addressee(kind, texts, own)[:60],
                "content": _content(kind, stored, texts, own),
                "hazard": record,
                "reply_by": due if asks_reply else None,
            },
        )
        written = unit.stored(letter)[1].number
        _note_on_hazard(unit, stored, kind, written)
    return written


def _note_on_hazard(unit: Unit, stored: Stored, kind: LetterKind, written: str) -> None:
    today = unit.clock.today()
    noted: dict[LetterKind, dict[str, Any]] = {
        LetterKind.notice: {"notice_number": written, "notice_on": today},
        LetterKind.listing_request: {"listing_requested_on": today},
    }
    values = noted.get(kind, {})
    if values and all(stored.values[key] is None for key in values):
        unit.change(stored.id, values)


def _addressee(kind: LetterKind, texts: Mapping[str, str], own: str) -> str:
    if kind is LetterKind.listing_request:
        return texts["regulator"] or "应急管理部门"
    return texts["responsible_department"] or texts["workshop"] or texts["team"] or own


_ASKS = {
    LetterKind.notice: "请按“五落实”要求组织整改，{until}{measures}整改完成后书面答复工会，并附整改后照片。",
    LetterKind.suggestion: (
        "根据《中华人民共和国安全生产法》第六十条，建议研究处理并及时答复工会：{until}{measures}"
        "整改完成前请落实防范措施。"
    ),
    LetterKind.listing_request: "该隐患经判定为重大事故隐患{basis}。{until}{measures}特提请贵部门对该隐患挂牌督办。",
}


def _content(kind: LetterKind, stored: Stored, texts: Mapping[str, str], own: str) -> str:
    """Return the text of a letter; what is long gives way so that it fits the field."""
    deadline = stored.values["deadline"]
    who = own if kind is LetterKind.listing_request else "经检查"
    where = "".join(dict.fromkeys(filter(None, (texts["workshop"], texts["place"]))))
    basis = f"（判定依据：{texts['major_basis']}）" if texts["major_basis"] else ""
    head = f"{who}，{chinese_date(stored.values['found_on'])}在{where or '现场'}发现事故隐患（{stored.number}）："
    is_told = bool(texts["level"]) and kind is not LetterKind.listing_request
    level = f"隐患等级：{texts['level']}{basis}。\n" if is_told else ""
    asks = _ASKS[kind].format(
        until=f"整改时限{chinese_date(deadline)}。" if deadline else "",
        measures=f"整改措施：{_ended(texts['measures'][:300])}" if texts["measures"] else "",
        basis=basis,
    )
    return f"{head}{_ended(texts['description'])}\n{level}{asks}"[:_LONGEST]


def _ended(text: str) -> str:
    return text if text.endswith(("。", "！", "；")) else f"{text}。"

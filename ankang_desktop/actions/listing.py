"""Looking at ledgers: what they are made of, which records there are, one record whole."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ankang_desktop.actions.records import plain_record, shown_record
from ankang_desktop.app import App
from ankang_desktop.declare.fields import Field
from ankang_desktop.declare.kinds import Choice, Tags
from ankang_desktop.declare.ledger import Ledger, Ledgers
from ankang_desktop.kernel.errors import UserError
from ankang_desktop.store.evidence import Attached, attached, date_warning
from ankang_desktop.store.query import containing, count, fetch, lacking, locate, page_of_ids


def describe_ledgers(ledgers: Ledgers) -> list[dict[str, Any]]:
    """Return every ledger with its fields, lines, evidence slots, moves and counters, for people and programs."""
    return [_describe(ledger) for ledger in ledgers]


def list_records(app: App, ledger_key: str, search: str, limit: int) -> dict[str, Any]:
    """Return the newest records of a ledger whose text contains every word of `search`, and how many there are."""
    ledger = app.ledgers[ledger_key]
    if limit < 1:
        raise UserError(f"最多列出{limit}条没有意义", "--limit 请填正整数")
    where = [containing(*search.split())] if search.split() else []
    with app.read() as connection:
        ids = [key for _, key in page_of_ids(connection, ledger, *where, limit=limit)]
        missing = lacking(connection, ledger, ids)
        names = app.names(connection)
        rows = [
            {
                "number": stored.number,
                "shown": shown_record(ledger, stored, names),
                "counts_as_proof": stored.id not in missing,
                "lacks": missing.get(stored.id, []),
            }
            for stored in names.ahead(ledger, fetch(connection, ledger, ids))
        ]
        return {"ledger": ledger.key, "total": count(connection, ledger, *where), "records": rows}


def show_record(app: App, number: str) -> dict[str, Any]:
    """Return one record whole: values, lines, files, what it lacks, the steps it can take."""
    with app.read() as connection:
        ledger, record = locate(connection, app.ledgers, number)
        stored = fetch(connection, ledger, [record])[0]
        files = attached(connection, [record])
        moves = ledger.workflow.moves_from(stored.values[ledger.workflow.stage.key]) if ledger.workflow else []
        return {
            **plain_record(ledger, stored),
            "shown": shown_record(ledger, stored, app.names(connection)),
            "evidence": [plain_file(ledger, each) for each in files],
            "warnings": [text for each in files if (text := date_warning(each, stored.days))],
            "lacks": lacking(connection, ledger, [record]).get(record, []),
            "moves": [
                {"key": move.key, "title": move.title, "takes": [each.key for each in move.takes]} for move in moves
            ],
        }


def plain_file(ledger: Ledger, each: Attached) -> dict[str, Any]:
    """Return one attached file as JSON can hold it."""
    return {
        "id": each.link,
        "slot": each.slot,
        "slot_title": next((slot.title for slot in ledger.evidence if slot.key == each.slot), each.slot),
        "name": each.name,
        "sha256": each.sha256,
        "size": each.size,
        "taken_on": each.taken_on.isoformat() if each.taken_on else None,
        "caption": each.caption,
        "day": each.day.isoformat() if each.day else None,
        "box": each.box,
        "page": each.page,
    }


def file_line(file: Mapping[str, Any]) -> str:
    """Return one attached file as a person reads it: name, caption, the day it shows, where its paper lies."""
    day = file["day"] or file["taken_on"]
    place = " ".join(f"{mark}{file[key]}" for mark, key in (("盒", "box"), ("页", "page")) if file[key])
    return "  ".join(each for each in (file["name"], file["caption"], day, place) if each)


def _describe(ledger: Ledger) -> dict[str, Any]:
    moves = ledger.workflow.moves if ledger.workflow else ()
    return {
        "key": ledger.key,
        "title": ledger.title,
        "prefix": ledger.prefix,
        "group": ledger.group.value,
        "fields": [_field(each) for each in ledger.fields.values()],
        "lines": [
            {
                "key": lines.key,
                "title": lines.title,
                "inline": lines.inline,
                "fields": [_field(each) for each in lines.fields.values()],
            }
            for lines in ledger.lines
        ],
        "evidence": [{"key": slot.key, "title": slot.title} for slot in ledger.evidence],
        "moves": [{"key": move.key, "title": move.title} for move in moves],
        "counters": [
            {"name": f"{ledger.key}.{counter.key}", "title": counter.title, "unit": counter.unit.value}
            for counter in (*ledger.counters, *ledger.facets())
        ],
    }


def _field(each: Field) -> dict[str, Any]:
    options = each.kind.options if isinstance(each.kind, Choice | Tags) else ()
    return {
        "key": each.key,
        "label": each.label,
        "kind": each.kind.name,
        "required": each.required,
        "counts": each.counts,
        "computed": each.computed,
        "choices": [{"key": option.name, "label": option.value} for option in options],
        "help": each.help or each.kind.hint(),
    }

"""What is typed and not saved yet, kept in the workspace so that a crash or a power cut does not take it."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

from ankang_desktop.actions.drafting import open_record
from ankang_desktop.app import App
from ankang_desktop.kernel.errors import AnkangError


def keep_draft(app: App, ledger: str, number: str, typed: dict[str, Any]) -> bool:
    """Keep what is typed into a form; a full disk is no reason to disturb the person who types. Says if it was kept."""
    try:
        app.workspace.drafts.keep(_name(ledger, number), json.dumps(typed, ensure_ascii=False))
    except (AnkangError, OSError):
        return False
    return True


def kept_draft(app: App, ledger: str, number: str) -> dict[str, Any] | None:
    """Return what was typed and not saved, None where there is nothing (or nothing readable)."""
    try:
        found = json.loads(app.workspace.drafts.kept(_name(ledger, number)) or "")
    except ValueError:
        return None
    return found if isinstance(found, dict) else None


def drop_draft(app: App, ledger: str, number: str) -> None:
    """Forget a draft: it was saved, or given up."""
    with suppress(OSError):
        app.workspace.drafts.drop(_name(ledger, number))


def all_drafts(app: App) -> list[tuple[str, str]]:
    """Return (ledger, number) of every draft left by a crash; "" is the number of a new record.

    A draft of a record that is no more (its making was undone) is left out: it could be filled in nowhere.
    """
    names = [name.split("@") for name in app.workspace.drafts.names()]
    drafts = [(name[0], name[1]) for name in names if len(name) == 2 and name[0] in app.ledgers]
    return [(ledger, number) for ledger, number in drafts if not number or _is_there(app, number)]


def _is_there(app: App, number: str) -> bool:
    try:
        open_record(app, number)
    except AnkangError:
        return False
    return True


def _name(ledger: str, number: str) -> str:
    return f"{ledger}@{number}"

"""How linked records are called, and which records a text may mean; read once for each ledger asked about."""

from __future__ import annotations

from sqlalchemy import Connection, select

from ankang_desktop.declare.ledger import Ledgers
from ankang_desktop.declare.record import Record
from ankang_desktop.kernel.text import half_width


class StoreNames:
    """The names of one moment; make a new one for each piece of work."""

    def __init__(self, connection: Connection, ledgers: Ledgers) -> None:
        self._connection = connection
        self._ledgers = ledgers
        self._names: dict[str, dict[int, str]] = {}
        self._ids: dict[str, dict[str, list[int]]] = {}

    def name_of(self, ledger: str, key: int) -> str:
        """Return how a record is called: “name”, “name(code)”, or its number; “?” where it is gone for good."""
        if ledger not in self._names:
            self._load(ledger)
        return self._names[ledger].get(key, "?")

    def find(self, ledger: str, text: str) -> list[int]:
        """Return the records a text names, those in the trash left out."""
        if ledger not in self._ids:
            self._load(ledger)
        return self._ids[ledger].get(half_width(text).replace(" ", ""), [])

    def _load(self, key: str) -> None:
        ledger = self._ledgers[key]
        called = [getattr(ledger.record, attribute.key) for attribute in ledger.naming]
        statement = select(ledger.record.id, Record.number, Record.removed_at, *called)
        names: dict[int, str] = {}
        ids: dict[str, list[int]] = {}
        for number, running, removed, *parts in self._connection.execute(statement):
            words = [part for part in parts if part]
            name = f"{words[0]}({words[1]})" if len(words) > 1 else (words or [running])[0]
            names[number] = name
            if removed is None:
                for word in dict.fromkeys([name, running, *words]):
                    ids.setdefault(half_width(word).replace(" ", ""), []).append(number)
        self._names[key], self._ids[key] = names, ids

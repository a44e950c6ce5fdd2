"""The demo as it lies in resources, read once, and the same made afresh."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from ankang_desktop.declare.ledger import Ledger
from ankang_desktop.ledgers import LEDGERS

ROOT = Path(__file__).resolve().parents[3]
DEMO = ROOT / "resources" / "demo"
OLD = "旧隐患台账2026.xlsx"
Row = dict[str, Any]


def cells(path: Path) -> dict[str, list[list[Any]]]:
    """Return the cells of every worksheet."""
    book = CalamineWorkbook.from_path(path)
    return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}


def rows_of(sheet: list[list[Any]]) -> list[Row]:
    """Return a sheet's rows by header, blank cells left out."""
    head, *rows = sheet
    return [{str(key): cell for key, cell in zip(head, row, strict=True) if cell != ""} for row in rows]


@dataclass
class Book:
    """One tidy workbook: its ledger, the main rows, the rows of each sheet of lines."""

    file: str
    ledger: Ledger
    rows: list[Row]
    lines: dict[str, list[Row]]
    sheets: dict[str, list[list[Any]]]


@dataclass
class Enterprise:
    """All tidy workbooks, and how their records are called: the Names that kinds read links with."""

    books: list[Book]
    manifest: dict[str, Any]
    called: dict[str, dict[str, list[int]]] = field(default_factory=dict)
    numbers: dict[str, tuple[Ledger, date | None]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        serials: Counter[tuple[str, int]] = Counter()
        for book in self.books:
            if "（补" not in book.file:
                for row in book.rows:
                    self._name(book.ledger, row, serials)

    def _name(self, ledger: Ledger, row: Row, serials: Counter[tuple[str, int]]) -> None:
        label = "发生时间" if ledger.key == "accident" else ledger.day and ledger.labels[ledger.day.key]
        day = row[label] if label else None
        year = (day or self.manifest["as_of"]).year
        serials[ledger.key, year] += 1
        number = f"{ledger.prefix}-{year}-{serials[ledger.key, year]:04d}"
        self.numbers[number] = (ledger, day.date() if isinstance(day, datetime) else day)
        words = [str(row[ledger.labels[each.key]]) for each in ledger.naming if ledger.labels[each.key] in row]
        both = [f"{words[0]}({words[1]})"] if len(words) > 1 else []
        for word in {number, *words, *both}:
            self.called.setdefault(ledger.key, {}).setdefault(word, []).append(len(self.numbers))

    def find(self, ledger: str, text: str) -> list[int]:
        """Return the records a text names."""
        return self.called.get(ledger, {}).get(text, [])

    def name_of(self, ledger: str, key: int) -> str:
        """Return how a record is called."""
        return next(word for word, keys in self.called[ledger].items() if keys == [key])

    def rows(self, ledger: str) -> list[Row]:
        """Return all rows of a ledger but those that only complete others."""
        return [
            row for book in self.books if book.ledger.key == ledger and "（补" not in book.file for row in book.rows
        ]

    def lines(self, ledger: str, title: str) -> list[Row]:
        """Return all rows of a sheet of lines."""
        return [row for book in self.books if book.ledger.key == ledger for row in book.lines.get(title, [])]


@pytest.fixture(scope="session")
def enterprise() -> Enterprise:
    """Return the demo as committed."""
    manifest = tomllib.loads((DEMO / "demo.toml").read_text("utf-8"))
    books = []
    for entry in manifest["workbook"]:
        if entry["file"] != OLD:
            sheets = cells(DEMO / entry["file"])
            main, *lines = sheets
            inside = {name: rows_of(sheets[name]) for name in lines}
            books.append(Book(entry["file"], LEDGERS[entry["ledger"]], rows_of(sheets[main]), inside, sheets))
    return Enterprise(books, manifest)


@pytest.fixture(scope="session")
def afresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the demo generated anew."""
    folder = tmp_path_factory.mktemp("demo")
    subprocess.run([sys.executable, ROOT / "packaging" / "demo" / "generate.py", folder], check=True, timeout=120)
    return folder

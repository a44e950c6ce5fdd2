"""How long records are suggested to be kept (resources/retention.toml): every period is the officer's to set."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ankang_desktop.programme.reading import Table, read_table


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A kind of records (`records`: a ledger or a counter of one) and how long it is suggested to keep them.

    `since` are the fields the time runs from, the first that is filled; none is the ledger's own day. `years` 0 and not
    `forever`: nothing is suggested but what the `note` says. `source` is where the suggestion comes from, in words.
    """

    records: str
    since: tuple[str, ...]
    years: int
    forever: bool
    note: str
    source: str


def read_suggestions(path: Path) -> tuple[Suggestion, ...]:
    """Read the suggestions in their order; raises UserError with file, place and key."""
    table = read_table(path).only("sources", "suggestion")
    sources = Table(path, "[sources]", table.data.get("sources", {}))
    return tuple(_suggestion(each, sources) for each in table.tables("suggestion", "records"))


def _suggestion(table: Table, sources: Table) -> Suggestion:
    table.only("records", "since", "years", "forever", "note", "source")
    years = table.data.get("years", 0)
    if not isinstance(years, int) or isinstance(years, bool) or not 0 <= years <= 99:
        raise table.fault("years", f"应为1到99的整数，现在是 {years!r}", "例如 3")
    forever = table.flag("forever", default=False)
    if years and forever:
        raise table.fault("years", "和 forever 只能写一样", "请去掉其中一样")
    note, source = table.text("note", ""), sources.text(table.text("source"))
    return Suggestion(table.text("records"), table.words("since"), years, forever, note, source)


def of_ledger(suggestions: Sequence[Suggestion], ledger: str) -> list[Suggestion]:
    """Return the suggestions on a ledger's records, the one on the whole ledger last."""
    found = [each for each in suggestions if each.records.partition(".")[0] == ledger]
    return sorted(found, key=lambda each: each.records == ledger)

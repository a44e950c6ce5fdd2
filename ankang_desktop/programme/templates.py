"""The default calendar: the duties of one enterprise year, put together from all notices (calendar.toml)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ankang_desktop.programme.asking import Need
from ankang_desktop.programme.notices import WHO_TEXTS
from ankang_desktop.programme.reading import Table, read_table
from ankang_desktop.programme.reminders import DAYS_BEFORE
from ankang_desktop.programme.windows import When

_KEYS = (
    "code", "title", "when", "done_when", "who", "supports", "sources", "quotes", "note", "needs", "enabled", "remind",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Template:
    """One duty of the year: `sources` are obligation codes, `quotes` sentences from elsewhere (the scorecard)."""

    code: str
    title: str
    when: When
    done_when: str
    who: tuple[str, ...]
    supports: tuple[str, ...]
    sources: tuple[str, ...]
    quotes: tuple[str, ...]
    note: str
    needs: tuple[Need, ...]
    is_enabled: bool
    remind: tuple[int, ...]


def read_templates(path: Path) -> tuple[Template, ...]:
    """Read calendar.toml; raises UserError with file, key and suggestion."""
    head = read_table(path).only("remind", "template")
    remind = head.numbers("remind", DAYS_BEFORE)
    return tuple(_template(table, remind) for table in head.tables("template", "code"))


def _template(table: Table, remind: tuple[int, ...]) -> Template:
    table.only(*_KEYS)
    return Template(
        code=table.text("code"),
        title=table.text("title"),
        when=table.when("when"),
        done_when=table.text("done_when"),
        who=table.words("who", ("E",), WHO_TEXTS),
        supports=table.words("supports"),
        sources=table.words("sources"),
        quotes=table.words("quotes"),
        note=table.text("note", ""),
        needs=table.needs(),
        is_enabled=table.flag("enabled", default=True),
        remind=table.numbers("remind", remind),
    )

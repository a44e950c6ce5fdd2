"""A notice of the authority as data: its head and its obligations, each with the sentence it comes from.

Shipped notices lie in resources/programmes/, the officer's own in programmes/ of his workspace; one TOML each.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ankang_desktop.programme.asking import Need
from ankang_desktop.programme.reading import Table, read_table
from ankang_desktop.programme.windows import When

WHO_TEXTS = {
    "E": "企业工会",
    "EM": "企业行政（工会督促）",
    "T": "班组",
    "U": "上级工会",
    "U>E": "上级工会对本企业",
}
"""Who acts, as the when-codes of the notices name them."""

_HEAD = ("code", "title", "issuer", "number", "issued", "short", "obligation")
_OBLIGATION = ("id", "source_text", "text", "when", "who", "proof", "counted_as", "supports", "note", "needs")


@dataclass(frozen=True, slots=True)
class Obligation:
    """One thing a notice asks for.

    `source_text` is the sentence as it stands in the notice, `text` the wording shown and printed (repaired and
    shortened, the same where nothing was to mend); `note` tells what the notice leaves open.
    """

    code: str
    source_text: str
    text: str
    when: When
    who: tuple[str, ...]
    proof: str
    counted_as: str
    supports: tuple[str, ...]
    note: str
    needs: tuple[Need, ...]


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice: 标题, 发文机关, 文号 ("" where it has none), 成文日期, a short name, and its obligations."""

    code: str
    title: str
    issuer: str
    number: str
    issued: date
    short: str
    obligations: tuple[Obligation, ...]
    path: Path
    is_own: bool = False


def read_notice(path: Path, *, is_own: bool = False) -> Notice:
    """Read one notice; raises UserError with file, key and suggestion."""
    head = read_table(path).only(*_HEAD)
    return Notice(
        code=head.text("code", path.stem),
        title=head.text("title"),
        issuer=head.text("issuer"),
        number=head.text("number", ""),
        issued=head.day("issued"),
        short=head.text("short", head.text("title")),
        obligations=tuple(_obligation(table) for table in head.tables("obligation")),
        path=path,
        is_own=is_own,
    )


def _obligation(table: Table) -> Obligation:
    table.only(*_OBLIGATION)
    source_text = table.text("source_text")
    return Obligation(
        code=table.text("id"),
        source_text=source_text,
        text=table.text("text", source_text),
        when=table.when("when"),
        who=table.words("who", ("E",), WHO_TEXTS),
        proof=table.text("proof", ""),
        counted_as=table.text("counted_as", ""),
        supports=table.words("supports"),
        note=table.text("note", ""),
        needs=table.needs(),
    )

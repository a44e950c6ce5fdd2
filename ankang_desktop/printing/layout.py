"""From a form and its answers to a paper: [page] and every [[block]] of form.toml, in their order."""

from __future__ import annotations

from typing import Any

from ankang_desktop.declare.forms import Form, did_you_mean
from ankang_desktop.printing import blocks, official, spines
from ankang_desktop.printing.asked import Answers, Asked
from ankang_desktop.printing.blocks import Builder
from ankang_desktop.printing.paper import Block, Page, Paper

_PAGE_KEYS = ("orientation", "margins", "size", "header", "footer", "numbered", "family", "fit")

BUILDERS = {
    "title": Builder(blocks.title, optional=("lines", "size")),
    "fields": Builder(blocks.fields, needed=("items",), optional=("size",)),
    "boxes": Builder(blocks.boxes, needed=("items", "label_width", "value_width")),
    "card": Builder(blocks.card, needed=("items", "columns", "label_width", "value_width"), optional=("height",)),
    "register": Builder(blocks.register, needed=("columns",), optional=("least", "height", "size")),
    "scorecard": Builder(
        official.scorecard, needed=("heads", "widths", "total", "evidence", "evidence_width"), optional=("height",)
    ),
    "sentences": Builder(official.sentences, needed=("heads", "widths"), optional=("break_after", "height")),
    "signin": Builder(
        official.signin, needed=("columns", "sides", "lines", "height", "team"), optional=("spare", "number_width")
    ),
    "spines": Builder(spines.spines, needed=("sides", "rows")),
    "photos": Builder(blocks.photos, needed=("items",), optional=("columns", "height")),
    "signatures": Builder(blocks.signatures, needed=("items",)),
    "text": Builder(blocks.text, needed=("text",), optional=("size", "align", "bold", "indent")),
    "note": Builder(blocks.note, needed=("text",)),
    "spacer": Builder(blocks.spacer, needed=("height",)),
    "page_break": Builder(blocks.page_break),
}


def lay_out(form: Form, answers: Answers) -> Paper:
    """Return the paper of a form with its answers.

    `answers` maps blank names to text; a table of records to a sequence of such mappings; a photo to a Path.
    Raises UserError naming file, block and key for an unknown block or key and for a blank without an answer.
    """
    page = _page(Asked(form, 0, form.page, answers))
    tree: list[Block] = []
    for number, block in enumerate(form.blocks, 1):
        tree += _build(Asked(form, number, block, answers))
    name = "enterprise.name"
    author = Asked(form, 0, {}, answers).text(name) if name in answers else ""
    return Paper("".join(form.title), page, tuple(tree), author)


def blanks(form: Form) -> tuple[str, ...]:
    """Return the names of every blank a form asks for, in the order it asks; answered with "" they print it empty."""
    record = _Record()
    lay_out(form, record)
    return tuple(record)


class _Record(dict[str, object]):
    """Answers everything with "" and remembers what was asked."""

    def __missing__(self, blank: str) -> str:
        self[blank] = ""
        return ""


def _build(asked: Asked) -> tuple[Block, ...]:
    kind = asked.block.get("type", "")
    if kind not in BUILDERS:
        asked.refuse(f"没有“{kind}”这种版块", did_you_mean(kind, BUILDERS))
    return BUILDERS[kind](asked)


def _page(asked: Asked) -> Page:
    given: dict[str, Any] = dict(asked.block)
    asked.check(given, _PAGE_KEYS)
    is_landscape = given.pop("orientation", "portrait") == "landscape"
    if "margins" in given:
        given["margins"] = tuple(given["margins"])
    for key in ("header", "footer"):
        given[key] = asked.fill(given.get(key, ""))
    return Page(landscape=is_landscape, **given)

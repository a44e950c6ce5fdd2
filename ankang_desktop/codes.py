"""What an officer calls the parts that records name by codes: papers, scoring units, programmes, duties, records."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from ankang_desktop.declare.forms import Form
from ankang_desktop.declare.ledger import Ledgers
from ankang_desktop.programme.keeping import kinds
from ankang_desktop.programme.library import Library
from ankang_desktop.scoring.plan import unit_words

_START = 36  # characters of a sentence that tell it from the others
Names = Iterator[tuple[str, str]]


def code_names(of: str, forms: Mapping[str, Form], library: Library, ledgers: Ledgers) -> dict[str, str]:
    """Return code -> words of one sort of codes (see `declare.kinds.Code`), in the order of the papers."""
    cards = [form for form in forms.values() if form.kind == "scorecard"]
    sorts: Mapping[str, Callable[[], Names]] = {
        "scorecard": lambda: ((card.code, f"{card.title[0]}（{card.edition}）") for card in cards),
        "unit": lambda: (
            (code, f"{place} {_start(words)}") for card in cards for code, place, words in unit_words(card)
        ),
        "programme": lambda: ((code, each.title) for code, each in library.notices.items()),
        "duty": lambda: _duties(library),
        "records": lambda: ((each.key, each.title) for each in kinds(ledgers)),
    }
    return dict(sorts[of]())


def _duties(library: Library) -> Names:
    yield from ((each.code, each.title) for each in library.templates)
    for code, (notice, each) in library.obligations.items():
        yield code, f"{notice.short}：{_start(each.text)}"


def _start(text: str) -> str:
    return text if len(text) <= _START else f"{text[:_START]}…"

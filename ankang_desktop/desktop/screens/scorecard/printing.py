"""The card on paper: blank, with one of its three scores, with the index of evidence; now or as it was frozen."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from ankang_desktop.desktop.session import Session
from ankang_desktop.scoring.card import Card, Which

PAPERS: tuple[tuple[str, Which, bool], ...] = (
    ("空白表", Which.blank, False),
    ("自评分", Which.self, False),
    ("自评分，附佐证索引", Which.self, True),
    ("建议分", Which.suggested, False),
    ("建议分，附佐证索引", Which.suggested, True),
    ("考核分", Which.assessed, False),
    ("考核分，附佐证索引", Which.assessed, True),
)


def print_entries(action: Callable[..., object]) -> list[tuple[str, str, Callable[[], object]] | None]:
    """Return the entries of the menu 打印; `action` is called with the score and `with_index`."""
    return [
        ("list-check" if with_index else "printer", text, partial(action, which, with_index=with_index))
        for text, which, with_index in PAPERS
    ]


def show_paper(session: Session, card: Card, which: Which, *, with_index: bool, frozen: int, parent: QWidget) -> None:
    """Open the preview of a card; from there it is printed or saved as PDF or Excel."""
    from ankang_desktop.actions.papers import Wanted
    from ankang_desktop.desktop.paper.preview import open_paper

    wanted = Wanted(start=card.start, end=card.end, which=which, with_index=with_index, frozen=frozen)
    said = f"{card.start.year}年考核评分表（{which.value}{'，附佐证索引' if with_index else ''}）"
    open_paper(session, card.form, wanted, title=said, parent=parent)

"""What a unit rests on: the terms of its suggestion, its proof, what does not count yet and how to mend it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from ankang_desktop.actions.signing import SignedPaper, Wanting
from ankang_desktop.desktop.look import pixmap, px
from ankang_desktop.desktop.screens.scorecard.words import failing_refs
from ankang_desktop.desktop.session import Session
from ankang_desktop.desktop.widgets import Badge, Bar, button, label, link
from ankang_desktop.kernel.numbers import points
from ankang_desktop.scoring.card import TermResult, UnitResult

_SHORT = 8  # characters of a term's name that stay in one line
_FEW = 4
"""How many records are listed before “全部” opens the others."""


def heading(text: str) -> QLabel:
    """Return the small heading of a part."""
    return label(text, "strong")


def noted(name: str, text: str, role: str, colour: str) -> QWidget:
    """Return a sentence with a sign before it."""
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(px(6))
    sign = QLabel()
    sign.setPixmap(pixmap(name, px(15), colour, made.devicePixelRatioF()))
    row.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(label(text, role, wrap=True, selectable=True), 1)
    return made


def terms_grid(terms: Sequence[TermResult]) -> QWidget:
    """Return the terms, one a line: name, bar, points, reason."""
    made = QWidget()
    grid = QGridLayout(made)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(px(10))
    grid.setVerticalSpacing(px(6))
    grid.setColumnStretch(3, 1)
    for at, term in enumerate(terms):
        share = float(term.earned / term.points) if term.points else 0.0
        bar = Bar(share, "good" if share >= 1 else "accent")
        bar.setFixedWidth(px(56))
        earned = label(f"{points(term.earned)} / {points(term.points)}")
        earned.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        reason = label(f"{term.reason}{'（估算）' if term.estimated else ''}", "soft", wrap=True)
        name = label(term.label or "计分")
        if len(term.label) > _SHORT:
            name.setFixedWidth(px(112))
            name.setWordWrap(True)
        top = Qt.AlignmentFlag.AlignTop
        grid.addWidget(name, at, 0, top)
        grid.addWidget(bar, at, 1, Qt.AlignmentFlag.AlignVCenter)
        grid.addWidget(earned, at, 2, top)
        grid.addWidget(reason, at, 3, top)
    return made


def _listed(number: str, told: str, note: str, action: Callable[[], object], behind: QWidget | None = None) -> QWidget:
    """Return a record in a line: its number to press, its words, a note below, and what stands behind them."""
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(px(8))
    way = link(number, action)
    way.setAccessibleName(f"打开 {number} {told}")
    row.addWidget(way, 0, Qt.AlignmentFlag.AlignTop)
    words = QVBoxLayout()
    words.setSpacing(0)
    words.addWidget(label(told, wrap=True))
    if note:
        words.addWidget(label(note, "soft", wrap=True))
    row.addLayout(words, 1)
    if behind is not None:
        row.addWidget(behind, 0, Qt.AlignmentFlag.AlignTop)
    return made


def used_part(session: Session, unit: UnitResult) -> QWidget:
    """Return the proof of a unit: how much, all of it one click away, the first few by name."""
    made, column = _column()
    head = QHBoxLayout()
    head.addWidget(heading("佐证"))
    every = partial(session.open_records, f"{unit.name} 的佐证", unit.used)
    head.addWidget(link(f"{unit.used_count} 份材料", every))
    head.addStretch(1)
    column.addLayout(head)
    for ref in unit.used[:_FEW]:
        told = f"{ref.title}　{ref.day or ''}".strip()
        place = ref.place or "有附件"
        opening = partial(session.open_record, ref.number)
        column.addWidget(_listed(ref.number, told, "", opening, label(place, "caption")))
    if unit.used_count > _FEW:
        column.addWidget(link(f"其余 {unit.used_count - _FEW} 份", every), 0, Qt.AlignmentFlag.AlignLeft)
    return made


def failing_part(session: Session, unit: UnitResult) -> QWidget:
    """Return the records that do not count (fully) yet, each with why and how to mend it."""
    made, column = _column()
    head = QHBoxLayout()
    head.addWidget(heading("还没算上的记录"))
    every = partial(session.open_records, f"{unit.name} 待补正", failing_refs(unit.failing))
    head.addWidget(link(f"{unit.failing_count} 条", every))
    head.addStretch(1)
    column.addLayout(head)
    for each in unit.failing[:_FEW]:
        cure = each.cure.partition("，")[2] or each.cure
        told = f"{each.ref.title}　{each.ref.day or ''}".strip()
        column.addWidget(
            _listed(each.ref.number, told, f"{each.why} → {cure}", partial(session.open_record, each.ref.number))
        )
    if unit.failing_count > _FEW:
        column.addWidget(link(f"其余 {unit.failing_count - _FEW} 条", every), 0, Qt.AlignmentFlag.AlignLeft)
    return made


def signed_part(session: Session, papers: Sequence[SignedPaper], wanting: Wanting | None) -> QWidget:
    """Return what was signed for a unit, whether it counts and why, and the way to the next one."""
    made, column = _column()
    if papers:
        column.addWidget(heading("已登记的声明与说明"))
    for paper in papers:
        badge = Badge("有效", "good") if paper.stands else Badge("还不算数", "warning")
        opening = partial(session.open_record, paper.number)
        column.addWidget(_listed(paper.number, paper.title, paper.text, opening, badge))
    if wanting is not None:
        ask = partial(_begin, session, wanting.ledger, wanting.values)
        column.addWidget(button(wanting.title, ask, kind="chip", name="signature"), 0, Qt.AlignmentFlag.AlignLeft)
    return made


def _begin(session: Session, ledger: str, values: dict[str, Any]) -> None:
    session.go("record", ledger=ledger, values=dict(values))


def _column() -> tuple[QWidget, QVBoxLayout]:
    made = QWidget()
    made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(px(4))
    return made, column

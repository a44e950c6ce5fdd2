"""The strip at the top: three scores side by side, last year's, and what can still be had."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from ankang_desktop.actions.last_year import Earlier
from ankang_desktop.desktop.look import current, font, px
from ankang_desktop.desktop.screens.scorecard.words import NONE, at_most, most_text, score_text, used_of
from ankang_desktop.desktop.session import Session
from ankang_desktop.kernel.numbers import points
from ankang_desktop.scoring.card import BY_HAND, Card, Totals, Which
from ankang_desktop.store.sieve import Condition


class Tile(QAbstractButton):
    """A figure with its name above and a sentence below; pressed, it opens what it stands for."""

    def __init__(self, name: str, action: Callable[[], object]) -> None:
        super().__init__()
        self.name, self.figure, self.most, self.under, self.tone = name, NONE, "", "", ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.clicked.connect(lambda _=False: action())

    def show_figure(self, figure: str, most: str = "", under: str = "", tone: str = "") -> None:
        """Show a figure “of” something, and a sentence in a palette tone."""
        self.figure, self.most, self.under, self.tone = figure, most, under, tone
        self.setAccessibleName(f"{self.name} {figure}{most}，{under}")
        self.setToolTip(under)
        self.update()

    def sizeHint(self) -> QSize:
        high = sum(QFontMetricsF(each).height() for each in (font("caption"), _figure_font(), font("caption")))
        return QSize(px(150), round(high) + px(18))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(110), self.sizeHint().height())

    def paintEvent(self, _: QPaintEvent) -> None:
        colours = current().palette
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        place = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QColor(colours.accent if self.hasFocus() or self.underMouse() else colours.line))
        painter.setBrush(QColor(colours.surface))
        painter.drawRoundedRect(place, 8, 8)
        inner = place.adjusted(px(12), px(8), -px(8), -px(8))
        self._words(painter, inner)

    def _words(self, painter: QPainter, inner: QRectF) -> None:
        colours = current().palette
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.setFont(font("caption"))
        painter.setPen(QColor(colours.soft))
        small = QFontMetricsF(painter.font())
        painter.drawText(QRectF(inner.left(), inner.top(), inner.width(), small.height()), left, self.name)
        painter.setPen(QColor(getattr(colours, self.tone or "faint")))
        bottom = QRectF(inner.left(), inner.bottom() - small.height(), inner.width(), small.height())
        painter.drawText(bottom, left, small.elidedText(self.under, Qt.TextElideMode.ElideRight, inner.width()))
        painter.setFont(_figure_font())
        big = QFontMetricsF(painter.font())
        middle = QRectF(inner.left(), inner.top() + small.height(), inner.width(), big.height())
        painter.setPen(QColor(colours.faint if self.figure == NONE else colours.text))
        painter.drawText(middle, left, self.figure)
        painter.setFont(font("body"))
        painter.setPen(QColor(colours.faint))
        after = middle.adjusted(big.horizontalAdvance(self.figure) + px(6), px(4), 0, px(2))
        painter.drawText(after, left, self.most)


class TotalsStrip(QWidget):
    """Five tiles; `actions` by their names say what pressing one does."""

    NAMES = ("建议分", "自评分", "考核分", "去年", "还可再得")

    def __init__(self, actions: dict[str, Callable[[], object]]) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(8))
        self.tiles = {name: Tile(name, actions[name]) for name in self.NAMES}
        for tile in self.tiles.values():
            row.addWidget(tile, 1)

    def show_card(self, card: Card) -> None:
        """Show the three totals of a card and what can still be had."""
        number = sum(1 for _ in card.units())
        for which in (Which.suggested, Which.self, Which.assessed):
            totals = card.totals(which)
            tile = self.tiles[which.value]
            if not totals.scored_units:
                tile.show_figure(NONE, "", "还没有填")
                continue
            under, tone = _under(totals, number)
            tile.show_figure(points(totals.grand), f"/ {most_text(totals.base_most)}", under, tone)
        gaps = card.gaps()
        gain = sum((gap.gain for gap in gaps), start=type(card.totals().base)(0))
        mending = [gap for gap in gaps if gap.records]
        told = sum((gap.gain for gap in mending), start=type(gain)(0))
        under = f"其中补记录可得 {points(told)}" if mending else "都要新办"
        self.tiles["还可再得"].show_figure(
            points(gain), "分", under if gaps else "没有缺口", "accent_strong" if mending else ""
        )

    def show_before(self, earlier: Earlier | None) -> None:
        """Show last year's total by the weightiest score it has; None while it is looked for."""
        tile = self.tiles["去年"]
        if earlier is None:
            tile.show_figure(NONE, "", "正在看去年…")
            return
        card = earlier.card
        if card is None:
            tile.show_figure(NONE, "", earlier.briefly)
            return
        which = next((each for each in BY_HAND if card.totals(each).scored_units), Which.suggested)
        tile.show_figure(score_text(card.totals(which).grand), which.value, earlier.briefly)


def tile_actions(
    session: Session, card: Callable[[], Card | None], compare: Callable[[], object], gaps: Callable[[], object]
) -> dict[str, Callable[[], object]]:
    """Return what pressing a tile opens: the proof, the records of the scores by hand, a view of the page."""

    def open_proof() -> None:
        if (shown := card()) is not None:
            session.open_records(*at_most("评分表的佐证", used_of(shown.units())))

    def open_scores(which: Which, key: str, way: str) -> None:
        if (shown := card()) is None:
            return
        if not shown.totals(which).scored_units:
            session.door.say(f"还没有{which.value}", way, "info")
        else:
            days = Condition("scored_on", "between", (shown.start, shown.end))
            session.go("ledger", ledger="unit_score", conditions=[days, Condition(key, "filled")])

    by_self = partial(open_scores, Which.self, "self_score", "在右边逐个单元填，或按“按建议分填写自评分”")
    by_others = partial(open_scores, Which.assessed, "assessed_score", "上级考核以后，在右边逐个单元填")
    actions = (open_proof, by_self, by_others, compare, gaps)
    return dict(zip(TotalsStrip.NAMES, actions, strict=True))


def _under(totals: Totals, number: int) -> tuple[str, str]:
    """Return what stands below a total, and its tone."""
    if totals.which != Which.suggested.value and totals.scored_units < number:
        return f"已填 {totals.scored_units} / {number} 个单元", "warning"
    if totals.pending:
        return f"另有 {most_text(totals.pending)} 分待确认", "warning"
    bonus = f"附加 {points(totals.bonus)}"
    if totals.left_out:
        return f"不涉及 {most_text(totals.left_out)} 分未计，折算 {points(totals.rescaled)}", "info"
    return f"基础 {points(totals.base)}　{bonus}", ""


def _figure_font() -> QFont:
    made = font("title")
    made.setPointSizeF(made.pointSizeF() * 1.3)
    return made

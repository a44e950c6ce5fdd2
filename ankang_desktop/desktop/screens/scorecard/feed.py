"""Where the cards on screen come from: the session's shared one, another edition, last year's, in the background."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import QObject, Signal

from ankang_desktop.actions import last_year, scoring_work
from ankang_desktop.actions.last_year import Earlier
from ankang_desktop.declare.forms import Form
from ankang_desktop.desktop.session import Session
from ankang_desktop.desktop.work import Latest
from ankang_desktop.scoring.card import Card
from ankang_desktop.scoring.comparison import common_score


class CardFeed(QObject):
    """Tells `came` with the card of the session's year in the edition chosen, every time it was scored anew."""

    came = Signal(object)

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._scoring = Latest(session.work)
        self.form = self.editions[0]
        session.card.ready.connect(self._ready)

    @property
    def editions(self) -> list[Form]:
        """Return every scorecard there is, the newest first."""
        return scoring_work.editions(self._session.app)

    def choose(self, form: Form) -> None:
        """Look at another edition."""
        self.form = form

    def ask(self) -> None:
        """Ask for the card; an answer to an older question is not told."""
        app, year, code = self._session.app, self._session.year, self.form.code
        self._scoring.stop()
        if code == self.editions[0].code:
            self._session.card.ask()
        else:
            self._scoring.run(lambda _: scoring_work.card_of_year(app, code, year), self._ready)

    def _ready(self, card: Card) -> None:
        if card.form == self.form.code and card.start.year == self._session.year:
            self.came.emit(card)


class EarlierFeed(QObject):
    """Tells `came` with last year's card; it is worked out once for every year and edition, and after `spoil`."""

    came = Signal(object)

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._reading = Latest(session.work)
        self._asked: tuple[str, int] | None = None
        self._is_fresh = False
        self.value: Earlier | None = None

    def spoil(self) -> None:
        """Forget that the value holds; it is shown until the new one comes."""
        self._is_fresh = False

    def boxes(self, shown: Card) -> dict[int, Decimal | None]:
        """Return last year's boxes by row number, by the weightiest score both cards have; {} at first."""
        before = self.value.card if self.value else None
        if before is None:
            return {}
        which = common_score(shown, before)
        return {row.number: row.sum(which) for row in before.rows()}

    def ask(self, code: str, year: int) -> None:
        """Ask for the card of a year."""
        if self._is_fresh and self._asked == (code, year):
            return
        if self._asked != (code, year):
            self.value = None
        self._asked, self._is_fresh = (code, year), True
        app = self._session.app
        self._reading.run(lambda _: last_year.earlier_card(app, code, year), self._known)

    def _known(self, found: Earlier) -> None:
        self.value = found
        self.came.emit(found)

"""One piece of evidence over the whole window."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ankang_desktop.actions.files import File
from ankang_desktop.actions.inspecting import Proof
from ankang_desktop.desktop.evidence import pdfs
from ankang_desktop.desktop.evidence.pictures import PDF, picture_of
from ankang_desktop.desktop.evidence.viewer import Canvas
from ankang_desktop.desktop.look import px
from ankang_desktop.desktop.screens.scorecard.inspection.large import large
from ankang_desktop.desktop.session import Session
from ankang_desktop.desktop.widgets import label
from ankang_desktop.desktop.work import Latest

_PIXELS = 2400
Made = tuple[QImage | None, int]


class Enlarged(QFrame):
    """A picture as large as the window, its words below; the window tells it what to show."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("canvas")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.session = session
        self.proof: Proof | None = None
        self.page, self.pages = 0, 1
        self._decoding = Latest(session.work)
        self.canvas = Canvas()
        self.canvas.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.told, self.counted = large(label("", wrap=True), 15), large(label("", "soft"), 13)
        foot = QHBoxLayout()
        foot.setContentsMargins(px(20), px(8), px(20), px(10))
        foot.addWidget(self.told, 1)
        foot.addWidget(self.counted)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.canvas, 1)
        column.addLayout(foot)
        self.hide()

    def show_proof(self, proof: Proof, words: str, where: QRect) -> None:
        """Show a piece of evidence with these words, over this part of the window."""
        self.proof, self.page, self.pages = proof, 0, 1
        self._file = File(0, proof.number, "", "", proof.sha256, words, proof.media_type, 0, caption=words)
        self.told.setText(words)
        self.setGeometry(where)
        self.canvas.show_picture(None, self._file)
        self._decode()
        self.show()
        self.raise_()

    def turn_page(self, by: int) -> None:
        """Turn the pages of a PDF."""
        if 0 <= self.page + by < self.pages:
            self.page += by
            self._decode()

    def leave(self) -> None:
        """Go out of sight."""
        self._decoding.stop()
        self.hide()
        self.canvas.show_picture(None, self._file) if self.proof else None
        self.proof = None

    def _decode(self) -> None:
        if (proof := self.proof) is None:
            return
        path, page = self.session.app.workspace.evidence.path_of(proof.sha256), self.page

        def make(_: object) -> Made:
            if proof.media_type == PDF:
                return pdfs.page_image(path, page, _PIXELS), pdfs.page_count(path)
            return picture_of(path, _PIXELS, proof.media_type), 1

        self._decoding.run(make, self._made)

    def _made(self, made: Made) -> None:
        picture, self.pages = made
        self.canvas.show_picture(None if picture is None else QPixmap.fromImage(picture), self._file)
        self.counted.setText(
            f"第 {self.page + 1} / {self.pages} 页（PgUp PgDn）" if self.pages > 1 else "回车或 Esc 返回"
        )

"""归盒编页: several pieces into one box, numbered on from a page, as one step."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QCheckBox, QFormLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ankang_desktop.actions.archive import numbered, put_away
from ankang_desktop.desktop.look import px
from ankang_desktop.desktop.screens.archive.lines import Line
from ankang_desktop.desktop.session import Session
from ankang_desktop.desktop.widgets import button, label
from ankang_desktop.desktop.widgets.dialog import Dialog
from ankang_desktop.kernel.errors import AnkangError, UserError


class FilingDialog(Dialog):
    """Asks for box and first page; says beforehand which page each piece gets."""

    def __init__(
        self, session: Session, lines: Sequence[Line], next_page: Callable[[str], int], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.session, self.lines, self._next_page = session, list(lines), next_page
        self.setWindowTitle("归盒编页")
        boxes = {line.box for line in lines}
        self.box = QLineEdit(boxes.pop() if len(boxes) == 1 else "")
        self.box.setMaxLength(20)
        self.box.setMinimumWidth(px(320))  # not the dialog's own: that would let the line of pages be squeezed
        self.box.setPlaceholderText("如 3；都已归盒的可以留空，只编页")
        self.numbering = QCheckBox("连续编页号")
        self.numbering.setChecked(True)
        self.first, self.each = QLineEdit(), QLineEdit()
        self.first.setFixedWidth(px(72))
        self.each.setFixedWidth(px(72))
        self.each.setPlaceholderText("自动")
        self.each.setToolTip("空着时，每份按它原来的页数编；原来没有页号的算 1 页")
        self.preview, self.problem = label("", "soft", wrap=True), label("", "problem", wrap=True)
        self._lay_out()
        self.box.textEdited.connect(self._other_box)
        for line in (self.first, self.each):
            line.textEdited.connect(self._tell)
        self.numbering.toggled.connect(self._tell)
        self._other_box()

    def pages(self) -> list[str] | None:
        """Return the page of each piece, None where none is asked for or what is typed is no number."""
        if not self.numbering.isChecked() or self._wrong() is not None:
            return None
        return numbered([line.page for line in self.lines], int(self.first.text()), int(self.each.text().strip() or 0))

    def save(self) -> None:
        """Write box and pages."""
        box, pages = self.box.text().strip(), self.pages()
        if self.numbering.isChecked() and pages is None:
            wrong = self._wrong() or self.first
            self.problem.setText(f"{wrong.accessibleName()}请填正整数，如 1")
            wrong.setFocus()
            return
        if not box and any(not line.box for line in self.lines):
            self.problem.setText("有材料还没有盒号，请填放入哪一盒")
            self.box.setFocus()
            return
        if not box and pages is None:
            self.problem.setText("盒号空着，也不编页号：没有要改的")
            self.box.setFocus()
            return
        places = [line.place(box=box or None, page=pages[at] if pages else None) for at, line in enumerate(self.lines)]
        where = f"放入 {box} 号盒" if box else "编好页号"
        said = f"已把 {len(places)} 份材料{where}"
        session = self.session
        try:
            session.write(
                len(places), lambda _: put_away(session.app, places), lambda _: session.done(said), "正在归盒"
            )
        except UserError as error:
            self.problem.setText(error.text)
        except AnkangError as error:
            session.door.show(error, again=self.save)
        else:
            self.accept()

    # --- inside ------------------------------------------------------------------------------------------------

    def _wrong(self) -> QLineEdit | None:
        """Return the field that holds no page or number of pages, None where both can be read."""
        first, each = self.first.text().strip(), self.each.text().strip()
        if not _is_number(first):
            return self.first
        return self.each if each and not _is_number(each) else None

    def _other_box(self, _: str = "") -> None:
        box = self.box.text().strip()
        self.first.setText(str(self._next_page(box) if box else 1))
        self._tell()

    def _tell(self, _: object = None) -> None:
        self.problem.setText("")
        for line in (self.first, self.each):
            line.setEnabled(self.numbering.isChecked())
        pages = self.pages()
        if not pages:
            self.preview.setText("")
            return
        first, last = self.lines[0], self.lines[-1]
        told = f"{first.number} → 第 {pages[0]} 页"
        if len(pages) > 1:
            told += f"　…　{last.number} → 第 {pages[-1]} 页"
        self.preview.setText(told)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(16), px(20), px(16))
        column.setSpacing(px(10))
        column.addWidget(label(f"所选 {len(self.lines)} 份材料", "subtitle"))
        row = QHBoxLayout()
        row.setSpacing(px(8))
        for part in (self.numbering, label("从第"), self.first, label("页起，每份"), self.each, label("页")):
            row.addWidget(part)
        row.addStretch(1)
        form = QFormLayout()
        form.setSpacing(px(8))
        form.addRow("放入盒号(&B)", self.box)
        form.addRow("页号", row)
        column.addLayout(form)
        column.addWidget(self.preview)
        column.addWidget(self.problem)
        column.addWidget(label("按表中从上到下的次序编；整批是一步，可以撤销。", "caption", wrap=True))
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(button("归盒(&S)", self.save, kind="primary"))
        buttons.addWidget(button("取消", self.reject))
        column.addLayout(buttons)
        for each, name in ((self.box, "盒号"), (self.first, "起始页号"), (self.each, "每份页数")):
            each.setAccessibleName(name)


def _is_number(text: str) -> bool:
    """Whether a text is a whole number of 1 or more."""
    return text.isdecimal() and int(text) > 0

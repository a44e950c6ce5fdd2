"""A field in the form: label, editor, and beneath it the problem or the hint."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ankang_desktop.declare.fields import Field
from ankang_desktop.declare.kinds import Misread, Tags, Text
from ankang_desktop.desktop.form.editors import Editor, Shown, editor_for
from ankang_desktop.desktop.look import px, restyle
from ankang_desktop.desktop.session import Session
from ankang_desktop.desktop.widgets import label


class FieldBox(QWidget):
    """One field. `touched` once the person typed: problems of fields nobody has reached yet are not shouted."""

    changed = Signal()

    def __init__(self, field: Field, session: Session, editor: Editor | None = None) -> None:
        super().__init__()
        self.field = field
        self.editor = editor or (Shown if field.computed else editor_for)(field, session)
        self.is_touched = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(3))
        head = QHBoxLayout()
        head.setSpacing(px(4))
        name = label(field.label, "soft")
        name.setBuddy(self.editor.main)
        head.addWidget(name)
        if field.required:
            head.addWidget(label("必填", "danger"))
        elif field.counts:
            head.addWidget(label("计分须填", "warning"))
        head.addStretch(1)
        column.addLayout(head)
        column.addWidget(self.editor)
        self.below = label("", "caption", wrap=True)
        column.addWidget(self.below)
        column.addStretch(1)
        self.editor.changed.connect(self._typed)
        self.show_problem("")

    @property
    def is_wide(self) -> bool:
        """Say whether the editor wants the whole width."""
        kind = self.field.kind
        if isinstance(kind, Tags):
            return len(kind.options.labels()) > 3
        return isinstance(kind, Text) and (kind.lines > 1 or kind.longest >= 200)

    def show_problem(self, text: str, *, is_advice: bool = False) -> None:
        """Show a problem (or advice) beneath the editor; without any, the field's hint."""
        told = text or self.field.help
        self.below.setText(told)
        self.below.setVisible(bool(told))
        restyle(self.below, "role", ("warning" if is_advice else "problem") if text else "caption")
        self.editor.set_wrong(is_wrong=bool(text) and not is_advice)

    def misread(self) -> str:
        """Return why what is typed is no value, "" where it is one."""
        try:
            self.editor.value()
        except Misread as misread:
            return str(misread)
        return ""

    def _typed(self) -> None:
        self.is_touched = True
        self.changed.emit()

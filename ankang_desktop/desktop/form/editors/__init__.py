"""Kind of value -> how the desktop edits it. A contract test holds that every kind is in the table."""

from __future__ import annotations

from collections.abc import Mapping

from ankang_desktop.declare.fields import Field
from ankang_desktop.desktop.form.editors.base import Editor
from ankang_desktop.desktop.form.editors.choices import ChoiceEditor, TagsEditor, YesNoEditor
from ankang_desktop.desktop.form.editors.codes import CodeEditor
from ankang_desktop.desktop.form.editors.days import DayEditor, MomentEditor, MonthEditor
from ankang_desktop.desktop.form.editors.links import LinkEditor, LinksEditor
from ankang_desktop.desktop.form.editors.shown import Shown
from ankang_desktop.desktop.form.editors.words import AmountEditor, TextEditor
from ankang_desktop.desktop.session import Session

EDITORS: Mapping[str, type[Editor]] = {
    "text": TextEditor,
    "day": DayEditor,
    "moment": MomentEditor,
    "month": MonthEditor,
    "whole": AmountEditor,
    "amount": AmountEditor,
    "choice": ChoiceEditor,
    "tags": TagsEditor,
    "yes_no": YesNoEditor,
    "link": LinkEditor,
    "code": CodeEditor,
}


def editor_for(field: Field, session: Session) -> Editor:
    """Return a new editor of a field."""
    return EDITORS[field.kind.name](field, session)


__all__ = ["EDITORS", "DayEditor", "Editor", "LinkEditor", "LinksEditor", "Shown", "TextEditor", "editor_for"]

"""The buttons below the steps of an import, and why there is nothing to press."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QWidget

from ankang_desktop.desktop.exchange.draft import Draft
from ankang_desktop.desktop.look import px
from ankang_desktop.desktop.widgets import button, label

if TYPE_CHECKING:
    from ankang_desktop.exchange.incoming import Plan

_Act = Callable[[], object]


class Foot(QWidget):
    """Back, on to the rows, write them, and keep the wrong ones as a workbook."""

    def __init__(self, back: _Act, on: _Act, write: _Act, reject: _Act) -> None:
        super().__init__()
        self.next = button("下一步：预览(&N)", on, kind="primary", name="arrow-right")
        self.writing = button("", write, kind="primary", name="file-import")
        self.rejecting = button("错误的行存为 Excel(&R)…", reject, name="file-export")
        self.told = label("", "soft", wrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(8))
        row.addWidget(button("上一步(&B)", back, name="arrow-left"))
        row.addWidget(self.told, 1)
        for part in (self.rejecting, self.next, self.writing):
            row.addWidget(part)

    def show_draft(self, draft: Draft | None, *, is_last: bool, is_free: bool) -> None:
        """Offer what can be done with a draft, at its columns or, `is_last`, at its rows; while work runs nothing."""
        plan, glance = (draft.plan, draft.glance) if draft else (None, None)
        self.next.setVisible(not is_last)
        self.writing.setVisible(is_last)
        self.rejecting.setVisible(is_last and plan is not None and plan.has_wrong)
        self.next.setEnabled(is_free and glance is not None and not glance.missing and not glance.doubled)
        if plan is None:
            return
        from ankang_desktop.exchange.planning import State

        right = plan.counts[State.added] + plan.counts[State.changed]
        words = "只导入正确的" if plan.has_wrong else "全部导入"
        self.writing.setText(f"{words} {right} 行(&I)")
        self.writing.setEnabled(is_free and right > 0)
        self.told.setText("" if right else _nothing(plan))


def _nothing(plan: Plan) -> str:
    """Say why there is nothing to import."""
    from ankang_desktop.exchange.planning import State

    if plan.counts[State.wrong]:
        return "正确的行都已在台账里；先改正错误的行"
    return "台账里都已经有了，没有要导入的" if plan.rows else "表头下面没有数据"

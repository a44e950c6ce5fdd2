"""What is typed into a form and not saved: judged as it is typed, kept against a crash, offered again after one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from ankang_desktop.actions import drafting
from ankang_desktop.desktop.form.drafts import drop_draft, keep_draft, kept_draft
from ankang_desktop.kernel.errors import Problem
from ankang_desktop.kernel.text import join

if TYPE_CHECKING:
    from ankang_desktop.desktop.form.page import RecordPage

_JUDGE = 250  # milliseconds after the last key before what is typed is judged
_KEEP = 1200  # milliseconds before it is kept against a crash
_REFUSED = "还不能保存"


class Unsaved(QObject):
    """The state of one form's typing; `has_tried` once the person tried to save: every problem is shown from then."""

    def __init__(self, page: RecordPage) -> None:
        super().__init__(page)
        self._page, self._session = page, page.session
        self.is_dirty = self.has_tried = False
        self._judge_soon, self._keep_soon = QTimer(self), QTimer(self)
        for timer, pause, action in ((self._judge_soon, _JUDGE, self.judge), (self._keep_soon, _KEEP, self.keep)):
            timer.setSingleShot(True)
            timer.setInterval(pause)
            timer.timeout.connect(action)

    @property
    def is_any(self) -> bool:
        """Whether anything is typed or any file waits."""
        return self.is_dirty or bool(self._page.side.waiting())

    def typed(self) -> None:
        """Note that the person typed."""
        self.is_dirty = True
        self._judge_soon.start()
        self._keep_soon.start()
        self._page.show_state()

    def files_changed(self) -> None:
        """Note that a file waits, or waits no more."""
        self._keep_soon.start()
        self._page.show_state()

    def keep(self) -> bool:
        """Keep it against a crash; says whether it is kept."""
        page, files = self._page, self._page.side.raw()
        if self.is_dirty or files:
            typed = {**page.body.raw(), "files": files}
            return keep_draft(self._session.app, page.ledger.key, self._name, typed)
        drop_draft(self._session.app, page.ledger.key, self._name)  # a file that waited was taken out again
        return True

    def clean(self) -> None:
        """Forget that anything is unsaved."""
        self._judge_soon.stop()
        self._keep_soon.stop()
        drop_draft(self._session.app, self._page.ledger.key, self._name)
        self._session.door.unsay(_REFUSED)
        self.is_dirty = False
        self._page.side.forget_waiting()
        self._page.show_state()

    def offer(self) -> None:
        """Fill in again what a crash left behind."""
        page = self._page
        typed = kept_draft(self._session.app, page.ledger.key, self._name)
        if typed is None:
            return
        page.body.set_raw(typed)
        gone = join(page.evidence.set_raw(typed.get("files", [])))
        self.typed()
        self._session.door.say(
            "上次没来得及保存的内容已经填回来了",
            f"{f'只有 {gone} 不在原处了，请重新添加；' if gone else ''}核对后保存；不要的话点右边",
            "warning" if gone else "info",
            ("放弃这些内容", self.drop),
        )

    def drop(self) -> None:
        """Give it up: the form shows the record as it is stored, or begins anew."""
        self.clean()
        self._page.begin_anew()

    def judge(self) -> None:
        """Say beside the fields what would refuse the record as it is typed now."""
        page = self._page
        problems = page.body.misread()
        try:
            rows = page.body.rows()
        except ValueError:  # a name typed and not chosen yet
            rows = {}
        stage = {}
        if page.opened is not None:
            known = page.opened.stored.values
            stage = {key: known[key] for key in page.ledger.fields if key not in page.body.boxes and key in known}
        values = {**stage, **page.body.readable()}
        wrong, advice = drafting.judge(self._session.app, page.ledger.key, values, rows)
        told = {each.field for each in problems}
        problems += [each for each in wrong if each.field not in told]
        midway = page.body.offering()
        shown = [each for each in problems if each.field not in midway]
        page.body.show_problems(shown, advice, every=self.has_tried)
        if not problems:
            self._session.door.unsay(_REFUSED)

    def refuse(self, problems: Sequence[Problem]) -> None:
        """Say why it is not saved, beside the fields where they are its fields."""
        body = self._page.body
        others = body.show_problems(list(problems), [], every=True)
        body.go_to_first_problem()
        if others:
            self._session.door.say("；".join(others), "请改正后再保存", "danger")
        else:
            self._session.door.say(f"{_REFUSED}：有 {len(problems)} 处要改", "红色的栏目下面写着原因", "danger")

    @property
    def _name(self) -> str:
        """Under what a draft is kept: the record's number, "" for a new one of the ledger."""
        return self._page.opened.stored.number if self._page.opened else ""

"""Files on their way into a record: copied and hashed off the GUI thread, as one step, and what is told of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from ankang_desktop.actions import filing
from ankang_desktop.actions.filing import Filed
from ankang_desktop.desktop.session import Session
from ankang_desktop.kernel.errors import AnkangError
from ankang_desktop.store.evidence import Use

_MOST_TOLD = 3


class Adding(QObject):
    """Adds files to records; `filed` carries what was done, once it has been told to the person."""

    filed = Signal(object)

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session

    def attach(self, number: str, slot: str, paths: Sequence[Path]) -> None:
        """Attach files, or folders of them, to a slot of a record."""
        app, given = self._session.app, [(path, Use(slot)) for path in paths]
        self._run(lambda progress: filing.attach_many(app, number, given, progress), f"添加 {len(paths)} 个文件")

    def reattach(self, number: str, slot: str, digests: Sequence[str]) -> None:
        """Attach files that the workspace has, by their hashes."""
        app = self._session.app
        self._run(lambda progress: filing.reattach(app, number, digests, slot, progress), "使用已有佐证")

    def say(self, told: str, odd: Sequence[str], *actions: tuple[str, Callable[[], object]]) -> None:
        """Say what was done, and what is odd about it."""
        more = f"；另有 {len(odd) - _MOST_TOLD} 处" if len(odd) > _MOST_TOLD else ""
        words = f"{told}。{'；'.join(odd[:_MOST_TOLD])}{more}" if odd else told
        self._session.door.say(words, "", "warning" if odd else "good", *actions)

    def _run(self, work: Callable[[Any], Filed], text: str) -> None:
        try:
            self._session.work.run(work, self._told, text=text, writes=True)
        except AnkangError as error:  # another job is writing
            self._session.door.show(error)

    def _told(self, filed: Filed) -> None:
        told = f"{filed.number} 已添加 {len(filed.added)} 个文件" if filed.added else "没有添加文件"
        undo = (("撤销", self._session.undo),) if filed.added else ()
        refused = list(filed.refused)
        if filed.twice > 1:
            refused[-filed.twice :] = [f"{filed.twice} 个文件这条记录已经有了，没有重复添加"]
        self.say(told, [*refused, *filed.warnings, *filed.shared], *undo)
        self.filed.emit(filed)

"""Files on their way out: opened in another program as a copy that cannot be written to, or saved elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTemporaryDir
from PySide6.QtWidgets import QFileDialog, QWidget

from ankang_desktop.actions import filing
from ankang_desktop.actions.files import File
from ankang_desktop.desktop.session import Session
from ankang_desktop.kernel.errors import WorldError
from ankang_desktop.kernel.text import safe_file_name

if TYPE_CHECKING:
    from ankang_desktop.desktop.paper.targets import Say


class Copies(QObject):
    """Copies of a workspace's files; the folder of those opened outside goes with the session."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._folder = QTemporaryDir()  # unlike Python's, it also removes files that cannot be written to

    @classmethod
    def of(cls, session: Session) -> Copies:
        """Return the session's copies, made when first asked for."""
        found = next((each for each in session.children() if isinstance(each, cls)), None)
        return found or cls(session)

    @property
    def folder(self) -> Path:
        """A folder that lives as long as the session."""
        if not self._folder.isValid():
            raise WorldError(f"不能建立临时文件夹：{self._folder.errorString()}", "请清理磁盘空间后重试")
        return Path(self._folder.path())

    def open_outside(self, file: File, say: Say | None = None) -> None:
        """Open a file with the system's program for it; changes made there do not come back, so none can be saved."""
        opened = partial(self._opened, say or self._session.door.say)
        if file.path:
            opened(Path(file.path))
            return
        app = self._session.app
        target = self.folder / file.sha256[:12] / safe_file_name(file.name)

        def copy(_: object) -> Path:
            if not target.exists():
                target.parent.mkdir(exist_ok=True)
                filing.save_copy(app, file.sha256, target)
                target.chmod(0o444)
            return target

        self._session.work.run(copy, opened)

    def save_as(self, files: Sequence[File], parent: QWidget) -> None:
        """Ask where one file, or many, are to be saved, and save them there."""
        from ankang_desktop.desktop.paper.targets import ask_target, last_folder, say_written

        kept = [each for each in files if not each.path]
        app, session = self._session.app, self._session
        if not kept:
            session.door.say("这些文件还没有存进来", "它们还在电脑里原来的地方", "info")
        elif len(kept) == 1:
            file = kept[0]
            if target := ask_target(session, parent, "另存佐证", file.name, ""):
                session.work.run(
                    lambda _: filing.save_copy(app, file.sha256, target),
                    lambda _: say_written(session, "已另存", target),
                    text="另存佐证",
                )
        elif name := QFileDialog.getExistingDirectory(parent, f"把 {len(kept)} 个文件存到", str(last_folder(session))):
            session.preferences.put("folder", name)
            named = [(each.sha256, each.name) for each in kept]
            session.work.run(
                lambda progress: filing.save_copies(app, named, Path(name), progress),
                partial(self._saved, Path(name)),
                text=f"另存 {len(kept)} 个文件",
            )

    def _saved(self, folder: Path, written: Sequence[Path]) -> None:
        from ankang_desktop.desktop.paper.targets import open_outside

        opening = ("打开文件夹", partial(open_outside, self._session.door.say, folder))
        self._session.door.say(f"已另存 {len(written)} 个文件", str(folder), "good", opening)

    @staticmethod
    def _opened(say: Say, path: Path) -> None:
        from ankang_desktop.desktop.paper.targets import open_outside

        open_outside(say, path, "请用“另存为”存到别处，再用合适的程序打开")

"""The program without a face: the one place that joins a workspace, the ledgers, the papers, the year and the clock."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar, cast

from sqlalchemy import Connection

from ankang_desktop.codes import code_names
from ankang_desktop.declare.forms import Form, find_form, read_forms
from ankang_desktop.kernel import paths
from ankang_desktop.kernel.clock import Clock
from ankang_desktop.kernel.progress import Progress
from ankang_desktop.ledgers import LEDGERS
from ankang_desktop.programme.library import Library, read_library
from ankang_desktop.store import unit as store_unit
from ankang_desktop.store.journal import Changes
from ankang_desktop.store.names import StoreNames
from ankang_desktop.store.unit import Unit
from ankang_desktop.store.workspace import Workspace, create_workspace, open_workspace

T = TypeVar("T")


class _Answer:
    """Worked out once; whoever asks meanwhile, in another thread, waits for it."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._found: list[Any] = []

    def get(self, work_out: Callable[[], Any]) -> Any:
        with self._lock:
            if not self._found:
                self._found.append(work_out())
            return self._found[0]


class App:
    """An open workspace with everything that can be asked of it; use as a context manager or call close()."""

    ledgers = LEDGERS

    def __init__(self, workspace: Workspace, clock: Clock) -> None:
        self.workspace = workspace
        self.clock = clock
        self.watchers: list[Callable[[Changes], None]] = []
        self._answers: dict[Hashable, _Answer] = {}

    @classmethod
    @contextmanager
    def opened(
        cls, folder: Path, clock: Clock, password: str | None = None, *, key: bytes | None = None
    ) -> Iterator[App]:
        """Give the app of an existing workspace and close it afterwards; see `open_workspace`."""
        with cls._closing(open_workspace(folder, password, key=key), clock) as app:
            yield app

    @classmethod
    @contextmanager
    def created(cls, folder: Path, clock: Clock) -> Iterator[App]:
        """Give the app of a new workspace and close it afterwards."""
        with cls._closing(create_workspace(folder), clock) as app:
            yield app

    @classmethod
    @contextmanager
    def _closing(cls, workspace: Workspace, clock: Clock) -> Iterator[App]:
        app = cls(workspace, clock)
        try:
            yield app
        finally:
            app.close()

    def close(self) -> None:
        """Let go of the workspace."""
        self.watchers.clear()
        self.workspace.close()

    @contextmanager
    def begin(self, title: str) -> Iterator[Unit]:
        """Open a named unit of work: one transaction, one Undo entry; once it is kept, the watchers are told."""
        with store_unit.begin(self.workspace.database, self.ledgers, self.clock, title) as unit:
            yield unit
        if unit.changes is not None:
            self._tell(unit.changes)

    def undo(self, progress: Progress | None = None, *, even_sealed: bool = False) -> Changes:
        """Undo the newest step; `even_sealed` is for work that failed after its own sealed step."""
        return self._tell(store_unit.undo(self.workspace.database, self.ledgers, progress, even_sealed=even_sealed))

    def redo(self, progress: Progress | None = None) -> Changes:
        """Redo the step undone last."""
        return self._tell(store_unit.redo(self.workspace.database, self.ledgers, progress))

    def _tell(self, changes: Changes) -> Changes:
        """Tell every watcher what a step touched, in the thread that took it; a step that wrote nothing is none."""
        if changes.step:
            self._answers = {}
        for watcher in self.watchers if changes.step else ():
            watcher(changes)
        return changes

    def until_changed(self, asked: Hashable, work_out: Callable[[], T]) -> T:
        """Return what `work_out` gives; asked again before the next step, it is not worked out anew."""
        return cast("T", self._answers.setdefault(asked, _Answer()).get(work_out))

    def read(self) -> AbstractContextManager[Connection]:
        """Open a consistent view of the records."""
        return self.workspace.database.read()

    def names(self, connection: Connection) -> StoreNames:
        """Return the names of linked records as of now."""
        return StoreNames(connection, self.ledgers, self.code_names)

    def code_names(self, of: str) -> Mapping[str, str]:
        """Return what an officer calls the parts that codes of one sort stand for."""
        return self.until_changed(("codes", of), lambda: code_names(of, self.forms, self.library, self.ledgers))

    @cached_property
    def forms(self) -> Mapping[str, Form]:
        """Every official paper: those shipped, and the officer's own in the workspace's `forms` folder."""
        return {**read_forms(paths.forms()), **read_forms(self.workspace.folder / "forms")}

    def form(self, code: str) -> Form:
        """Return a paper by its code; an unknown one is answered with a suggestion."""
        return find_form(self.forms, code)

    @cached_property
    def library(self) -> Library:
        """The notices, the default calendar and the activity sets, the officer's own notices included."""
        return read_library(paths.resources() / "programmes", self.workspace.programmes)

    def renew_library(self) -> None:
        """Read notices and calendar again when they are asked for: a file was added or taken away."""
        self.__dict__.pop("library", None)
        self._answers = {}

"""The charting library, brought in without holding up the window: when the first chart is seen, never at start-up.

pyqtgraph changes PySide6's classes and looks at every name it has, which only the GUI thread may do while it works: a
worker doing it ended the program with a segmentation fault now and then. So a worker imports what it needs besides Qt;
Qt's types, made when first looked at, are looked at a few a turn; and what is left, the library's own hundred modules,
lets the window handle its keys and clicks between two of them. The worker reads all these files first: loading a binary
holds Python up for as long as the disk takes (a second has been seen), reading one does not.
"""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from importlib.abc import MetaPathFinder
from importlib.util import find_spec
from pathlib import Path
from typing import Any, ClassVar

from PySide6.QtCore import QCoreApplication, QObject, QTimer
from shiboken6 import isValid

from ankang_desktop.desktop.work import Work
from ankang_desktop.kernel.files import read_through

_LIBRARY = "pyqtgraph"
_MODULES = ("QtCore", "QtGui", "QtWidgets", "QtSvg", "QtOpenGL", "QtOpenGLWidgets", "QtTest")
_BESIDES = (
    "numpy.typing", "colorama", "cProfile", "decimal", "importlib.resources", "multiprocessing.connection", "pydoc",
    "subprocess", "xml.etree.ElementTree",
)  # fmt: skip
_TURN = 0.004  # seconds


class Plotting(QObject):
    """Loads the library once; `then` is given it, in the GUI thread, unless the parent is gone by then."""

    _is_loading: ClassVar[bool] = False  # by another chart: half a library is not given to anybody

    def __init__(self, parent: QObject, work: Work, then: Callable[[Any], None]) -> None:
        super().__init__(parent)
        self._then = then
        self._names = ((module, name) for module in map(_module, _MODULES) for name in dir(module))
        self._turns = QTimer(self)
        self._turns.timeout.connect(self._look)
        work.run(_bring_near, self._begin)

    def _begin(self, _: Any) -> None:
        self._turns.start(0)

    def _look(self) -> None:
        """Let PySide6 make some more of its types."""
        until = time.perf_counter() + _TURN
        for module, name in self._names:
            getattr(module, name)
            if time.perf_counter() > until:
                return
        if not Plotting._is_loading:
            self._turns.stop()
            self._load()

    def _load(self) -> None:
        Plotting._is_loading = True
        try:
            with _breathing():
                library = import_module(_LIBRARY)
        finally:
            Plotting._is_loading = False
        if isValid(self):
            self._then(library)


class _Breath(MetaPathFinder):
    """Finds no module: it is asked before every one, and lets the window handle what waits where it is time."""

    def __init__(self) -> None:
        self._until = time.perf_counter() + _TURN

    def find_spec(self, name: str, path: object = None, target: object = None) -> None:
        if name.startswith(_LIBRARY) and time.perf_counter() > self._until:
            QCoreApplication.processEvents()
            self._until = time.perf_counter() + _TURN


@contextmanager
def _breathing() -> Iterator[None]:
    breath = _Breath()
    sys.meta_path.insert(0, breath)
    try:
        yield
    finally:
        sys.meta_path.remove(breath)


def _bring_near(_: object) -> None:
    """Read the binaries that will be loaded, then import what is no matter of Qt's, in a worker."""
    read_through(_binaries())
    for name in _BESIDES:
        import_module(name)


def _binaries() -> Iterator[Path]:
    new = "|".join(name.removeprefix("Qt") for name in _MODULES if f"PySide6.{name}" not in sys.modules)
    for package, name in (("PySide6", f"Qt6?({new})"), ("numpy", "")):
        spec = find_spec(package)
        if spec is not None and spec.origin:
            home = Path(spec.origin).parent
            wanted = re.compile(rf"{name}\..*\b(so|pyd|dll)\b")
            beside = home.with_name(f"{package}.libs")
            yield from (path for each in (home, beside) for path in each.rglob("*") if wanted.search(path.name))


def _module(name: str) -> Any:
    return import_module(f"PySide6.{name}")

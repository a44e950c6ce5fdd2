"""The charting library, brought in without holding up the window: when the first chart is seen, never at start-up.

pyqtgraph changes PySide6's classes and looks at every name it has, which only the GUI thread may do while it works: a
worker doing it ended the program with a segmentation fault now and then. So a worker imports what it needs besides Qt;
Qt's types, made when first looked at, are looked at a few a turn; what is left of the import is a third of it.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from importlib import import_module
from typing import Any

from PySide6.QtCore import QObject, QTimer

from ankang_desktop.desktop.work import Work

_MODULES = ("QtCore", "QtGui", "QtWidgets", "QtSvg", "QtOpenGL", "QtOpenGLWidgets", "QtTest")
_BESIDES = (
    "numpy.typing", "colorama", "cProfile", "decimal", "importlib.resources", "multiprocessing.connection", "pydoc",
    "subprocess", "xml.etree.ElementTree",
)  # fmt: skip
_TURN = 0.004  # seconds


class Plotting(QObject):
    """Loads the library once; `then` is given it, in the GUI thread, unless the parent is gone by then."""

    def __init__(self, parent: QObject, work: Work, then: Callable[[Any], None]) -> None:
        super().__init__(parent)
        self._then = then
        self._names = iter([(module, name) for module in map(_module, _MODULES) for name in dir(module)])
        self._turns = QTimer(self)
        self._turns.timeout.connect(self._look)
        work.run(lambda _: [import_module(name) for name in _BESIDES], self._begin)

    def _begin(self, _: Any) -> None:
        self._turns.start(0)

    def _look(self) -> None:
        """Let PySide6 make some more of its types."""
        until = time.perf_counter() + _TURN
        for module, name in self._names:
            getattr(module, name)
            if time.perf_counter() > until:
                return
        self._turns.stop()
        self._then(import_module("pyqtgraph"))


def _module(name: str) -> Any:
    return import_module(f"PySide6.{name}")

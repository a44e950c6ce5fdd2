"""Small pictures of files, one cache a session: decoded in threads, two at once, the newest wish first.

A view that scrolls asks for what it paints; wishes that were overtaken by hundreds of newer ones are dropped, for what
asked is out of sight by then and asks again when it is painted.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path
from weakref import ref

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication, QImage, QPixmap
from shiboken6 import isValid

from ankang_desktop.desktop.evidence.pictures import icon_name, picture_of
from ankang_desktop.desktop.look import pixmap
from ankang_desktop.desktop.session import Session

MOST_KEPT = 300
MOST_WISHES = 120
MOST_AT_ONCE = 2

Ready = Callable[[QPixmap], None]
_Key = tuple[str, int]
_SHA256 = re.compile("[0-9a-f]{64}")


class _Told:
    """Who is told of a picture: a widget's method is held weakly, a plain function is kept."""

    def __init__(self, ready: Ready) -> None:
        owner = getattr(ready, "__self__", None)
        self._owner = ref(owner) if isinstance(owner, QObject) else None
        self._method = getattr(ready, "__name__", "")
        self._function = None if self._owner else ready

    def belongs_to(self, owner: QObject) -> bool:
        """Say whether it is a method of an object."""
        return self._owner is not None and self._owner() is owner

    @property
    def ready(self) -> Ready | None:
        """Whom to tell; None where the widget is gone."""
        if self._owner is None:
            return self._function
        owner = self._owner()
        return getattr(owner, self._method) if owner is not None and isValid(owner) else None


class Thumbnails(QObject):
    """Thumbnails of the evidence of a workspace, by SHA-256; `Thumbnails.of(session)` gives the session's own.

    `ready` carries (SHA-256, size, picture) of every picture made; a file that is no picture, or a damaged one, gives
    an icon of its kind. A path stands in for the SHA-256 where a file is not attached yet.
    """

    ready = Signal(str, int, QPixmap)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._kept: OrderedDict[_Key, QPixmap | None] = OrderedDict()
        self._wishes: OrderedDict[_Key, str] = OrderedDict()
        self._told: dict[_Key, list[_Told]] = {}
        self._running: set[_Key] = set()

    @classmethod
    def of(cls, session: Session) -> Thumbnails:
        """Return the session's thumbnails, made when first asked for."""
        found = next((each for each in session.children() if isinstance(each, cls)), None)
        return found or cls(session)

    def ask(self, sha256: str, size: int, ready: Ready | None = None, media_type: str = "") -> None:
        """Ask for the picture of a file that fits a square of `size` points; told by `ready` and by the signal.

        Where it is known already, it is told at once. A method of a widget is not kept alive by its wish.
        """
        key = (sha256, size)
        if (known := self.known(sha256, size, media_type)) is not None:
            if ready:
                ready(known)
            return
        if ready:
            self._told.setdefault(key, []).append(_Told(ready))
        if key not in self._running:
            self._wishes[key] = media_type
            self._wishes.move_to_end(key)
            self._forget_oldest()
            self._begin()

    def known(self, sha256: str, size: int, media_type: str = "") -> QPixmap | None:
        """Return the picture if it is there; None where it has to be asked for."""
        key = (sha256, size)
        if key not in self._kept:
            return None
        self._kept.move_to_end(key)
        return self._kept[key] or self.placeholder(media_type, size, is_damaged=True)

    def placeholder(self, media_type: str, size: int, *, is_damaged: bool = False) -> QPixmap:
        """Return the icon of a kind of file; a damaged photo is shown as a crossed one."""
        is_photo = is_damaged and (not media_type or media_type.startswith("image/"))
        name = "photo-off" if is_photo else icon_name(media_type)
        return pixmap(name, min(40, size // 2), "faint", _ratio())

    def drop(self, owner: QObject) -> None:
        """Forget what only `owner` asked for and nobody has begun: it went out of sight."""
        for key in [key for key in self._wishes if key in self._told]:
            self._told[key] = [each for each in self._told[key] if not each.belongs_to(owner)]
            if not self._told[key]:
                del self._told[key], self._wishes[key]

    def _forget_oldest(self) -> None:
        while len(self._wishes) > MOST_WISHES:
            key, _ = self._wishes.popitem(last=False)
            self._told.pop(key, None)

    def _begin(self) -> None:
        while self._wishes and len(self._running) < MOST_AT_ONCE:
            key, media_type = self._wishes.popitem()
            if key in self._told and not any(each.ready for each in self._told[key]):
                del self._told[key]  # every widget that asked is gone
                continue
            self._running.add(key)
            self._decode(key, media_type)

    def _decode(self, key: _Key, media_type: str) -> None:
        name, size = key
        path = self._session.app.workspace.evidence.path_of(name) if _SHA256.fullmatch(name) else Path(name)
        pixels = round(size * _ratio())
        self._session.work.run(
            lambda _: picture_of(path, pixels, media_type),
            lambda picture: self._made(key, media_type, picture),
            on_error=lambda _: self._made(key, media_type, None),  # whatever a decoder does, the rest goes on
        )

    def _made(self, key: _Key, media_type: str, picture: QImage | None) -> None:
        self._running.discard(key)
        made = QPixmap.fromImage(picture) if picture is not None else None
        if made is not None:
            made.setDevicePixelRatio(_ratio())
        self._kept[key] = made
        while len(self._kept) > MOST_KEPT:
            self._kept.popitem(last=False)
        shown = made or self.placeholder(media_type, key[1], is_damaged=True)
        for told in self._told.pop(key, []):
            if (ready := told.ready) is not None:
                ready(shown)
        self.ready.emit(*key, shown)
        self._begin()


def _ratio() -> float:
    app = QGuiApplication.instance()
    return app.devicePixelRatio() if isinstance(app, QGuiApplication) else 1.0

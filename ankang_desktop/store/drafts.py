"""What is typed and not saved yet: small files in the workspace, sealed where it has a password."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from ankang_desktop.kernel.errors import AnkangError
from ankang_desktop.kernel.files import write_safely, write_text_safely
from ankang_desktop.store.vault import Sealer

_PLAIN, _SEALED = ".json", ".sealed"


class Drafts:
    """The drafts of one workspace by their names; `key` is the workspace's, None where it has no password."""

    def __init__(self, folder: Path, key: bytes | None) -> None:
        self.folder = folder
        self._sealer = Sealer(key) if key else None

    def keep(self, name: str, text: str) -> None:
        """Keep a text under a name, instead of what was kept before."""
        self.folder.mkdir(exist_ok=True)
        if self._sealer is None:
            write_text_safely(self._path(name), text)
            return
        sealed = self._sealer.seal(text.encode(), name)
        write_safely(self._path(name), lambda path: _put(path, sealed), lambda _: None)

    def kept(self, name: str) -> str | None:
        """Return what was kept under a name, None where nothing is, or nothing readable."""
        with suppress(OSError, UnicodeDecodeError):
            data: bytes | None = self._path(name).read_bytes()
            if self._sealer is not None and data is not None:
                data = self._sealer.opened(data, name)
            return None if data is None else data.decode()
        return None

    def drop(self, name: str) -> None:
        """Forget what was kept under a name."""
        self._path(name).unlink(missing_ok=True)

    def names(self) -> list[str]:
        """Return the names of all that is kept."""
        return sorted(path.stem for path in self.folder.glob(f"*{self._suffix}"))

    def seal_all(self) -> None:
        """Seal what lies there in plain since before the password was set; what was sealed since then is newer."""
        for path in self.folder.glob(f"*{_PLAIN}") if self._sealer else ():
            with suppress(AnkangError, OSError, UnicodeDecodeError):  # a full disk: it stays for the next opening
                if not self._path(path.stem).exists():
                    self.keep(path.stem, path.read_text("utf-8"))
                path.unlink()

    def open_all(self) -> None:
        """Write in plain what is sealed: the password is about to be removed."""
        for name in self.names() if self._sealer else ():
            if (text := self.kept(name)) is not None:
                write_text_safely(self.folder / f"{name}{_PLAIN}", text)
                self.drop(name)

    @property
    def _suffix(self) -> str:
        return _PLAIN if self._sealer is None else _SEALED

    def _path(self, name: str) -> Path:
        return self.folder / f"{name}{self._suffix}"


def _put(path: Path, data: bytes) -> None:
    path.write_bytes(data)

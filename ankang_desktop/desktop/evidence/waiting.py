"""Files that wait for a record to be saved for the first time; nothing of them is in the workspace yet."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path
from typing import Any

from ankang_desktop.actions.files import File, Kept, Looked
from ankang_desktop.actions.filing import used_elsewhere
from ankang_desktop.store.evidence import Use

_DAYS = ("taken_on", "day")


class Waiting:
    """The files in their order, each with a negative link of its own."""

    def __init__(self) -> None:
        self.files: list[File] = []
        self._last = 0

    def add(self, looked: Looked) -> list[str]:
        """Add files that were looked at; returns sentences on what was left out and what others use."""
        odd = list(looked.refused)
        for file in looked.files:
            if any(each.sha256 == file.sha256 for each in self.files):
                odd.append(f"“{file.name}”已经在等候保存")
                continue
            self._take(file)
            if file.also:
                odd.append(used_elsewhere(file.name, file.also))
        return odd

    def reuse(self, slot: str, title: str, kept: Sequence[tuple[Kept, Path]]) -> None:
        """Add files that the workspace has, with where each lies."""
        for each, path in kept:
            if not any(file.sha256 == each.sha256 for file in self.files):
                made = File(0, "", slot, title, each.sha256, each.name, each.media_type, each.size, each.day)
                self._take(
                    replace(
                        made,
                        path=str(path),
                        day=each.day,
                        caption=each.caption,
                        box=each.box,
                        page=each.page,
                        also=each.numbers,
                    )
                )

    def move(self, links: Collection[int], slot: str, title: str, before: int) -> None:
        """Put files into a slot, before the file that stands at a place there."""
        moved = [replace(each, slot=slot, slot_title=title) for each in self.files if each.link in links]
        there = [each for each in self.files if each.slot == slot]
        ahead = [each for each in there[:before] if each.link not in links]
        behind = [each for each in there[before:] if each.link not in links]
        others = [each for each in self.files if each.slot != slot and each.link not in links]
        self.files = [*others, *ahead, *moved, *behind]

    def describe(self, links: Collection[int], said: dict[str, Any]) -> None:
        """Write what is said of files."""
        self.files = [replace(each, **said) if each.link in links else each for each in self.files]

    def remove(self, links: Collection[int]) -> None:
        """Take files out."""
        self.files = [each for each in self.files if each.link not in links]

    def uses(self) -> list[tuple[Path, Use]]:
        """Return where each file lies and how its record will use it."""
        return [
            (
                Path(each.path),
                Use(each.slot, each.caption or None, each.day, each.box or None, each.page or None, each.name),
            )
            for each in self.files
        ]

    def raw(self) -> list[dict[str, Any]]:
        """Return the files as JSON can hold them, for the draft that outlives a crash."""
        return [{**asdict(each), **{key: str(getattr(each, key) or "") for key in _DAYS}} for each in self.files]

    def set_raw(self, raw: Sequence[dict[str, Any]]) -> list[str]:
        """Wait for the files again that raw() returned; returns the names of those that lie there no more."""
        files = [file for each in raw if (file := _file_of(each)) is not None]
        for file in files:
            if Path(file.path).is_file():
                self._take(file)
        return [file.name for file in files if not Path(file.path).is_file()]

    def _take(self, file: File) -> None:
        self._last -= 1
        self.files.append(replace(file, link=self._last))


def _file_of(raw: dict[str, Any]) -> File | None:
    """Return the file a draft kept; None where it was kept by a program that knew other things of a file."""
    try:
        days = {key: date.fromisoformat(raw[key]) if raw[key] else None for key in _DAYS}
        return File(**{**raw, **days, "also": tuple(raw["also"])})
    except (KeyError, TypeError, ValueError):
        return None

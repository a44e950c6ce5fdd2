"""The typefaces papers are printed with, embedded as subsets; a character no typeface has is named, never a blank box.

Noto Serif SC for papers as a government office sets them, Noto Sans SC as the second choice (SIL Open Font License).
reportlab is imported here and in `pdf` only.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from reportlab.pdfbase.pdfdoc import PDFDocument, PDFStream
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfbase.ttfonts import TTFError, TTFont

from ankang_desktop.kernel import paths
from ankang_desktop.kernel.errors import WorldError
from ankang_desktop.printing.paper import Family

SUBSTITUTE = "〓"
_FILES: dict[Family, str] = {"serif": "NotoSerifSC", "sans": "NotoSansSC"}
_BEYOND_BMP = re.compile(r"<([0-9A-F]{5,6})>")


class _Typeface(TTFont):
    """A TrueType font whose characters beyond U+FFFF can be copied and searched (reportlab writes them invalid)."""

    def addObjects(self, doc: PDFDocument) -> None:  # noqa: N802 - reportlab's name
        super().addObjects(doc)
        for name, entry in doc.idToObject.items():
            if name.startswith("toUnicodeCMap:") and isinstance(entry, PDFStream):
                entry.content = _BEYOND_BMP.sub(_utf16, entry.content)


def _utf16(found: re.Match[str]) -> str:
    return f"<{chr(int(found[1], 16)).encode('utf-16-be').hex().upper()}>"


class Run(NamedTuple):
    """A piece of text set in one font."""

    font: str
    text: str


class _Widths(dict[str, float]):
    """The width of every character at size 1, asked of the voice's faces when first met."""

    def __init__(self, voice: Voice) -> None:
        super().__init__()
        self._voice = voice

    def __missing__(self, mark: str) -> float:
        face = self._voice.face_for(mark)
        shown = mark if face else SUBSTITUTE
        ghost = face is None and is_invisible(mark)
        font = face or self._voice.faces[0]
        self[mark] = 0.0 if ghost else font.stringWidth(shown, 1)
        return self[mark]


def is_invisible(mark: str) -> bool:
    """Say whether a character has no shape of its own: controls, joiners, variation selectors."""
    return unicodedata.category(mark) in {"Cc", "Cf"} or "\ufe00" <= mark <= "\ufe0f"


class Voice:
    """One family in one weight, with the other families behind it, character by character."""

    def __init__(self, files: tuple[Path, ...]) -> None:
        self._files = files
        self.faces: list[TTFont] = [_load(files[0])]
        self._covered = frozenset(map(chr, self.faces[0].face.charToGlyph))
        self.widths: Mapping[str, float] = _Widths(self)

    def face_for(self, mark: str) -> TTFont | None:
        """Return the first face that has the character, None where none has."""
        for place, file in enumerate(self._files):
            if place == len(self.faces):
                self.faces.append(_load(file))
            if ord(mark) in self.faces[place].face.charToGlyph:
                return self.faces[place]
        return None

    def width(self, text: str) -> float:
        """Return the width of a text at size 1."""
        return sum(map(self.widths.__getitem__, text))

    def runs(self, text: str) -> tuple[list[Run], list[str]]:
        """Return the text as runs of one font each, and the characters replaced by “〓” because no font has them."""
        if self._covered.issuperset(text):
            return [Run(self.faces[0].fontName, text)], []
        runs: list[Run] = []
        missing: list[str] = []
        for mark in text:
            face, shown = self.face_for(mark), mark
            if face is None:
                if is_invisible(mark):
                    continue
                missing.append(mark)
                face, shown = self.faces[0], SUBSTITUTE
            if runs and runs[-1].font == face.fontName:
                runs[-1] = Run(face.fontName, runs[-1].text + shown)
            else:
                runs.append(Run(face.fontName, shown))
        return runs, missing


@cache
def _load(file: Path) -> TTFont:
    """Load and register a font file once per process (70 ms)."""
    try:
        font = _Typeface(file.stem, str(file))
    except (TTFError, OSError) as error:
        raise WorldError(f"字体文件“{file}”无法读取：{error}", "请重新安装本软件") from error
    registerFont(font)
    return font


class Fonts:
    """The fonts of one folder; a voice is loaded when first asked for and kept."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._voices: dict[tuple[Family, bool], Voice] = {}

    def voice(self, family: Family, *, bold: bool) -> Voice:
        """Return a family in regular or bold; raises WorldError where its file is missing."""
        key = (family, bold)
        if key not in self._voices:
            order = [_FILES[family], *(name for name in _FILES.values() if name != _FILES[family])]
            weight = "Bold" if bold else "Regular"
            self._voices[key] = Voice(tuple(self._folder / f"{name}-{weight}.ttf" for name in order))
        return self._voices[key]


@lru_cache(maxsize=1)
def shipped_fonts() -> Fonts:
    """Return the fonts that come with the program, the same object every time."""
    return Fonts(paths.resources() / "fonts")

"""Closed lists of choices: the English name is what is stored, the Chinese value what the officer reads."""

from __future__ import annotations

from enum import Enum
from typing import Self

from ankang_desktop.kernel.text import half_width


class Options(Enum):
    """Base of every list of choices: `general = "一般"`. Names must not clash with Enum's own (name, value)."""

    @classmethod
    def of(cls, text: str) -> Self | None:
        """Return the option written as its Chinese label or its key, full- or half-width; None where there is none."""
        plain = half_width(text)
        return next((option for option in cls if plain in {half_width(option.value), option.name}), None)

    @classmethod
    def labels(cls) -> list[str]:
        """Return the Chinese labels in declared order."""
        return [option.value for option in cls]

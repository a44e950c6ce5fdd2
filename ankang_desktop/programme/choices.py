"""What the officer decides about the calendar; plain values, kept by someone else.

A duty is named by its code (`C-26`), one time of it by its ident (`C-28@2026-07-01`, the day it opens), the days he
enters for a year by code and year (`C-06@2026`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from ankang_desktop.kernel.errors import UserError
from ankang_desktop.programme.asking import Ref
from ankang_desktop.programme.windows import Span


@dataclass(frozen=True, slots=True)
class Closing:
    """A duty closed by hand on `day`: the proof in words (“会议纪要在3盒5号”), and the record where there is one."""

    day: date
    proof: str
    record: Ref | None = None

    def __post_init__(self) -> None:
        if not self.proof.strip():
            raise UserError("手工办结缺少凭证", "请写明凭证在哪里，例如“会议纪要在3盒5号”")


@dataclass(frozen=True)
class Choices:
    """The officer's choices; the empty one is the calendar as shipped, with no notice's own obligations on it.

    notices         codes of the notices whose obligations stand on the calendar
    switched        code of a template or obligation -> on or off, against its default
    when            code -> another when-code, every year (`C-27` -> `M:20`)
    moved           ident -> the days this one time is moved to; its ident stays
    dates           `code@year` -> that year's own days; makes an event-driven duty (春节, 两会) due
    titles          code -> wording of the paper received
    not_applicable  code or ident -> why it does not apply here
    closed          ident -> closed by hand, with proof
    """

    notices: frozenset[str] = frozenset()
    switched: Mapping[str, bool] = field(default_factory=dict)
    when: Mapping[str, str] = field(default_factory=dict)
    moved: Mapping[str, Span] = field(default_factory=dict)
    dates: Mapping[str, tuple[Span, ...]] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)
    not_applicable: Mapping[str, str] = field(default_factory=dict)
    closed: Mapping[str, Closing] = field(default_factory=dict)


def ident(code: str, opened: date | int) -> str:
    """Name one time of a duty by the day it opens, or a whole year of it by the year."""
    return f"{code}@{opened}"


def opened_on(name: str) -> date | None:
    """Return the day an ident names; None for one that names a year."""
    _, _, day = name.partition("@")
    return date.fromisoformat(day) if "-" in day else None

"""What can go wrong, in four kinds, each with one door to the person.

Problem                 a value the person can mend, beside its field or cell (not an exception)
AnkangError
├── UserError           the person can mend it              message bar · exit code 2
│   ├── Refused         … because of these problems         same, the problems listed
│   └── Locked          … with the workspace's password     the unlock screen, or asked on the terminal
├── WorldError          disk, lock, missing file            dialog with 重试 · exit code 3
└── Cancelled           the person stopped it               nothing is shown
anything else           our bug                             crash report · exit code 1
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault in one value: `field` is the field's key ("" for the whole record), `text` a Chinese sentence."""

    field: str
    text: str


class AnkangError(Exception):
    """A sentence for the person (`text`) and what to do about it (`remedy`), both in Chinese."""

    def __init__(self, text: str, remedy: str = "") -> None:
        super().__init__(text)
        self.text = text
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.text}——{self.remedy}" if self.remedy else self.text


class UserError(AnkangError):
    """Something the person can mend."""


class Refused(UserError):
    """A record was not accepted; `problems` says why, field by field."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("；".join(problem.text for problem in problems), "请改正后再保存")
        self.problems = tuple(problems)


class Locked(UserError):
    """The workspace has a password, and none or a wrong one was given."""


class WorldError(AnkangError):
    """The machine's world refused: disk full, file in use, folder not writable."""


class Cancelled(AnkangError):
    """The person stopped the work; nothing is shown."""

    def __init__(self) -> None:
        super().__init__("已取消")

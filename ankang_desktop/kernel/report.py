"""The report of our own bug, without what was in the records: an exception's own words may quote them."""

from __future__ import annotations

import re
import traceback

_QUOTED = re.compile(r"'[^'\n]*'|\"[^\"\n]*\"")
_OTHER = re.compile(r"[^\x00-\x7f]+|\d{4,}")


def report_of(error: BaseException) -> str:
    """Return where an error and those behind it came from; of their words only the fixed ones."""
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    head = f"{report_of(before)}\nwhich led to\n\n" if before is not None and before is not error else ""
    places = "".join(traceback.format_tb(error.__traceback__))
    kind = f"{type(error).__module__}.{type(error).__qualname__}".removeprefix("builtins.")
    return f"{head}Traceback (most recent call last):\n{places}{kind}: {_masked(str(error))}\n"


def _masked(words: str) -> str:
    """Leave out what is quoted and is no name of Python's, every hanzi, every longer number."""
    return _OTHER.sub("…", _QUOTED.sub(_unless_a_name, words))


def _unless_a_name(quoted: re.Match[str]) -> str:
    inside = quoted[0][1:-1]
    return quoted[0] if inside.isascii() and inside.isidentifier() else "…"

"""What a check of a package may find, one finding per file and fault."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["缺失", "多出", "改动", "损坏", "结构"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault: `path` inside the bag (“” for the whole package) and a sentence for the person."""

    kind: Kind
    path: str
    sentence: str

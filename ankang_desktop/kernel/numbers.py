"""Decimal points of a score, exact shares, and how both are written."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from math import floor


def floor05(value: Fraction) -> Decimal:
    """Return the largest multiple of 0.5 not above `value` (a score never over-claims)."""
    return Decimal(floor(value * 2)) / 2


def cov(part: int, whole: int) -> Fraction:
    """Return min(1, part / whole); `whole` must be positive, a share of nothing is 不涉及 and not 0."""
    return min(Fraction(1), Fraction(part, whole))


def percent(share: Fraction, digits: int = 1) -> str:
    """Write a share as a percentage: 16/19 → “84.2%”, 1 → “100.0%”; halves are rounded up."""
    exact = Decimal(share.numerator) * 100 / Decimal(share.denominator)
    return f"{exact.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)}%"


def points(value: Decimal | Fraction) -> str:
    """Write points with one decimal, two where needed: 4 → “4.0”, 1.25 → “1.25”."""
    number = value if isinstance(value, Decimal) else Decimal(value.numerator) / Decimal(value.denominator)
    rounded = number.quantize(Decimal("0.01"), ROUND_HALF_UP)
    return f"{rounded:.1f}" if rounded == rounded.quantize(Decimal("0.1")) else f"{rounded}"

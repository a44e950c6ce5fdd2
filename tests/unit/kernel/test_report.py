"""A report of our own bug tells where, and nothing that was in the records."""

from __future__ import annotations

import pytest

from ankang_desktop.kernel.report import report_of


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("invalid literal for int() with base 10: '砂轮机'", "invalid literal for int() with base 10: …"),
        ("'NoneType' object has no attribute 'stage'", "'NoneType' object has no attribute 'stage'"),
        ("王伟 13800138000", "… …"),
        ('no such table: "a b"', "no such table: …"),
    ],
)
def test_values_are_left_out(words: str, left: str) -> None:
    assert report_of(ValueError(words)).splitlines()[-1] == f"ValueError: {left}"


def test_what_led_to_it_is_told() -> None:
    later = RuntimeError("later")
    later.__cause__ = KeyError("砂轮")
    told = report_of(later)
    assert told.index("KeyError: …") < told.index("RuntimeError: later")

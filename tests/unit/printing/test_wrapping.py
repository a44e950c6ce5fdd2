"""Lines break where a printer of Chinese would break them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ankang_desktop.printing.fonts import shipped_fonts
from ankang_desktop.printing.wrapping import wrap

SQUARE = dict.fromkeys(map(chr, range(0x10000)), 1.0)


@pytest.mark.parametrize(
    ("text", "room", "lines"),
    [
        ("安全生产月", 5, ("安全生产月",)),
        ("安全生产月活动", 5, ("安全生产月", "活动")),
        ("安全生产。活动", 4, ("安全生", "产。活动")),
        ("安全（生产）活动", 3, ("安全", "（生", "产）活", "动")),
        ("参与“安康杯”竞赛", 3, ("参与", "“安康", "杯”竞", "赛")),
        ("编号YH-2026安", 6, ("编号", "YH-", "2026安")),
        ("共计 1,234.5元整", 8, ("共计", "1,234.5元", "整")),
        ("提升（3分）", 4, ("提升", "（3分）")),
        ("甲\n\n乙", 9, ("甲", "", "乙")),
        ("", 3, ("",)),
    ],
)
def test_breaks(text: str, room: float, lines: tuple[str, ...]) -> None:
    assert wrap(text, room, SQUARE) == lines


@given(st.text(alphabet="安全生产，。（）“”《》AB12 -%", max_size=80), st.integers(4, 30))
def test_nothing_is_lost_and_nothing_overflows(text: str, room: int) -> None:
    lines = wrap(text, room, SQUARE)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(len(line) <= room for line in lines)


def test_widths_of_the_shipped_font() -> None:
    voice = shipped_fonts().voice("serif", bold=False)
    assert voice.width("安全，") == 3.0
    assert 0.4 < voice.width("1") < 0.7
    assert wrap("一二三四五", 4.999, voice.widths) == ("一二三四", "五")

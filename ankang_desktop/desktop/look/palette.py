"""The colours, by what they are for; the accent is the green that safety signs use for 安全 (GB 2893)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Palette:
    """Every colour the program uses, as #rrggbb; text on `canvas` and `surface` reaches a contrast of 4.5."""

    is_dark: bool
    canvas: str  # behind the cards
    side: str  # navigation
    surface: str  # cards, tables, editors
    raised: str  # head of a table, hovered row
    line: str  # borders, rules
    strong_line: str  # borders of editors
    text: str
    soft: str  # second voice
    faint: str  # hints, disabled
    accent: str
    accent_strong: str  # hovered, pressed
    accent_wash: str  # selection, chips
    on_accent: str
    danger: str
    danger_wash: str
    warning: str
    warning_wash: str
    good: str
    good_wash: str
    info: str
    info_wash: str
    shadow: str


LIGHT = Palette(
    is_dark=False,
    canvas="#f4f6f7",
    side="#e9edef",
    surface="#ffffff",
    raised="#f3f6f7",
    line="#e0e5e8",
    strong_line="#c3ccd1",
    text="#1b2529",
    soft="#51626a",
    faint="#6f7f87",
    accent="#0a7568",
    accent_strong="#075e53",
    accent_wash="#dcf1ec",
    on_accent="#ffffff",
    danger="#bf2b23",
    danger_wash="#fdeae8",
    warning="#8f5a00",
    warning_wash="#fff3d6",
    good="#1e7a3c",
    good_wash="#e2f4e7",
    info="#1f5fa8",
    info_wash="#e4eefa",
    shadow="#1b2529",
)

DARK = Palette(
    is_dark=True,
    canvas="#14191c",
    side="#101517",
    surface="#1d2428",
    raised="#262f34",
    line="#2f3a40",
    strong_line="#4a5961",
    text="#e9eef0",
    soft="#a9b8bf",
    faint="#84949c",
    accent="#45b9a4",
    accent_strong="#6fd0bd",
    accent_wash="#1c3f3a",
    on_accent="#06211d",
    danger="#ff8a80",
    danger_wash="#43211f",
    warning="#f0b95a",
    warning_wash="#3d2f14",
    good="#7bd396",
    good_wash="#1b3a25",
    info="#86b8f2",
    info_wash="#1b3049",
    shadow="#000000",
)

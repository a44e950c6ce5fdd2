"""The pieces screens are put together from; each takes its colours and sizes from `look`."""

from ankang_desktop.desktop.widgets.basic import (
    button,
    card,
    clear,
    hang,
    icon_button,
    label,
    link,
    menu_button,
    rule,
    scrolled,
    segments,
    tell_steadily,
)
from ankang_desktop.desktop.widgets.empty import EmptyState
from ankang_desktop.desktop.widgets.flow import FlowLayout
from ankang_desktop.desktop.widgets.painted import Badge, Bar, Gauge

__all__ = [
    "Badge",
    "Bar",
    "EmptyState",
    "FlowLayout",
    "Gauge",
    "button",
    "card",
    "clear",
    "hang",
    "icon_button",
    "label",
    "link",
    "menu_button",
    "rule",
    "scrolled",
    "segments",
    "tell_steadily",
]

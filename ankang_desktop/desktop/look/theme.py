"""The look in force: palette, scale of type, and the style sheet made of both."""

from __future__ import annotations

from dataclasses import dataclass
from string import Template

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from ankang_desktop.desktop.look.fonts import family
from ankang_desktop.desktop.look.palette import DARK, LIGHT, Palette
from ankang_desktop.kernel import paths

POINTS = {"caption": 9.5, "body": 10.5, "strong": 10.5, "subtitle": 12.0, "title": 16.0, "display": 26.0}
"""The type scale in points at 100 %."""

SCALES = (100, 115, 130, 150)
"""Per cent of the type scale a person may choose (大字)."""


@dataclass(frozen=True)
class Look:
    """What is in force: the palette, and the scale of type as a factor."""

    palette: Palette = LIGHT
    scale: float = 1.0

    def px(self, size: float) -> int:
        """Return a length of the spacing scale (4, 8, 12, 16, 24, 32), grown with the type."""
        return round(size * (1 + (self.scale - 1) * 0.7))

    def points(self, role: str) -> float:
        """Return the type size of a role in points."""
        return POINTS[role] * self.scale


class _Held:
    look = Look()


def current() -> Look:
    """Return the look in force."""
    return _Held.look


def px(size: float) -> int:
    """Return a length grown with the type; see Look.px."""
    return _Held.look.px(size)


def font(role: str = "body", *, bold: bool = False) -> QFont:
    """Return the font of a role."""
    found = QFont(family())
    found.setPointSizeF(_Held.look.points(role))
    found.setBold(bold or role in {"strong", "title", "display"})
    return found


def apply(theme: str, percent: int) -> None:
    """Put a look in force: `theme` is “light”, “dark” or “system”, `percent` one of SCALES."""
    is_dark = theme == "dark" or (
        theme == "system" and QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
    )
    _Held.look = Look(DARK if is_dark else LIGHT, percent / 100)
    app = QApplication.instance()
    if isinstance(app, QApplication):
        app.setFont(font())
        app.setPalette(_qt_palette(_Held.look.palette))


def dress(window: QWidget) -> None:
    """Give a window without a parent the style sheet of the look in force; whatever is put into it follows.

    The sheet is the window's and not the application's: Qt styles a widget and all it holds anew each time it is put
    into another, so under a sheet of the application a page built from the inside out is styled once per layer. Outside
    any window it is not styled at all, and once when it is put in: a form is built in a third of the time.
    """
    window.setStyleSheet(style_sheet())


def restyle(widget: QWidget, name: str, value: object) -> None:
    """Give a widget another value of a property that the style sheet looks at (`role`, `wrong`, `bar`)."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def _qt_palette(colours: Palette) -> QPalette:
    """Return Qt's own palette of ours, for what the style sheet does not reach (selections, system dialogs)."""
    made = QPalette()
    roles = {
        QPalette.ColorRole.Window: colours.canvas,
        QPalette.ColorRole.WindowText: colours.text,
        QPalette.ColorRole.Base: colours.surface,
        QPalette.ColorRole.AlternateBase: colours.raised,
        QPalette.ColorRole.Text: colours.text,
        QPalette.ColorRole.Button: colours.surface,
        QPalette.ColorRole.ButtonText: colours.text,
        QPalette.ColorRole.Highlight: colours.accent,
        QPalette.ColorRole.HighlightedText: colours.on_accent,
        QPalette.ColorRole.ToolTipBase: colours.text,
        QPalette.ColorRole.ToolTipText: colours.surface,
        QPalette.ColorRole.PlaceholderText: colours.faint,
        QPalette.ColorRole.Link: colours.accent,
    }
    for role, colour in roles.items():
        made.setColor(role, QColor(colour))
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText, QPalette.ColorRole.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor(colours.faint))
    return made


def style_sheet() -> str:
    """Return the style sheet of the look in force; the template is resources/desktop.qss."""
    look = _Held.look
    names = {name: getattr(look.palette, name) for name in Palette.__slots__ if name != "is_dark"}
    sizes = {f"pt_{role}": f"{look.points(role):g}pt" for role in POINTS}
    lengths = {
        f"px{size}": f"{look.px(size)}px" for size in (1, 2, 3, 4, 6, 8, 10, 12, 14, 16, 20, 24, 26, 28, 32, 36, 40)
    }
    icons = (paths.resources() / "icons" / ("dark" if look.palette.is_dark else "light")).as_posix()
    template = Template((paths.resources() / "desktop.qss").read_text("utf-8"))
    return template.substitute(names | sizes | lengths | {"family": family(), "icons": icons})

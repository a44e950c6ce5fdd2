"""How the program looks: one palette, one type scale, one spacing scale, one set of icons, light and dark.

`current()` is what widgets ask while painting; nobody else names a colour or a size.
"""

from ankang_desktop.desktop.look.icons import icon, pixmap
from ankang_desktop.desktop.look.room import room
from ankang_desktop.desktop.look.theme import Look, apply, current, dress, font, px, restyle

__all__ = ["Look", "apply", "current", "dress", "font", "icon", "pixmap", "px", "restyle", "room"]

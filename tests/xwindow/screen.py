"""A screen nobody sits at, and a person's hands: an X server of its own, keys, the mouse, and eyes that keep pictures.

Keys and clicks go through the X server (XTest), as those of a keyboard do; nothing of the program is called. Hanzi are
typed through Qt's own input context: F12 and a word's letters, by a compose table written for the journey.
"""

from __future__ import annotations

import ctypes
import os
import subprocess
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from PIL import Image, ImageChops, ImageGrab

Box = tuple[int, int, int, int]  # left, top, right, bottom

SIZE = (1366, 768)
PATIENCE = 60.0  # seconds; what takes longer on a busy computer is broken
_PAUSE = 0.05
_SAME = 4  # pictures in a row that are alike show that nothing moves any more


class Screen:
    """An X server (`display` is its name), what is typed and clicked on it, and what is seen of it."""

    def __init__(self, pictures: Path) -> None:
        self.pictures = pictures
        self._seen = 0
        self._last: Image.Image | None = None
        read, write = os.pipe()
        command = ["Xvfb", "-displayfd", str(write), "-screen", "0", "{}x{}x24".format(*SIZE), "-nolisten", "tcp"]
        self._server = subprocess.Popen([*command, "-noreset"], pass_fds=[write], stderr=subprocess.PIPE, text=True)
        os.close(write)
        with os.fdopen(read) as stream:
            number = stream.readline().strip()  # ends without a number when the server does
        self.display = f":{number}"
        if not number:
            raise RuntimeError(f"Xvfb did not start: {self._server.communicate()[1]}")

    def close(self) -> None:
        """Switch the screen off."""
        self._server.terminate()
        self._server.communicate(timeout=PATIENCE)

    # --- hands -------------------------------------------------------------------------------------------------

    def press(self, *keys: str) -> None:
        """Press keys one after another, as xdotool names them: Return, ctrl+s, F6."""
        self._do("key", "--delay", "40", *keys)

    def write(self, text: str) -> None:
        """Type letters, digits and signs."""
        self._do("type", "--delay", "40", text)

    def click(self, x: int, y: int) -> None:
        """Click at a place."""
        self._do("mousemove", str(x), str(y), "click", "1")

    def focus(self, window: str) -> None:
        """Give a window the keyboard, which is what a window manager does when a window opens."""
        self._do("windowfocus", "--sync", window)

    def ask_to_close(self, window: str) -> None:
        """Ask a window to close, as a window manager does on Alt+F4 and on a click on ×."""
        x = ctypes.CDLL("libX11.so.6")
        x.XOpenDisplay.restype = ctypes.c_void_p
        x.XInternAtom.restype = ctypes.c_ulong
        x.XInternAtom.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int]
        x.XSendEvent.argtypes = [ctypes.c_void_p, ctypes.c_ulong, ctypes.c_int, ctypes.c_long, ctypes.c_void_p]
        x.XCloseDisplay.argtypes = [ctypes.c_void_p]
        display = x.XOpenDisplay(self.display.encode())
        words = [x.XInternAtom(display, name, 0) for name in (b"WM_PROTOCOLS", b"WM_DELETE_WINDOW")]
        message = _ClientMessage(type=33, window=int(window), message_type=words[0], format=32)
        message.data[0] = words[1]
        x.XSendEvent(display, int(window), 0, 0, ctypes.byref(message))
        x.XCloseDisplay(display)

    # --- eyes --------------------------------------------------------------------------------------------------

    def windows(self) -> dict[str, str]:
        """Return the titles of the windows in sight by their ids, in the order in which they opened."""
        found = self._ask("search", "--onlyvisible", "--name", ".").split()
        return {window: self._ask("getwindowname", window).strip() for window in found}

    def look(self) -> Image.Image:
        """Return what is to be seen now."""
        return ImageGrab.grab(xdisplay=self.display).convert("RGB")

    def settled(self) -> Image.Image:
        """Return what is to be seen when nothing moves any more."""
        same, before = 0, self.look()

        def is_still() -> bool:
            nonlocal same, before
            now = self.look()
            same, before = (same + 1 if alike(now, before) else 0), now
            return same >= _SAME

        self.wait("the picture to stand still", is_still)
        return before

    def keep(self, name: str, written: Box | None = None) -> Image.Image:
        """Keep a picture of what is to be seen when nothing moves any more, unlike the last one; return it.

        What is worked out while the person waits stands in `written`: until then nothing there can be read.
        """
        if (last := self._last) is not None:
            self.wait(f"something else than what was kept before “{name}”", lambda: not alike(self.look(), last))
        found = self._last = self.settled()
        if written and not is_written(found.crop(written)):
            self.wait(f"something to read in {written}", lambda: is_written(self.look().crop(written)))
            found = self._last = self.settled()
        self._seen += 1
        self.pictures.mkdir(parents=True, exist_ok=True)
        found.save(self.pictures / f"{self._seen:02}-{name}.png")
        return found

    def wait(self, what: str, is_so: Callable[[], Any]) -> Any:
        """Wait until something is so and return it; where it never is, keep a last picture and say what was awaited."""
        end = time.monotonic() + PATIENCE
        while not (found := is_so()):
            if time.monotonic() > end:
                self.pictures.mkdir(parents=True, exist_ok=True)
                self.look().save(self.pictures / "waited-in-vain.png")
                raise AssertionError(f"waited {PATIENCE:.0f} s for {what}; windows: {list(self.windows().values())}")
            time.sleep(_PAUSE)
        return found

    # --- inside ------------------------------------------------------------------------------------------------

    def environment(self) -> Mapping[str, str]:
        """Return the environment that shows a program on this screen."""
        return {**os.environ, "DISPLAY": self.display, "QT_QPA_PLATFORM": "xcb"}

    def _do(self, *words: str) -> None:
        subprocess.run(["xdotool", *words], env=self.environment(), check=True, timeout=PATIENCE)

    def _ask(self, *words: str) -> str:
        """Return xdotool's answer; a window that closed meanwhile has none."""
        return subprocess.run(
            ["xdotool", *words],
            env=self.environment(),
            check=False,
            capture_output=True,
            encoding="utf-8",
            timeout=PATIENCE,
        ).stdout


class _ClientMessage(ctypes.Structure):
    """XClientMessageEvent, in the room of an XEvent."""

    _fields_ = (
        ("type", ctypes.c_int),
        ("serial", ctypes.c_ulong),
        ("send_event", ctypes.c_int),
        ("display", ctypes.c_void_p),
        ("window", ctypes.c_ulong),
        ("message_type", ctypes.c_ulong),
        ("format", ctypes.c_int),
        ("data", ctypes.c_long * 5),
        ("pad", ctypes.c_long * 24),
    )


def is_written(part: Image.Image) -> bool:
    """Say whether there is something to read: enough that stands out from the ground as text does."""
    grey = part.convert("L")
    counts = grey.histogram()
    ground = counts.index(max(counts))
    return sum(number for tone, number in enumerate(counts) if abs(tone - ground) > 96) > 0.005 * sum(counts)


def alike(one: Image.Image, other: Image.Image) -> bool:
    """Say whether two pictures show the same; a cursor that blinks is no difference."""
    box = ImageChops.difference(one, other).getbbox()
    return box is None or (box[2] - box[0] <= 3 and box[3] - box[1] <= 40)

"""Take the pictures of README and help anew: the screens of the demo enterprise at 1366×768, on no screen.

`make demo`, then `.venv/bin/python packaging/pictures.py` (looked at before they are committed). A folder named on the
command line is filled instead of resources/help/pictures; `dark`, `150` and `1920x1080` give the other looks.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ.setdefault("QT_QPA_FONTDIR", str(ROOT / "resources" / "fonts"))

from PIL import Image
from PySide6.QtWidgets import QApplication, QWidget

from ankang_desktop.app import App
from ankang_desktop.desktop import look
from ankang_desktop.desktop.frame.window import Window
from ankang_desktop.desktop.preferences import Preferences
from ankang_desktop.desktop.report import Door
from ankang_desktop.desktop.session import Session
from ankang_desktop.desktop.start import make_application
from ankang_desktop.kernel.clock import Clock
from ankang_desktop.store.workspace import open_workspace

DEMO = ROOT / "build" / "demo" / "工作区"
DAY = date(2026, 11, 21)
HAZARD = "YH-2026-0015"
PLACES: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("今日", "today", {}),
    ("年历", "calendar", {}),
    ("隐患闭环", "hazards", {}),
    ("班组网格", "grid", {}),
    ("评分表", "scorecard", {}),
    ("统计表", "statistics", {}),
    ("报送", "submission", {}),
    ("档案盒", "archive", {}),
    ("设置", "settings", {}),
    ("台账", "ledger", {"ledger": "hazard"}),
    ("表单", "record", {"number": HAZARD}),
    ("导入", "import", {"ledger": "hazard"}),
)


def main(wishes: Sequence[str]) -> None:
    """Open every place once and keep its picture."""
    looks = {"dark", "150", "1920x1080"}
    folder = next((Path(each) for each in wishes if each not in looks), ROOT / "resources" / "help" / "pictures")
    size = (1920, 1080) if "1920x1080" in wishes else (1366, 768)
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home:
        shutil.copytree(DEMO, Path(home, "华兴机械厂"))
        make_application()
        look.apply("dark" if "dark" in wishes else "light", 150 if "150" in wishes else 100)
        session = Session(
            App(open_workspace(Path(home, "华兴机械厂")), Clock(DAY)), Preferences(Path(home, "desktop.json")), Door()
        )
        for name, picture in pictures(session, size):
            picture.save(str(folder / "new.png"))
            save(folder / "new.png", folder / f"{name}.png")
            print(folder / f"{name}.png")
        session.close()


def pictures(session: Session, size: tuple[int, int]) -> Iterator[tuple[str, Any]]:
    """Yield every picture with its name."""
    window = Window(session)
    window.resize(*size)
    window.show()
    for name, key, given in PLACES:
        window.go(key, given)
        settle(session)
        yield name, window.grab()
        if key == "scorecard":
            yield "迎检模式", inspection(session, window, size)
    window.close()


def inspection(session: Session, window: Window, size: tuple[int, int]) -> Any:
    """Return the picture of 迎检模式, which has a window of its own."""
    page: Any = window.page
    page.inspect()
    settle(session)
    shown: QWidget = next(each for each in QApplication.topLevelWidgets() if each is not window and each.isVisible())
    shown.resize(*size)
    settle(session)
    picture = shown.grab()
    shown.close()
    return picture


def settle(session: Session) -> None:
    """Wait until nothing is worked out any more and what came of it is painted."""
    quiet = 0
    while quiet < 60:
        QApplication.processEvents()
        quiet = 0 if session.work.is_busy else quiet + 1
        time.sleep(0.01)


def save(taken: Path, path: Path) -> None:
    """Keep a picture small: 256 colours are enough for what is drawn flat."""
    Image.open(taken).convert("RGB").quantize(256, method=Image.Quantize.MEDIANCUT).save(path, optimize=True)
    taken.unlink()


if __name__ == "__main__":
    main(sys.argv[1:])

"""Photos on disk: drawn, small, with the EXIF a phone writes, and the list that says which proves what."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from functools import partial
from pathlib import Path

from PIL import Image
from xlsxwriter import Workbook

from ankang_desktop.kernel.files import write_safely
from huaxing import scenes_mended, scenes_people, scenes_things
from huaxing.book import SAVED_AT, fill, look, read_back
from huaxing.demo import Demo, Shot
from huaxing.drawing import Pencil
from huaxing.scenes import SCENES

DRAWN = (scenes_mended, scenes_people, scenes_things)  # importing them fills SCENES
LIST = "照片清单"
HEADERS = ("编号", "文件", "佐证栏", "说明", "拍摄日期", "盒号", "页号")
_EXIF_IFD, _GPS_IFD, _TAKEN, _DIGITISED, _CHANGED, _MAKER = 0x8769, 0x8825, 0x9003, 0x9004, 0x0132, 0x010F
_WALLS = ("#d9e2e6", "#e4dfd2", "#d6e0d4", "#dcd8e2")


def save(demo: Demo, folder: Path) -> None:
    """Write every photo and the list of their uses."""
    turns: Counter[str] = Counter()
    for shot in demo.shots:
        turn = turns[shot.scene]
        turns[shot.scene] += 1
        image = _drawn(shot, 1 if shot.scene.endswith("_after") else 0 if shot.scene.endswith("_before") else turn)
        write_safely(folder / shot.file, partial(_save, image, shot), _verify)
    write_safely(folder / f"{LIST}.xlsx", partial(_write_list, demo), read_back)


def _drawn(shot: Shot, turn: int) -> Image.Image:
    pencil = Pencil(turn, shot.caption, _WALLS[turn % len(_WALLS)])
    SCENES[shot.scene](pencil)
    return pencil.signed(f"{shot.taken_at:%Y-%m-%d %H:%M}")


def _save(image: Image.Image, shot: Shot, path: Path) -> None:
    if shot.file.endswith(".png"):
        image.quantize(32).save(path, "PNG", optimize=True)
        return
    exif = _exif(shot.taken_at, has_place=shot.has_place) if shot.has_exif else Image.Exif()
    image.save(path, "JPEG", quality=60, optimize=True, exif=exif)


def _exif(taken_at: datetime, *, has_place: bool) -> Image.Exif:
    exif, written = Image.Exif(), f"{taken_at:%Y:%m:%d %H:%M:%S}"
    exif[_MAKER], exif[_CHANGED] = "DEMO", written
    exif.get_ifd(_EXIF_IFD).update({_TAKEN: written, _DIGITISED: written})
    if has_place:  # a generic inland point, there for the privacy gate to find
        exif.get_ifd(_GPS_IFD).update({1: "N", 2: (38.0, 0.0, 0.0), 3: "E", 4: (114.0, 30.0, 0.0)})
    return exif


def _verify(path: Path) -> None:
    with Image.open(path) as image:
        image.load()


def _write_list(demo: Demo, path: Path) -> None:
    with Workbook(path) as workbook:
        workbook.set_properties({"title": LIST, "author": "华兴机械厂工会", "created": SAVED_AT})
        rows = [[use.number, use.file, use.slot, use.caption, use.taken_on, use.box, use.page] for use in demo.uses]
        fill(workbook.add_worksheet(LIST), HEADERS, rows, look(workbook))

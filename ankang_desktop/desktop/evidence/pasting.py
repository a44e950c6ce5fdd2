"""What the clipboard holds, as files: copied ones where they lie, a copied picture as a PNG named by its moment."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtGui import QGuiApplication, QImage

from ankang_desktop.desktop.evidence.slots import paths_of
from ankang_desktop.desktop.session import Session
from ankang_desktop.kernel.errors import UserError, WorldError
from ankang_desktop.kernel.files import write_safely


def pasted(session: Session, folder: Path) -> list[Path]:
    """Return the files of the clipboard, a picture kept in `folder`; raises UserError where it holds neither."""
    carried = QGuiApplication.clipboard().mimeData()
    if paths := paths_of(carried):
        return paths
    if not carried.hasImage():
        raise UserError("剪贴板里没有图片或文件", "在微信里右键图片选“复制”，或在文件夹里复制文件")
    image = QGuiApplication.clipboard().image()
    target = folder / f"粘贴_{session.app.clock.now():%Y%m%d_%H%M%S}.png"
    write_safely(target, partial(_put, image), partial(_verify, image))
    return [target]


def _put(image: QImage, path: Path) -> None:
    image.save(str(path))


def _verify(image: QImage, path: Path) -> None:
    if QImage(str(path)).size() != image.size():
        raise WorldError("剪贴板里的图片没有存好", "请再复制一次")

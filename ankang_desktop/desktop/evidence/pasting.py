"""What the clipboard or a drag carries, as files: those of the computer where they lie, a picture as a PNG."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication, QImage

from ankang_desktop.desktop.evidence.slots import paths_of
from ankang_desktop.desktop.session import Session
from ankang_desktop.kernel.errors import UserError, WorldError
from ankang_desktop.kernel.files import free_name, write_safely


def pasted(session: Session, folder: Path) -> list[Path]:
    """Return the files of the clipboard, a picture kept in `folder`; raises UserError where it holds neither."""
    carried = QGuiApplication.clipboard().mimeData()
    if paths := paths_of(carried):
        return paths
    return [_kept(_picture_of(carried), _target(session, folder))]


def take(session: Session, folder: Path, carried: QMimeData, then: Callable[[list[Path]], None]) -> None:
    """Tell `then` the files that something carries; a picture is written into `folder` off the GUI thread first.

    Raises UserError where it carries neither.
    """
    if paths := paths_of(carried):
        then(paths)
        return
    picture, target = _picture_of(carried), _target(session, folder)
    session.work.run(lambda _: [_kept(picture, target)], then)


def clipboard() -> QMimeData:
    """Return what the clipboard holds."""
    return QGuiApplication.clipboard().mimeData()


def _picture_of(carried: QMimeData) -> QImage:
    picture = carried.imageData() if carried.hasImage() else None
    if not isinstance(picture, QImage) or picture.isNull():
        raise UserError("剪贴板里没有图片或文件", "在微信里右键图片选“复制”，或在文件夹里复制文件")
    return picture


def _target(session: Session, folder: Path) -> Path:
    """Return a name by the moment, without the year: else it would be read as the day the photo was taken."""
    now = session.app.clock.now()
    return free_name(folder, f"粘贴 {now.month}月{now.day}日 {now:%H-%M-%S}.png")


def _kept(picture: QImage, target: Path) -> Path:
    write_safely(target, partial(_put, picture), partial(_verify, picture))
    return target


def _put(picture: QImage, path: Path) -> None:
    picture.save(str(path))


def _verify(picture: QImage, path: Path) -> None:
    if QImage(str(path)).size() != picture.size():
        raise WorldError("剪贴板里的图片没有存好", "请再复制一次")

"""Parts of the panel: the row of tools, the line that warns of dates, the menu of the selected files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from PySide6.QtWidgets import QAbstractItemView, QFrame, QHBoxLayout, QLabel, QMenu, QScrollArea, QWidget

from ankang_desktop.actions.files import File
from ankang_desktop.desktop.look import icon, pixmap, px
from ankang_desktop.desktop.widgets import FlowLayout, button, icon_button, label, link

Act = Callable[[], object]
Entry = tuple[str, str, Act] | None


class Deeds(Protocol):
    """What the panel can do, as its tools call it."""

    def choose_files(self) -> None:
        """Ask for files."""

    def reuse(self) -> None:
        """Choose among all evidence."""

    def paste(self) -> None:
        """Add what the clipboard holds."""

    def open_outside(self) -> None:
        """Open the selected file in another program."""

    def save_as(self) -> None:
        """Save the selected files elsewhere."""

    def remove(self) -> None:
        """Take the selected files off."""


class Tools(QWidget):
    """Ways to add files, then what can be done with the selected ones; in two lines where type is large."""

    def __init__(self, panel: Deeds) -> None:
        super().__init__()
        row = FlowLayout(self, px(4))
        adding = button("添加(&F)", panel.choose_files, name="photo-plus")
        adding.setToolTip("从电脑里选文件，可以一次选多个")
        reusing = button("用已有的", panel.reuse, kind="quiet", name="photo-search")
        reusing.setToolTip("把别的记录的佐证也用在这条记录上，不用再存一份")
        pasting = icon_button("clipboard-copy", "粘贴复制的图片或文件 (Ctrl+V)", panel.paste)
        self._adding = (adding, reusing, pasting)
        self._removing = icon_button("trash", "移除所选 (Delete)", panel.remove)
        self._with_chosen = (
            icon_button("external-link", "用其他程序打开", panel.open_outside),
            icon_button("download", "另存为", panel.save_as),
            self._removing,
        )
        for each in (*self._adding, *self._with_chosen):
            row.addWidget(each)

    def set_read_only(self, *, is_read_only: bool) -> None:
        """Offer only what changes nothing."""
        for each in (*self._adding, self._removing):
            each.setVisible(not is_read_only)

    def set_chosen(self, *, is_any: bool) -> None:
        """Say whether files are selected."""
        for each in self._with_chosen:
            each.setEnabled(is_any)


class DateWarning(QFrame):
    """An amber line that photos are of other days than their record; a link selects them."""

    def __init__(self, show_them: Act) -> None:
        super().__init__()
        self.setProperty("bar", "warning")
        row = QHBoxLayout(self)
        row.setContentsMargins(px(10), px(4), px(6), px(4))
        row.setSpacing(px(8))
        sign = QLabel()
        sign.setPixmap(pixmap("alert-triangle", px(16), "warning", self.devicePixelRatioF()))
        self.told = label("", "warning", wrap=True)
        row.addWidget(sign)
        row.addWidget(self.told, 1)
        row.addWidget(link("看看", show_them))
        self.hide()

    def show_files(self, files: Sequence[File]) -> None:
        """Warn of those files of which there is something to warn."""
        odd = [file for file in files if file.warning]
        self.told.setText(nameless(odd[0]) if len(odd) == 1 else f"{len(odd)} 张照片的日期与活动日期相差很多")
        self.setVisible(bool(odd))


def nameless(file: File) -> str:
    """Return what is odd about a file, without its name: it stands beside it already, and is long."""
    return file.warning.replace(f"“{file.name}”", "", 1)


def bring_into_sight(area: QScrollArea, views: Sequence[QAbstractItemView]) -> None:
    """Scroll until the first selected row of views inside a scroll area is seen."""
    inside = area.widget()
    for view in views:
        for index in view.selectionModel().selectedIndexes()[:1]:
            place = view.visualRect(index)
            if inside is not None:
                point = view.viewport().mapTo(inside, place.center())
                area.ensureVisible(point.x(), point.y(), 0, place.height())


def menu_of(parent: QWidget, entries: Sequence[Entry]) -> QMenu:
    """Return a menu of (icon, text, action); None is a rule between entries."""
    menu = QMenu(parent)
    for entry in entries:
        if entry is None:
            menu.addSeparator()
        else:
            menu.addAction(icon(entry[0]), entry[1]).triggered.connect(lambda _=False, do=entry[2]: do())
    return menu

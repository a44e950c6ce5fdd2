"""Names inside a package: readable, and accepted by Windows, Linux, zip, bagit-python and sha256sum alike.

RFC 8493 §2.1.3 wants “%” written as “%25” in a manifest, but bagit-python and sha256sum read that literally; so a “%”
becomes “％” in the name itself and all three readers agree.
"""

from __future__ import annotations

import unicodedata

from ankang_desktop.kernel.errors import UserError
from ankang_desktop.kernel.text import safe_file_name

LONGEST_PATH = 180
"""Characters of a whole path: Windows allows 260 with the folder the person unzips into."""


def package_path(*segments: str) -> str:
    """Return the path inside a package for readable segments: “群众监督”, “整改率84.2%.pdf”; joined by “/”."""
    return "/".join(_segment(segment) for segment in segments)


def _segment(text: str) -> str:
    """Return one safe segment; invisible marks vanish, odd spaces become plain."""
    composed = unicodedata.normalize("NFC", text).replace("%", "％")
    return safe_file_name("".join(_visible(mark) for mark in composed))


def _visible(mark: str) -> str:
    category = unicodedata.category(mark)
    return " " if category[0] == "Z" else "" if category[0] == "C" else mark


class Names:
    """The names already given in one package; refuses what some disk could not hold beside them."""

    def __init__(self) -> None:
        self._files: set[str] = set()
        self._folders: set[str] = set()

    def take(self, path: str) -> None:
        """Note a path as used; raises UserError when it is unsafe, too long, or differs from another only in case."""
        if package_path(*path.split("/")) != path:
            raise UserError(f"报送包里不能有名为“{path}”的文件", "请去掉名称中的特殊符号、多余的点和空格，或缩短名称")
        if len(path) > LONGEST_PATH:
            raise UserError(f"报送包里的文件名太长：“{path}”", f"请缩短名称，连同文件夹不超过{LONGEST_PATH}个字")
        folded = path.casefold()
        folders = {folded[:index] for index, mark in enumerate(folded) if mark == "/"}
        if folded in self._files | self._folders or folders & self._files:
            raise UserError(f"报送包里已有同名的文件：“{path}”（不分大小写）", "请给其中一个换个名称")
        self._files.add(folded)
        self._folders |= folders

"""Folders a workspace must not lie in: file locks do not bind cloud programs, and network disks break SQLite's log."""

from __future__ import annotations

from pathlib import Path

from ankang_desktop.kernel.errors import UserError

_CLOUD = ("OneDrive", "Dropbox", "Nutstore", "坚果云", "百度网盘", "BaiduNetdisk", "WeiyunSync", "iCloud")
_NETWORK = {
    "nfs",
    "nfs4",
    "cifs",
    "smb",
    "smb2",
    "smb3",
    "smbfs",
    "fuse.sshfs",
    "fuse.smbnetfs",
    "davfs",
    "fuse.davfs2",
}
_MOUNTS = Path("/proc/mounts")
_WAY_OUT = "请把工作区放在本机的普通文件夹，如“文档”；要放到服务器的，用 backup 备份过去"


def refuse_unsafe(folder: Path) -> None:
    """Refuse folders that a cloud program synchronises or that lie on another computer."""
    cloud = next((name for part in folder.resolve().parts for name in _CLOUD if name.lower() in part.lower()), None)
    if cloud:
        raise UserError(
            f"“{folder}”在网盘同步目录（{cloud}）中，同步程序会损坏数据", "请换到本机的普通文件夹，如“文档”"
        )
    if _is_share(str(folder)) or _is_share(str(folder.resolve())) or _mounted_as(folder.resolve()) in _NETWORK:
        raise UserError(f"“{folder}”在网络共享盘上，断网或多人同时打开会损坏数据", _WAY_OUT)


def _is_share(path: str) -> bool:
    r"""Whether a path is //server/share; of Windows' long paths only \\?\UNC\server\share is (drives resolve to it)."""
    text = path.replace("\\", "/")
    return text.startswith("//") and (text[2:4] not in {"?/", "./"} or text[4:8].upper() == "UNC/")


def _mounted_as(folder: Path) -> str:
    """Return the file system a folder lies on, "" where the system does not tell (not Linux)."""
    if not _MOUNTS.is_file():
        return ""
    lines = (line.split() for line in _MOUNTS.read_text(encoding="utf-8", errors="replace").splitlines())
    mounts = [(Path(_unescaped(words[1])), words[2]) for words in lines if len(words) > 2]
    holding = [(len(place.parts), order, kind) for order, (place, kind) in enumerate(mounts) if _holds(place, folder)]
    return max(holding, default=(0, 0, ""))[2]


def _holds(place: Path, folder: Path) -> bool:
    return place == folder or place in folder.parents


def _unescaped(text: str) -> str:
    """Undo the kernel's way of writing blanks in a mount table."""
    for written, mark in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        text = text.replace(written, mark)
    return text

"""Every file is whole or not there: the old one survives whatever goes wrong with the new."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from ankang_desktop.kernel.errors import WorldError
from ankang_desktop.kernel.files import free_name, write_safely, write_text_safely


def test_text_is_written_and_read_back(tmp_path: Path) -> None:
    write_text_safely(tmp_path / "子" / "a.txt", "一\r\n二")
    assert (tmp_path / "子" / "a.txt").read_bytes() == "一\r\n二".encode()


def _fails(_: Path) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def _nothing(_: Path) -> None:
    pass


def _is_refused(_: Path) -> None:
    raise WorldError("读回不一致", "请重试")


@pytest.mark.parametrize(
    ("write", "verify"),
    [
        (_fails, lambda path: None),
        (lambda path: path.write_text("new"), _is_refused),
        (lambda path: None, lambda path: None),
    ],
)
def test_the_old_file_survives(tmp_path: Path, write: object, verify: object) -> None:
    target = tmp_path / "a.txt"
    target.write_text("old")
    with pytest.raises(WorldError) as caught:
        write_safely(target, write, verify)  # type: ignore[arg-type]
    assert caught.value.remedy
    assert target.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


def test_free_names(tmp_path: Path) -> None:
    (tmp_path / "a.db").touch()
    (tmp_path / "a-2.db").touch()
    assert free_name(tmp_path, "a.db").name == "a-3.db"

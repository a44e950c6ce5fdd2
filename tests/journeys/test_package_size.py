"""A mailbox that takes no file as large: photos made smaller in the copy, the rest cut into parts that join again."""

from __future__ import annotations

import io
import random
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from ankang_desktop.actions import filing, handing_in, submitting
from ankang_desktop.actions.submitting import Order
from ankang_desktop.app import App
from ankang_desktop.kernel.clock import Clock
from ankang_desktop.kernel.errors import UserError, WorldError
from ankang_desktop.kernel.hashing import sha256_of
from ankang_desktop.kernel.progress import Quiet
from ankang_desktop.ledgers.upper import SubmissionKind
from ankang_desktop.store.evidence import Use, attached
from ankang_desktop.store.query import fetch, ids_of
from ankang_desktop.submission.parts import NOTE
from tests.journeys.huaxing import TODAY, Huaxing

TRAINING = "PX-2026-0001"


@pytest.fixture(scope="module")
def photographed(filled: Huaxing, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The full house with one large photo on a training; closed, only to be copied."""
    folder = tmp_path_factory.mktemp("photographed")
    shutil.copytree(filled.workspace.folder, folder / "w")
    noise = random.Random(7).randbytes(600 * 450 * 3)
    picture = Image.frombytes("RGB", (600, 450), noise).resize((2400, 1800))
    picture.save(folder / "全景.jpg", quality=95)
    with App.opened(folder / "w", Clock(TODAY)) as app:
        filing.attach_files(app, TRAINING, [folder / "全景.jpg"], Use())
    return folder / "w"


@pytest.fixture
def office(photographed: Path, tmp_path: Path) -> Iterator[App]:
    shutil.copytree(photographed, tmp_path / "w")
    with App.opened(tmp_path / "w", Clock(TODAY)) as app:
        yield app


def side_of_photo(path: Path) -> int:
    with zipfile.ZipFile(path) as archive:
        name = next(each for each in archive.namelist() if each.endswith(".jpg"))
        with Image.open(io.BytesIO(archive.read(name))) as image:
            return max(image.size)


def submissions(app: App) -> int:
    with app.read() as connection:
        return len(ids_of(connection, app.ledgers["submission"]))


def test_photos_become_smaller_in_the_copy_only(office: App, tmp_path: Path) -> None:
    whole = submitting.submit(office, Order(tmp_path / "大.zip"), Quiet())
    assert side_of_photo(whole.path) == 2400
    limit = whole.path.stat().st_size - 200_000
    order = Order(tmp_path / "小.zip", kind=SubmissionKind.correction, limit=limit)
    done = submitting.submit(office, order, Quiet())
    assert done.path.stat().st_size <= limit
    assert done.parts == ()
    side = side_of_photo(done.path)
    assert side < 2400
    assert f"照片副本已压缩到长边{side}像素以内，原件不变" in done.notes
    assert submitting.verify(done.path, Quiet()).ok
    with office.read() as connection:
        ids = ids_of(connection, office.ledgers["training"])
        kept = [each for each in attached(connection, ids) if each.is_photo]
    with Image.open(office.workspace.evidence.path_of(kept[0].sha256)) as original:
        assert max(original.size) == 2400


def test_what_is_still_too_large_is_cut_and_joins_again(office: App, tmp_path: Path) -> None:
    limit = 60_000
    done = submitting.submit(office, Order(tmp_path / "邮寄" / "包.zip", limit=limit), Quiet())
    assert len(done.parts) > 1
    assert [part.name for part in done.parts][:2] == ["包.zip.001", "包.zip.002"]
    assert all(part.stat().st_size <= limit for part in done.parts)
    folder = done.parts[0].parent
    assert folder == tmp_path / "邮寄" / "包-分卷"
    joined = b"".join(part.read_bytes() for part in done.parts)
    assert joined == done.path.read_bytes()
    note = (folder / NOTE).read_text("utf-8")
    assert done.sha256 in note
    assert sha256_of(done.parts[0]) in note
    assert submitting.verify(done.parts[1], Quiet()).ok
    (tmp_path / "合.zip").write_bytes(subprocess.run(["cat", *done.parts], capture_output=True, check=True).stdout)
    assert submitting.verify(tmp_path / "合.zip", Quiet()).ok


def test_a_lost_part_is_named(office: App, tmp_path: Path) -> None:
    done = submitting.submit(office, Order(tmp_path / "包.zip", limit=60_000), Quiet())
    done.parts[1].unlink()
    with pytest.raises(UserError, match="缺少第002卷"):
        submitting.verify(done.parts[0], Quiet())
    done.parts[1].write_bytes(done.parts[0].read_bytes())
    found = submitting.verify(done.parts[0], Quiet())
    assert not found.ok


def test_parts_vanish_with_a_record_that_could_not_be_filed(
    office: App, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> int:
        raise WorldError("磁盘已满", "请清理磁盘空间")

    monkeypatch.setattr(handing_in, "freeze", full)
    with pytest.raises(WorldError):
        submitting.submit(office, Order(tmp_path / "邮寄" / "包.zip", limit=60_000), Quiet())
    assert list((tmp_path / "邮寄").iterdir()) == []
    assert list(office.workspace.submissions.glob("*")) == []
    assert submissions(office) == 0


def test_too_many_parts_are_refused(office: App, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="太多了"):
        submitting.submit(office, Order(tmp_path / "邮寄" / "包.zip", limit=100), Quiet())
    assert not (tmp_path / "邮寄").exists() or list((tmp_path / "邮寄").iterdir()) == []


def test_the_record_tells_the_whole(office: App, tmp_path: Path) -> None:
    done = submitting.submit(office, Order(tmp_path / "包.zip", limit=60_000), Quiet())
    with office.read() as connection:
        ledger = office.ledgers["submission"]
        values = fetch(connection, ledger, ids_of(connection, ledger))[0].values
    assert values["package_hash"] == done.sha256 == sha256_of(done.path)

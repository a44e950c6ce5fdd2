"""A copy of a photo tells when, never where or whose; its pixels are the very same."""

from __future__ import annotations

import io
import random
import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image, PngImagePlugin

from ankang_desktop.kernel.errors import WorldError
from ankang_desktop.submission.containers import Broken, parts_of
from ankang_desktop.submission.exif import read_exif
from ankang_desktop.submission.photos import clean_copy
from ankang_desktop.submission.privacy import scan_photo

TAKEN = "2026:06:01 08:30:00"
XMP = b"http://ns.adobe.com/xap/1.0/\0<x exif:GPSLatitude='36,4.2N'/>"


def exif(*, position: bool = True) -> Image.Exif:
    block = Image.Exif()
    block[0x0112] = 6
    block[0x010E] = "phone 13812345678"
    block[0x013B] = "Owner Name"
    block.get_ifd(0x8769).update({0x9003: TAKEN, 0x9286: b"ASCII\0\0\0secret words", 0xA431: "SERIAL-1"})
    if position:
        block.get_ifd(0x8825).update({1: "N", 2: (36.0, 4.0, 12.0), 3: "E", 4: (120.0, 22.0, 1.0)})
    return block


def picture(size: tuple[int, int] = (160, 120)) -> Image.Image:
    return Image.frombytes("RGB", size, random.Random(5).randbytes(size[0] * size[1] * 3))


def jpeg(**options: object) -> bytes:
    buffer = io.BytesIO()
    picture().save(buffer, "JPEG", exif=exif(), comment="call 13912345678", **options)
    data = buffer.getvalue()
    return data[:2] + b"\xff\xe1" + (len(XMP) + 2).to_bytes(2, "big") + XMP + data[2:]


def png() -> bytes:
    words = PngImagePlugin.PngInfo()
    words.add_text("Comment", "13812345678")
    words.add_itxt("XML:com.adobe.xmp", "<x exif:GPSLatitude='1'/>")
    buffer = io.BytesIO()
    picture().save(buffer, "PNG", exif=exif(), pnginfo=words, dpi=(300, 300))
    return buffer.getvalue()


def webp() -> bytes:
    buffer = io.BytesIO()
    picture().save(buffer, "WEBP", exif=exif(), xmp=XMP)
    return buffer.getvalue()


def clean(tmp_path: Path, data: bytes, longest: int | None = None) -> bytes:
    source, target = tmp_path / "原件", tmp_path / "副本"
    source.write_bytes(data)
    assert clean_copy(source, target, longest) == ()
    assert source.read_bytes() == data
    return target.read_bytes()


def pixels(data: bytes) -> bytes:
    with Image.open(io.BytesIO(data)) as image:
        return image.convert("RGB").tobytes()


@pytest.mark.parametrize(
    "data", [jpeg(), jpeg(progressive=True), jpeg(dpi=(300, 300), icc_profile=b"p" * 99), png(), webp()]
)
def test_position_and_owner_go_moment_orientation_and_pixels_stay(tmp_path: Path, data: bytes) -> None:
    assert {finding.kind for finding in scan_photo(data, "图")} == {"照片定位", "手机号码"}
    cleaned = clean(tmp_path, data)
    with Image.open(io.BytesIO(cleaned)) as image:
        left = image.getexif()
        assert left.get_ifd(0x8825) == {}
        assert left.get_ifd(0x8769) == {0x9003: TAKEN}
        assert dict(left) == {0x0112: 6, 0x8769: left[0x8769]}
        assert "xmp" not in image.info
        assert "comment" not in image.info
    assert pixels(cleaned) == pixels(data)
    for word in (b"Owner", b"GPS", b"secret", b"SERIAL", b"1381234", b"1391234"):
        assert word not in cleaned
    assert list(scan_photo(cleaned, "图")) == []


def test_a_colour_profile_and_resolution_stay(tmp_path: Path) -> None:
    with Image.open(io.BytesIO(clean(tmp_path, jpeg(dpi=(300, 300), icc_profile=b"p" * 99)))) as image:
        assert image.info["icc_profile"] == b"p" * 99
        assert image.info["dpi"] == (300, 300)
        assert image.info["jfif"]


def test_a_second_picture_or_film_behind_the_first_goes(tmp_path: Path) -> None:
    data = jpeg() + b"MotionPhoto" + jpeg()
    cleaned = clean(tmp_path, data)
    assert cleaned.endswith(b"\xff\xd9")
    assert len(cleaned) < len(jpeg())
    plain = io.BytesIO()
    picture().save(plain, "JPEG")
    assert next(scan_photo(plain.getvalue() + jpeg(), "图")).kind == "照片定位"


def test_a_photo_without_metadata_keeps_its_bytes(tmp_path: Path) -> None:
    for kind in ("JPEG", "PNG", "WEBP"):
        buffer = io.BytesIO()
        picture().save(buffer, kind)
        assert clean(tmp_path, buffer.getvalue()) == buffer.getvalue()


def test_free_text_under_a_date_tag_does_not_slip_through(tmp_path: Path) -> None:
    block = exif()
    block.get_ifd(0x8769)[0x9003] = "call 13812345678 now"
    buffer = io.BytesIO()
    picture().save(buffer, "JPEG", exif=block)
    assert b"1381234" not in clean(tmp_path, buffer.getvalue())


@pytest.mark.parametrize(("data", "kind"), [(jpeg(), "JPEG"), (jpeg(progressive=True), "JPEG"), (png(), "PNG")])
def test_a_smaller_copy_is_smaller_and_as_clean(tmp_path: Path, data: bytes, kind: str) -> None:
    small = clean(tmp_path, data, 80)
    with Image.open(io.BytesIO(small)) as image:
        assert image.size == (80, 60)
        assert image.format == kind
        assert image.getexif().get_ifd(0x8769) == {0x9003: TAKEN}
        assert image.getexif()[0x0112] == 6
    assert list(scan_photo(small, "图")) == []
    assert pixels(clean(tmp_path, data, 500)) == pixels(data)
    assert pixels(clean(tmp_path, webp(), 80)) == pixels(webp())


def test_a_200_megapixel_phone_photo_is_taken(tmp_path: Path) -> None:
    source = tmp_path / "大.jpg"
    Image.new("L", (16320, 12240), 90).save(source, "JPEG", exif=exif())
    assert clean_copy(source, tmp_path / "原样.jpg") == ()
    assert clean_copy(source, tmp_path / "小.jpg", 1600) == ()
    with Image.open(tmp_path / "小.jpg") as image:
        assert image.size == (1600, 1200)
    with (tmp_path / "原样.jpg").open("rb") as stream:
        assert b"Owner" not in stream.read(4096)


def chunk(name: bytes, data: bytes) -> bytes:
    return len(data).to_bytes(4, "big") + name + data + zlib.crc32(name + data).to_bytes(4, "big")


def test_a_png_of_gigapixels_is_copied_and_never_decoded(tmp_path: Path) -> None:
    head = struct.pack(">IIBBBBB", 50000, 50000, 8, 2, 0, 0, 0)
    data = (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"tEXt", b"a\0b")
        + chunk(b"IDAT", b"x")
        + chunk(b"IEND", b"")
    )
    assert clean(tmp_path, data, 100) == data.replace(chunk(b"tEXt", b"a\0b"), b"")


def test_a_photo_cut_short_loses_its_position_all_the_same(tmp_path: Path) -> None:
    data = jpeg()[:-500]
    cleaned = clean(tmp_path, data, 50)
    assert list(scan_photo(cleaned, "图")) == []
    assert read_exif(next(cleaned[part.inner : part.inner_end] for part in parts_of(cleaned) if part.role == "exif"))


@pytest.mark.parametrize(
    "data", [b"", b"BM no photo", b"\xff\xd8\xff\xe1\xff\xff short", b"\x89PNG\r\n\x1a\n\xff\xff\xff\xffIHDR"]
)
def test_a_broken_photo_without_position_passes_as_it_is(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(Broken):
        parts_of(data)
    if data:
        assert clean(tmp_path, data) == data


@pytest.mark.parametrize(
    "data",
    [b"\xff\xd8\xffbroken" + exif().tobytes(), b"\0\0\0\x18ftypheic" + b"\0" * 40 + exif().tobytes(), b"x GPSLatitude"],
)
def test_a_photo_that_cannot_be_cleaned_is_not_copied(tmp_path: Path, data: bytes) -> None:
    source, target = tmp_path / "原件.heic", tmp_path / "副本.heic"
    source.write_bytes(data)
    (first, *_) = clean_copy(source, target)
    assert first.kind == "照片定位"
    assert "JPEG" in first.remedy
    assert not target.exists()


def test_damaged_exif_counts_as_a_position_and_vanishes(tmp_path: Path) -> None:
    good = jpeg()
    at = good.index(b"Exif\0\0") + 6
    data = good[: at + 4] + b"\xff\xff\xff\xff" + good[at + 8 :]
    assert {finding.kind for finding in scan_photo(data, "图")} >= {"照片定位"}
    assert list(scan_photo(clean(tmp_path, data), "图")) == []


def test_no_flipped_byte_makes_a_clean_copy_raise_or_tell(tmp_path: Path) -> None:
    for data in (jpeg(), png(), webp()):
        for place in range(0, 1200, 7):
            flipped = bytearray(data)
            flipped[place] ^= 0x41
            source, target = tmp_path / "原件", tmp_path / "副本"
            source.write_bytes(flipped)
            target.unlink(missing_ok=True)
            if not clean_copy(source, target):
                assert not [found for found in scan_photo(target.read_bytes(), "图") if found.kind == "照片定位"]


def test_a_missing_photo_is_told(tmp_path: Path) -> None:
    with pytest.raises(WorldError, match="不存在"):
        clean_copy(tmp_path / "没有.jpg", tmp_path / "副本.jpg")

"""The key file: one key under a password and under a recovery code, nothing for anybody else."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

import pytest

from ankang_desktop.kernel.errors import Locked, UserError
from ankang_desktop.store import vault
from ankang_desktop.store.vault import KeyFile, Sealer, new_code, new_key, strength

CHEAP = 1 << 4
PASSWORD = "防护罩 Ä 2026"


def test_the_key_comes_back_by_password_and_by_code(tmp_path: Path) -> None:
    key, code = new_key(), new_code()
    KeyFile.made(key, PASSWORD, code, CHEAP).write(tmp_path / "ankang.key")
    kept = KeyFile.read(tmp_path / "ankang.key")
    assert kept.by_password(unicodedata.normalize("NFD", PASSWORD)) == key
    assert kept.by_code(code) == kept.by_code(f" {code.lower().replace('-', ' ')} ") == key
    kept.check(key)
    text = (tmp_path / "ankang.key").read_text("utf-8")
    assert not any(secret in text for secret in (key.hex(), PASSWORD, code, code.replace("-", "")))


def test_nothing_else_opens_it() -> None:
    kept = KeyFile.made(new_key(), PASSWORD, new_code(), CHEAP)
    with pytest.raises(Locked, match="密码不对") as refused:
        kept.by_password("防护罩 A 2026")
    assert "恢复码" in refused.value.remedy
    with pytest.raises(Locked, match="恢复码不对"):
        kept.by_code(new_code())
    with pytest.raises(Locked, match="另一个密码"):
        kept.check(new_key())


def test_the_shipped_cost_is_the_one_measured() -> None:
    """n = 2^16 needs 64 MB, which OpenSSL refuses unless it is told."""
    kept = KeyFile.made(new_key(), PASSWORD, new_code())
    assert (kept.password.n, kept.code.n) == (65536, 65536)
    assert kept.by_password(PASSWORD)


def test_a_code_has_more_than_128_bits_and_no_letter_taken_for_another() -> None:
    groups = new_code().split("-")
    assert [len(each) for each in groups] == [4] * 8
    assert len(vault._LETTERS) ** 32 > 1 << 128
    assert not set("0O1IL2Z5S8BU") & set(vault._LETTERS)
    assert new_code() != new_code()


@pytest.mark.parametrize("change", ["n", "password", "cut", "hex"])
def test_a_damaged_key_file_is_a_sentence(tmp_path: Path, change: str) -> None:
    path = tmp_path / "ankang.key"
    KeyFile.made(new_key(), PASSWORD, new_code(), CHEAP).write(path)
    document = json.loads(path.read_text("utf-8"))
    if change == "n":
        document["password"]["n"] = 1 << 40  # would take all memory there is
    elif change == "password":
        del document["password"]
    elif change == "hex":
        document["code"]["salt"] = "xyz"
    text = json.dumps(document)
    path.write_text(text[: len(text) // 2] if change == "cut" else text, "utf-8")
    with pytest.raises(UserError, match="已损坏") as refused:
        KeyFile.read(path)
    assert "备份" in refused.value.remedy


def test_a_new_password_only_wraps_the_key_anew() -> None:
    key = new_key()
    assert KeyFile.made(key, PASSWORD, new_code(), CHEAP).fits == KeyFile.made(key, "另一个密码", "X", CHEAP).fits


def test_short_passwords_are_refused_and_others_judged() -> None:
    with pytest.raises(UserError, match="太短"):
        vault.check_password("12345 ")
    vault.check_password("123456")
    told = [strength(each)[1] for each in ("123", "19880808", "aaaaaaaa", "hanjie88", "砂轮机 行车 送清凉 2026")]
    assert told == ["danger", "danger", "danger", "warning", "good"]


def test_sealed_under_one_name_opens_under_no_other() -> None:
    sealer = Sealer(new_key())
    sealed = sealer.seal("砂轮机".encode(), "hazard@")
    assert sealer.opened(sealed, "hazard@") == "砂轮机".encode()
    assert sealer.opened(sealed, "drill@") is None
    assert sealer.opened(sealed[:-1], "hazard@") is None
    assert sealer.opened(b"", "hazard@") is None
    assert Sealer(new_key()).opened(sealed, "hazard@") is None

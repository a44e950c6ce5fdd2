"""The key of a workspace with a password, kept in `ankang.key` beside the file it opens.

The key is 32 random bytes. It is wrapped twice with AES-GCM: under the password and under the recovery code that was
printed, each stretched by scrypt, so that a new password only wraps it anew and no record is written again. Whoever has
neither has nothing.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import secrets
import unicodedata
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from ankang_desktop.kernel.errors import Locked, UserError
from ankang_desktop.kernel.files import write_text_safely

KEY = "ankang.key"
COST = 1 << 16  # scrypt's n: 64 MB and a quarter of a second for every guess
_MOST_COST = 1 << 20  # a key file that asks for more is not ours
_BLOCK = 8
_LETTERS = "ACDEFGHJKMNPQRTVWXY34679"  # none that are taken for another in print or by hand (0 O, 1 I L, 2 Z, 5 S, 8 B)
_GROUPS, _GROUP = 8, 4  # 32 of 24 letters: 146 bits
_FORMAT = "ankang-key/1"
_NOTE = "这个文件和密码（或恢复码）一起才能打开 ankang.db。请不要删除；备份里也有一份。"
LEAST_LETTERS = 6  # of a password


@dataclass(frozen=True)
class _Wrap:
    """The key under one secret."""

    salt: str
    n: int
    nonce: str
    sealed: str

    @classmethod
    def made(cls, key: bytes, secret: str, about: str, cost: int) -> _Wrap:
        salt, nonce = os.urandom(16), os.urandom(12)
        sealed = _cipher(_stretched(secret, salt, cost)).encrypt(nonce, key, about.encode())
        return cls(salt.hex(), cost, nonce.hex(), sealed.hex())

    def opened(self, secret: str, about: str) -> bytes | None:
        """Return the key, None where the secret is not the one."""
        from cryptography.exceptions import InvalidTag

        stretched = _stretched(secret, bytes.fromhex(self.salt), self.n)
        try:
            opened: bytes = _cipher(stretched).decrypt(
                bytes.fromhex(self.nonce), bytes.fromhex(self.sealed), about.encode()
            )
        except InvalidTag:
            return None
        return opened


@dataclass(frozen=True)
class KeyFile:
    """What lies in `ankang.key`; `fits` tells a key from another without telling the key."""

    fits: str
    password: _Wrap
    code: _Wrap

    @classmethod
    def made(cls, key: bytes, password: str, code: str, cost: int = COST) -> KeyFile:
        """Wrap a key under a password and a recovery code."""
        return cls(
            _mark(key),
            _Wrap.made(key, _normal(password), "password", cost),
            _Wrap.made(key, _only_letters(code), "code", cost),
        )

    @classmethod
    def read(cls, path: Path) -> KeyFile:
        """Read a key file; one that is damaged is a UserError."""
        try:
            found = json.loads(path.read_text("utf-8"))
            made = cls(found["fits"], _Wrap(**found["password"]), _Wrap(**found["code"]))
            for each in (made.password, made.code):
                if not 1 < each.n <= _MOST_COST:
                    raise ValueError(each.n)
                _ = [bytes.fromhex(text) for text in (each.salt, each.nonce, each.sealed)]
        except (OSError, ValueError, TypeError, KeyError) as error:
            raise UserError(f"“{path}”已损坏，没有它打不开工作区", "请从最近的备份里把 ankang.key 复制回来") from error
        return made

    def write(self, path: Path) -> None:
        """Write the file; an older one stays whole until this one has been read back."""
        document: dict[str, Any] = {"format": _FORMAT, "note": _NOTE, **asdict(self)}
        write_text_safely(path, json.dumps(document, ensure_ascii=False, indent=1) + "\n")

    def by_password(self, password: str) -> bytes:
        """Return the key; raises Locked for a wrong password."""
        return self._right(self.password.opened(_normal(password), "password"), _WRONG_PASSWORD)

    def by_code(self, code: str) -> bytes:
        """Return the key; raises Locked for a wrong recovery code."""
        return self._right(self.code.opened(_only_letters(code), "code"), _WRONG_CODE)

    def check(self, key: bytes) -> None:
        """Raise Locked for a key that was made for another file."""
        self._right(key, _OTHER_KEY)

    def _right(self, key: bytes | None, otherwise: tuple[str, str]) -> bytes:
        if key is None or not hmac.compare_digest(_mark(key), self.fits):
            raise Locked(*otherwise)
        return key


_WRONG_PASSWORD = ("密码不对", "请看大写锁定和输入法，再试一次；忘了的，用恢复码")
_WRONG_CODE = ("恢复码不对", "请对照抄下或打印的那一张，逐组核对；改过密码的，用改密码时的新恢复码")
_OTHER_KEY = ("这一份是用另一个密码锁的", "请恢复到新文件夹，再用当时的密码打开")


def new_key() -> bytes:
    """Return a new key."""
    return secrets.token_bytes(32)


def new_code() -> str:
    """Return a new recovery code, in groups that can be copied by hand."""
    groups = ("".join(secrets.choice(_LETTERS) for _ in range(_GROUP)) for _ in range(_GROUPS))
    return "-".join(groups)


def check_password(password: str) -> None:
    """Refuse a password that is none."""
    if len(_normal(password).strip()) < LEAST_LETTERS:
        raise UserError(f"密码太短，至少 {LEAST_LETTERS} 个字符", "用三四个不相干的词连起来，又好记又难猜")


def strength(password: str) -> tuple[str, str]:
    """Say in words how hard a password is to guess; with it the tone: danger, warning, good."""
    letters = _normal(password).strip()
    if len(letters) < LEAST_LETTERS:
        return f"太短，至少 {LEAST_LETTERS} 个字符", "danger"
    kinds = {mark.isdigit() or (mark.isalnum() and (mark.isascii(), mark.isupper())) for mark in letters}
    worth = min(len(letters), 2 * len(set(letters))) + 2 * len(kinds)
    if letters.isdigit() or worth < 11:
        return "容易被猜到，请再长一些，或用几个不相干的词", "danger"
    return ("可以，再长一些更好", "warning") if worth < 16 else ("好，不容易猜到", "good")


class Sealer:
    """Seals the small files of a workspace (what is typed and not saved) under a key derived from its key."""

    def __init__(self, key: bytes) -> None:
        self._key = hmac.digest(key, b"ankang drafts", "sha256")

    def seal(self, data: bytes, about: str) -> bytes:
        """Return the bytes sealed; they open only under the same name."""
        nonce = os.urandom(12)
        return nonce + bytes(_cipher(self._key).encrypt(nonce, data, about.encode()))

    def opened(self, sealed: bytes, about: str) -> bytes | None:
        """Return the bytes, None where they were sealed with another key, under another name, or are damaged."""
        from cryptography.exceptions import InvalidTag

        try:
            opened: bytes = _cipher(self._key).decrypt(sealed[:12], sealed[12:], about.encode())
        except (InvalidTag, ValueError):
            return None
        return opened


def _cipher(key: bytes) -> Any:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    return AESGCM(key)


def _stretched(secret: str, salt: bytes, cost: int) -> bytes:
    memory = 128 * _BLOCK * (cost + 2)  # OpenSSL refuses more than 32 MB where it is not told
    return hashlib.scrypt(secret.encode(), salt=salt, n=cost, r=_BLOCK, p=1, maxmem=2 * memory, dklen=32)


def _mark(key: bytes) -> str:
    return hmac.digest(key, b"ankang key", "sha256")[:8].hex()


def _normal(password: str) -> str:
    """Return a password in one form, whichever input method composed it."""
    return unicodedata.normalize("NFC", password)


def _only_letters(code: str) -> str:
    """Return a code as it was made: in capitals, without what stands between the groups."""
    return "".join(mark for mark in unicodedata.normalize("NFKC", code).upper() if mark.isalnum())

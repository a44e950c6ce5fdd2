"""The small text files of a BagIt bag (RFC 8493 §2.1.3, §2.2.2): written exactly, read with suspicion."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

BAGIT, BAG_INFO = "bagit.txt", "bag-info.txt"
MANIFEST, TAG_MANIFEST = "manifest-sha256.txt", "tagmanifest-sha256.txt"
DECLARATION = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
OXUM, BAGGING_DATE = "Payload-Oxum", "Bagging-Date"

_LINE = re.compile(r"^([0-9a-fA-F]{64})[ \t]+\*?(.+)$")
_ESCAPES = {"%25": "%", "%0D": "\r", "%0A": "\n"}
_BREAK = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class Listing:
    """What a manifest says: SHA-256 (hex, lower case) by path, and the lines that cannot be believed, as sentences."""

    digests: dict[str, str] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)


def manifest_text(digests: Mapping[str, str]) -> str:
    """Write a manifest in the form of `sha256sum`, in the order given."""
    return "".join(f"{digest}  {path}\n" for path, digest in digests.items())


def info_text(info: Mapping[str, str]) -> str:
    """Write bag-info.txt; raises ValueError for a label with a colon or a value with a line break (a bug of ours)."""
    for label, value in info.items():
        if not label.strip() or ":" in label or _BREAK.search(label + value):
            raise ValueError(f"not a bag-info line: {label!r}: {value!r}")
    return "".join(f"{label}: {value}\n" for label, value in info.items())


def read_info(data: bytes) -> dict[str, str]:
    """Read bag-info.txt or bagit.txt; a line that begins with white space continues the one before."""
    info: dict[str, str] = {}
    label = ""
    for line in _BREAK.split(data.decode("utf-8-sig", "replace")):
        if label and line[:1] in {" ", "\t"}:
            info[label] += f" {line.strip()}"
        elif ":" in line:
            label, _, value = line.partition(":")
            info[label := label.strip()] = value.strip()
    return info


def read_manifest(data: bytes) -> Listing:
    """Read a manifest; paths that point outside the bag, stand twice or are no path become faults."""
    listing = Listing()
    for line in filter(None, _BREAK.split(data.decode("utf-8-sig", "replace"))):
        found = _LINE.match(line)
        path = plain_path(_unescape(found[2])) if found else None
        if found is None:
            listing.faults.append(f"清单里有一行读不懂：“{line[:60]}”")
        elif path is None:
            listing.faults.append(f"清单里的路径“{found[2][:60]}”指向报送包之外，未予理会")
        elif path in listing.digests:
            listing.faults.append(f"清单里“{path}”出现了两次")
        else:
            listing.digests[path] = found[1].lower()
    return listing


def _unescape(path: str) -> str:
    return re.sub("%25|%0D|%0A", lambda found: _ESCAPES[found[0].upper()], path, flags=re.IGNORECASE)


def plain_path(path: str) -> str | None:
    """Return a path relative to the bag in NFC with “/”, or None where it is absolute, climbs out or names a drive."""
    plain = unicodedata.normalize("NFC", path).replace("\\", "/").removeprefix("./")
    parts = plain.split("/")
    unsafe = plain.startswith("/") or ":" in parts[0] or "\0" in plain or {"", ".", ".."} & set(parts)
    return None if unsafe else plain

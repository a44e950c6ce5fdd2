"""Whether a package is still what was submitted: every file read, every difference named."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass, field, replace
from functools import partial
from hashlib import sha256
from pathlib import Path

from ankang_desktop.kernel.errors import UserError
from ankang_desktop.kernel.progress import Progress
from ankang_desktop.submission import manifest
from ankang_desktop.submission.contents import DAMAGE, Contents, Entry, open_contents
from ankang_desktop.submission.findings import Finding, Kind
from ankang_desktop.submission.hashing import HashThread
from ankang_desktop.submission.items import CHUNK

__all__ = ["Finding", "Kind", "Verification", "verify_package"]

_TAGS = (manifest.BAGIT, manifest.BAG_INFO, manifest.MANIFEST, manifest.TAG_MANIFEST)
_LARGEST_TAG = 32 << 20
_UNREADABLE = ""


@dataclass(frozen=True, slots=True)
class Verification:
    """What a check found; `files` and `bytes` count what lies in data/, `info` is bag-info.txt."""

    findings: tuple[Finding, ...]
    files: int
    bytes: int
    info: Mapping[str, str]

    @property
    def ok(self) -> bool:
        """Say whether nothing is missing, added, changed or damaged."""
        return not self.findings


def verify_package(path: Path, progress: Progress) -> Verification:
    """Check a package (zip, or the unzipped folder) against its own lists, file by file.

    Reads in chunks, writes nothing, follows no link; memory grows with the number of files only. Raises UserError
    when `path` is no package or a decompression trap, WorldError when it cannot be read, Cancelled.
    """
    with open_contents(path) as contents:
        return _Check(_below_root(contents, path), progress).run()


def _below_root(contents: Contents, path: Path) -> Contents:
    """Return the bag itself: what lies beside its top folder is a finding."""
    marks = [name for name in contents.entries if name.count("/") < 2 and name.rpartition("/")[2] in _TAGS]
    if not marks and contents.findings:
        raise UserError(f"“{path.name}”损坏得太厉害，已读不出清单", "请向发送人重新索要")
    if not marks:
        raise UserError(f"“{path.name}”里没有报送包的清单", "请选择本软件生成的 zip 压缩包，或它解压后的文件夹")
    root = min(marks, key=lambda name: name.count("/")).rpartition("/")[0]
    prefix = f"{root}/" if root else ""
    bag = Contents(findings=[replace(found, path=found.path.removeprefix(prefix)) for found in contents.findings])
    for name, entry in contents.entries.items():
        if name.startswith(prefix):
            bag.entries[name.removeprefix(prefix)] = entry
        else:
            bag.findings.append(Finding("多出", name, f"“{name}”不在报送包的文件夹里，是后来放进去的"))
    return bag


@dataclass(slots=True)
class _Check:
    """One run: what lies in the bag against what its lists say."""

    bag: Contents
    progress: Progress
    tags: dict[str, bytes] = field(default_factory=dict)

    def run(self) -> Verification:
        """Read the lists, then every file, and return what differs."""
        self._read_tags()
        info = manifest.read_info(self.tags.get(manifest.BAG_INFO, b""))
        payload = {name: entry for name, entry in self.bag.entries.items() if name.startswith("data/")}
        size = sum(entry.size for entry in payload.values())
        self._check_tags()
        self._check_payload(payload)
        self._check_oxum(info, f"{size}.{len(payload)}")
        return Verification(tuple(self.bag.findings), len(payload), size, info)

    def _note(self, kind: Kind, path: str, sentence: str) -> None:
        self.bag.findings.append(Finding(kind, path, sentence))

    def _read_tags(self) -> None:
        for name in [name for name in self.bag.entries if not name.startswith("data/")]:
            entry = self.bag.entries[name]
            if entry.refusal:
                self._note("结构", name, f"“{name}”{entry.refusal}")
            elif entry.size > _LARGEST_TAG:
                self._note("结构", name, f"“{name}”大得不合理，没有读取")
            else:
                self._read_tag(name, entry)

    def _read_tag(self, name: str, entry: Entry) -> None:
        try:
            with entry.open() as stream:
                self.tags[name] = stream.read(_LARGEST_TAG)
        except DAMAGE:
            self._note("损坏", name, f"“{name}”已损坏，读不出来")

    def _check_tags(self) -> None:
        for name in _TAGS:
            if name not in self.bag.entries:
                self._note("缺失", name, f"缺少“{name}”" + ("，无法逐件核对内容" if name == manifest.MANIFEST else ""))
        declared = manifest.read_info(self.tags.get(manifest.BAGIT, manifest.DECLARATION.encode()))
        if declared.get("Tag-File-Character-Encoding", "").upper() != "UTF-8" or "BagIt-Version" not in declared:
            self._note("结构", manifest.BAGIT, "“bagit.txt”的内容不对")
        if manifest.TAG_MANIFEST in self.tags:
            present = {name: sha256(data).hexdigest() for name, data in self.tags.items()}
            listed = self._listing(manifest.TAG_MANIFEST)
            others = self.bag.entries.keys() - {manifest.TAG_MANIFEST}
            self._compare(listed, {name for name in others if not name.startswith("data/")}, present)

    def _listing(self, tag: str) -> dict[str, str]:
        """Return what a list says, its unbelievable lines noted."""
        listing = manifest.read_manifest(self.tags[tag])
        for sentence in listing.faults:
            self._note("结构", tag, sentence)
        payload = tag == manifest.MANIFEST
        return {name: digest for name, digest in listing.digests.items() if name.startswith("data/") == payload}

    def _check_payload(self, payload: Mapping[str, Entry]) -> None:
        listed = self._listing(manifest.MANIFEST) if manifest.MANIFEST in self.tags else None
        wanted = payload if listed is None else {name: payload[name] for name in payload if name in listed}
        present = self._hash(wanted)
        if listed is not None:
            self._compare(listed, payload.keys(), present)

    def _hash(self, entries: Mapping[str, Entry]) -> dict[str, str]:
        """Return the SHA-256 of every readable file; the others become findings."""
        with HashThread() as hashes:
            for done, (name, entry) in enumerate(entries.items()):
                step = partial(self.progress.step, f"核对 {name}", done, len(entries))
                if entry.refusal:
                    self._note("结构", name, f"“{name}”{entry.refusal}")
                else:
                    hashes.finish(name if self._feed(name, entry, hashes, step) else _UNREADABLE)
        return hashes.digests

    def _feed(self, name: str, entry: Entry, hashes: HashThread, step: Callable[[], None]) -> bool:
        """Hash one file; what cannot be read to its end is a finding."""
        try:
            with entry.open() as stream:
                step()
                while chunk := stream.read(CHUNK):
                    hashes.feed(chunk)
                    step()
        except DAMAGE:
            self._note("损坏", name, f"“{name}”已损坏：内容与写入时不同或不完整")
            return False
        return True

    def _compare(self, listed: Mapping[str, str], there: Set[str], present: Mapping[str, str]) -> None:
        for name in sorted(listed.keys() | there):
            if name not in there:
                self._note("缺失", name, f"清单里有“{name}”，包里没有")
            elif name not in listed:
                self._note("多出", name, f"“{name}”不在清单里，是后来放进去的")
            elif name in present and present[name] != listed[name]:
                self._note("改动", name, f"“{name}”的内容改过，与清单里的校验值不符")

    def _check_oxum(self, info: Mapping[str, str], counted: str) -> None:
        """Compare the count; said only where nothing else was found, as every other finding already explains it."""
        if not self.bag.findings and info.get(manifest.OXUM) != counted:
            self._note("结构", manifest.BAG_INFO, "文件数或总字节数与“bag-info.txt”所写不符")

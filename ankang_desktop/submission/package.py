"""The package: papers, ledgers, figures and proof as one bag, scanned before it is closed.

Everything goes into a scratch folder first, is looked through for personal data, and is then streamed into the zip.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from ankang_desktop.declare.ledger import Ledgers
from ankang_desktop.exchange import outgoing
from ankang_desktop.kernel.errors import UserError
from ankang_desktop.kernel.files import write_text_safely
from ankang_desktop.kernel.progress import Progress, Quiet
from ankang_desktop.printing.fonts import shipped_fonts
from ankang_desktop.printing.paper import Column, Grid, Page, Paper, Title
from ankang_desktop.printing.pdf import write_pdf
from ankang_desktop.printing.workbook import write_workbook
from ankang_desktop.scoring.summary import Figure
from ankang_desktop.store.evidence import EvidenceStore
from ankang_desktop.store.names import StoreNames
from ankang_desktop.store.query import fetch_all, ids_of
from ankang_desktop.submission.bag import BagResult, write_bag
from ankang_desktop.submission.counted import Counted
from ankang_desktop.submission.facts import Facts
from ankang_desktop.submission.index import Cover, Enclosed, index_page, index_paper
from ankang_desktop.submission.items import Item
from ankang_desktop.submission.leaving import Claim, ledgers_leaving
from ankang_desktop.submission.material import Listed, Outward, gather
from ankang_desktop.submission.names import package_path
from ankang_desktop.submission.preflight import Cleaner, CleanNames
from ankang_desktop.submission.privacy import can_scan, scan_item

LEDGER_FOLDER = "05-台账"
_LONGEST = (1920, 1600, 1280, 1024)  # pixels a side: the last is what a page of A4 still prints well, four to a page
_SHRUNK = "照片副本已压缩到长边"


@dataclass(frozen=True)
class Content:
    """What a package is made of, besides what it reads from the store."""

    facts: Facts
    papers: Sequence[tuple[str, Paper]]
    figures: Sequence[Figure]
    counted: Sequence[Counted]
    claims: Sequence[Claim]


@dataclass
class Packing:
    """One package being made in `scratch`."""

    connection: Connection
    ledgers: Ledgers
    store: EvidenceStore
    content: Content
    scratch: Path
    progress: Progress = field(default_factory=Quiet)
    limit: int = 0  # bytes a mailbox takes, 0 for any

    def write(self, target: Path) -> tuple[BagResult, list[str]]:
        """Write the bag; returns its result and notes (missing glyphs, files that could not be looked into).

        Raises UserError when a file of the package still holds personal data.
        """
        notes: list[str] = []
        enclosed: list[Enclosed] = []
        cleaner = Cleaner.of(self.connection)
        items = [
            *self._papers(enclosed, notes),
            *self._figures(enclosed),
            *self._counted(enclosed),
            *self._ledgers(cleaner, enclosed),
        ]
        lines, proof = self._proof(cleaner)
        items += [*self._index(enclosed, lines), *self._facts()]
        self._refuse_personal([*items, *proof])
        notes += [f"未能自查内容：{item.path}" for item in proof if not can_scan(item.path)]
        facts = self.content.facts
        info = {
            "Source-Organization": facts.enterprise,
            "External-Description": f"{facts.subject}（{facts.kind}）",
            "Bagging-Date": facts.made_on.isoformat(),
            "Submission-Kind": facts.kind,
            "As-Of": facts.as_of.isoformat(),
            "Previous-Package-SHA256": facts.previous_hash or "none",
        }
        result = write_bag(target, facts.name, [*items, *proof], info, self.progress)
        for longest in self._sizes(items, target):
            if target.stat().st_size <= self.limit:
                break
            _, smaller = self._proof(cleaner, longest)
            result = write_bag(target, facts.name, [*items, *smaller], info, self.progress)
            notes = [*(note for note in notes if not note.startswith(_SHRUNK)), f"{_SHRUNK}{longest}像素以内，原件不变"]
        return result, notes

    def _proof(self, cleaner: Cleaner, longest: int | None = None) -> tuple[list[Listed], list[Item]]:
        outward = Outward(cleaner.text, self.scratch, longest)
        return gather(self.connection, self.ledgers, self.store, self.content.claims, outward)

    def _sizes(self, others: Sequence[Item], written: Path) -> Sequence[int]:
        """Return the lengths photos may be brought to, the gentlest first; one is enough where no length suffices."""
        if not self.limit or written.stat().st_size <= self.limit:
            return ()
        return _LONGEST[:1] if sum(item.size() or 0 for item in others) > self.limit else _LONGEST

    def _papers(self, enclosed: list[Enclosed], notes: list[str]) -> Iterable[Item]:
        items = []
        for name, paper in self.content.papers:
            for suffix in (".pdf", ".xlsx"):
                path = package_path(f"{name}{suffix}")
                target = self.scratch / path
                amount = "表格"
                if suffix == ".pdf":
                    result = write_pdf(paper, target, shipped_fonts(), self.progress)
                    amount = f"{result.pages}页"
                    notes += [result.warning] if result.warning else []
                else:
                    write_workbook(paper, target)
                enclosed.append(Enclosed(path, paper.title, amount))
                items.append(self._item(path, target))
        return items

    def _figures(self, enclosed: list[Enclosed]) -> Iterable[Item]:
        title = f"{self.content.facts.enterprise}主要数据"
        path = package_path("04-主要数据.xlsx")
        enclosed.append(Enclosed(path, "主要数据", f"{len(self.content.figures)}项"))
        return [self._numbers(path, title, self.content.figures)]

    def _counted(self, enclosed: list[Enclosed]) -> Iterable[Item]:
        """Write the ledgers of which only counts leave."""
        items = []
        for counted in self.content.counted:
            path = package_path(LEDGER_FOLDER, f"00-{counted.title}.xlsx")
            enclosed.append(Enclosed(path, counted.title, f"{len(counted.figures)}项"))
            items.append(self._numbers(path, counted.title, counted.figures))
        return items

    def _numbers(self, path: str, title: str, figures: Sequence[Figure]) -> Item:
        rows = (("项目", "数字"), *((figure.label, figure.text) for figure in figures))
        grid = Grid((Column(3), Column(2, "center")), rows, head=1)
        write_workbook(Paper(title, Page(), (Title((title,), 16), grid)), self.scratch / path)
        return self._item(path, self.scratch / path)

    def _ledgers(self, cleaner: Cleaner, enclosed: list[Enclosed]) -> Iterable[Item]:
        items, names = [], CleanNames(StoreNames(self.connection, self.ledgers), cleaner)
        leaving = ledgers_leaving(self.ledgers)
        for done, ledger in enumerate(leaving, 1):
            self.progress.step("导出台账", done, len(leaving))
            ids = ids_of(self.connection, ledger)
            if ids:
                path = package_path(LEDGER_FOLDER, f"{done:02d}-{ledger.title}.xlsx")
                target = self.scratch / path
                records = (cleaner.record(ledger, stored) for stored in fetch_all(self.connection, ledger, ids))
                outgoing.export(ledger, records, names, target, total=len(ids), masked=True)
                enclosed.append(Enclosed(path, ledger.title, f"{len(ids)}条"))
                items.append(self._item(path, target))
        return items

    def _index(self, enclosed: list[Enclosed], lines: Sequence[Listed]) -> Iterable[Item]:
        cover = Cover(f"{self.content.facts.enterprise}{self.content.facts.subject}目录", self.content.facts.lines())
        write_workbook(index_paper(cover, enclosed, lines), self.scratch / "00-目录.xlsx")
        write_text_safely(self.scratch / "00-目录.html", index_page(cover, enclosed, lines))
        return [self._item(name, self.scratch / name) for name in ("00-目录.xlsx", "00-目录.html")]

    def _facts(self) -> Iterable[Item]:
        document: dict[str, Any] = dict(self.content.facts.lines())
        path = self.scratch / "01-报送信息.json"
        write_text_safely(path, json.dumps(document, ensure_ascii=False, indent=1) + "\n")
        return [self._item(path.name, path)]

    def _item(self, path: str, source: Path) -> Item:
        return Item(path, source, datetime.combine(self.content.facts.made_on, time()))

    def _refuse_personal(self, items: Sequence[Item]) -> None:
        """Look through what would leave; what is found now (in an attached file, say) only its owner can mend."""
        found = []
        for done, item in enumerate(items, 1):
            self.progress.step("隐私自查", done, len(items))
            found += list(scan_item(item))
        if found:
            listed = "；".join(f"{each.kind} {each.where} {each.excerpt}" for each in found[:10])
            raise UserError(f"材料包中仍有个人信息：{listed}", "请修改所列的记录或附件（或把附件从记录移除）后重新报送")

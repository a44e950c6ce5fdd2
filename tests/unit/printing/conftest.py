"""Forms as shipped, answers of an invented enterprise, and a way to look into what was written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader

from ankang_desktop.declare.forms import Form, read_forms
from ankang_desktop.kernel import paths
from ankang_desktop.kernel.progress import Quiet
from ankang_desktop.printing.fonts import shipped_fonts
from ankang_desktop.printing.paper import Block, Page, Paper
from ankang_desktop.printing.pdf import PdfResult, write_pdf


@pytest.fixture(scope="session")
def forms() -> Mapping[str, Form]:
    return read_forms(paths.forms())


class Printed:
    """A PDF that was written: its result and what reading it back shows."""

    def __init__(self, result: PdfResult, path: Path) -> None:
        self.result, self.path = result, path
        self.reader = PdfReader(path)
        self.pages = [page.extract_text() for page in self.reader.pages]

    @property
    def text(self) -> str:
        """All text without line ends and spaces."""
        return "".join("".join(self.pages).split())


Printer = Callable[[Paper], Printed]


@pytest.fixture
def printed(tmp_path: Path) -> Printer:
    def write(paper: Paper) -> Printed:
        path = tmp_path / "纸.pdf"
        return Printed(write_pdf(paper, path, shipped_fonts(), Quiet()), path)

    return write


@pytest.fixture
def paper() -> Callable[..., Paper]:
    def make(*blocks: Block, **page: object) -> Paper:
        return Paper("试印", Page(**page), blocks, "某厂工会")  # type: ignore[arg-type]

    return make


@pytest.fixture
def photo(tmp_path: Path) -> Callable[[int, int], Path]:
    def make(width: int, height: int) -> Path:
        path = tmp_path / f"{width}x{height}.jpg"
        Image.new("RGB", (width, height), (200, 40, 40)).save(path)
        return path

    return make


HAZARD = {
    **{"enterprise.name": "示范机械厂", "number": "YH-2026-0017", "found_on": "2026-06-01", "reporter": "甲某"},
    **{"source": "班组互查", "workshop": "冲压车间", "team": "一班", "place": "3号冲床", "domain": "安全"},
    **{"description": "光电保护装置失灵，不能立即停机。", "factor": "物的因素", "level": "一般", "major_basis": ""},
    **{"accident_type": "机械伤害", "responsible_department": "设备科", "responsible": "乙某", "funds": "3200"},
    **{"measures": "停用挂牌，更换光电传感器。", "deadline": "2026-06-10", "first_deadline": "2026-06-10"},
    **{"contingency": "断电、专人看护", "rectify_level": "车间", "notice_number": "17号", "notice_on": "2026-06-02"},
    **{"rectified_on": "2026-06-08", "acceptor": "丙某", "accepted_on": "2026-06-09", "acceptance": "合格"},
    **{"closed_on": "2026-06-09", "stage": "已销号", "photo_before": "", "photo_after": ""},
}

"""The year-end package: whole, checkable by anyone, the same figures everywhere, nothing private in it by oversight."""

from __future__ import annotations

import errno
import io
import json
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import bagit
import openpyxl
import pypdf
import pytest
from PIL import Image

from ankang_desktop.actions import filing, handing_in, papers, records, submitting
from ankang_desktop.actions.papers import Wanted
from ankang_desktop.actions.submitting import Order, Submitted
from ankang_desktop.app import App
from ankang_desktop.cli import main
from ankang_desktop.kernel.clock import Clock
from ankang_desktop.kernel.errors import AnkangError, Cancelled, UserError, WorldError
from ankang_desktop.kernel.hashing import sha256_of
from ankang_desktop.kernel.identifiers import check_mark
from ankang_desktop.kernel.progress import Progress, Quiet
from ankang_desktop.ledgers.hazards.words import Source
from ankang_desktop.ledgers.upper import SubmissionKind
from ankang_desktop.scoring.card import Which
from ankang_desktop.store.evidence import Use
from ankang_desktop.store.frozen import frozen_papers
from ankang_desktop.store.query import fetch, ids_of, lacking, locate
from ankang_desktop.submission.privacy import scan_photo
from tests.journeys.huaxing import TODAY, Huaxing

TRAINING, DRILL = "PX-2026-0001", "YL-2026-0001"
WOMEN_SHEET = "05-台账/00-女职工保护台账（仅报数）.xlsx"
ID_NUMBER = "37021119900307447" + check_mark("37021119900307447")
MOBILE = "13812345678"


class Open:
    """A package read as a stranger reads it: files by their path inside data/."""

    def __init__(self, path: Path) -> None:
        with zipfile.ZipFile(path) as archive:
            whole = {name.split("/", 1)[1]: archive.read(name) for name in archive.namelist()}
        self.files = {name.removeprefix("data/"): data for name, data in whole.items() if name.startswith("data/")}
        self.tags = {name: data for name, data in whole.items() if not name.startswith("data/")}

    def __getitem__(self, name: str) -> bytes:
        return self.files[name]

    def names(self, ending: str = "") -> list[str]:
        return [name for name in self.files if name.endswith(ending)]

    def rows(self, name: str) -> list[list[str]]:
        """Return the filled rows of a workbook's first sheet, cells as text."""
        return next(iter(self.sheets(name).values()))

    def sheets(self, name: str) -> dict[str, list[list[str]]]:
        book = openpyxl.load_workbook(io.BytesIO(self[name]))
        return {
            sheet.title: [["" if cell is None else str(cell) for cell in row] for row in sheet.values] for sheet in book
        }

    def words(self) -> str:
        """Return every word of every workbook and page."""
        books = ("\n".join(map(str, self.sheets(name).values())) for name in self.names(".xlsx"))
        texts = (self[name].decode() for name in (*self.names(".html"), *self.names(".json")))
        return "\n".join([*books, *texts, *self.files])


def photo(path: Path, shade: int, *, position: bool = False) -> Path:
    """Make a small photo, its own date in June 2026."""
    block = Image.Exif()
    block.get_ifd(0x8769)[0x9003] = "2026:06:01 08:30:00"
    if position:
        block.get_ifd(0x8825).update({1: "N", 2: (36.0, 4.0, 12.0), 3: "E", 4: (120.0, 22.0, 1.0)})
    Image.new("RGB", (64, 48), (shade, shade // 2, 90)).save(path, "JPEG", exif=block)
    return path


def attach(app: App, number: str, file: Path, **use: Any) -> None:
    filing.attach_files(app, number, [file], Use(**use))


@pytest.fixture(scope="module")
def furnished(filled: Huaxing, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The full house with files on its records; closed, only to be copied."""
    folder = tmp_path_factory.mktemp("furnished")
    shutil.copytree(filled.workspace.folder, folder / "w")
    with App.opened(folder / "w", Clock(TODAY)) as app:
        shared = photo(folder / "全景.jpg", 10)
        attach(app, TRAINING, shared, caption="开班 / 合影")
        attach(app, TRAINING, photo(folder / "签到.jpg", 20), slot="sign_in")
        attach(app, DRILL, shared, caption="集合")
        minutes = folder / "职工7的演练小结.txt"
        minutes.write_text("演练小结", "utf-8")
        attach(app, DRILL, minutes)
        attach(app, "NZ-2026-0001", photo(folder / "宣传栏.jpg", 30))
        records.change_record(
            app, "NZ-2026-0001", {"签收名单": "、".join(f"职工{n}({n:04d})" for n in range(180, 238))}
        )
    return folder / "w"


@pytest.fixture(scope="module")
def handed_in(furnished: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Submitted]:
    """A workspace that handed its package in; for looking only."""
    folder = tmp_path_factory.mktemp("handed-in")
    shutil.copytree(furnished, folder / "w")
    with App.opened(folder / "w", Clock(TODAY)) as app:
        done = submitting.submit(app, Order(folder / "年终材料.zip"), Quiet())
    return folder / "w", done


@pytest.fixture(scope="module")
def package(handed_in: tuple[Path, Submitted]) -> Open:
    return Open(handed_in[1].path)


@pytest.fixture
def office(furnished: Path, tmp_path: Path) -> Iterator[App]:
    """An own copy of the furnished workspace."""
    shutil.copytree(furnished, tmp_path / "w")
    with App.opened(tmp_path / "w", Clock(TODAY)) as app:
        yield app


@pytest.fixture
def after(handed_in: tuple[Path, Submitted], tmp_path: Path) -> Iterator[App]:
    """An own copy of the workspace that handed in."""
    shutil.copytree(handed_in[0], tmp_path / "w")
    with App.opened(tmp_path / "w", Clock(TODAY)) as app:
        yield app


def command(capsys: pytest.CaptureFixture[str], *words: str, status: int = 0) -> Any:
    code = main(["--today", TODAY.isoformat(), "--json", *words])
    out, errors = capsys.readouterr()
    assert code == status, errors
    return json.loads(out)


class TestContents:
    def test_everything_that_was_asked_for(self, package: Open) -> None:
        assert {
            *("00-目录.xlsx", "00-目录.html", "01-报送信息.json", "04-主要数据.xlsx"),
            *("02-考核评分表（建议分）.pdf", "02-考核评分表（建议分）.xlsx"),
            *(
                "03-1-焦作市总工会“安全生产月”活动进展情况统计表.pdf",
                "03-1-焦作市总工会“安全生产月”活动进展情况统计表.xlsx",
            ),
            *("05-台账/05-职工名册.xlsx", "05-台账/23-隐患排查治理台账.xlsx", WOMEN_SHEET),
        } <= set(package.names())
        assert set(package.tags) == {"bagit.txt", "bag-info.txt", "manifest-sha256.txt", "tagmanifest-sha256.txt"}

    def test_facts(self, package: Open, handed_in: tuple[Path, Submitted]) -> None:
        facts = json.loads(package["01-报送信息.json"])
        assert facts["报送单位"] == "华兴机械厂"
        assert (facts["报送性质"], facts["数据截至"]) == ("首次", "2026-11-21")
        assert facts["自评与建议分"] == f"自评分 未填；建议分 {handed_in[1].score}"
        assert "Submission-Kind: 首次" in package.tags["bag-info.txt"].decode()

    def test_nobody_is_named(self, package: Open) -> None:
        assert re.findall(r"职工\d+", package.words()) == []
        roster = package.rows("05-台账/05-职工名册.xlsx")
        assert len(roster) == 241
        sex = roster[0].index("性别")
        assert {row[sex] for row in roster[1:]} == {""}
        assert ["其中合同制", "0人"] not in package.rows("05-台账/00-职工分类人数（仅报数）.xlsx")

    def test_evidence_lies_under_its_row(self, package: Open) -> None:
        proof = [name for name in package.names() if name.startswith("06-佐证材料/")]
        assert proof == [
            f"06-佐证材料/03-深入宣传贯彻习近平总书记关于安全生…/{TRAINING}-开班 _ 合影-1.jpg",
            f"06-佐证材料/05-把安全文化建设和健康企业建设融入企…/{DRILL}-综合演练-2.txt",
        ]

    def test_a_shared_file_is_stored_once_and_listed_under_each_row(self, package: Open) -> None:
        listed = [row for row in self.proof(package) if row[4].endswith("合影-1.jpg")]
        assert len({row[4] for row in listed}) == 1
        assert {"3", "4", "5"} <= {row[0] for row in listed}
        assert {row[2] for row in listed} == {TRAINING, DRILL}

    def test_signatures_and_health_stay_at_home_and_are_said_so(self, package: Open) -> None:
        notes = {(row[2], row[6]) for row in self.proof(package)}
        assert (TRAINING, "签名扫描件1份存本单位备查") in notes
        assert ("NZ-2026-0001", "涉及个人健康，佐证1份存本单位备查") in notes
        assert len(package.names(".jpg")) == 1

    def test_the_page_lists_what_the_workbook_lists(self, package: Open) -> None:
        page = package["00-目录.html"].decode()
        assert page.count("签名扫描件1份存本单位备查") == len(
            [row for row in self.proof(package) if row[6] == "签名扫描件1份存本单位备查"]
        )
        links = {unquote(link) for link in re.findall('href="([^"]+)"', page)}
        assert set(package.names()) - links == {"00-目录.xlsx", "00-目录.html", "01-报送信息.json"}

    def test_the_workbook_says_once_what_a_row_is_about(self, package: Open) -> None:
        said: dict[str, list[str]] = {}
        for row, heading, *_ in self.proof(package):
            said.setdefault(row, []).append(heading)
        assert all(first and not any(others) for first, *others in said.values())
        assert any(len(each) > 1 for each in said.values())

    @staticmethod
    def proof(package: Open) -> list[list[str]]:
        """Return the lines of the 目录: row, heading, number, title, path, place, note."""
        rows = package.rows("00-目录.xlsx")
        head = next(number for number, row in enumerate(rows) if row[0] == "评分行")
        columns = [column for column, cell in enumerate(rows[head]) if cell]
        return [[row[column] for column in columns] for row in rows[head + 1 :] if row[0].isdigit()]


class TestVerify:
    def test_three_independent_readers_accept_it(
        self, handed_in: tuple[Path, Submitted], tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        path = handed_in[1].path
        assert submitting.verify(path, Quiet()).ok
        told = command(capsys, "verify", str(path))
        assert (told["ok"], told["findings"], told["files"]) == (True, [], handed_in[1].files)
        folder = unzip(path, tmp_path)
        bagit.Bag(str(folder)).validate()
        for lists in ("manifest-sha256.txt", "tagmanifest-sha256.txt"):
            subprocess.run(["sha256sum", "--strict", "--status", "-c", lists], cwd=folder, check=True)
        assert command(capsys, "verify", str(folder))["ok"]

    @pytest.mark.parametrize(("harm", "kind"), [("change", "改动"), ("remove", "缺失"), ("add", "多出")])
    def test_every_harm_is_named(
        self,
        handed_in: tuple[Path, Submitted],
        tmp_path: Path,
        capsys: pytest.CaptureFixture[str],
        harm: str,
        kind: str,
    ) -> None:
        folder = unzip(handed_in[1].path, tmp_path)
        file = folder / "data" / "04-主要数据.xlsx"
        data = bytearray(file.read_bytes())
        data[len(data) // 2] ^= 1
        if harm == "remove":
            file.unlink()
        else:
            file = file.with_name("后来.txt") if harm == "add" else file
            file.write_bytes(data)
        found = command(capsys, "verify", str(folder), status=2)["findings"]
        assert [(each["kind"], each["path"]) for each in found] == [(kind, f"data/{file.name}")]
        assert file.name in found[0]["text"]


def unzip(path: Path, folder: Path) -> Path:
    with zipfile.ZipFile(path) as archive:
        archive.extractall(folder / "解压")
    return next((folder / "解压").iterdir())


class TestFigures:
    def test_json_pdf_and_workbook_tell_the_same(
        self, after: App, package: Open, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        after.workspace.close()
        card = command(capsys, "--workspace", str(after.workspace.folder), "score")
        rows = [row for section in card["sections"] for row in section["rows"]]
        told = [f"{row['suggested']:.1f}" for row in rows] + [f"{card['totals']['suggested']['grand']:.1f}"]
        assert len(told) == 25
        assert told[-1] == "99.0"
        assert boxes_of_pdf(package["02-考核评分表（建议分）.pdf"]) == told
        cells = [row[2] for row in package.rows("02-考核评分表（建议分）.xlsx")]
        assert [cell for cell in cells if re.fullmatch(r"\d+\.\d", cell)] == told

    def test_the_self_score_goes_out_once_it_is_given(self, office: App, tmp_path: Path) -> None:
        texts = {
            "评分表": "national_card_2020",
            "评分单元": "ORG-1",
            "自评分": "2.5",
            "自评理由": "少一次会议",
            "评分日期": "11.20",
        }
        records.add_record(office, "unit_score", texts)
        records.add_record(office, "unit_score", texts | {"评分单元": "ORG-2", "自评分": "2", "自评理由": "厂长任主任"})
        opened = Open(submitting.submit(office, Order(tmp_path / "包.zip"), Quiet()).path)
        assert boxes_of_pdf(opened["02-考核评分表（自评分）.pdf"]) == ["4.5", "4.5"]


def boxes_of_pdf(data: bytes) -> list[str]:
    """Return what stands alone in a box as points, page by page from above."""
    found: list[str] = []
    for page in pypdf.PdfReader(io.BytesIO(data)).pages:
        placed: list[tuple[float, str]] = []

        def visit(text: str, _: Any, matrix: Any, *__: Any, placed: list[tuple[float, str]] = placed) -> None:
            if re.fullmatch(r"\d+\.\d", text.strip()):
                placed.append((-matrix[5], text.strip()))

        page.extract_text(visitor_text=visit)
        found += [text for _, text in sorted(placed, key=lambda each: each[0])]
    return found


def pdf_text(data: bytes) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages)


class TestFiled:
    def test_with_its_hash(self, after: App, handed_in: tuple[Path, Submitted]) -> None:
        done = handed_in[1]
        values = submission(after, done.number)
        assert values["package_hash"] == done.sha256 == sha256_of(done.path)
        kept = after.workspace.submissions / values["package"]
        assert sha256_of(kept) == done.sha256
        assert (values["kind"], values["remark"]) == (SubmissionKind.first, None)

    def test_what_has_left_is_not_undone(self, after: App, handed_in: tuple[Path, Submitted]) -> None:
        with pytest.raises(UserError, match="“报送年终材料（首次）”不能撤销"):
            records.undo(after)
        with after.read() as connection:
            assert len(ids_of(connection, after.ledgers["submission"])) == 1
            assert frozen_papers(connection)

    def test_it_counts_as_done(self, after: App, handed_in: tuple[Path, Submitted]) -> None:
        with after.read() as connection:
            ids = ids_of(connection, after.ledgers["submission"])
            assert lacking(connection, after.ledgers["submission"], ids) == {}

    def test_frozen_papers_print_again_whatever_is_edited(self, after: App, package: Open, tmp_path: Path) -> None:
        for number in (TRAINING, DRILL):
            records.change_record(after, number, {"盒号": "", "备注": "后来改动"})
        records.remove_record(after, "HD-2026-0002")
        later = App(after.workspace, Clock(date(2026, 12, 24)))
        with later.read() as connection:
            frozen = {paper.form: paper.id for paper in frozen_papers(connection)}
        # The package hands in the score card with its index of evidence, the table as one bare page.
        for form, name, with_index in (
            ("national_card_2020", "02-考核评分表（建议分）.pdf", True),
            ("jiaozuo_2023", "03-1-焦作市总工会“安全生产月”活动进展情况统计表.pdf", False),
        ):
            fresh = Wanted(which=Which.suggested, with_index=with_index)
            again = tmp_path / f"{form}.pdf"
            papers.print_paper(later, form, again, replace(fresh, frozen=frozen[form]), Quiet())
            assert pdf_text(again.read_bytes()) == pdf_text(package[name])
            papers.print_paper(later, form, again, fresh, Quiet())
            assert pdf_text(again.read_bytes()) != pdf_text(package[name])
        with pytest.raises(UserError, match="不是这张表"):
            papers.print_paper(later, "jiaozuo_2023", again, Wanted(frozen=frozen["national_card_2020"]), Quiet())


def submission(app: App, number: str) -> dict[str, Any]:
    with app.read() as connection:
        ledger, record = locate(connection, app.ledgers, number)
        return fetch(connection, ledger, [record])[0].values


class TestAgain:
    def test_the_next_must_say_what_it_is_and_names_the_one_before(
        self, after: App, handed_in: tuple[Path, Submitted], tmp_path: Path
    ) -> None:
        for kind in (None, SubmissionKind.first):
            with pytest.raises(UserError, match="已经报送过") as caught:
                submitting.submit(after, Order(tmp_path / "二.zip", kind=kind), Quiet())
            assert "--kind 补报" in caught.value.remedy
            assert not (tmp_path / "二.zip").exists()
        first = handed_in[1]
        second = submitting.submit(after, Order(tmp_path / "二.zip", kind=SubmissionKind.correction), Quiet())
        opened = Open(second.path)
        assert json.loads(opened["01-报送信息.json"])["前次材料包校验值"] == first.sha256
        assert f"Previous-Package-SHA256: {first.sha256}" in opened.tags["bag-info.txt"].decode()
        assert submission(after, second.number)["previous_hash"] == first.sha256
        kept = {sha256_of(path) for path in after.workspace.submissions.iterdir()}
        assert kept == {first.sha256, second.sha256}

    def test_next_year_begins_anew(self, after: App, tmp_path: Path) -> None:
        later = App(after.workspace, Clock(date(2027, 11, 20)))
        supplement = Order(tmp_path / "次年.zip", kind=SubmissionKind.supplement)
        with pytest.raises(UserError, match="还没有报送过，不能补报"):
            submitting.submit(later, supplement, Quiet())
        assert submitting.submit(later, replace(supplement, kind=None), Quiet()).kind == "首次"


class Stopping:
    """Stops the work when it comes to a step."""

    def __init__(self, at: str) -> None:
        self.at = at

    def step(self, text: str, done: int = 0, total: int = 0) -> None:
        if text.startswith(self.at):
            raise Cancelled


@pytest.fixture(scope="module")
def unfiled(furnished: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """A workspace in which no package is ever finished."""
    folder = tmp_path_factory.mktemp("failing") / "w"
    shutil.copytree(furnished, folder)
    with App.opened(folder, Clock(TODAY)) as app:
        yield app


class TestFailing:
    """Whatever stops it: a sentence, the older zip whole, nothing else anywhere."""

    @staticmethod
    def fails(app: App, folder: Path, progress: Progress, error: type[AnkangError], **order: Any) -> AnkangError:
        """Hand in over an older zip; nothing may have come of it."""
        target = folder / "out" / "包.zip"
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(b"older")
        with pytest.raises(error) as caught:
            submitting.submit(app, Order(target, **order), progress)
        assert target.read_bytes() == b"older"
        assert [path.name for path in target.parent.iterdir()] == ["包.zip"]
        assert [*app.workspace.folder.glob(".~*"), *app.workspace.folder.glob("submissions/*")] == []
        with app.read() as connection:
            assert ids_of(connection, app.ledgers["submission"]) == []
        return caught.value

    @pytest.mark.parametrize("at", ["正在排版", "正在写入 PDF", "导出台账", "隐私自查", "写入 06", "核对"])
    def test_cancelled(self, unfiled: App, tmp_path: Path, at: str) -> None:
        self.fails(unfiled, tmp_path, Stopping(at), Cancelled)

    def test_a_photo_vanished(self, unfiled: App, tmp_path: Path) -> None:
        evidence = unfiled.workspace.evidence.folder
        aside = evidence.rename(tmp_path / "aside")
        error = self.fails(unfiled, tmp_path, Quiet(), UserError, masked=True)
        aside.rename(evidence)
        assert error.text == f"{TRAINING} 的佐证文件“全景.jpg”不见了"
        assert "备份" in error.remedy

    def test_a_file_that_names_somebody_is_not_masked_for_them(self, unfiled: App, tmp_path: Path) -> None:
        paper = tmp_path / "名单.txt"
        paper.write_text(f"联系 {MOBILE}", "utf-8")
        attach(unfiled, DRILL, paper)
        error = self.fails(unfiled, tmp_path, Quiet(), UserError, masked=True)
        records.undo(unfiled)
        assert "138****5678" in error.text
        assert MOBILE not in error.text
        assert DRILL in error.text

    def test_a_target_that_cannot_be(self, unfiled: App, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("no folder")
        for target, error in ((tmp_path / "file" / "包.zip", WorldError), (tmp_path / "包.rar", UserError)):
            with pytest.raises(error):
                submitting.submit(unfiled, Order(target), Quiet())
        assert list(unfiled.workspace.folder.glob("submissions/*")) == []

    def test_it_cannot_be_filed(self, unfiled: App, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def full(*_: Any) -> int:
            raise WorldError("磁盘已满", "请清理磁盘空间")

        monkeypatch.setattr(handing_in, "freeze", full)
        self.fails(unfiled, tmp_path, Quiet(), WorldError)

    def test_the_older_zip_is_held_open_elsewhere(
        self, unfiled: App, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        rename = Path.replace

        def held(path: Path, target: Path) -> Path:
            if target == tmp_path / "out" / "包.zip":
                raise PermissionError(errno.EACCES, "in use")
            return rename(path, target)

        monkeypatch.setattr(Path, "replace", held)
        assert "占用" in self.fails(unfiled, tmp_path, Quiet(), WorldError).text

    def test_no_profile(self, app: App, tmp_path: Path) -> None:
        assert "企业档案还没有填写" in self.fails(app, tmp_path, Quiet(), UserError).text


@pytest.fixture(scope="module")
def told(furnished: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with a number, a mobile, a pregnancy, positions and a whistle-blower in it; closed."""
    folder = tmp_path_factory.mktemp("told")
    shutil.copytree(furnished, folder / "w")
    with App.opened(folder / "w", Clock(TODAY)) as app:
        records.change_record(app, "ZG-2026-0005", {"备注": f"身份证{ID_NUMBER}"})
        records.change_record(app, "JY-2026-0001", {"备注": f"联系{MOBILE}"})
        case = {"工作内容": "女职工保护检查", "日期": "5.6", "情况说明": "职工181怀孕，已调离冲压岗位"}
        records.add_record(app, "women_protection", case)
        for shade in (1, 2):
            attach(app, TRAINING, photo(folder / f"现场{shade}.jpg", shade, position=True))
        hazard = {"发现日期": "6.3", "隐患来源": Source.whistleblower.value, "发现人": "职工33(0033)"}
        records.add_record(app, "hazard", {**hazard, "隐患描述": "安全门常锁，职工33反映多次"})
    return folder / "w"


class TestPrivacyGate:
    """T19 of domain.md §10."""

    FOUND = ("ZG-2026-0005", "JY-2026-0001", "YH-2026-0002", "NZ-2026-0002", TRAINING)

    def test_stops_with_five_findings(self, told: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        out = tmp_path / "包.zip"
        error = command(capsys, "--workspace", str(told), "submit", str(out), status=2)["error"]
        assert error["text"].startswith("发现5处个人信息")
        assert [number for number in self.FOUND if number not in error["text"]] == []
        assert "照片2张" in error["text"]
        assert "--mask" in error["remedy"]
        assert not out.exists()
        for secret in (ID_NUMBER, MOBILE, "职工33"):
            assert secret not in error["text"]

    def test_masks_the_copy_and_says_so(self, told: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        folder, out = tmp_path / "w", tmp_path / "包.zip"
        shutil.copytree(told, folder)
        before = lists(folder)
        answer = command(capsys, "--workspace", str(folder), "submit", str(out), "--mask")
        assert [number for number, text in zip(self.FOUND, answer["masked"], strict=True) if number not in text] == []
        assert command(capsys, "verify", str(out))["ok"]
        self.check_copy(Open(out))
        assert lists(folder) == before
        with App.opened(folder, Clock(TODAY)) as app:
            remark = submission(app, answer["submission"])["remark"]
        originals = [path.read_bytes() for path in (folder / "evidence").glob("*/*")]
        assert [each.kind for data in originals for each in scan_photo(data, "")] == ["照片定位"] * 2
        assert remark == (
            "已脱敏：身份证号1处（ZG-2026-0005）；手机号码1处（JY-2026-0001）；举报人姓名1处（YH-2026-0002）；"
            f"女职工个案1处（NZ-2026-0002）；照片定位1处（{TRAINING}）"
        )

    @staticmethod
    def check_copy(package: Open) -> None:
        words = package.words()
        for secret in (ID_NUMBER, MOBILE, "职工33", "怀孕", "冲压"):
            assert secret not in words
        assert "138****5678" in words
        assert f"身份证370{'*' * 13}{ID_NUMBER[-2:]}" in words
        women = dict(row[:2] for row in package.rows(WOMEN_SHEET)[2:])
        assert women == {"女职工数": "60人", "已书面告知数": "58人", "个案数": "1例"}
        assert package.names("女职工保护台账.xlsx") == []
        hazards = package.rows("05-台账/23-隐患排查治理台账.xlsx")
        reporter = hazards[0].index("发现人")
        assert [row[reporter] for row in hazards[1:] if "YH-2026-0002" in row] == ["匿名"]
        photos = package.names(".jpg")
        assert len(photos) == 3
        assert [name for name in photos if list(scan_photo(package[name], name))] == []


def lists(folder: Path) -> dict[str, list[Any]]:
    """Return every record of every ledger but the submissions, as it stands."""
    with App.opened(folder, Clock(TODAY)) as app, app.read() as connection:
        return {
            ledger.key: fetch(connection, ledger, ids_of(connection, ledger))
            for ledger in app.ledgers
            if ledger.key != "submission"
        }

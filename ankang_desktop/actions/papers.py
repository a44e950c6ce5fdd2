"""Papers: any form with its answers to a PDF or a workbook, from one layout tree."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from ankang_desktop.actions.boxes import SUBJECT, box_paper
from ankang_desktop.actions.scores import fill_statistics, period_of, scope_of, score_card
from ankang_desktop.actions.sheets import sheet_answers
from ankang_desktop.app import App
from ankang_desktop.declare.forms import Form
from ankang_desktop.kernel.errors import UserError
from ankang_desktop.kernel.progress import Progress
from ankang_desktop.kernel.text import chinese_date
from ankang_desktop.printing.layout import blanks, lay_out
from ankang_desktop.printing.paper import Block, Column, Grid, PageBreak, Paper, Title
from ankang_desktop.scoring.card import Card, Which
from ankang_desktop.scoring.papers import card_answers
from ankang_desktop.scoring.statistics import Statistics
from ankang_desktop.scoring.summary import figures, sentence
from ankang_desktop.store.frozen import FrozenPaper, frozen_paper

SUFFIXES = (".pdf", ".xlsx")
_VISIT_FIGURES = ("安全教育培训", "应急演练", "宣传教育活动", "班组安全活动", "安全检查", "排查隐患", "销号隐患")


@dataclass(frozen=True)
class Wanted:
    """What paper of a form is wanted: of which record, over which period, with which score, frozen or fresh."""

    number: str = ""
    start: date | None = None
    end: date | None = None
    which: Which = Which.self
    with_index: bool = False
    frozen: int = 0


@dataclass(frozen=True)
class Printed:
    """A paper written: where, how many pages (0 for a workbook), and what could not be printed as meant."""

    path: Path
    pages: int
    warning: str


def print_paper(app: App, code: str, target: Path, wanted: Wanted, progress: Progress) -> Printed:
    """Write a form as PDF or xlsx by the target's ending."""
    refuse_suffix(target)
    return write_paper(paper_of(app, app.form(code), wanted), target, progress)


def write_paper(paper: Paper, target: Path, progress: Progress) -> Printed:
    """Write a layout tree by the target's ending; each writer brings its library along when it first writes."""
    refuse_suffix(target)
    if target.suffix.lower() == ".xlsx":
        from ankang_desktop.printing.workbook import write_workbook

        write_workbook(paper, target, progress)
        return Printed(target, 0, "")
    from ankang_desktop.printing.fonts import shipped_fonts
    from ankang_desktop.printing.pdf import write_pdf

    result = write_pdf(paper, target, shipped_fonts(), progress)
    return Printed(target, result.pages, result.warning)


def refuse_suffix(target: Path) -> None:
    """Refuse a target that is neither PDF nor xlsx."""
    if target.suffix.lower() not in SUFFIXES:
        raise UserError(f"不能打印成“{target.suffix or target.name}”", "文件名请以 .pdf 或 .xlsx 结尾")


def paper_of(app: App, form: Form, wanted: Wanted) -> Paper:
    """Return the layout tree of a form with its answers."""
    if form.kind == "scorecard":
        return card_paper(form, _card(app, form, wanted), wanted.which, with_index=wanted.with_index)
    if form.kind == "statistics":
        return _statistics_paper(app, form, wanted)
    period = period_of(app, form, wanted.start, wanted.end)
    if form.data.get("subject") == SUBJECT:
        return box_paper(app, form, wanted.number, period.start)
    answers = sheet_answers(app, form, wanted.number, period.start, period.end)
    return lay_out(form, _completed(app, form, answers, wanted))


def card_paper(form: Form, card: Card, which: Which, *, with_index: bool) -> Paper:
    """Return a card as its paper, blank or with one of its three scores."""
    return lay_out(form, card_answers(card, which, with_index=with_index))


def statistics_paper(form: Form, filled: Statistics, reported_on: date, *, with_details: bool = False) -> Paper:
    """Return a statistics table as its paper, reported on a day, with the records behind each number if asked."""
    head = {
        "enterprise.name": filled.enterprise,
        "contact": filled.contact,
        "phone": "",  # written by hand: no telephone number is kept
        "reported_on": chinese_date(reported_on),
    }
    paper = lay_out(form, head | filled.answers())
    if not with_details:
        return paper
    return replace(paper, page=replace(paper.page, fit=1), blocks=(*paper.blocks, *_details(filled)))


def _details(filled: Statistics) -> tuple[Block, ...]:
    """Return the appendix 明细: every blank with every record behind it; what is counted twice is marked."""
    rows = (
        (each.key, each.label, each.ref.number, each.ref.title, str(each.ref.day or ""), "双计" if each.doubled else "")
        for each in filled.details()
    )
    middle = tuple(Column(width, "center") for width in (5, 10, 9, 5))
    columns = (middle[0], Column(16), middle[1], Column(18), *middle[2:])
    heads = ("栏目", "项目", "记录编号", "名称", "日期", "备注")
    return PageBreak(), Title(("明细",), 16), Grid(columns, (heads, *rows), head=1, size=9)


def activity_summary(app: App, form: Form, wanted: Wanted) -> str:
    """Return what the enterprise did in the period, in one sentence of figures; the officer may write over it."""
    with scope_of(app, period_of(app, form, wanted.start, wanted.end)) as scope:
        return f"本期{sentence(figures(scope), _VISIT_FIGURES)}。"


def _card(app: App, form: Form, wanted: Wanted) -> Card:
    if wanted.frozen:
        return Card.from_plain(_frozen(app, form, wanted).content)
    return score_card(app, form.code, wanted.start, wanted.end)


def _statistics_paper(app: App, form: Form, wanted: Wanted) -> Paper:
    if wanted.frozen:
        frozen = _frozen(app, form, wanted)
        filled, day = Statistics.from_plain(frozen.content), frozen.frozen_at.date()
    else:
        filled, day = fill_statistics(app, form.code, wanted.start, wanted.end), app.clock.today()
    return statistics_paper(form, filled, day, with_details=wanted.with_index)


def _frozen(app: App, form: Form, wanted: Wanted) -> FrozenPaper:
    with app.read() as connection:
        frozen = frozen_paper(connection, wanted.frozen)
    if frozen.form != form.code:
        raise UserError(f"第 {wanted.frozen} 号定稿是“{frozen.title}”，不是这张表", f"请打印 {frozen.form}")
    return frozen


def _completed(app: App, form: Form, answers: dict[str, object], wanted: Wanted) -> dict[str, Any]:
    """Write the summary where the form asks for one and the record has none; a blank form stays blank."""
    if wanted.number and "unit_activity_summary" in blanks(form) and not answers.get("unit_activity_summary"):
        return answers | {"unit_activity_summary": activity_summary(app, form, wanted)}
    return answers

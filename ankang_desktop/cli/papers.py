"""Verbs on the year, the score and the papers: calendar, score, statistics, paper, freeze, frozen."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from ankang_desktop.actions import papers, scores, year
from ankang_desktop.cli.frame import Answer, Context, Verb
from ankang_desktop.declare.forms import did_you_mean
from ankang_desktop.kernel.errors import UserError
from ankang_desktop.scoring.card import Card, UnitResult, Which
from ankang_desktop.store.frozen import frozen_papers


def _calendar(context: Context) -> Answer:
    with context.app() as app:
        asked = context.args.year or app.clock.today().year
        found = year.calendar(app, asked, "due" if context.args.due else context.args.state)
    lines = [f"{asked}年  " + "  ".join(f"{state}{number}" for state, number in found["counts"].items() if number)]
    lines += [duty_line(duty) for duty in found["duties"]]
    return Answer(found, lines)


def duty_line(duty: dict[str, Any]) -> str:
    """Return one duty of the calendar as a line."""
    left = duty["days_left"]
    days = "" if left is None or left < 0 else f"还有{left}天  "
    return f"{duty['state']:<5} {duty['due'] or '随时':<10} {duty['code']:<6} {duty['title']}  {days}{duty['reason']}"


def _calendar_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--year", type=int, default=0, help="年度，默认今年")
    parser.add_argument("--state", default="", help="只看一种状态，如 逾期")
    parser.add_argument("--due", action="store_true", help="只看进行中、临近、逾期和已办未留痕的")


def _score(context: Context) -> Answer:
    with context.app() as app:
        card = (
            scores.thawed_card(app, context.args.frozen)
            if context.args.frozen
            else scores.score_card(app, context.args.card, context.day("start"), context.day("end"))
        )
    return Answer(scores.card_document(card), card_lines(card))


def card_lines(card: Card) -> list[str]:
    """Return a card as a person reads it in a terminal."""
    totals = card.totals()
    lines = [f"{card.enterprise}  {card.edition}  {card.start} 至 {card.end}，数据截至 {card.as_of}"]
    for section in card.sections:
        lines.append(f"{'*' if section.bonus else ''}{section.name}  {section.sum():f} / {section.points:f}")
        for row in section.rows:
            for unit in row.units:
                got = "—" if unit.suggested is None else f"{unit.suggested:.1f}"
                lines.append(
                    f"  {row.number:>2} {unit.code:<7} {got:>5}/{unit.points:<3f} {unit.state.value}  {unit.reason}"
                )
                lines += [f"      ⚠ {text}" for text in (*unit.warnings, *([unit.problem] if unit.problem else []))]
    lines.append(f"建议分合计 {totals.text}；{totals.parts_text}")
    gaps = card.gaps()
    if gaps:
        lines += ["可补的分：", *(f"  +{gap.gain:f}  {gap.text}" for gap in gaps[:12])]
    return lines


def _unit_lines(row: int, unit: UnitResult) -> list[str]:
    got = "—" if unit.suggested is None else f"{unit.suggested:.1f}"
    problems = (*unit.warnings, *([unit.problem] if unit.problem else []))
    head = f"  {row:>2} {unit.code:<7} {got:>5}/{unit.points:<3f} {unit.state.value}  {unit.reason}"
    return [head, *(f"      ⚠ {text}" for text in problems)]


def _period(parser: ArgumentParser) -> None:
    parser.add_argument("--from", dest="start", default="", help="期间自，默认本年1月1日或表内规定")
    parser.add_argument("--to", dest="end", default="", help="期间至")


def _score_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--card", default="", help="评分表代号，默认最新一版")
    parser.add_argument("--frozen", type=int, default=0, help="看第几号定稿")
    _period(parser)


def _statistics(context: Context) -> Answer:
    with context.app() as app:
        filled = scores.fill_statistics(app, context.args.form, context.day("start"), context.day("end"))
    lines = [f"{filled.enterprise}  {filled.edition}  {filled.start} 至 {filled.end}"]
    for blank in (*filled.blanks, *(each for line in filled.repeated for each in line.blanks)):
        twice = f"（其中双计{len(blank.doubled)}）" if blank.doubled else ""
        unit = "" if blank.text else blank.quantity.unit.value
        lines.append(f"  {blank.key:<6}{blank.printed:>6}{unit}  {blank.label}  {len(blank.refs)}条记录{twice}")
    lines += [f"  ⚠ {each.ref.number} {each.why}" for each in filled.unproven]
    return Answer(scores.statistics_document(filled), lines)


def _statistics_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("form", help="统计表代号，如 jiaozuo_2023")
    _period(parser)


def _paper(context: Context) -> Answer:
    args = context.args
    which = next((each for each in Which if args.score in {each.name, each.value}), None)
    if which is None:
        raise UserError(f"没有“{args.score}”这种分数", did_you_mean(args.score, [each.value for each in Which]))
    wanted = papers.Wanted(args.number, context.day("start"), context.day("end"), which, args.index, args.frozen)
    with context.app() as app:
        printed = papers.print_paper(app, args.form, Path(args.out), wanted, context.progress)
    data = {"path": str(printed.path), "pages": printed.pages, "warning": printed.warning}
    pages = f"，{printed.pages}页" if printed.pages else ""
    return Answer(data, [f"已打印到 {printed.path}{pages}", *([printed.warning] if printed.warning else [])])


def _paper_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("form", help="表样代号")
    parser.add_argument("out", help="要写的文件，以 .pdf 或 .xlsx 结尾")
    parser.add_argument("--number", default="", help="单条记录的表：记录编号；不填为空白表")
    parser.add_argument("--score", default="self", help="评分表印哪种分：自评分、建议分、考核分、空白")
    parser.add_argument("--index", action="store_true", help="评分表附佐证材料索引，统计表附明细")
    parser.add_argument("--frozen", type=int, default=0, help="按第几号定稿重印")
    _period(parser)


def _forms(context: Context) -> Answer:
    with context.app() as app:
        found = [
            {"code": form.code, "kind": form.kind, "title": "".join(form.title), "source": form.source}
            for form in app.forms.values()
        ]
    return Answer({"forms": found}, [f"{each['code']:<22}{each['title']}" for each in found])


def _freeze(context: Context) -> Answer:
    with context.app() as app:
        card = scores.score_card(app, context.args.card, context.day("start"), context.day("end"))
        title = context.args.title or f"{card.start.year}年自评定稿"
        key = scores.freeze_card(app, card, title)
    return Answer(
        {"frozen": key, "title": title, "total": card.totals().text},
        [f"已定稿第{key}号：{title}，{card.totals().text}"],
    )


def _freeze_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--card", default="", help="评分表代号，默认最新一版")
    parser.add_argument("--title", default="", help="定稿名称")
    _period(parser)


def _frozen(context: Context) -> Answer:
    with context.app() as app, app.read() as connection:
        found = [
            {
                "id": each.id,
                "form": each.form,
                "title": each.title,
                "frozen_at": each.frozen_at.isoformat(" "),
                "as_of": each.as_of.isoformat(),
            }
            for each in frozen_papers(connection)
        ]
    return Answer({"frozen": found}, [f"{each['id']:>4}  {each['frozen_at']}  {each['title']}" for each in found])


VERBS = (
    Verb("calendar", "列出一年的工作事项及其状态", _calendar, _calendar_arguments),
    Verb("score", "按评分表给出建议分、依据和可补的分", _score, _score_arguments),
    Verb("statistics", "按台账填统计表", _statistics, _statistics_arguments),
    Verb("paper", "把表样打印成 PDF 或 Excel", _paper, _paper_arguments),
    Verb("forms", "列出全部表样", _forms),
    Verb("freeze", "把评分表定稿（以后修改记录也不变）", _freeze, _freeze_arguments),
    Verb("frozen", "列出定稿", _frozen),
)

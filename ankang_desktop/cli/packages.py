"""Verbs on the package: submit, verify; and the demo, which is the whole year in one command."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import TypeVar

from ankang_desktop.actions import demo, scores, submitting
from ankang_desktop.actions.submitting import Order
from ankang_desktop.cli.frame import Answer, Context, Verb
from ankang_desktop.cli.papers import card_lines, duty_line
from ankang_desktop.declare.forms import did_you_mean
from ankang_desktop.declare.options import Options
from ankang_desktop.kernel.errors import UserError
from ankang_desktop.ledgers.upper import SubmissionKind, SubmissionSubject

OptionT = TypeVar("OptionT", bound=Options)


def _submit(context: Context) -> Answer:
    args = context.args
    order = Order(
        target=Path(args.out),
        subject=_option(SubmissionSubject, args.subject) or SubmissionSubject.year_end,
        kind=_option(SubmissionKind, args.kind),
        start=context.day("start"),
        end=context.day("end"),
        card=args.card,
        masked=args.mask,
    )
    with context.app() as app:
        done = submitting.submit(app, order, context.progress)
    data = {
        "path": str(done.path),
        "sha256": done.sha256,
        "files": done.files,
        "submission": done.number,
        "kind": done.kind,
        "score": done.score,
        "masked": [concern.text for concern in done.concerns],
        "notes": list(done.notes),
        "open_points": list(done.open_points),
    }
    return Answer(data, submit_lines(done))


def submit_lines(done: submitting.Submitted) -> list[str]:
    """Return what a submission did as a person reads it."""
    return [
        f"材料包（{done.kind}）：{done.path}",
        f"共{done.files}个文件，登记为 {done.number}，SHA-256 {done.sha256}",
        f"评分 {done.score}",
        *(f"已脱敏 {concern.text}" for concern in done.concerns),
        *done.notes,
        *(f"报送前请留意 {text}" for text in done.open_points[:8]),
    ]


def _option(options: type[OptionT], text: str) -> OptionT | None:
    if not text:
        return None
    found = options.of(text)
    if found is None:
        raise UserError(f"没有“{text}”这一项", did_you_mean(text, options.labels()))
    return found


def _submit_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("out", help="材料包文件，以 .zip 结尾")
    parser.add_argument("--subject", default="", help="报送事项，默认 年终材料")
    parser.add_argument("--kind", default="", help="首次、补报或更正；第一次可不写")
    parser.add_argument("--card", default="", help="评分表代号，默认最新一版")
    parser.add_argument("--mask", action="store_true", help="发现个人信息时在副本中脱敏并继续")
    parser.add_argument("--from", dest="start", default="", help="期间自")
    parser.add_argument("--to", dest="end", default="", help="期间至")


def _verify(context: Context) -> Answer:
    found = submitting.verify(Path(context.args.package), context.progress)
    data = {
        "ok": found.ok,
        "files": found.files,
        "bytes": found.bytes,
        "info": dict(found.info),
        "findings": [{"kind": each.kind, "path": each.path, "text": each.sentence} for each in found.findings],
    }
    verdict = "完好：每个文件都与校验清单一致" if found.ok else f"有{len(found.findings)}处问题"
    lines = [f"{verdict}（{found.files}个文件）", *(each.sentence for each in found.findings)]
    return Answer(data, lines, status=0 if found.ok else 2)


def _verify_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("package", help="材料包 zip，或解压后的文件夹")


def _demo(context: Context) -> Answer:
    shown = demo.run_demo(Path(context.args.folder), context.progress)
    rows = [each.plan for each in shown.imported]
    data = {
        "folder": str(shown.folder),
        "records": sum(each.written for each in shown.imported),
        "refused": [fault.sentence for plan in rows for fault in plan.faults],
        "photos": shown.photos,
        "due": shown.calendar["counts"],
        "score": scores.card_document(shown.card),
        "papers": [str(path) for path in shown.papers],
        "package": str(shown.submitted.path),
        "submission": shown.submitted.number,
        "verified": shown.verified.ok,
    }
    return Answer(data, _demo_lines(shown), status=0 if shown.verified.ok else 1)


def _demo_lines(shown: demo.Shown) -> list[str]:
    taken = [f"  {each.plan.book.name}：{each.plan.summary}" for each in shown.imported]
    bad = [f"    {fault.sentence}" for each in shown.imported for fault in each.plan.faults]
    due = [f"  {duty_line(duty)}" for duty in shown.calendar["duties"][:20]]
    left = len(shown.calendar["duties"]) - len(due)
    return [
        f"一、导入 {len(taken)} 本工作簿、{shown.photos} 张照片",
        *taken,
        *([f"  有{len(bad)}处错误，行已退回到“退回”文件夹：", *bad] if bad else []),
        *(f"  注意：{text}" for text in shown.warnings),
        "",
        f"二、今天（{shown.calendar['today']}）到期与逾期的工作",
        *due,
        *([f"  ……另有{left}项，见 calendar --due"] if left > 0 else []),
        "",
        "三、评分",
        *card_lines(shown.card),
        "",
        "四、打印",
        *(f"  {path}" for path in shown.papers),
        "",
        "五、报送",
        *submit_lines(shown.submitted),
        f"核对：{'完好' if shown.verified.ok else '有问题'}，{shown.verified.files}个文件",
        "",
        f"工作区在 {shown.folder / '工作区'}，材料包在 {shown.submitted.path}",
        f"接着看：ankang-desktop --workspace {shown.folder / '工作区'} --today {shown.calendar['today']} score",
    ]


def _demo_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("folder", help="放演示工作区和材料的新文件夹")


VERBS = (
    Verb("submit", "把一年的材料打成一个可核对的包", _submit, _submit_arguments),
    Verb("verify", "逐个文件核对材料包", _verify, _verify_arguments),
    Verb("demo", "用虚构企业走一遍全年", _demo, _demo_arguments),
)

"""A notice of one's own: pasted, read into proposals, kept as data in the workspace, followed from today."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from ankang_desktop.actions.proofs import counter_names, measure_names
from ankang_desktop.app import App
from ankang_desktop.kernel import paths
from ankang_desktop.kernel.errors import Problem, Refused, UserError, WorldError
from ankang_desktop.kernel.files import write_safely
from ankang_desktop.programme.asking import Need
from ankang_desktop.programme.library import check_names, read_library
from ankang_desktop.programme.notices import read_notice
from ankang_desktop.programme.proposing import Proposal, Reading, read_notice_text
from ankang_desktop.programme.windows import parse_when

MOST_TEXT = 200_000
"""Characters of a pasted text: a notice has five thousand, a book was pasted by mistake."""


@dataclass(frozen=True)
class NewNotice:
    """The head of a notice as the person left it."""

    title: str
    issuer: str
    number: str
    issued: date | None
    short: str


def propose(app: App, text: str) -> Reading:
    """Read a pasted notice into proposals; what proves them is learnt from the notices known."""
    if not text.strip():
        raise UserError("还没有通知的文字", "把通知全文粘贴进来（从 Word、网页或 PDF 里复制）")
    if len(text) > MOST_TEXT:
        raise UserError("粘贴的文字太长", "请只粘贴通知正文，不带附件和别的文件")
    known = [obligation for _, obligation in app.library.obligations.values()]
    return read_notice_text(text, app.clock.today(), known)


def add_notice(app: App, head: NewNotice, accepted: Sequence[Proposal]) -> str:
    """Keep a notice with the obligations accepted and follow it, as one step; returns its code.

    The file lies in the workspace's `programmes` folder and is read back before it takes its name. Raises Refused
    with what the head lacks, UserError where nothing was accepted or a time cannot be read.
    """
    issued = _checked(head)
    if not accepted:
        raise UserError("一项也没有采用", "请至少勾选一项")
    for each in accepted:
        parse_when(each.when)
    code, prefix = _names(app, issued.year)
    path = app.workspace.programmes / f"{code}.toml"
    text = _toml(code, prefix, head, issued, accepted)
    write_safely(path, lambda temporary: _write(temporary, text), lambda written: _verify(app, written, len(accepted)))
    try:
        with app.begin(f"添加通知“{head.short}”") as unit:
            unit.add(app.ledgers["programme_choice"], {"programme": code, "since": app.clock.today(), "until": None})
            app.renew_library()
    except BaseException:
        path.unlink(missing_ok=True)
        app.renew_library()
        raise
    return code


def _checked(head: NewNotice) -> date:
    problems = [
        Problem(key, text)
        for key, value, text in (
            ("title", head.title, "通知标题不能为空"),
            ("issuer", head.issuer, "发文机关不能为空"),
            ("short", head.short, "简称不能为空，它显示在年历的每一项旁边"),
            ("issued", head.issued, "成文日期不能为空，“即日起”从这一天算"),
        )
        if not value
    ]
    if problems or head.issued is None:
        raise Refused(problems)
    return head.issued


def _names(app: App, year: int) -> tuple[str, str]:
    """Return a code no notice has (own_2026_1), and a prefix no obligation has (N1)."""
    taken = {each.partition("-")[0] for each in app.library.obligations}
    codes = set(app.library.notices) | {path.stem for path in app.workspace.programmes.glob("*.toml")}
    code = next(name for at in range(1, 10_000) if (name := f"own_{year}_{at}") not in codes)
    prefix = next(name for at in range(1, 10_000) if (name := f"N{at}") not in taken)
    return code, prefix


def _toml(code: str, prefix: str, head: NewNotice, issued: date, accepted: Sequence[Proposal]) -> str:
    lines = [
        f"code = {_text(code)}",
        f"title = {_text(head.title)}",
        f"issuer = {_text(head.issuer)}",
        f"number = {_text(head.number)}",
        f"issued = {issued.isoformat()}",
        f"short = {_text(head.short)}",
    ]
    for at, each in enumerate(accepted, 1):
        lines += ["", "[[obligation]]", f"id = {_text(f'{prefix}-{at:02d}')}"]
        lines += [
            f"source_text = {_text(each.source_text)}",
            f"text = {_text(each.text)}",
            f"when = {_text(each.when)}",
        ]
        lines += [f"{key} = [{', '.join(map(_text, value))}]" for key, value in _lists(each) if value]
        lines += [f"{key} = {_text(value)}" for key, value in (("proof", each.proof), ("note", each.note)) if value]
        if each.needs:
            lines.append(f"needs = [{', '.join(map(_need, each.needs))}]")
    return "\n".join(lines) + "\n"


def _lists(each: Proposal) -> tuple[tuple[str, Sequence[str]], ...]:
    return ("who", each.who), ("supports", each.supports)


def _need(need: Need) -> str:
    kind = "counter" if need.counter else "measure" if need.measure else "set"
    parts = [f"{kind} = {_text(need.name)}"]
    if need.at_least != 1 or kind == "measure":
        parts.append(f"at_least = {float(need.at_least)}" if kind == "measure" else f"at_least = {int(need.at_least)}")
    return "{" + ", ".join([*parts, *([f"per = {_text(need.per)}"] if need.per else [])]) + "}"


def _text(value: Any) -> str:
    """Write a TOML basic string; JSON's escapes are TOML's, but for DEL, which no notice needs."""
    return json.dumps(str(value).replace("\x7f", ""), ensure_ascii=False)


def _write(path: Path, text: str) -> None:
    path.write_text(text, "utf-8")


def _verify(app: App, path: Path, number: int) -> None:
    """Read the file as the library will, beside all the others, with every name known."""
    notice = read_notice(path, is_own=True)
    if len(notice.obligations) != number:
        raise WorldError(f"写入“{path}”后读回的事项数不对", "请检查磁盘后重试")
    library = read_library(paths.resources() / "programmes", app.workspace.programmes)
    check_names(library, counter_names(app.ledgers), measure_names())

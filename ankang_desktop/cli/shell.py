"""The face without a window: `ankang-desktop [--workspace DIR] [--today DAY] [--json] VERB …`.

With --json exactly one JSON document goes to stdout; messages go to stderr. Exit codes: 0 done, 2 the person can mend
it, 3 the machine's world, 1 our bug. The contract is written down in resources/help/命令行.md and tested.
"""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ankang_desktop import __version__
from ankang_desktop.cli import packages, papers, records, tables
from ankang_desktop.cli.frame import Answer, Context, Refusing, Teller, Verb
from ankang_desktop.declare.forms import did_you_mean
from ankang_desktop.kernel.clock import Clock
from ankang_desktop.kernel.errors import AnkangError, Cancelled, Refused, UserError, WorldError
from ankang_desktop.kernel.files import write_text_safely
from ankang_desktop.kernel.paths import default_workspace, logs
from ankang_desktop.kernel.report import report_of
from ankang_desktop.kernel.text import parse_date

VERBS: dict[str, Verb] = {verb.name: verb for verb in (*records.VERBS, *tables.VERBS, *papers.VERBS, *packages.VERBS)}
_GLOBALS = ("--workspace", "--today")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    as_json = "--json" in given
    _speak(as_json=as_json)
    try:
        answer = _run([word for word in given if word != "--json"])
    except Cancelled:
        return 0
    except KeyboardInterrupt:
        sys.stderr.write("已取消\n")
        return 0
    except AnkangError as error:
        return _tell_error(error, as_json=as_json)
    except Exception as error:  # noqa: BLE001 - the last door: our bug, reported, records intact
        return _tell_bug(error, as_json=as_json)
    _tell(answer, as_json=as_json)
    return answer.status


def _speak(*, as_json: bool) -> None:
    """Write JSON as UTF-8 wherever it goes; a console that lacks a character (𬭊 in GBK) shows “?” instead."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8" if as_json else stream.encoding, errors="replace")


def _run(words: list[str]) -> Answer:
    options, verb, rest = _split(words)
    if verb is None:
        return Answer({"version": __version__, "verbs": {each.name: each.help for each in VERBS.values()}}, _overview())
    if verb not in VERBS:
        raise UserError(f"没有“{verb}”这个命令", did_you_mean(verb, VERBS))
    parser = Refusing(prog=f"ankang-desktop {verb}", description=VERBS[verb].help, allow_abbrev=False)
    VERBS[verb].configure(parser)
    args = parser.parse_args(rest)
    folder = Path(options.get("--workspace") or default_workspace())
    return VERBS[verb].run(Context(args, folder, _clock(options.get("--today")), Teller()))


def _split(words: list[str]) -> tuple[dict[str, str], str | None, list[str]]:
    """Return the global options, wherever they stand, the verb, and the words that are left for it."""
    options: dict[str, str] = {}
    rest: list[str] = []
    waiting = iter(words)
    for word in waiting:
        name, sign, value = word.partition("=")
        if name in _GLOBALS:
            options[name] = value if sign else next(waiting, "")
            if not options[name]:
                raise UserError(f"{name} 后面缺少内容", "例如 --workspace 文件夹 --today 2026-11-21")
        elif word == "--version" and not rest:
            return {}, None, []
        else:
            rest.append(word)
    if not rest or rest[0] in {"-h", "--help", "help"}:
        return options, None, []
    return options, rest[0], rest[1:]


def _clock(text: str | None) -> Clock:
    day = parse_date(text, 2000) if text else None
    if text and day is None:
        raise UserError(f"--today 的“{text}”不是有效日期", "请写成 2026-11-21 这样")
    return Clock(day)


def _overview() -> list[str]:
    width = max(len(name) for name in VERBS)
    return [
        f"ankang-desktop {__version__}  安康杯竞赛与查保促活动工作台",
        "用法：ankang-desktop [--workspace 文件夹] [--today 日期] [--json] 命令 …",
        "",
        *(f"  {verb.name:<{width}}  {verb.help}" for verb in VERBS.values()),
    ]


def _tell(answer: Answer, *, as_json: bool) -> None:
    if sys.stderr.isatty():
        sys.stderr.write("\r\x1b[2K")
    text = json.dumps(answer.data, ensure_ascii=False, indent=1) if as_json else "\n".join(answer.lines)
    sys.stdout.write(f"{text}\n")


def _tell_error(error: AnkangError, *, as_json: bool) -> int:
    sys.stderr.write(f"{error}\n")
    problems = [{"field": each.field, "text": each.text} for each in getattr(error, "problems", ())]
    if as_json:
        kind = {Refused: "refused", WorldError: "world"}.get(type(error), "user")
        _dump({"error": {"kind": kind, "text": error.text, "remedy": error.remedy, "problems": problems}})
    return 3 if isinstance(error, WorldError) else 2


def _tell_bug(error: Exception, *, as_json: bool) -> int:
    report = report_of(error)
    path = logs() / "crash.txt"
    try:
        write_text_safely(path, f"ankang-desktop {__version__}\n{report}")
        where = f"报告在 {path}"
    except AnkangError:
        where = report
    sys.stderr.write(f"程序出错了，您的记录完好。{where}\n{report.splitlines()[-1]}\n")
    if as_json:
        _dump({"error": {"kind": "bug", "text": report.splitlines()[-1], "remedy": where, "problems": []}})
    return 1


def _dump(document: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(document, ensure_ascii=False, indent=1) + "\n")

"""Verbs on Excel: template, import, export."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from ankang_desktop.actions import tables
from ankang_desktop.cli.frame import Answer, Context, Verb
from ankang_desktop.exchange.changes import NOTHING
from ankang_desktop.exchange.incoming import Plan
from ankang_desktop.exchange.planning import State

_SHOWN = 20  # updated rows a person is shown


def _template(context: Context) -> Answer:
    with context.app() as app:
        path = tables.write_template(app, context.args.ledger, Path(context.args.out))
    return Answer({"path": str(path)}, [f"模板在 {path}"])


def _import(context: Context) -> Answer:
    args = context.args
    with context.app() as app:
        done = tables.import_workbook(
            app,
            args.ledger,
            Path(args.file),
            context.progress,
            dry_run=args.dry_run,
            only_valid=args.only_valid,
            chosen=tables.mapping_of(args.map),
            sheet=args.sheet,
            rejects_to=Path(args.rejects) if args.rejects else None,
        )
    return import_answer(done, dry_run=args.dry_run, only_valid=args.only_valid)


def import_answer(done: tables.Imported, *, dry_run: bool, only_valid: bool) -> Answer:
    """Return what an import did or would do, row by row where something is wrong."""
    plan = done.plan
    data = {
        "ledger": plan.ledger.key,
        "dry_run": dry_run,
        "written": done.written,
        **{state.name: plan.counts[state] for state in State},
        "cleared": plan.cleared,
        "changes": [
            {
                "sheet": row.sheet,
                "row": row.row,
                "number": row.number,
                "fields": [asdict(change) for change in row.changes],
            }
            for row in plan.updates
        ],
        "dropped": list(plan.dropped),
        "notes": list(plan.notes),
        "faults": [
            {
                "sheet": fault.sheet,
                "row": fault.row,
                "column": fault.column,
                "field": fault.field,
                "text": fault.sentence,
            }
            for fault in plan.faults
        ],
        "advice": [fault.sentence for row in plan.rows for fault in row.advice],
        "rejects": str(done.rejects) if done.rejects else None,
    }
    lines = [f"{plan.ledger.title}：{plan.summary}", *plan.notes, *(fault.sentence for fault in plan.faults)]
    lines += [*_changes(plan), _ending(done, dry_run=dry_run)]
    if done.rejects:
        lines.append(f"错误的行在 {done.rejects}（红色单元格，末列写明问题），改好后可直接再导入")
    refused = plan.counts[State.wrong] and not (dry_run or only_valid)
    return Answer(data, lines, status=2 if refused else 0)


def _changes(plan: Plan) -> Iterator[str]:
    """Yield what becomes of the records that are there already: the first rows one by one, the others counted."""
    if plan.cleared:
        yield f"注意：表中的空单元格将清空已填的{plan.cleared}项，见下面的“→ {NOTHING}”；不想清空就删去那一列"
    for row in plan.updates[:_SHOWN]:
        told = "；".join(change.sentence for change in row.changes)
        yield f"“{row.sheet}”第{row.row}行 {row.number}：{told}"
    if (more := plan.counts[State.changed] - _SHOWN) > 0:
        yield f"另有{more}行"


def _ending(done: tables.Imported, *, dry_run: bool) -> str:
    if dry_run:
        return "以上只是预览，什么也没有写入"
    if done.written:
        return f"已写入{done.written}条（可用 undo 一步撤销）"
    return "没有写入任何数据" + ("；加 --only-valid 只导正确的行" if done.plan.counts[State.wrong] else "")


def _import_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("ledger", help="台账代号或名称")
    parser.add_argument("file", help="Excel 工作簿或 CSV")
    parser.add_argument("--dry-run", action="store_true", help="只预览，不写入")
    parser.add_argument("--only-valid", action="store_true", help="有错误时只导正确的行")
    parser.add_argument("--rejects", default="", help="把错误的行写到这本工作簿")
    parser.add_argument("--sheet", default="", help="只导这一个工作表；不写则表头相同的一起导")
    parser.add_argument("--map", action="append", default=[], help="列名=字段，指定某列对应的字段；可多次")


def _export(context: Context) -> Answer:
    with context.app() as app:
        target = Path(context.args.out)
        number = tables.export_records(app, context.args.ledger, target, context.args.search, context.progress)
    return Answer({"path": str(target), "records": number}, [f"已导出{number}条到 {target}"])


def _export_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("ledger", help="台账代号或名称")
    parser.add_argument("out", help="要写的 .xlsx 文件")
    parser.add_argument("--search", default="", help="只导出含这些字词的记录")


def _template_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("ledger", help="台账代号或名称")
    parser.add_argument("out", help="要写的 .xlsx 文件")


VERBS = (
    Verb("template", "写出一本台账的空白 Excel 模板", _template, _template_arguments),
    Verb("import", "从 Excel 导入：先预览，再写入，一步可撤销", _import, _import_arguments),
    Verb("export", "把一本台账导出为 Excel", _export, _export_arguments),
)

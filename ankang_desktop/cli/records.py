"""Verbs on records and the workspace: from `init` and `add` to `undo`, `history`, `check` and `backup`."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path

from ankang_desktop.actions import filing, listing, records, stock
from ankang_desktop.app import App
from ankang_desktop.cli.frame import Answer, Context, Verb
from ankang_desktop.store import journal
from ankang_desktop.store.backup import restore
from ankang_desktop.store.evidence import Use
from ankang_desktop.store.journal import Changes


def _init(context: Context) -> Answer:
    with App.created(context.folder, context.clock) as app:
        number = records.add_record(app, "profile", {"name": context.args.name}).number if context.args.name else ""
        return Answer(
            {"workspace": str(context.folder), "profile": number},
            [f"已新建工作区：{context.folder}", "下一步：import employee 职工名册.xlsx"],
        )


def _init_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--name", default="", help="单位名称")


def _ledgers(_: Context) -> Answer:
    described = listing.describe_ledgers(App.ledgers)
    lines = [f"{each['key']:<18}{each['title']}（{each['prefix']}，{len(each['fields'])}项）" for each in described]
    return Answer({"ledgers": described}, lines)


def _list(context: Context) -> Answer:
    with context.app() as app:
        found = listing.list_records(app, context.args.ledger, context.args.search, context.args.limit)
        ledger = app.ledgers[context.args.ledger]
    shown = [ledger.labels[column.key] for column in ledger.columns]
    cut = f"，只显示最新{len(found['records'])}条" if found["total"] > len(found["records"]) else ""
    lines = [f"共{found['total']}条{cut}"]
    for each in found["records"]:
        mark = "" if each["counts_as_proof"] else f"  ✗缺{'、'.join(each['lacks'])}"
        lines.append(f"{each['number']}  " + "  ".join(each["shown"].get(label, "") for label in shown) + mark)
    return Answer(found, lines)


def _list_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("ledger", help="台账代号或名称")
    parser.add_argument("--search", default="", help="要找的字词，空格隔开表示都要有")
    parser.add_argument("--limit", type=int, default=50, help="最多列出多少条")


def _show(context: Context) -> Answer:
    with context.app() as app:
        found = listing.show_record(app, context.args.number)
    lines = [f"{label}：{text}" for label, text in found["shown"].items()]
    lines += [f"佐证[{each['id']}] {each['slot_title']}：{listing.file_line(each)}" for each in found["evidence"]]
    lines += [f"注意：{text}" for text in found["warnings"]]
    if found["lacks"]:
        lines.append(f"不能计分：缺{'、'.join(found['lacks'])}")
    if found["moves"]:
        lines.append("可做：" + "、".join(f"{each['title']}({each['key']})" for each in found["moves"]))
    return Answer(found, lines)


def _number(parser: ArgumentParser) -> None:
    parser.add_argument("number", help="记录编号，如 YH-2026-0017")


def _add(context: Context) -> Answer:
    with context.app() as app:
        return _done(records.add_record(app, context.args.ledger, context.assignments(context.args.values)))


def _add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("ledger", help="台账代号或名称")
    parser.add_argument("values", nargs="+", help="字段=值")


def _change(context: Context) -> Answer:
    with context.app() as app:
        return _done(records.change_record(app, context.args.number, context.assignments(context.args.values)))


def _change_arguments(parser: ArgumentParser) -> None:
    _number(parser)
    parser.add_argument("values", nargs="+", help="字段=值；值为空表示清除")


def _move(context: Context) -> Answer:
    with context.app() as app:
        values = context.assignments(context.args.values)
        return _done(records.move_record(app, context.args.number, context.args.move, values))


def _move_arguments(parser: ArgumentParser) -> None:
    _number(parser)
    parser.add_argument("move", help="步骤代号或名称，如 grade 或 定级")
    parser.add_argument("values", nargs="*", help="字段=值")


def _remove(context: Context) -> Answer:
    with context.app() as app:
        return _done(records.remove_record(app, context.args.number))


def _restore(context: Context) -> Answer:
    with context.app() as app:
        return _done(records.restore_record(app, context.args.number))


def _trash(context: Context) -> Answer:
    with context.app() as app:
        found = records.trash(app)
    return Answer({"trash": found}, [f"{each['number']}  {each['ledger']}  {each['removed_at']}" for each in found])


def _attach(context: Context) -> Answer:
    args = context.args
    use = Use(args.slot, args.caption or None, context.day("day"), args.box or None, args.page or None)
    with context.app() as app:
        added, warnings = filing.attach_files(app, args.number, [Path(each) for each in args.files], use)
        ledger = next(each for each in app.ledgers if args.number.startswith(f"{each.prefix}-"))
        data = {"attached": [listing.plain_file(ledger, each) for each in added], "warnings": warnings}
    return Answer(
        data, [f"已添加 {each.name}（{each.sha256[:8]}）" for each in added] + [f"注意：{each}" for each in warnings]
    )


def _attach_arguments(parser: ArgumentParser) -> None:
    _number(parser)
    parser.add_argument("files", nargs="+", help="要添加的文件")
    parser.add_argument("--slot", default="proof", help="佐证栏，如 整改前照片")
    parser.add_argument("--caption", default="", help="说明")
    parser.add_argument("--day", default="", help="文件所示日期")
    parser.add_argument("--box", default="", help="盒号")
    parser.add_argument("--page", default="", help="页号")


def _detach(context: Context) -> Answer:
    with context.app() as app:
        filing.detach_file(app, context.args.number, context.args.evidence)
    return Answer({"number": context.args.number, "detached": context.args.evidence}, ["已移除"])


def _detach_arguments(parser: ArgumentParser) -> None:
    _number(parser)
    parser.add_argument("evidence", type=int, help="佐证编号（show 中方括号内）")


def _undo(context: Context) -> Answer:
    with context.app() as app:
        return _stepped("已撤销", records.undo(app))


def _redo(context: Context) -> Answer:
    with context.app() as app:
        return _stepped("已重做", records.redo(app))


def _history(context: Context) -> Answer:
    with context.app() as app:
        if context.args.number:
            events = records.history_in_words(app, context.args.number)
        else:
            with app.read() as connection:
                events = [
                    {"at": each.at.isoformat(" "), "title": each.title, "undone": each.undone, "changes": []}
                    for each in journal.steps(connection)
                ]
    lines = []
    for each in events:
        lines.append(f"{each['at']}  {each['title']}{'（已撤销）' if each['undone'] else ''}")
        lines += [f"    {text}" for text in each["changes"]]
    return Answer({"history": events}, lines)


def _history_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("number", nargs="?", default="", help="记录编号；不填则列出最近的操作")


def _stock(context: Context) -> Answer:
    with context.app() as app:
        found = stock.stock(app)
    shape = "{number}  {name}  入库{received}  发放{issued}  结余{left}{unit}  {problem}"
    return Answer({"stock": found}, [shape.format(**each).rstrip() for each in found])


def _check(context: Context) -> Answer:
    with context.app() as app:
        found = filing.check_workspace(app)
    lines = found["faults"] or ["一切正常：声明、表样、方案、数据库、佐证文件"]
    return Answer(found, [*lines, *found["notes"]], status=0 if found["ok"] else 2)


def _back_up(context: Context) -> Answer:
    with context.app() as app:
        folder = Path(context.args.folder) if context.args.folder else None
        made, thinned = filing.back_up(app, folder, context.progress)
    lines = [f"已备份到 {made.folder}", *(f"注意：{each}" for each in made.warnings)]
    lines += [f"已清理较早的备份 {each.name}" for each in thinned]
    data = {"backup": str(made.folder), "warnings": made.warnings, "thinned": [str(each) for each in thinned]}
    return Answer(data, lines)


def _back_up_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("folder", nargs="?", default="", help="备份到哪个文件夹（如 U 盘）；默认在工作区内")


def _recover(context: Context) -> Answer:
    restore(Path(context.args.backup), context.folder, context.progress)
    with context.app() as app:
        found = filing.check_workspace(app)
    return Answer(
        {"workspace": str(context.folder), **found},
        [f"已恢复到 {context.folder}", *found["faults"]],
        0 if found["ok"] else 2,
    )


def _recover_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("backup", help="备份文件夹")


def _done(done: records.Done) -> Answer:
    advice = [each.text for each in done.advice]
    data = {"number": done.number, "step": done.changes.title, "advice": advice}
    return Answer(data, [f"{done.number}  {done.changes.title}", *(f"注意：{text}" for text in advice)])


def _stepped(word: str, changes: Changes) -> Answer:
    data = {"step": changes.step, "title": changes.title, "records": len(changes.records)}
    return Answer(data, [f"{word}：{changes.title}（{len(changes.records)}条记录）"])


VERBS = (
    Verb("init", "新建工作区", _init, _init_arguments),
    Verb("ledgers", "列出全部台账及其字段、选项、计数", _ledgers),
    Verb("list", "列出一本台账的记录，可查找", _list, _list_arguments),
    Verb("show", "查看一条记录的全部内容", _show, _number),
    Verb("add", "登记一条记录", _add, _add_arguments),
    Verb("change", "修改一条记录", _change, _change_arguments),
    Verb("move", "办理流程的一步（如 定级、验收销号）", _move, _move_arguments),
    Verb("remove", "把记录放入回收站", _remove, _number),
    Verb("restore", "从回收站恢复记录", _restore, _number),
    Verb("trash", "列出回收站", _trash),
    Verb("attach", "给记录添加佐证文件", _attach, _attach_arguments),
    Verb("detach", "从记录移除一个佐证文件", _detach, _detach_arguments),
    Verb("undo", "撤销最近一步操作", _undo),
    Verb("redo", "重做刚撤销的操作", _redo),
    Verb("history", "查看一条记录的变化，或最近的操作", _history, _history_arguments),
    Verb("stock", "送清凉物资的入库、发放和结余", _stock),
    Verb("check", "检查声明、表样、数据库和佐证文件", _check),
    Verb("backup", "备份工作区（含佐证）并校验", _back_up, _back_up_arguments),
    Verb("recover", "把备份恢复到一个新文件夹", _recover, _recover_arguments),
)

"""“该职工的全部记录”: every record that names a person, on one paper (个人信息保护法 第45条)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select

from ankang_desktop.actions.naming_people import linked, named
from ankang_desktop.actions.sheets import enterprise_name, texts_of
from ankang_desktop.app import App
from ankang_desktop.declare.record import Record
from ankang_desktop.kernel.errors import UserError
from ankang_desktop.kernel.progress import Progress, Quiet
from ankang_desktop.kernel.text import chinese_date
from ankang_desktop.printing.paper import (
    Block,
    Cell,
    Column,
    Field,
    Fields,
    Grid,
    Note,
    Page,
    Paper,
    Row,
    Signatures,
    Spacer,
    Text,
    Title,
)
from ankang_desktop.scoring.references import Key, references
from ankang_desktop.store.evidence import attached
from ankang_desktop.store.query import Stored, chunks, fetch, locate

TITLE = "该职工的全部记录"
_BASIS = (
    "依据：《个人信息保护法》第四十五条（查阅、复制）。"
    "发现不准确或不完整的，可依第四十六条请求更正、补充；符合第四十七条的，可请求删除。"
)
_LIMITS = (
    "本表列出台账中登记的内容。照片、扫描件和纸质档案按“佐证”栏所写的位置查阅，其中涉及他人的部分应先遮盖；"
    "注明“按姓名”的是文字中写有同样姓名的记录，可能是同名的人；修改历史和备份中有同样内容的旧版本。"
)


@dataclass(frozen=True)
class Named:
    """One record that names the person: as what, and where its evidence is."""

    ledger: str
    number: str
    title: str
    day: date | None
    role: str
    evidence: str


def records_naming(app: App, connection: Connection, person: Stored) -> list[Named]:
    """Return every record that names a person, by ledger, oldest first; of a confidential report only his own.

    Who reported a hazard is written on no one's paper but his: a record of which the person is something else is
    listed without a word of its finder.
    """
    found = linked(connection, app.ledgers, person.id)
    for key, (ledger, roles) in named(connection, app.ledgers, str(person.values["name"])).items():
        found.setdefault(key, (ledger, {}))[1].update(roles)
    refs = references(connection, app.ledgers, [Key(ledger, key) for key, (ledger, _) in found.items()], None)
    files = Counter(each.record for each in attached(connection, found))
    removed: set[int] = set()
    for part in chunks(sorted(found)):
        statement = select(Record.id).where(Record.id.in_(part), Record.removed_at.is_not(None))
        removed.update(connection.scalars(statement))
    order = {key: place for place, key in enumerate(app.ledgers.keys())}
    ordered = sorted(refs, key=lambda ref: (order[ref.ledger], ref.day or date.min, ref.id))
    return [
        Named(
            ref.ledger,
            f"{ref.number}（在回收站）" if ref.id in removed else ref.number,
            "" if ref.title == app.ledgers[ref.ledger].title else ref.title,
            ref.day,
            "、".join(found[ref.id][1]),
            "；".join(filter(None, (ref.place, f"附件 {files[ref.id]} 件" if files[ref.id] else ""))),
        )
        for ref in ordered
    ]


def person_paper(app: App, number: str, progress: Progress | None = None) -> Paper:
    """Return the paper of one person: the line of the roster, then every record that names him, ledger by ledger."""
    (progress or Quiet()).step("正在查找这名职工的记录")
    with app.read() as connection:
        ledger, record = locate(connection, app.ledgers, number)
        if ledger.key != "employee":
            raise UserError(f"{number} 不是职工名册里的人", "请在职工名册里选一名职工")
        person = fetch(connection, ledger, [record])[0]
        texts = texts_of(ledger, person, app.names(connection))
        listed = records_naming(app, connection, person)
        enterprise = enterprise_name(app, connection)
    told = [(each.label, texts[key]) for key, each in ledger.fields.items() if texts[key]]
    certificates = [row["kind"] + (f" {row['number']}" if row["number"] else "") for row in person.rows["certificates"]]
    told += [("证书", "、".join(certificates))] if certificates else []
    head = (
        Field("单位：", enterprise, 5),
        Field("姓名：", texts["name"], 3),
        Field("打印日期：", chinese_date(app.clock.today()), 3),
    )
    blocks: list[Block] = [Title((TITLE,)), Fields(head), Text("职工名册", bold=True), _roster(told)]
    for key in dict.fromkeys(each.ledger for each in listed):
        rows = [each for each in listed if each.ledger == key]
        blocks += [Spacer(3), Text(f"{app.ledgers[key].title}（{len(rows)}）", bold=True), _table(rows)]
    if not listed:
        blocks += [Spacer(3), Text("除职工名册外，没有记录写到这名职工。")]
    blocks += [Note(f"合计 {len(listed)} 条记录。"), Note(_BASIS), Note(_LIMITS), Spacer(3)]
    blocks.append(Signatures(("经办", "本人签收")))
    page = Page(margins=(16, 16, 14, 18), header=f"{TITLE} {number}")
    return Paper(f"{TITLE} {number}", page, tuple(blocks), enterprise)


def _roster(told: Sequence[tuple[str, str]]) -> Grid:
    return Grid((Column(27, "center"), Column(60), Column(27, "center"), Column(60)), tuple(_pairs(told)), height=7)


def _pairs(told: Sequence[tuple[str, str]]) -> Iterator[Row]:
    for at in range(0, len(told), 2):
        pair = told[at : at + 2]
        yield (*(cell for each in pair for cell in each), *([""] * (4 - 2 * len(pair))))


def _table(rows: Sequence[Named]) -> Grid:
    columns = (Column(9, "center"), Column(22, "center"), Column(34, "center"), Column(34), Column(52), Column(26))
    heads = tuple(Cell(text, align="center", bold=True) for text in ("序号", "日期", "编号", "身份", "内容", "佐证"))
    body: list[Row] = [
        (str(place), str(each.day or ""), each.number, each.role, each.title, each.evidence)
        for place, each in enumerate(rows, 1)
    ]
    return Grid(columns, (heads, *body), head=1, size=9)

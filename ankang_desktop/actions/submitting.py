"""The year-end job: preflight, privacy gate, package, read back, filed and frozen."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from ankang_desktop.actions.papers import card_paper, statistics_paper
from ankang_desktop.actions.scores import fill_statistics, form_of, scope_of, score_card
from ankang_desktop.app import App
from ankang_desktop.declare.forms import Form
from ankang_desktop.kernel.errors import UserError, WorldError
from ankang_desktop.kernel.files import scratch, world, write_safely
from ankang_desktop.kernel.progress import Progress
from ankang_desktop.ledgers.upper import SubmissionKind, SubmissionSubject
from ankang_desktop.printing.paper import Paper
from ankang_desktop.scoring.card import Card, State, Which
from ankang_desktop.scoring.periods import Period
from ankang_desktop.scoring.statistics import Statistics
from ankang_desktop.scoring.summary import figures
from ankang_desktop.store.frozen import freeze
from ankang_desktop.store.query import count, fetch, ids_of
from ankang_desktop.submission.hashing import sha256_of
from ankang_desktop.submission.material import Claim
from ankang_desktop.submission.package import Content, Facts, Packing, ledger_counts
from ankang_desktop.submission.preflight import Concern, all_concerns
from ankang_desktop.submission.verification import Verification, verify_package


@dataclass(frozen=True)
class Submitted:
    """A package handed in: where it lies, its hash, what is in it, the record it is filed under, and what was noted."""

    path: Path
    sha256: str
    files: int
    number: str
    kind: str
    concerns: tuple[Concern, ...]
    notes: tuple[str, ...]
    score: str


@dataclass(frozen=True)
class Order:
    """What is to be handed in."""

    target: Path
    subject: SubmissionSubject = SubmissionSubject.year_end
    kind: SubmissionKind | None = None
    start: date | None = None
    end: date | None = None
    card: str = ""
    masked: bool = False


def submit(app: App, order: Order, progress: Progress) -> Submitted:
    """Make the package, verify it, file it and freeze its papers.

    Raises UserError with every finding where personal data would leave and `masked` was not asked for, and where a
    package of the subject went out before and `kind` does not say whether this one supplements or corrects it.
    """
    _refuse_target(order.target)
    card = score_card(app, order.card, order.start, order.end)
    tables = _tables(app, card)
    with app.read() as connection:
        claims = claims_of(card)
        concerns = all_concerns(connection, app.ledgers, app.workspace.evidence, [each.record for each in claims])
        if concerns and not order.masked:
            raise UserError(
                f"发现{len(concerns)}处个人信息：{_listed(concerns)}", "用“脱敏并继续”（--mask）在副本中脱敏，台账不变"
            )
        facts = _facts(app, connection, order, card)
        content = Content(facts, _papers(app, card, tables), _figures(app, connection, card), claims)
        with scratch(app.workspace.folder) as room:
            packing = Packing(connection, app.ledgers, app.workspace.evidence, content, room, progress)
            bag = room / f"{facts.name}.zip"
            result, notes = packing.write(bag)
            _keep(bag, app.workspace.submissions / bag.name, result.sha256)
            _keep(bag, order.target, result.sha256)
    number = _file(app, order, facts, result.sha256, card, tables)
    return Submitted(
        order.target, result.sha256, result.files, number, facts.kind, tuple(concerns), tuple(notes), card.totals().text
    )


def verify(path: Path, progress: Progress) -> Verification:
    """Check a package, zip or folder, file by file."""
    return verify_package(path, progress)


def preflight(card: Card) -> list[str]:
    """Return what should be looked at before handing in: missing proof, missing declarations, unwritten reasons."""
    waiting = [unit for unit in card.units() if unit.state is State.pending]
    return [
        *(f"{unit.code} 待确认：{unit.reason}" for unit in waiting),
        *(f"{unit.code}：{unit.problem}" for unit in card.units() if unit.problem),
        *(gap.text for gap in card.gaps() if gap.records),
    ]


def claims_of(card: Card) -> list[Claim]:
    """Return the records each scorecard row rests on, each once a row, in the order of the card."""
    found: dict[tuple[int, int], Claim] = {}
    for section in card.sections:
        for row in section.rows:
            heading = re.split("[（，。；、]", row.text)[0][:20]
            for ref in (ref for unit in row.units for ref in unit.used):
                claim = Claim(row.number, heading, ref.ledger, ref.id, ref.number, ref.title, ref.place)
                found.setdefault((row.number, ref.id), claim)
    return list(found.values())


def _refuse_target(target: Path) -> None:
    if target.suffix.lower() != ".zip":
        raise UserError(f"材料包的文件名是“{target.name}”", "请以 .zip 结尾")


def _listed(concerns: list[Concern]) -> str:
    shown = "；".join(concern.text for concern in concerns[:10])
    return f"{shown}……" if len(concerns) > 10 else shown


def _tables(app: App, card: Card) -> list[tuple[Form, Statistics]]:
    """Return the statistics tables of the programmes followed, or all where none is named, for the card's year."""
    forms = [form for form in app.forms.values() if form.kind == "statistics"]
    year = card.start.year
    found = []
    for form in forms:
        first, _, last = str(form.data.get("period", "01-01..12-31")).partition("..")
        start, end = date.fromisoformat(f"{year}-{first}"), date.fromisoformat(f"{year}-{last}")
        found.append((form, fill_statistics(app, form.code, start, end)))
    return found


def _papers(app: App, card: Card, tables: list[tuple[Form, Statistics]]) -> list[tuple[str, Paper]]:
    form = form_of(app, card.form, "scorecard")
    which = Which.self if any(unit.self_score is not None for unit in card.units()) else Which.suggested
    named = f"02-考核评分表（{which.value}）"
    return [
        (named, card_paper(form, card, which, with_index=True)),
        *(
            (f"03-统计表-{number}-{each.edition}", statistics_paper(app, each, filled))
            for number, (each, filled) in enumerate(tables, 1)
        ),
    ]


def _figures(app: App, connection: Connection, card: Card) -> list[Any]:
    with scope_of(app, Period(card.start, card.end, card.as_of)) as scope:
        return [*figures(scope), *ledger_counts(connection, app.ledgers, count)]


def _facts(app: App, connection: Connection, order: Order, card: Card) -> Facts:
    profiles = fetch(connection, app.ledgers["profile"], ids_of(connection, app.ledgers["profile"]))
    if not profiles:
        raise UserError("企业档案还没有填写", "请先登记单位名称等基本情况（add profile 单位名称=…）")
    profile = profiles[0].values
    earlier = _earlier(connection, app, order.subject)
    kind = order.kind or (SubmissionKind.first if earlier is None else None)
    if kind is None:
        raise UserError(f"“{order.subject.value}”已经报送过", "请说明这次是补报还是更正（--kind 补报 或 --kind 更正）")
    if earlier is None and kind is not SubmissionKind.first:
        raise UserError(f"“{order.subject.value}”还没有报送过，不能{kind.value}", "请用首次报送")
    return Facts(
        enterprise=profile["name"],
        short_name=profile["short_name"] or "",
        subject=order.subject.value,
        kind=kind.value,
        as_of=card.as_of,
        start=card.start,
        end=card.end,
        made_on=app.clock.today(),
        addressee=" ".join(each for each in (profile["upper_union"], profile["upper_department"]) if each),
        previous_hash=(earlier or {}).get("package_hash") or "",
        score=f"自评分 {card.totals(Which.self).text}；建议分 {card.totals().text}",
    )


def _earlier(connection: Connection, app: App, subject: SubmissionSubject) -> dict[str, Any] | None:
    ledger = app.ledgers["submission"]
    ids = ids_of(connection, ledger, ledger.record.subject == subject)  # type: ignore[attr-defined]
    packed = [each.values for each in fetch(connection, ledger, ids) if each.values["package_hash"]]
    return packed[-1] if packed else None


def _keep(bag: Path, target: Path, digest: str) -> None:
    """Copy the finished package to where it is wanted, read back by its hash."""

    def verify_copy(copy: Path) -> None:
        if sha256_of(copy) != digest:
            raise WorldError(f"复制到“{target}”后校验不一致", "请检查磁盘后重试")

    with world("保存材料包", target):
        write_safely(target, lambda copy: _copied(bag, copy), verify_copy)


def _copied(bag: Path, copy: Path) -> None:
    shutil.copyfile(bag, copy)


def _file(app: App, order: Order, facts: Facts, digest: str, card: Card, tables: list[tuple[Form, Statistics]]) -> str:
    """File the submission and freeze its papers as one step."""
    with app.begin(f"报送{facts.subject}（{facts.kind}）") as unit:
        record = unit.add(
            app.ledgers["submission"],
            {
                "subject": order.subject,
                "kind": SubmissionKind.of(facts.kind),
                "submitted_on": app.clock.today(),
                "as_of": facts.as_of,
                "period_from": facts.start,
                "period_until": facts.end,
                "addressee": facts.addressee or None,
                "package": f"{facts.name}.zip",
                "package_hash": digest,
                "previous_hash": facts.previous_hash or None,
            },
        )
        title = f"{facts.subject}（{facts.kind}）"
        freeze(unit, card.form, f"{title}考核评分表", facts.as_of, card.plain(), record)
        for form, filled in tables:
            freeze(unit, form.code, f"{title}统计表", facts.as_of, filled.plain(), record)
        _, stored = unit.stored(record)
    return stored.number

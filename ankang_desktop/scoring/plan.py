"""A scorecard as form.toml writes it: sections, rows, units, each unit's terms; every name checked on reading.

A unit of scoring rules holds, all optional:
  class = "AUTO" | "SEMI" | "MANUAL"
  terms = [{points = "1", measure = "…", at_least = "0.95", label = "…", none = "0", otherwise = …, …params}]
  gate, applies = "measure" or {measure = "…", …params}; warn = a list of such; declared = a kind of zero declaration
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import ankang_desktop.scoring.measures  # noqa: F401 - registers them
from ankang_desktop.declare.forms import Form, did_you_mean
from ankang_desktop.declare.ledger import Ledgers
from ankang_desktop.declare.options import Options
from ankang_desktop.kernel.errors import UserError
from ankang_desktop.ledgers.accidents import DeclaredAbsence
from ankang_desktop.scoring.measured import Asking, asking

_CIRCLED = "①②③④⑤⑥⑦⑧⑨"
_TERM_KEYS = ("points", "measure", "at_least", "label", "none", "otherwise")
_UNIT_KEYS = ("code", "points", "text", "evidence", "class", "terms", "gate", "applies", "warn", "declared")


class Grade(Options):
    """How far a unit can be computed."""

    AUTO = "自动"
    SEMI = "半自动"
    MANUAL = "人工"


@dataclass(frozen=True)
class Term:
    """Points given in proportion to a measure's share; with `at_least` all or nothing.

    `none` is the share where there is nothing to measure, `otherwise` the measure asked instead in that case.
    """

    points: Fraction
    asking: Asking
    label: str = ""
    at_least: Fraction | None = None
    none: Fraction = Fraction(0)
    otherwise: Asking | None = None


@dataclass(frozen=True)
class UnitPlan:
    """One scoring unit."""

    code: str
    points: Fraction
    text: str
    evidence: str
    grade: Grade
    terms: tuple[Term, ...] = ()
    gate: Asking | None = None
    applies: Asking | None = None
    warn: tuple[Asking, ...] = ()
    declared: DeclaredAbsence | None = None


@dataclass(frozen=True)
class RowPlan:
    """One printed row with its one score box."""

    number: int
    text: str
    points: Fraction
    units: tuple[UnitPlan, ...]


@dataclass(frozen=True)
class SectionPlan:
    """One section (考核项目); `bonus` stands outside the base points."""

    code: str
    name: str
    points: Fraction
    bonus: bool
    rows: tuple[RowPlan, ...]


def read_card(form: Form, ledgers: Ledgers) -> tuple[SectionPlan, ...]:
    """Read the rules of a scorecard; raises UserError naming file, unit and key, with a suggestion."""
    if form.kind != "scorecard":
        raise UserError(f"表样文件 {form.path} 不是评分表", "请选择 kind = scorecard 的表样")
    return tuple(_section(form, table, ledgers) for table in form.data.get("section", ()))


def unit_codes(form: Form) -> tuple[str, ...]:
    """Return the codes of a card's units in order."""
    return tuple(unit["code"] for section in form.data["section"] for row in section["row"] for unit in row["unit"])


def unit_places(form: Form) -> dict[str, str]:
    """Return where each unit stands on the printed card, by its code: “第2行”, “第20行③”."""
    rows = ((row["number"], row["unit"]) for section in form.data["section"] for row in section["row"])
    return {unit["code"]: place_of(number, at, len(units)) for number, units in rows for at, unit in enumerate(units)}


def unit_words(form: Form) -> Iterator[tuple[str, str, str]]:
    """Yield each unit of a card in order: its code, its place, what it asks for."""
    places = unit_places(form)
    for unit in (unit for section in form.data["section"] for row in section["row"] for unit in row["unit"]):
        yield unit["code"], places[unit["code"]], unit["text"]


def place_of(row: int, at: int, number: int) -> str:
    """Return the place of the unit at `at` of the `number` units of a row, in the words of who holds the card."""
    return f"第{row}行{_CIRCLED[at] if number > 1 else ''}"


def _section(form: Form, table: Mapping[str, Any], ledgers: Ledgers) -> SectionPlan:
    place = f"表样文件 {form.path} 的部分 {table.get('code', '?')}"
    _need(place, table, ("code", "name", "points", "bonus", "row"))
    rows = tuple(_row(form, row, ledgers) for row in table["row"])
    section = SectionPlan(table["code"], table["name"], _points(place, table["points"]), table["bonus"], rows)
    _same(place, section.points, [row.points for row in rows])
    return section


def _row(form: Form, table: Mapping[str, Any], ledgers: Ledgers) -> RowPlan:
    place = f"表样文件 {form.path} 的第 {table.get('number', '?')} 行"
    _need(place, table, ("number", "text", "points", "unit"))
    units = tuple(_Unit(form, unit, ledgers).read() for unit in table["unit"])
    row = RowPlan(table["number"], table["text"], _points(place, table["points"]), units)
    _same(place, row.points, [unit.points for unit in units])
    return row


@dataclass(frozen=True)
class _Unit:
    form: Form
    table: Mapping[str, Any]
    ledgers: Ledgers

    @property
    def place(self) -> str:
        return f"表样文件 {self.form.path} 的 {self.table.get('code', '?')}"

    def read(self) -> UnitPlan:
        _need(self.place, self.table, ("code", "points", "text"))
        _known(self.place, self.table, _UNIT_KEYS)
        unit = UnitPlan(
            code=self.table["code"],
            points=_points(self.place, self.table["points"]),
            text=self.table["text"],
            evidence=self.table.get("evidence", ""),
            grade=self._grade(),
            terms=tuple(self._terms()),
            gate=self._asked("gate"),
            applies=self._asked("applies"),
            warn=tuple(self._asking("warn", each) for each in self.table.get("warn", ())),
            declared=self._declared(),
        )
        if unit.terms:
            _same(self.place, unit.points, [term.points for term in unit.terms])
        return unit

    def _grade(self) -> Grade:
        word = self.table.get("class", "MANUAL")
        if word not in Grade.__members__:
            raise UserError(f"{self.place} 的“class”写的是“{word}”", did_you_mean(word, Grade.__members__))
        return Grade[word]

    def _declared(self) -> DeclaredAbsence | None:
        word = self.table.get("declared")
        if word is not None and word not in DeclaredAbsence.__members__:
            raise UserError(f"{self.place} 的“declared”写的是“{word}”", did_you_mean(word, DeclaredAbsence.__members__))
        return DeclaredAbsence[word] if word else None

    def _terms(self) -> Iterator[Term]:
        for table in self.table.get("terms", ()):
            _need(self.place, table, ("points", "measure"))
            other = table.get("otherwise")
            yield Term(
                points=_points(self.place, table["points"]),
                asking=self._asking("terms", {key: each for key, each in table.items() if key not in _TERM_KEYS[2:]}),
                label=table.get("label", ""),
                at_least=_points(self.place, table["at_least"]) if "at_least" in table else None,
                none=_points(self.place, table.get("none", "0")),
                otherwise=self._asking("otherwise", other) if other is not None else None,
            )

    def _asked(self, key: str) -> Asking | None:
        return self._asking(key, self.table[key]) if key in self.table else None

    def _asking(self, key: str, written: Any) -> Asking:
        table = {"measure": written} if isinstance(written, str) else dict(written)
        _need(f"{self.place} 的“{key}”", table, ("measure",))
        params = {each: value for each, value in table.items() if each not in {"measure", "points"}}
        return asking(table["measure"], params, self.ledgers, self.place)


def _points(place: str, value: Any) -> Fraction:
    try:
        if isinstance(value, float | bool):
            raise ValueError
        return Fraction(str(value))
    except ValueError:
        raise UserError(f"{place} 的分值或比例写的是 {value!r}", '请写成整数或带引号的小数，如 "0.5"') from None


def _same(place: str, whole: Fraction, parts: list[Fraction]) -> None:
    if sum(parts) != whole:
        raise UserError(f"{place} 是 {whole} 分，各项合计却是 {sum(parts)} 分", "请核对 points")


def _need(place: str, table: Mapping[str, Any], keys: tuple[str, ...]) -> None:
    missing = [key for key in keys if key not in table]
    if missing:
        raise UserError(f"{place} 缺少 {'、'.join(missing)}", "请补上这些项")


def _known(place: str, table: Mapping[str, Any], keys: tuple[str, ...]) -> None:
    for key in table:
        if key not in keys:
            raise UserError(f"{place} 没有“{key}”这一项", did_you_mean(key, keys))

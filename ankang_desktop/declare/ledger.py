"""A ledger: one mapped class, and beside it the arrangement of its fields. Every face derives from the two."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any, cast

from sqlalchemy import Table, select

from ankang_desktop.declare.columns import has_tag, index_columns
from ankang_desktop.declare.counters import Counter
from ankang_desktop.declare.fields import Field, field_of, fields_of
from ankang_desktop.declare.forms import did_you_mean
from ankang_desktop.declare.gatherings import Attendance
from ankang_desktop.declare.kinds import Choice, Tags
from ankang_desktop.declare.options import Options
from ankang_desktop.declare.record import SPINE, Base, Entry, Line, Record
from ankang_desktop.declare.workflow import Attribute, Workflow
from ankang_desktop.kernel.errors import Problem, UserError

Rule = Callable[[Any], Problem | None]
Derive = Callable[[Any], None]


class Group(Options):
    """Where a ledger stands in the navigation."""

    enterprise = "单位与人员"
    organisation = "组织与制度"
    education = "教育与宣传"
    team = "班组建设"
    hazard = "隐患与检查"
    health = "职业健康与防护"
    care = "送清凉与防暑"
    contract = "集体合同"
    accident = "事故与声明"
    upper = "上级与报送"


@dataclass(frozen=True)
class Section:
    """A part of the form: it begins at the field `first` and goes on to the next section's."""

    title: str
    first: Attribute


@dataclass(frozen=True)
class EvidenceSlot:
    """A named place for files (整改前照片); a move into a stage of `needed_by` is refused while it is empty.

    What `stays` (scans of signatures, domain.md §8) is proof here and is not copied into a package.
    """

    key: str
    title: str
    needed_by: tuple[Options, ...] = ()
    stays: bool = False


SIGN_IN = EvidenceSlot("sign_in", "签到表扫描件", stays=True)
PROOF = EvidenceSlot("proof", "佐证材料")


@dataclass(frozen=True)
class Lines:
    """Rows inside a record: a worksheet of their own in Excel, or, `inline`, one cell “一班、二班”."""

    key: str
    title: str
    row: type[Line]
    inline: bool = False

    @cached_property
    def fields(self) -> Mapping[str, Field]:
        """The row's fields by key, in declared order."""
        return fields_of(self.row, Line)

    @property
    def only(self) -> Field:
        """The one field of an inline row."""
        return next(iter(self.fields.values()))


@dataclass(frozen=True)
class Ledger:
    """One ledger. `key` is also its table; `prefix` begins its running numbers; `day` decides its period.

    `naming` is how a link to a record is written, “name” or “name(code)” (by default its number); `identity` tells
    two imports of the same thing apart from two things; `needs_any` lists, beside fields marked `counts`,
    alternatives of which one must be filled for a record to count as proof (a lines key or a field);
    `needs_proof` asks for an attachment or a paper location as well. `rules` refuse, `advice` only warns,
    `derive` writes computed fields on the entry before rules look at it.
    """

    key: str
    title: str
    prefix: str
    group: Group
    record: type[Entry]
    columns: tuple[Attribute, ...]
    sections: tuple[Section, ...]
    day: Attribute | None = None
    naming: tuple[Attribute, ...] = ()
    identity: tuple[Attribute, ...] = ()
    lines: tuple[Lines, ...] = ()
    evidence: tuple[EvidenceSlot, ...] = (PROOF,)
    needs_any: tuple[tuple[str, ...], ...] = ()
    needs_proof: bool = True
    counters: tuple[Counter, ...] = ()
    workflow: Workflow | None = None
    rules: tuple[Rule, ...] = ()
    advice: tuple[Rule, ...] = ()
    derive: tuple[Derive, ...] = ()
    unique: bool = False
    single: bool = False

    def __post_init__(self) -> None:
        """Index every column a table can be sorted by, the day within: a year of it lies together, newest last."""
        if not self.single:
            day = None if self.day is None else self.day.key
            index_columns(self.table, [each.key for each in self.columns], day)

    @cached_property
    def own_fields(self) -> Mapping[str, Field]:
        """The fields of the ledger's own table, in declared order, without the spine's."""
        return fields_of(self.record, Record)

    @cached_property
    def fields(self) -> Mapping[str, Field]:
        """All fields: number first, the ledger's own, then box, page and remark."""
        spine = fields_of(Record, Record.__base__ or object)
        own = dict(self.own_fields)
        return {"number": spine["number"], **own, **{key: spine[key] for key in ("box", "page", "remark")}}

    @cached_property
    def editable(self) -> Mapping[str, Field]:
        """The fields a person fills."""
        return {key: each for key, each in self.fields.items() if not each.computed}

    @cached_property
    def labels(self) -> Mapping[str, str]:
        """Labels by field key."""
        return {key: each.label for key, each in self.fields.items()} | {each.key: each.title for each in self.lines}

    @property
    def table(self) -> Table:
        """The ledger's own table, without the spine's."""
        return cast("Table", self.record.__table__)

    @property
    def attendance(self) -> Lines | None:
        """The lines that say who came, if this ledger has any."""
        return next((lines for lines in self.lines if issubclass(lines.row, Attendance)), None)

    def line(self, key: str) -> Lines:
        """Return the lines of a key."""
        return next(lines for lines in self.lines if lines.key == key)

    def arranged(self) -> list[tuple[str, list[Field]]]:
        """Return the form's sections with their fields; the paper location stands in a last one."""
        keys = [key for key in self.fields if key not in SPINE]
        starts = [keys.index(section.first.key) for section in self.sections] + [len(keys)]
        parts = [
            (section.title, [self.fields[key] for key in keys[start:end]])
            for section, (start, end) in zip(self.sections, pairwise(starts), strict=True)
        ]
        return [*parts, ("归档", [self.fields[key] for key in ("box", "page", "remark")])]

    def counter(self, key: str) -> Counter:
        """Return a counter: “” counts every record, “field:option” the records with that choice or tag."""
        if not key:
            return Counter("", self.title)
        declared = {counter.key: counter for counter in self.counters}
        if key in declared:
            return declared[key]
        faceted = {counter.key: counter for counter in self.facets()}
        if key in faceted:
            return faceted[key]
        raise UserError(f"台账“{self.title}”没有计数“{key}”", did_you_mean(key, [*declared, *faceted]))

    def facets(self) -> Iterator[Counter]:
        """Yield one counter for every option of every choice and tag field, of lines as “lines.field:option”."""
        for counter in _facets(self.record, self.own_fields):
            yield Counter(counter.key, f"{self.title}（{counter.title}）", counter.where)
        for lines in self.lines:
            inside = lines.row.record_id == self.record.id
            for counter in _facets(lines.row, lines.fields):
                where = select(lines.row).where(inside, counter.where).exists()
                yield Counter(f"{lines.key}.{counter.key}", f"{self.title}（{counter.title}）", where)


def _facets(mapped: type[Base], fields: Mapping[str, Field]) -> Iterator[Counter]:
    for key, each in fields.items():
        if isinstance(each.kind, Choice | Tags):
            column, tagged = getattr(mapped, key), isinstance(each.kind, Tags)
            for option in each.kind.options:
                where = has_tag(column, option) if tagged else column == option
                yield Counter(f"{key}:{option.name}", option.value, where)


class Ledgers:
    """All ledgers of a program, in the order a person sees them."""

    def __init__(self, ledgers: Sequence[Ledger]) -> None:
        self._by_key = {ledger.key: ledger for ledger in ledgers}

    def __iter__(self) -> Iterator[Ledger]:
        return iter(self._by_key.values())

    def __contains__(self, key: str) -> bool:
        return key in self._by_key

    def __getitem__(self, key: str) -> Ledger:
        """Return a ledger by key or title; an unknown one is answered with the nearest and the list."""
        found = self._by_key.get(key) or next((each for each in self if each.title == key), None)
        if found is None:
            near = [f"{each.key}（{each.title}）" for each in self if key and key in each.title]
            hint = f"是否想用 {'、'.join(near[:5])}？" if near else ""
            raise UserError(f"没有台账“{key}”", hint or did_you_mean(key, self._by_key))
        return found

    def keys(self) -> list[str]:
        """Return the keys in order."""
        return list(self._by_key)

    def counter(self, name: str) -> tuple[Ledger, Counter]:
        """Return the ledger and counter of “hazard”, “hazard.closed” or “hazard.level:major”."""
        ledger, _, key = name.partition(".")
        return self[ledger], self[ledger].counter(key)


def problem(attribute: Attribute, text: str) -> Problem:
    """Return a Problem beside the field of a mapped attribute."""
    return Problem(attribute.key, text)


def in_order(*days: Attribute) -> Rule:
    """Return the rule that refuses a day (or moment) before the one it follows; those not filled are passed over."""

    def rule(entry: Any) -> Problem | None:
        known = [(each, day) for each in days if (day := getattr(entry, each.key)) is not None]
        for (earlier, before), (later, day) in pairwise(known):
            if day < before:
                to_the_minute = str(before)[:16]
                words = f"{field_of(later).label}早于{field_of(earlier).label} {to_the_minute}，请核对"
                return problem(later, words)
        return None

    return rule

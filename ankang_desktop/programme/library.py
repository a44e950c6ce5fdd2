"""All notices, the default calendar and the activity sets together, checked against each other."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from math import ceil
from pathlib import Path

from ankang_desktop.declare.forms import did_you_mean
from ankang_desktop.kernel.errors import UserError
from ankang_desktop.programme.asking import Need
from ankang_desktop.programme.notices import Notice, Obligation, read_notice
from ankang_desktop.programme.sets import ActivitySet, read_sets
from ankang_desktop.programme.templates import Template, read_templates
from ankang_desktop.programme.windows import Kind

CALENDAR, SETS = "calendar.toml", "activity_sets.toml"


@dataclass(frozen=True)
class Library:
    """The year's papers as data: notices and sets by code, templates in the order of the year's codes."""

    notices: dict[str, Notice]
    templates: tuple[Template, ...]
    sets: dict[str, ActivitySet]
    obligations: dict[str, tuple[Notice, Obligation]]

    def monthly_of_each(self, counter: str, per: str) -> int:
        """Return how many the calendar wants of every team (or other `per`) each month, 0 where it wants none."""
        monthly = (each for each in self.templates if each.when.kind is Kind.MONTH)
        needs = (need for each in monthly for need in each.needs if (need.counter, need.per) == (counter, per))
        return max((ceil(need.at_least) for need in needs), default=0)

    def needs(self) -> Iterator[tuple[str, Need]]:
        """Walk over every need, each with the words that say where it stands."""
        for notice, obligation in self.obligations.values():
            yield from ((f"文件 {notice.path} 的 {obligation.code}", need) for need in obligation.needs)
        for template in self.templates:
            yield from ((f"文件 {CALENDAR} 的 {template.code}", need) for need in template.needs)
        for activity_set in self.sets.values():
            yield from ((f"文件 {SETS} 的“{item.title}”", item.need) for item in activity_set.items)


def read_library(shipped: Path, own: Path | None = None) -> Library:
    """Read resources/programmes/ and the officer's own notices; raises UserError where names do not meet.

    A set of the officer's own (another “N个一”) stands in an activity_sets.toml beside his notices; one with a shipped
    key takes the shipped one's place.
    """
    files = [path for path in sorted(shipped.glob("*.toml")) if path.name not in {CALENDAR, SETS}]
    notices = [read_notice(path) for path in files]
    sets = read_sets(shipped / SETS)
    if own is not None and own.is_dir():
        notices += [read_notice(path, is_own=True) for path in sorted(own.glob("*.toml")) if path.name != SETS]
        sets |= read_sets(own / SETS) if (own / SETS).exists() else {}
    templates = read_templates(shipped / CALENDAR)
    library = Library(_by_code(notices), templates, sets, _obligations(notices, templates))
    _check_sources(library)
    _check_needs(library)
    return library


def _by_code(notices: list[Notice]) -> dict[str, Notice]:
    found: dict[str, Notice] = {}
    for notice in notices:
        if notice.code in found:
            raise UserError(f"文件 {notice.path} 的“code”与 {found[notice.code].path} 相同", "请另起一个代号")
        found[notice.code] = notice
    return found


def _obligations(notices: list[Notice], templates: tuple[Template, ...]) -> dict[str, tuple[Notice, Obligation]]:
    found: dict[str, tuple[Notice, Obligation]] = {}
    taken = {template.code for template in templates}
    for notice in notices:
        for obligation in notice.obligations:
            if obligation.code in found or obligation.code in taken:
                raise UserError(f"文件 {notice.path} 的“id”{obligation.code} 已经用过", "请另起一个编号")
            found[obligation.code] = (notice, obligation)
    return found


def _check_sources(library: Library) -> None:
    for template in library.templates:
        for code in template.sources:
            _check(f"文件 {CALENDAR} 的 {template.code}", "sources", code, library.obligations)
    for activity_set in library.sets.values():
        for item in activity_set.items:
            if item.obligation:
                _check(f"文件 {SETS} 的“{item.title}”", "obligation", item.obligation, library.obligations)


def _check_needs(library: Library) -> None:
    for place, need in library.needs():
        if need.set:
            _check(place, "set", need.set, library.sets)
    for activity_set in library.sets.values():
        if any(item.need.set for item in activity_set.items):
            raise UserError(f"文件 {SETS} 的“{activity_set.title}”里套着另一组活动", "组内每项请写 counter 或 measure")


def check_names(
    library: Library, counters: Collection[str], measures: Collection[str], units: Collection[str] = ()
) -> None:
    """Check what only the joiner of the rooms knows: counters, measures and (where given) scorecard units exist."""
    for place, need in library.needs():
        if need.counter:
            _check(place, "counter", need.counter, counters)
        elif need.measure:
            _check(place, "measure", need.measure, measures)
    for code, supports in _supports(library):
        for unit in supports if units else ():
            _check(code, "supports", unit, ["ALL", *units])


def _supports(library: Library) -> Iterator[tuple[str, tuple[str, ...]]]:
    for notice, obligation in library.obligations.values():
        yield f"文件 {notice.path} 的 {obligation.code}", obligation.supports
    for template in library.templates:
        yield f"文件 {CALENDAR} 的 {template.code}", template.supports


def _check(place: str, key: str, name: str, known: Collection[str]) -> None:
    if name not in known:
        raise UserError(f"{place} 的“{key}”写的是“{name}”，没有这个名字", did_you_mean(name, known))

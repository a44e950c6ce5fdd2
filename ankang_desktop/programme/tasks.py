"""What stands on the officer's calendar: the templates and obligations he has switched on, in one shape."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from ankang_desktop.programme.asking import Need
from ankang_desktop.programme.choices import Choices
from ankang_desktop.programme.library import Library
from ankang_desktop.programme.notices import Notice, Obligation
from ankang_desktop.programme.reminders import DAYS_BEFORE
from ankang_desktop.programme.templates import Template
from ankang_desktop.programme.windows import Kind, When, parse_when

CALENDAR_ORIGIN = "默认日历"


@dataclass(frozen=True, slots=True)
class Sentence:
    """The words of a notice behind a duty: “石家庄2021 S0-53：……请于12月15日前报……”."""

    notice: str
    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Task:
    """A duty before it is given its days; `origin` is the default calendar or the short name of a notice.

    `since` is the day a notice was issued: nothing it asks for was due before it.
    """

    code: str
    title: str
    origin: str
    when: When
    who: tuple[str, ...]
    done_when: str
    supports: tuple[str, ...]
    needs: tuple[Need, ...]
    sources: tuple[Sentence, ...]
    note: str
    remind: tuple[int, ...]
    since: date = date.min

    @property
    def is_up_to_others(self) -> bool:
        """Say whether only the upper union acts: then a window may pass without anything to do here."""
        return bool(self.who) and set(self.who) <= {"U", "U>E"}


def tasks(library: Library, choices: Choices) -> Iterator[Task]:
    """Walk over all duties switched on, templates first; context of a notice is no duty."""
    for template in library.templates:
        if choices.switched.get(template.code, template.is_enabled):
            yield _of_template(template, library.obligations, choices)
    for code, (notice, obligation) in library.obligations.items():
        is_on = choices.switched.get(code, notice.code in choices.notices)
        if is_on and obligation.when.kind is not Kind.CONTEXT:
            yield _of_obligation(notice, obligation, choices)


def _of_template(template: Template, obligations: Mapping[str, tuple[Notice, Obligation]], choices: Choices) -> Task:
    behind = [sentence_of(*obligations[code]) for code in template.sources]
    behind += [Sentence("", "", quote) for quote in template.quotes]
    return Task(
        code=template.code,
        title=choices.titles.get(template.code, template.title),
        origin=CALENDAR_ORIGIN,
        when=_when(template.code, template.when, choices),
        who=template.who,
        done_when=template.done_when,
        supports=template.supports,
        needs=template.needs,
        sources=tuple(behind),
        note=template.note,
        remind=template.remind,
    )


def _of_obligation(notice: Notice, obligation: Obligation, choices: Choices) -> Task:
    return Task(
        code=obligation.code,
        title=choices.titles.get(obligation.code, obligation.text),
        origin=notice.short,
        when=_when(obligation.code, obligation.when, choices),
        who=obligation.who,
        done_when=obligation.proof,
        supports=obligation.supports,
        needs=obligation.needs,
        sources=(sentence_of(notice, obligation),),
        note=obligation.note,
        remind=DAYS_BEFORE,
        since=notice.issued,
    )


def _when(code: str, shipped: When, choices: Choices) -> When:
    return parse_when(choices.when[code]) if code in choices.when else shipped


def sentence_of(notice: Notice, obligation: Obligation) -> Sentence:
    """Return the sentence of a notice an obligation comes from."""
    return Sentence(notice.short, obligation.code, obligation.source_text)

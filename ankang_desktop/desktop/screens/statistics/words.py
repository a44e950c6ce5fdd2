"""A statistics table as rich text: the sentences as printed, every number between its brackets a link.

A link's address is the key of its blank, and after “#” the name of the activity on a line printed once for each.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import Any
from urllib.parse import quote, unquote

from ankang_desktop.actions.statistics import Sheet
from ankang_desktop.declare.forms import Form
from ankang_desktop.desktop.look import current, font
from ankang_desktop.kernel.text import chinese_date
from ankang_desktop.scoring.differences import Place, by_place
from ankang_desktop.scoring.statistics import Counted, Statistics

_JOINER = "\u2060"
_BLANK = re.compile(r"\{([^{}]+)\}")


def address(place: Place) -> str:
    """Return the address of a number's link."""
    return quote(f"{place[0]}#{place[1]}", safe="")


def place_of(href: str) -> Place:
    """Return the place a link's address stands for."""
    key, _, name = unquote(href).partition("#")
    return key, name


@dataclass(frozen=True)
class Writer:
    """Writes one sheet; `with_last` sets last year's number beside each."""

    form: Form
    sheet: Sheet
    with_last: bool

    def page(self) -> str:
        """Return the whole table as HTML."""
        colours = current().palette
        style = (
            f"body{{color:{colours.text}}} a{{color:{colours.accent};font-weight:600;text-decoration:none}}"
            f" .zero{{color:{colours.soft}}} .title{{font-size:{font('title').pointSizeF():g}pt;font-weight:700}}"
            f" .head{{color:{colours.soft};font-weight:600}} .soft{{color:{colours.soft}}}"
            f" .twice{{color:{colours.warning};font-weight:600}} .differs{{color:{colours.danger}}}"
            f" td,th{{padding:9px 12px}}"
        )
        title = "<br>".join(escape(line) for line in self.form.title)
        return (
            f"<html><head><style>{style}</style></head><body><p align='center' class='title'>{title}</p>"
            f"{self._facts()}{self._table()}</body></html>"
        )

    def _facts(self) -> str:
        filled = self.sheet.filled
        facts = (
            ("填报单位", filled.enterprise or "（在“单位概况”里填写）"),
            ("联系人", filled.contact or "（在“单位概况”里填写）"),
            ("电话", "（打印后手写）"),
            ("期间", f"{chinese_date(filled.start)}至{chinese_date(filled.end)}"),
            ("数据截至", chinese_date(filled.as_of)),
        )
        joined = (_JOINER.join(f"{label}：") for label, _ in facts)  # a name is not broken over two lines
        told = [
            f"<span class='soft'>{name}</span>{escape(text)}" for name, (_, text) in zip(joined, facts, strict=True)
        ]
        space = "&nbsp;" * 6
        return f"<p>{space.join(told[:3])}<br>{space.join(told[3:])}</p><p style='font-size:4pt'>&nbsp;</p>"

    def _table(self) -> str:
        colours = current().palette
        block: Mapping[str, Any] = next(each for each in self.form.blocks if each.get("type") == "sentences")
        first, second = block["widths"]
        share = round(100 * first / (first + second))
        heads = "".join(
            f"<th width='{wide}%' class='head' align='center'>{escape(head)}</th>"
            for head, wide in zip(block["heads"], (share, 100 - share), strict=True)
        )
        mark = block.get("break_after", "")
        rows = "".join(self._row(line, mark) for line in self.form.data["line"])
        return (
            f"<table width='100%' border='1' cellspacing='0' style='border-collapse:collapse;"
            f"border-color:{colours.strong_line};border-style:solid'><tr>{heads}</tr>{rows}</table>"
        )

    def _row(self, line: Mapping[str, Any], mark: str) -> str:
        told = "<br>".join(self._sentences(line))
        told = told.replace(mark, f"{mark}<br>") if mark else told
        return f"<tr><td valign='middle'>{line['number']}. {escape(line['title'])}</td><td>{told}</td></tr>"

    def _sentences(self, line: Mapping[str, Any]) -> list[str]:
        if "repeat" not in line:
            return [self._filled(line["sentence"], "")]
        names = names_of(self.sheet.filled, line["repeat"])
        return [self._filled(line["sentence"], name) for name in names] or [escape(line["none"])]

    def _filled(self, sentence: str, name: str) -> str:
        known = by_place(self.sheet.filled)
        parts = _BLANK.split(sentence)  # text, key, text, key, …, text
        return "".join(
            escape(part) if not at % 2 else self._number((part, name), known[part, name])
            for at, part in enumerate(parts)
        )

    def _number(self, place: Place, blank: Counted) -> str:
        kind = "" if blank.refs else " class='zero'"
        told = f"<a href='{address(place)}'{kind}>{escape(blank.printed)}</a>"
        if blank.doubled:
            told += "<span class='twice'> 双计</span>"
        if self.sheet.now is not None:
            told += self._differing(place, blank)
        elif self.with_last and self.sheet.last is not None:
            before = by_place(self.sheet.last).get(place)
            told += f"<span class='soft'> 去年{escape(before.printed) if before else '0'}</span>"
        return told

    def _differing(self, place: Place, blank: Counted) -> str:
        now = by_place(self.sheet.now).get(place) if self.sheet.now else None
        told = now.printed if now else "0"
        return f"<span class='differs'> 现{escape(told)}</span>" if told != blank.printed else ""


def names_of(filled: Statistics, line: str) -> list[str]:
    """Return the names of the activities a repeated line is printed for."""
    return [
        next((blank.text for blank in each.blanks if blank.text), "")
        for each in filled.repeated
        if each.name == line and each.blanks
    ]

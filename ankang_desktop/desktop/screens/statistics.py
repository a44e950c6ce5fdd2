"""统计表: the table in its own sentences; every number is a link to its records; frozen versions beside today's."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import partial
from html import escape
from typing import Any

from PySide6.QtCore import QUrl
from PySide6.QtWidgets import QHBoxLayout, QInputDialog, QTextBrowser, QVBoxLayout, QWidget

from ankang_desktop.actions import scores
from ankang_desktop.actions.last_year import frozen_papers
from ankang_desktop.actions.scores import Differing
from ankang_desktop.declare.fields import Field
from ankang_desktop.declare.forms import Form
from ankang_desktop.declare.kinds import Day, Misread
from ankang_desktop.desktop.form.editors import editor_for
from ankang_desktop.desktop.form.editors.choices import CalmComboBox
from ankang_desktop.desktop.frame.page import Page
from ankang_desktop.desktop.look import current, px
from ankang_desktop.desktop.session import Session
from ankang_desktop.desktop.widgets import button, card, clear, label, link, scrolled
from ankang_desktop.desktop.work import Latest
from ankang_desktop.scoring.statistics import Counted, Statistics
from ankang_desktop.store.frozen import FrozenEntry

_BLANK = re.compile(r"\{([^{}]+)\}")


class StatisticsPage(Page):
    """The statistics tables there are, one shown at a time."""

    title = "统计表"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.filled: Statistics | None = None
        self._latest, self._versions_of = Latest(session.work), Latest(session.work)
        self.forms = [form for form in session.app.forms.values() if form.kind == "statistics"]
        self.add_head(
            button("打印、存为PDF或Excel", self._print, name="printer"),
            button("定稿(&F)", self._freeze, kind="primary", name="lock"),
        )
        self.column.addLayout(self._choosing())
        body = QHBoxLayout()
        body.setSpacing(px(12))
        self.text = QTextBrowser()
        self.text.setOpenLinks(False)
        self.text.setAccessibleName("统计表，Tab 逐个走数字，Enter 看记录")
        self.text.anchorClicked.connect(self._open_blank)
        self.text.document().setDocumentMargin(px(16))
        body.addWidget(self.text, 3)
        side = QWidget()
        self._side = QVBoxLayout(side)
        self._side.setContentsMargins(0, 0, px(8), 0)
        self._side.setSpacing(px(12))
        self._checks, self._unproven, self._versions = (QVBoxLayout() for _ in range(3))
        for layout, title in ((self._checks, "核对"), (self._unproven, "还没有留痕的记录"), (self._versions, "定稿")):
            layout.setSpacing(px(4))
            self._side.addWidget(card(layout, title=title))
        self._side.addStretch(1)
        body.addWidget(scrolled(side), 2)
        self.column.addLayout(body, 1)
        self.begins_at = self.text

    def show_with(self, form: str = "", **_: Any) -> None:
        """Show a table by its code."""
        codes = [each.code for each in self.forms]
        if form in codes:
            self.chooser.setCurrentIndex(codes.index(form))

    def refresh(self) -> None:
        if not self.forms:
            self.text.setPlainText("没有统计表的表样。请把上级的统计表表样放进工作区的 forms 文件夹。")
            return
        try:
            start, end = (each.value() for each in self.days)
        except Misread as misread:
            self.problem.setText(str(misread))
            return
        self.problem.setText("")
        app, form = self.session.app, self._form()
        self._latest.run(lambda _: scores.fill_statistics_checked(app, form.code, start, end), self._show)
        self._versions_of.run(lambda _: frozen_papers(app, form.code), self._show_versions)

    # --- what arrives ------------------------------------------------------------------------------------------

    def _show(self, found: tuple[Statistics, tuple[Differing, ...]]) -> None:
        filled, differing = found
        self.filled = filled
        place = self.text.verticalScrollBar().value()
        self.text.setHtml(page_of(self._form(), filled))
        self.text.verticalScrollBar().setValue(place)
        clear(self._checks)
        self._checks.addWidget(
            label(f"{filled.enterprise}　{filled.start} 至 {filled.end}，截至 {filled.as_of}", "soft", wrap=True)
        )
        if not differing:
            self._checks.addWidget(label("与总结的数字一致 ✓", "good"))
        for each in differing:
            words = f"{each.title}：统计表 {each.here}，总结 {each.there}——{each.why}"
            self._checks.addWidget(label(words, "warning", wrap=True))
        doubled = [blank for blank in filled.blanks if blank.doubled]
        for blank in doubled:
            words = f"{blank.label} 有 {len(blank.doubled)} 条双计"
            self._checks.addWidget(link(words, partial(self.session.open_records, words, blank.doubled)))
        self._show_unproven(filled)

    def _show_unproven(self, filled: Statistics) -> None:
        clear(self._unproven)
        if not filled.unproven:
            self._unproven.addWidget(label("统计到的记录都有佐证 ✓", "good"))
            return
        refs = [{**scores.plain_ref(each.ref), "note": each.cure} for each in filled.unproven]
        words = f"全部 {len(refs)} 条"
        self._unproven.addWidget(link(words, partial(self.session.open_records, "没有留痕的记录", refs)))
        for each in filled.unproven[:8]:
            line = link(f"{each.ref.number} {each.ref.title[:16]}", partial(self.session.open_record, each.ref.number))
            line.setToolTip(f"{each.why}\n{each.cure}")
            self._unproven.addWidget(line)

    def _show_versions(self, found: list[FrozenEntry]) -> None:
        clear(self._versions)
        if not found:
            self._versions.addWidget(label("还没有定稿。上报前定稿，以后改台账也不会变。", "soft", wrap=True))
        for each in found:
            row = QHBoxLayout()
            words = f"{each.title}　{each.frozen_at:%Y-%m-%d %H:%M}"
            row.addWidget(link(words, partial(self._print_frozen, each)), 1)
            row.addWidget(button("与现在比", partial(self._compare, each), kind="quiet"))
            self._versions.addLayout(row)

    # --- doing -------------------------------------------------------------------------------------------------

    def _open_blank(self, url: QUrl) -> None:
        key, _, line = url.toString().removeprefix("blank:").partition("/")
        if self.filled is None:
            return
        blanks = self.filled.repeated[int(line)].blanks if line else self.filled.blanks
        blank = next(each for each in blanks if each.key == key)
        self.session.open_records(blank.label, blank.refs)

    def _print(self) -> None:
        from ankang_desktop.actions.papers import Wanted
        from ankang_desktop.desktop.paper.preview import open_paper

        if self.filled is not None:
            wanted = Wanted("", self.filled.start, self.filled.end, with_index=True)
            open_paper(self.session, self._form().code, wanted, title="".join(self._form().title))

    def _print_frozen(self, version: FrozenEntry) -> None:
        from ankang_desktop.actions.papers import Wanted
        from ankang_desktop.desktop.paper.preview import open_paper

        open_paper(self.session, self._form().code, Wanted(frozen=version.id), title=version.title)

    def _freeze(self) -> None:
        if self.filled is None:
            return
        proposed = f"{self.session.year}年{''.join(self._form().title)}"
        title, is_given = QInputDialog.getText(self, "定稿", "这一版叫什么？", text=proposed)
        if is_given and title.strip():
            frozen = self.session.do(partial(scores.freeze_statistics, self.session.app, self.filled, title.strip()))
            if frozen is not None:
                self.session.done(f"已定稿“{title.strip()}”")

    def _compare(self, version: FrozenEntry) -> None:
        if self.filled is None:
            return
        changed = scores.statistics_changes(self.session.app, version.id, self.filled)
        told = "；".join(changed[:6])
        if changed:
            self.session.door.say(f"定稿以后变了 {len(changed)} 处：{told}", "要报更正，请到“报送”", "warning")
        else:
            self.session.door.say(f"与“{version.title}”完全一致", "", "good")

    # --- laying out --------------------------------------------------------------------------------------------

    def _choosing(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(px(8))
        self.chooser = CalmComboBox()
        self.chooser.setAccessibleName("统计表")
        self.chooser.addItems(["".join(form.title) for form in self.forms])
        self.chooser.currentIndexChanged.connect(lambda _: self._choose_form())
        row.addWidget(self.chooser, 1)
        row.addWidget(label("期间", "soft"))
        self.days = [editor_for(Field(Day(), words), self.session) for words in ("期间自", "期间至")]
        for each, between in zip(self.days, ("至", ""), strict=True):
            line: Any = each.main
            line.editingFinished.connect(self.refresh)
            row.addWidget(each)
            row.addWidget(label(between))
        row.addWidget(button("表样规定的期间", self._own_period, kind="quiet"))
        row.addWidget(button("全年", self._whole_year, kind="quiet"))
        self.problem = label("", "problem")
        row.addWidget(self.problem)
        if self.forms:
            self._put_own_period()
        return row

    def _form(self) -> Form:
        return self.forms[max(0, self.chooser.currentIndex())]

    def _choose_form(self) -> None:
        self._put_own_period()
        self.refresh()

    def _year_changed(self, year: int) -> None:
        if self.forms:
            self._put_own_period()
        super()._year_changed(year)

    def _put_own_period(self) -> None:
        first, _, last = str(self._form().data.get("period", "01-01..12-31")).partition("..")
        for editor, day in zip(self.days, (first, last), strict=True):
            editor.set_value(date.fromisoformat(f"{self.session.year}-{day}"))

    def _own_period(self) -> None:
        self._put_own_period()
        self.refresh()

    def _whole_year(self) -> None:
        self.days[0].set_value(date(self.session.year, 1, 1))
        self.days[1].set_value(date(self.session.year, 12, 31))
        self.refresh()


def page_of(form: Form, filled: Statistics) -> str:
    """Return the table as a page whose numbers are links “blank:KEY” (“blank:KEY/LINE” in a repeated line)."""
    colours, known = current().palette, {blank.key: blank for blank in filled.blanks}
    rows = []
    for line in form.data["line"]:
        sentence, repeat = str(line["sentence"]), str(line.get("repeat", ""))
        if repeat:
            told = [
                _linked(sentence, {blank.key: blank for blank in each.blanks}, f"/{at}")
                for at, each in enumerate(filled.repeated)
                if each.name == repeat and each.blanks
            ] or [escape(str(line.get("none", "")) or _BLANK.sub("　", sentence))]
        else:
            told = [_linked(sentence, known, "")]
        words = "<br>".join(told).replace("；", "；<br>")
        head = f"{line['number']}. {escape(str(line['title']))}"
        rows.append(f"<tr><td width='24%' valign='top'><b>{head}</b></td><td>{words}</td></tr>")
    title = escape("".join(filled.title))
    style = f"a {{ color: {colours.accent}; font-weight: bold; text-decoration: none; }} td {{ padding: 8px; }}"
    return (
        f"<style>{style}</style><h3 align='center'>{title}</h3>"
        f"<table border='1' cellspacing='0' width='100%' style='border-color: {colours.line}; line-height: 150%'>"
        f"{''.join(rows)}</table>"
    )


def _linked(sentence: str, known: Mapping[str, Counted], line: str) -> str:
    def put(found: re.Match[str]) -> str:
        blank = known.get(found[1])
        if blank is None:
            return ""
        mark = "（双计）" if blank.doubled else ""
        return f"<a href='blank:{blank.key}{line}'>&nbsp;{escape(blank.printed)}&nbsp;</a>{mark}"

    parts = _BLANK.split(sentence)
    return "".join(
        put(found) if (found := _BLANK.fullmatch(f"{{{part}}}")) and place % 2 else escape(part)
        for place, part in enumerate(parts)
    )

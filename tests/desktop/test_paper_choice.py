"""The print menus: official papers first, and every entry opens pages."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import pytest
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from ankang_desktop.desktop.paper import preview
from ankang_desktop.desktop.paper.choice import Listed, paper_actions, print_record
from ankang_desktop.desktop.paper.preview import PreviewWindow
from ankang_desktop.desktop.session import Session
from ankang_desktop.store.query import ids_of
from tests.desktop.conftest import quiet, settle


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> Iterator[list[PreviewWindow]]:
    """The previews opened so far."""
    found: list[PreviewWindow] = []
    real = preview.open_preview

    def keep(*given: object, **more: object) -> PreviewWindow:
        window = real(*given, **more)  # type: ignore[arg-type]
        found.append(window)
        return window

    monkeypatch.setattr(preview, "open_preview", keep)
    yield found
    for window in found:
        if isValid(window):
            window.close()
    settle()


def ids(session: Session, key: str) -> list[int]:
    with session.app.read() as connection:
        return ids_of(connection, session.app.ledgers[key])


def test_official_papers_stand_first(demo: Session) -> None:
    texts = [
        text for _, text, _ in paper_actions(demo, "hazard", number="YH-2026-0001", listed=Listed(ids(demo, "hazard")))
    ]
    assert texts == [
        "事故隐患整改销号单（YH-2026-0001）",
        "记录单（YH-2026-0001）",
        "事故隐患排查治理台账（2026 年）",
        "打印所列 49 条（所选的列）",
        "空白事故隐患整改销号单",
    ]


def test_gatherings_offer_the_sheet_to_sign(demo: Session) -> None:
    texts = [text for _, text, _ in paper_actions(demo, "training", number="PX-2026-0001")]
    assert "安全教育培训（活动）签到表（PX-2026-0001）" in texts
    assert not any("签到表" in text for _, text, _ in paper_actions(demo, "media", number="XC-2026-0001"))


def test_every_entry_opens_pages(demo: Session, qtbot: QtBot, opened: list[PreviewWindow]) -> None:
    actions = [
        *paper_actions(demo, "hazard", number="YH-2026-0001", listed=Listed(ids(demo, "hazard"), ("number", "place"))),
        *paper_actions(demo, "training", number="PX-2026-0001", listed=Listed(ids(demo, "training"))),
    ]
    for _, text, action in actions:
        action()
        quiet(qtbot, demo)
        assert opened[-1].view.count >= 1, text
        opened[-1].close()
    assert len(opened) == len(actions)


def test_an_empty_list_offers_no_register(demo: Session) -> None:
    assert not any("所列" in text for _, text, _ in paper_actions(demo, "absence_note", listed=Listed([])))


def test_printing_a_record_takes_the_official_paper(demo: Session, qtbot: QtBot, opened: list[PreviewWindow]) -> None:
    for number, key in (("YH-2026-0001", "hazard"), ("JL-2026-0001", "award")):
        qtbot.wait(1)
        partial(print_record, demo, number, key)()
    quiet(qtbot, demo)
    assert opened[0].windowTitle() == "事故隐患整改销号单 - 预览"

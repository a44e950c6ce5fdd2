"""Pairs of photos: “…_before” shows the hazard, “…_after” how it was mended."""

from __future__ import annotations

from huaxing.drawing import BROWN, DARK, GREEN, INK, RED, STEEL, YELLOW, Pencil, lathe
from huaxing.scenes import scene


@scene("guard_before", "guard_after")
def guard(pencil: Pencil) -> None:
    """A lathe: the chuck bare, or behind its guard."""
    lathe(pencil, guarded=pencil.turn > 0)
    _verdict(pencil, "卡盘外露", "护罩已紧固")


def _verdict(pencil: Pencil, bad: str, good: str) -> None:
    is_mended = pencil.turn > 0
    pencil.box(60, 90, 340, 160, GREEN if is_mended else RED)
    pencil.text(200, 125, good if is_mended else bad, 34, "#ffffff")


@scene("grinder_before", "grinder_after")
def grinder(pencil: Pencil) -> None:
    """A bench grinder without and with its guard."""
    pencil.box(430, 470, 560, 640, DARK)
    pencil.box(400, 350, 590, 430, STEEL, INK)
    for x in (330, 560):
        pencil.round(x, 310, x + 130, 450, "#7a6f66", INK)
        if pencil.turn:
            pencil.draw.pieslice((x - 12, 296, x + 142, 464), 160, 380, fill=YELLOW, outline=INK)
    _verdict(pencil, "无防护罩", "已加装护罩")


@scene("passage_before", "passage_after")
def passage(pencil: Pencil) -> None:
    """A way out, blocked or free."""
    pencil.box(400, 180, 560, 470, "#6aa96f", DARK)
    pencil.text(480, 150, "安全出口", 34, GREEN)
    pencil.line([(300, 720), (410, 470)], YELLOW, 10)
    pencil.line([(660, 720), (550, 470)], YELLOW, 10)
    for row in range(0 if pencil.turn else 4):
        pencil.box(390 + row % 2 * 20, 600 - row * 55, 590 + row % 2 * 20, 650 - row * 55, BROWN, INK)
    _verdict(pencil, "通道堵塞", "通道畅通")


@scene("cylinder_before", "cylinder_after")
def cylinder(pencil: Pencil) -> None:
    """Gas cylinders, loose or chained."""
    for place, color in enumerate(("#5c9fd6", "#ffffff", "#5c9fd6")):
        lean = 0 if pencil.turn else (place - 1) * 26
        left = 360 + place * 120
        pencil.shape([(left, 640), (left + 80, 640), (left + 80 + lean, 330), (left + lean, 330)], color, INK)
        pencil.box(left + 28 + lean, 295, left + 52 + lean, 330, INK)
    if pencil.turn:
        pencil.box(320, 420, 720, 440, YELLOW, INK)
        pencil.box(320, 560, 720, 580, YELLOW, INK)
    _verdict(pencil, "气瓶未固定", "已加防倒链")


@scene("floor_before", "floor_after")
def floor(pencil: Pencil) -> None:
    """Oil on the floor, or a mat."""
    lathe(pencil, guarded=True)
    if pencil.turn:
        for column in range(9):
            pencil.box(200 + column * 44, 590, 240 + column * 44, 650, DARK)
    else:
        pencil.round(200, 570, 520, 650, "#3b3120")
        pencil.round(420, 600, 660, 655, "#4a3e2a")
    _verdict(pencil, "地面油污", "已铺防滑垫")


@scene("panel_before", "panel_after")
def panel(pencil: Pencil) -> None:
    """A switch cabinet, open behind boxes, or locked behind a yellow line."""
    pencil.box(420, 150, 640, 560, "#aab6bd", INK)
    pencil.shape([(530, 230), (500, 310), (530, 310), (505, 390), (570, 290), (535, 290), (560, 230)], YELLOW, INK)
    if pencil.turn:
        pencil.box(610, 340, 630, 380, INK)
        pencil.line([(340, 640), (720, 640), (720, 580)], YELLOW, 12)
    else:
        pencil.shape([(640, 150), (760, 190), (760, 600), (640, 560)], "#8d9aa1", INK)
        for place in range(3):
            pencil.box(380 + place * 90, 560 - place * 20, 460 + place * 90, 640, BROWN, INK)
    _verdict(pencil, "柜前堆物", "已清理上锁")


@scene("crane_before", "crane_after")
def crane(pencil: Pencil) -> None:
    """A crane with its hook: the tag out of date, or new."""
    pencil.box(0, 110, 960, 170, YELLOW, INK)
    pencil.box(420, 150, 560, 230, DARK, INK)
    for x in (460, 520) if pencil.turn else (490,):
        pencil.line([(x, 230), (x, 400)], INK, 8)
    pencil.draw.arc((440, 390, 540, 500), 330, 230, fill=INK, width=18)
    pencil.box(590, 330, 760, 420, GREEN if pencil.turn else "#d8d0c0", INK)
    pencil.text(675, 375, "检验合格" if pencil.turn else "检验过期", 30)
    pencil.shape([(380, 640), (420, 540), (560, 540), (600, 640)], "#7a5546", INK)


@scene("vent_before")
def vent(pencil: Pencil) -> None:
    """The spray booth with its alarm dark."""
    pencil.box(180, 140, 780, 560, "#c8d4c0", DARK)
    pencil.round(400, 220, 560, 380, "#9aa6ad", INK)
    for step in ((480, 225, 480, 375), (405, 300, 555, 300)):
        pencil.line([step[:2], step[2:]], INK, 12)
    pencil.box(640, 220, 740, 330, INK)
    pencil.round(665, 240, 715, 290, "#5a2020")
    pencil.text(690, 312, "报警", 24, "#ffffff")
    _verdict(pencil, "联锁失效", "")

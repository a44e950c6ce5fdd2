"""Photos with people on them: meetings, drills, patrols, visits."""

from __future__ import annotations

from huaxing.drawing import BLUE, BROWN, DARK, GREEN, INK, ORANGE, PAPER, RED, STEEL, YELLOW, Pencil, lathe
from huaxing.scenes import scene


@scene("meeting", "classroom")
def meeting(pencil: Pencil) -> None:
    """People before a screen."""
    pencil.box(250, 90, 710, 350, "#f4f7f8", DARK)
    words = (("安全生产", "人人有责"), ("查隐患", "保安康"), ("学法", "用法"), ("强意识", "促发展"))[pencil.turn % 4]
    pencil.text(480, 180, words[0], 54, BLUE)
    pencil.text(480, 270, words[1], 54, RED)
    pencil.box(90, 250, 190, 470, BROWN, DARK)
    pencil.person(140, 420, 170, DARK, None)
    pencil.crowd(180, 860, 560, 7, 130)
    pencil.crowd(110, 900, 650, 8, 150)


@scene("welding")
def welding(pencil: Pencil) -> None:
    """A welder behind his mask, sparks, an extinguisher beside him."""
    pencil.box(380, 440, 800, 470, STEEL, DARK)
    pencil.box(420, 470, 450, 620, DARK)
    pencil.box(730, 470, 760, 620, DARK)
    pencil.person(320, 640, 300, "#5b5148", None)
    pencil.box(290, 330, 350, 395, INK)
    pencil.line([(390, 470), (480, 430)], INK, 8)
    for step in range(18):
        x, y = 490 + (step * 53 + pencil.turn * 31) % 170, 425 - (step * 37) % 130
        pencil.line([(488, 432), (x, y)], YELLOW if step % 2 else ORANGE, 3)
    pencil.round(470, 416, 506, 450, "#fffbe0")
    _extinguisher(pencil, 850, 640)


def _extinguisher(pencil: Pencil, x: int, foot: int) -> None:
    pencil.draw.rounded_rectangle((x - 36, foot - 170, x + 36, foot), 20, fill=RED)
    pencil.box(x - 12, foot - 200, x + 12, foot - 168, INK)
    pencil.line([(x + 10, foot - 192), (x + 52, foot - 150), (x + 46, foot - 70)], INK, 8)
    pencil.box(x - 26, foot - 120, x + 26, foot - 70, "#ffffff")
    pencil.text(x, foot - 95, "灭火", 20, RED)


@scene("extinguisher")
def extinguisher(pencil: Pencil) -> None:
    """A row of extinguishers with their check cards; somebody uses one."""
    pencil.box(60, 120, 330, 470, "#eef2f3", DARK)
    pencil.text(195, 160, "消防器材点", 30, RED)
    for x in (130, 250):
        _extinguisher(pencil, x, 455)
        pencil.box(x - 30, 180, x + 30, 240, PAPER, DARK)
    pencil.person(540, 640, 240, BLUE, YELLOW)
    pencil.line([(590, 520), (690, 560)], RED, 20)
    pencil.shape([(690, 555), (860, 500), (880, 640)], "#f2f6f8")
    pencil.shape([(820, 650), (850, 560), (880, 610), (900, 540), (930, 650)], ORANGE)


@scene("first_aid")
def first_aid(pencil: Pencil) -> None:
    """Reanimation practised on a dummy."""
    pencil.banner("自救互救技能培训")
    pencil.draw.rounded_rectangle((300, 560, 700, 620), 26, fill="#d6b48f")
    pencil.round(690, 550, 770, 630, "#e9c39b")
    pencil.person(480, 590, 210, "#b03a3a", None)
    pencil.line([(450, 470), (520, 565)], "#b03a3a", 18)
    pencil.crowd(90, 280, 640, 3, 190)
    pencil.crowd(800, 900, 640, 2, 190)


@scene("drill")
def drill(pencil: Pencil) -> None:
    """People leave a building in line to the assembly point."""
    pencil.box(60, 120, 400, 470, "#c3a58a", DARK)
    for x in (100, 190, 280):
        pencil.box(x, 170, x + 60, 240, "#7fb2d6", DARK)
    pencil.box(300, 320, 380, 470, DARK)
    pencil.box(640, 180, 860, 300, GREEN)
    pencil.text(750, 240, "紧急集合点", 36, "#ffffff")
    pencil.line([(750, 300), (750, 470)], DARK, 10)
    for place in range(6):
        pencil.person(360 + place * 95, 600 + place % 2 * 40, 180, (BLUE, ORANGE, DARK)[(place + pencil.turn) % 3])


@scene("smoke")
def smoke(pencil: Pencil) -> None:
    """Smoke, people bent low, an alarm."""
    for step in range(16):
        x, y = (step * 71 + pencil.turn * 43) % 900, 60 + step * 53 % 300
        pencil.round(x, y, x + 200, y + 140, ("#9aa0a3", "#b2b7ba", "#888e91")[step % 3])
    pencil.box(400, 60, 560, 130, RED)
    pencil.text(480, 95, "火警演练", 34, "#ffffff")
    for place in range(4):
        pencil.person(200 + place * 180, 640, 200, (ORANGE, BLUE)[place % 2])
        pencil.box(188 + place * 180, 462, 212 + place * 180, 482, "#ffffff")


@scene("banner")
def banner(pencil: Pencil) -> None:
    """The factory gate under its banner."""
    pencil.box(60, 200, 180, 560, "#b08968", DARK)
    pencil.box(780, 200, 900, 560, "#b08968", DARK)
    pencil.banner(("人人讲安全 个个会应急", "安全第一 预防为主 综合治理")[pencil.turn % 2], 140)
    pencil.box(90, 300, 150, 520, PAPER, DARK)
    for place, mark in enumerate("华兴机械厂"):
        pencil.text(120, 330 + place * 42, mark, 34)
    pencil.crowd(280, 700, 640, 5, 170)


@scene("tent")
def tent(pencil: Pencil) -> None:
    """A consultation table under a tent."""
    pencil.shape([(160, 240), (480, 110), (800, 240)], RED, DARK)
    pencil.line([(180, 240), (180, 620)], DARK, 10)
    pencil.line([(780, 240), (780, 620)], DARK, 10)
    pencil.text(480, 205, "安全宣传咨询", 40, "#fff3d6")
    pencil.crowd(330, 630, 520, 3, 200)
    pencil.box(240, 480, 720, 600, "#e3d9c6", DARK)
    for place in range(5):
        pencil.box(270 + place * 90, 455, 330 + place * 90, 482, (BLUE, GREEN, ORANGE)[place % 3])
    pencil.person(130, 660, 220, GREEN, None)
    pencil.person(840, 660, 215, ORANGE, None)


@scene("corridor")
def corridor(pencil: Pencil) -> None:
    """Display boards along a road."""
    for place in range(4):
        left, top = 40 + place * 225, 140 + place * 16
        pencil.box(left, top, left + 200, top + 200, BLUE if (place + pencil.turn) % 2 else GREEN, DARK)
        pencil.text(left + 100, top + 40, ("安全文化", "职业健康", "事故教训", "班组风采")[place], 30, "#ffffff")
        for row in range(3):
            pencil.box(left + 20, top + 80 + row * 34, left + 180, top + 96 + row * 34, "#e8eef1")
        pencil.line([(left + 30, top + 200), (left + 30, 500)], DARK, 8)
        pencil.line([(left + 170, top + 200), (left + 170, 500)], DARK, 8)
    pencil.crowd(200, 760, 650, 3, 180)


@scene("station")
def station(pencil: Pencil) -> None:
    """The rest station for people who work outdoors."""
    pencil.box(200, 180, 760, 520, "#dfe9d8", DARK)
    pencil.box(200, 140, 760, 200, GREEN)
    pencil.text(480, 170, "户外劳动者驿站", 36, "#ffffff")
    pencil.box(250, 250, 400, 400, "#9cc7e0", DARK)
    pencil.box(560, 280, 680, 520, BROWN, DARK)
    pencil.box(430, 300, 520, 520, "#ffffff", DARK)
    pencil.text(475, 340, "饮水", 26, BLUE)
    pencil.person(840, 640, 220, ORANGE)
    pencil.person(120, 650, 215, YELLOW, BLUE)


@scene("door")
def door(pencil: Pencil) -> None:
    """Volunteers knock at a family's door."""
    pencil.box(480, 120, 760, 560, "#8c5a35", DARK)
    pencil.round(505, 330, 530, 355, YELLOW)
    pencil.text(620, 190, "福", 80, RED)
    pencil.person(330, 640, 270, RED, None)
    pencil.person(200, 650, 265, BLUE, None)


@scene("stage")
def stage(pencil: Pencil) -> None:
    """An evening on the stage."""
    pencil.box(0, 0, 960, 470, "#3a1d2e")
    pencil.banner("平安是福　职工文艺汇演", 60)
    for x in (0, 860):
        pencil.box(x, 0, x + 100, 520, "#8f1f2b")
    for place in range(5):
        pencil.person(240 + place * 120, 520, 210, (RED, YELLOW, GREEN, ORANGE, BLUE)[place], None)
    pencil.crowd(80, 880, 660, 9, 110)


@scene("patrol")
def patrol(pencil: Pencil) -> None:
    """Inspectors with a clipboard beside a machine."""
    lathe(pencil, guarded=True)
    for place, coat in enumerate((DARK, BLUE, ORANGE)):
        pencil.person(190 + place * 130 + pencil.turn % 3 * 20, 660, 260, coat, RED if place == 0 else YELLOW)
    pencil.box(245, 500, 300, 570, PAPER, DARK)


@scene("water")
def water(pencil: Pencil) -> None:
    """Boxes of water and towels handed out."""
    for row in range(3):
        for column in range(4 - row):
            left, top = 520 + column * 100 + row * 50, 570 - row * 80
            pencil.box(left, top, left + 95, top + 75, "#6fb3dc", DARK)
            pencil.text(left + 47, top + 38, "矿泉水", 24, "#ffffff")
    pencil.banner("夏日送清凉　关爱到一线", 80)
    pencil.person(200, 650, 250, RED, None)
    pencil.person(370, 650, 245, BLUE)
    pencil.box(260, 490, 310, 560, "#6fb3dc", DARK)


@scene("furnace")
def furnace(pencil: Pencil) -> None:
    """The furnace with its working method on the wall."""
    pencil.box(330, 300, 640, 600, "#6d5a52", INK)
    pencil.round(350, 260, 620, 350, ORANGE, INK)
    pencil.round(400, 280, 570, 335, YELLOW)
    pencil.box(690, 90, 920, 300, PAPER, DARK)
    for row, words in enumerate(("一看干燥", "二问成分", "三确认无水")):
        pencil.text(805, 135 + row * 60, words, 32, RED)
    pencil.person(190, 640, 270, "#b8b8b8", ORANGE)


@scene("roof")
def roof(pencil: Pencil) -> None:
    """Roofers with their lines made fast."""
    pencil.shape([(60, 420), (480, 160), (900, 420)], "#9b4f3c", INK)
    pencil.line([(480, 150), (330, 240)], YELLOW, 6)
    pencil.person(330, 330, 150, ORANGE)
    pencil.person(620, 330, 150, BLUE)
    pencil.line([(480, 150), (620, 250)], YELLOW, 6)
    pencil.box(120, 420, 840, 560, "#d2c3a5", DARK)


@scene("rain")
def rain(pencil: Pencil) -> None:
    """A drain looked at before the storm."""
    pencil.box(0, 0, 960, 470, "#8d9aa6")
    for step in range(60):
        x, y = step * 97 % 960, step * 61 % 430
        pencil.line([(x, y), (x - 12, y + 36)], "#c9d8e4", 2)
    pencil.box(260, 560, 720, 630, "#3a4046", DARK)
    for x in range(280, 720, 40):
        pencil.line([(x, 560), (x, 630)], STEEL, 6)
    pencil.person(190, 640, 250, YELLOW, RED)
    pencil.person(800, 640, 250, YELLOW, YELLOW)

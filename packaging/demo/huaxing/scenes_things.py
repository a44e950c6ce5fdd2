"""Photos of things: papers, boards, signs, screens."""

from __future__ import annotations

from huaxing.drawing import BLUE, DARK, GREEN, INK, ORANGE, PAPER, RED, YELLOW, Pencil, lathe
from huaxing.scenes import scene


@scene("sign_in")
def sign_in(pencil: Pencil) -> None:
    """A sheet with a grid and scribbled signatures."""
    pencil.box(0, 0, 960, 720, "#8a7d6b")
    pencil.box(150, 40, 810, 660, PAPER, DARK)
    pencil.text(480, 90, pencil.caption.split("（")[0], 36)
    for row in range(11):
        y = 140 + row * 44
        pencil.line([(190, y), (770, y)], DARK, 2)
        for side in (0, 290) if row < 10 else ():
            _scribble(pencil, 270 + side, y + 26, row + side)
    for x in (190, 240, 480, 530, 770):
        pencil.line([(x, 140), (x, 580)], DARK, 2)
    for row in range(10):
        pencil.text(215, 162 + row * 44, str(row + 1), 22)
        pencil.text(505, 162 + row * 44, str(row + 11), 22)


def _scribble(pencil: Pencil, x: int, y: int, seed: int) -> None:
    points = [(x + step * 17, y - 12 + (seed * 7 + step * step * 5 + pencil.turn * 3) % 24) for step in range(8)]
    pencil.line(points, "#27408b", 3)


@scene("paper")
def paper(pencil: Pencil) -> None:
    """A stamped paper."""
    pencil.box(0, 0, 960, 720, "#7d8a8f")
    pencil.box(210, 24, 750, 650, PAPER, DARK)
    pencil.text(480, 80, pencil.caption.split("（")[0], 34 if len(pencil.caption) < 15 else 24)
    for row in range(9):
        short = 90 if row in {4, 8} else (row * 37 + pencil.turn * 11) % 40
        pencil.box(262, 140 + row * 38, 698 - short, 148 + row * 38, "#9aa3a8")
    pencil.round(560, 490, 690, 620, PAPER, RED)
    pencil.text(625, 535, "仅供演示", 20, RED)
    pencil.text(625, 572, "★", 34, RED)
    pencil.text(625, 602, "演示章", 18, RED)


@scene("phone")
def phone(pencil: Pencil) -> None:
    """A telephone with a quiz or a live stream on it."""
    pencil.box(0, 0, 960, 720, "#c7b299")
    pencil.draw.rounded_rectangle((330, 40, 630, 640), 40, fill=INK)
    pencil.box(350, 90, 610, 590, "#f4f7ff")
    pencil.box(350, 90, 610, 160, RED)
    pencil.text(480, 125, ("知识竞赛", "直播中", "安全视频", "邮件")[pencil.turn % 4], 32, "#ffffff")
    for row in range(4):
        pencil.round(370, 210 + row * 80, 400, 240 + row * 80, GREEN if row == pencil.turn % 4 else "#ffffff", DARK)
        pencil.box(420, 216 + row * 80, 590 - row * 17, 234 + row * 80, "#a9b4c2")


@scene("certificate")
def certificate(pencil: Pencil) -> None:
    """A plate or certificate."""
    pencil.box(160, 110, 800, 560, "#a97c38")
    pencil.box(190, 140, 770, 530, "#fff4d2", "#a97c38")
    pencil.text(480, 220, "优秀组织奖", 60, RED)
    pencil.text(480, 330, "授予：华兴机械厂工会", 34)
    pencil.text(480, 440, "（演示）", 28, DARK)


@scene("poster")
def poster(pencil: Pencil) -> None:
    """Posters on a wall."""
    slogans = (("防火", RED), ("防触电", BLUE), ("戴好安全帽", ORANGE), ("不违章", GREEN))
    for place, (slogan, color) in enumerate(slogans):
        left = 70 + place * 212
        pencil.box(left, 120, left + 186, 430, PAPER, DARK)
        pencil.box(left + 16, 140, left + 170, 330, color)
        pencil.text(left + 93, 380, slogan, 30)


@scene("board")
def board(pencil: Pencil) -> None:
    """A board of exposed cases, or the hotline."""
    is_hotline = pencil.turn % 2 == 1
    pencil.box(170, 100, 790, 460, BLUE if is_hotline else "#3f4a52", DARK)
    pencil.text(480, 150, "安全举报公示牌" if is_hotline else "曝　光　台", 46, "#ffffff")
    if is_hotline:
        pencil.text(480, 280, "12350", 110, YELLOW)
        pencil.text(480, 400, "举报有奖　为您保密", 36, "#ffffff")
    for place in () if is_hotline else range(3):
        pencil.box(200 + place * 195, 200, 370 + place * 195, 330, "#c9d2d6")
        pencil.box(200 + place * 195, 350, 350 + place * 195, 366, YELLOW)
        pencil.box(200 + place * 195, 386, 330 + place * 195, 402, YELLOW)


@scene("sign")
def sign(pencil: Pencil) -> None:
    """A warning sign on a machine."""
    lathe(pencil, guarded=True)
    pencil.shape([(480, 70), (360, 270), (600, 270)], YELLOW, INK)
    pencil.text(480, 200, "！", 90)
    pencil.box(370, 285, 590, 335, PAPER, DARK)
    pencil.text(480, 310, "当心机械伤人", 30)


@scene("thermometer")
def thermometer(pencil: Pencil) -> None:
    """A thermometer on a wall in the sun."""
    pencil.round(700, 40, 860, 200, YELLOW)
    pencil.draw.rounded_rectangle((420, 80, 540, 600), 60, fill=PAPER, outline=DARK, width=4)
    for step in range(9):
        pencil.line([(440, 140 + step * 40), (470, 140 + step * 40)], INK, 3)
        pencil.text(510, 140 + step * 40, str(45 - step * 5), 22)
    pencil.box(474, 180, 486, 520, RED)
    pencil.round(450, 500, 510, 560, RED)


@scene("ppe")
def ppe(pencil: Pencil) -> None:
    """Protective things on a table."""
    pencil.box(120, 420, 840, 600, "#d8cbb3", DARK)
    pencil.draw.pieslice((170, 280, 330, 460), 180, 360, fill=YELLOW, outline=INK)
    pencil.round(390, 340, 510, 420, "#ffffff", INK)
    pencil.text(450, 380, "口罩", 26)
    pencil.box(560, 320, 640, 420, "#6a4a2f", INK)
    pencil.text(600, 370, "手套", 24, "#ffffff")
    pencil.round(690, 350, 800, 420, BLUE, INK)
    pencil.text(745, 385, "眼镜", 24, "#ffffff")


@scene("room")
def room(pencil: Pencil) -> None:
    """A quiet room with an armchair, a fridge and a basin."""
    pencil.box(0, 0, 960, 470, "#f6dfe2")
    pencil.text(480, 110, "爱心妈妈小屋", 56, "#b24a63")
    pencil.draw.rounded_rectangle((150, 330, 380, 560), 30, fill="#d98ca0")
    pencil.box(520, 240, 640, 540, "#ffffff", DARK)
    pencil.box(720, 400, 860, 540, "#cfe3ee", DARK)

"""A pencil for plain pictures: shapes in a 960 × 720 frame, people, machines, captions in Chinese."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

WIDTH, HEIGHT = 960, 720
FONT = Path(__file__).resolve().parents[3] / "resources" / "fonts" / "NotoSansSC-Regular.ttf"
INK, STEEL, DARK, PAPER = "#22303a", "#8fa1ad", "#4b5a66", "#fbfaf4"
ORANGE, RED, GREEN, BLUE, YELLOW, SKIN, BROWN = (
    "#e8862e",
    "#c9302c",
    "#3b8f4a",
    "#2f6db5",
    "#f2c335",
    "#e9c39b",
    "#9a6b3f",
)
Color = str


@cache
def font(size: int) -> ImageFont.FreeTypeFont:
    """Return the font of a size."""
    return ImageFont.truetype(str(FONT), size)


class Pencil:
    """Draws on one picture; `turn` (0, 1, 2 …) lets two pictures of a scene differ, `caption` says what is on it."""

    def __init__(self, turn: int, caption: str, wall: Color = "#d9e2e6", floor: Color = "#b9b2a3") -> None:
        self.turn = turn
        self.caption = caption
        self.image = Image.new("RGB", (WIDTH, HEIGHT), wall)
        self.draw = ImageDraw.Draw(self.image)
        self.box(0, 470, WIDTH, HEIGHT, floor)
        self.line([(0, 470), (WIDTH, 470)], DARK, 3)

    def box(self, left: int, top: int, right: int, bottom: int, fill: Color, edge: Color | None = None) -> None:
        """Draw a rectangle."""
        self.draw.rectangle((left, top, right, bottom), fill=fill, outline=edge, width=3)

    def round(self, left: int, top: int, right: int, bottom: int, fill: Color, edge: Color | None = None) -> None:
        """Draw an ellipse."""
        self.draw.ellipse((left, top, right, bottom), fill=fill, outline=edge, width=3)

    def line(self, points: Sequence[tuple[int, int]], fill: Color = INK, width: int = 4) -> None:
        """Draw a line."""
        self.draw.line(points, fill=fill, width=width, joint="curve")

    def shape(self, points: Sequence[tuple[int, int]], fill: Color, edge: Color | None = None) -> None:
        """Draw a polygon."""
        self.draw.polygon(points, fill=fill, outline=edge, width=3)

    def text(self, x: int, y: int, words: str, size: int = 28, fill: Color = INK) -> None:
        """Write words with their middle at (x, y)."""
        self.draw.text((x, y), words, font=font(size), fill=fill, anchor="mm")

    def person(self, x: int, foot: int, tall: int = 190, coat: Color = BLUE, helmet: Color | None = YELLOW) -> None:
        """Draw somebody standing, in a coat and, it may be, a helmet."""
        head, body = tall // 5, tall // 2
        top = foot - tall
        self.line([(x - tall // 12, foot), (x - tall // 16, foot - tall // 3)], DARK, tall // 10)
        self.line([(x + tall // 12, foot), (x + tall // 16, foot - tall // 3)], DARK, tall // 10)
        self.draw.rounded_rectangle((x - tall // 7, top + head, x + tall // 7, top + head + body), 14, fill=coat)
        self.line([(x - tall // 7, top + head + 16), (x - tall // 4, top + head + body // 2)], coat, tall // 12)
        self.line([(x + tall // 7, top + head + 16), (x + tall // 4, top + head + body // 2)], coat, tall // 12)
        self.round(x - head // 2, top, x + head // 2, top + head, SKIN)
        if helmet:
            self.draw.pieslice((x - head // 2 - 5, top - 8, x + head // 2 + 5, top + head), 180, 360, fill=helmet)

    def crowd(self, left: int, right: int, foot: int, number: int, tall: int = 130) -> None:
        """Draw a row of people seen from behind."""
        coats = (BLUE, DARK, GREEN, ORANGE)
        for place in range(number):
            x = left + (right - left) * place // max(1, number - 1)
            self.person(x, foot, tall - (place * 7 + self.turn * 5) % 18, coats[(place + self.turn) % 4], None)

    def banner(self, words: str, top: int = 60) -> None:
        """Hang a red banner."""
        self.box(110, top, WIDTH - 110, top + 70, RED)
        self.text(WIDTH // 2, top + 35, words, 36 if len(words) < 20 else 28, "#fff3d6")

    def signed(self, stamp: str) -> Image.Image:
        """Return the picture with its caption below, its date as cameras print it, and the word that it is drawn."""
        self.box(0, HEIGHT - 64, WIDTH, HEIGHT, "#1d2730")
        self.text(WIDTH // 2, HEIGHT - 32, self.caption, 30 if len(self.caption) < 24 else 24, "#ffffff")
        self.draw.text(
            (WIDTH - 18, HEIGHT - 78),
            stamp,
            font=font(22),
            fill="#ffb347",
            anchor="rs",
            stroke_width=2,
            stroke_fill=INK,
        )
        self.draw.text((18, 14), "演示示意图", font=font(20), fill="#5d6b75")
        return self.image


def lathe(pencil: Pencil, *, guarded: bool) -> None:
    """Draw a lathe, its chuck behind a guard or bare."""
    pencil.box(430, 420, 900, 470, STEEL, INK)
    pencil.box(430, 330, 560, 420, GREEN, INK)
    pencil.box(820, 350, 890, 420, GREEN, INK)
    pencil.box(450, 470, 540, 620, "#6f8a75", INK)
    pencil.box(800, 470, 890, 620, "#6f8a75", INK)
    pencil.round(560, 345, 620, 405, STEEL, INK)
    if guarded:
        pencil.draw.pieslice((548, 318, 648, 428), 150, 390, fill=YELLOW, outline=INK)
    pencil.line([(620, 375), (820, 375)], STEEL, 14)

"""A pasted notice cut into what it is made of: its head, its numbered parts, its sentences.

What is pasted comes from PDFs, scans and web pages: lines broken in the middle of a sentence, blanks between hanzi,
marks of markdown. All of it is mended before anything is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from ankang_desktop.kernel.text import half_width

_LEVELS = (
    re.compile(r"^[一二三四五六七八九十]{1,3}[、.．]"),
    re.compile(r"^[(（][一二三四五六七八九十]{1,3}[)）]"),
    re.compile(r"^\d{1,2}[、.．)）](?!\d)"),
)
_ENDS = "。；;！!？?：:"
_SENTENCE = re.compile(r"[^。；;！!？?]+[。；;！!？?]?[”’」）)]?")
_ITEMS = re.compile(r"[一二三四五六七八九十]{1,2}是(?=[^否])|[①②③④⑤⑥⑦⑧⑨⑩]")
_DATE = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")
_HAN = r"[\u4e00-\u9fff，。、；：“”‘’（）《》〔〕]"
_WIDE = {",": "，", ";": "；", ":": "："}
_ATTACHED = re.compile(r"^附件?(?:件)?\s*\d*[：:]?")
_OFFICES = ("工会", "政府", "办公室", "委员会", "管理局", "安监局", "厅", "局", "组委会")


@dataclass(frozen=True, slots=True)
class Head:
    """What a notice says of itself, as far as it could be read; "" and None where it could not."""

    title: str = ""
    issuer: str = ""
    number: str = ""
    issued: date | None = None

    @property
    def short(self) -> str:
        """Return a short name: “石家庄2021”."""
        place = re.split(r"省|市|县|区|总工会|人民政府|应急|工会", self.issuer)[0] or self.issuer[:4] or "通知"
        return f"{place[:6]}{self.issued.year if self.issued else ''}"


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph: how deep its number stands (0 none, 1 一、 2 （一） 3 1.), its heading, its sentences."""

    level: int
    heading: str
    sentences: tuple[str, ...]

    @property
    def text(self) -> str:
        """Return heading and sentences as they stood."""
        return self.heading + "".join(self.sentences)


def read_head(text: str) -> Head:
    """Return title, issuer, document number and day of issue of a notice."""
    lines = list(_lines(text))
    whole = "".join(lines)
    title = re.search(r"关于[^。]{4,90}?(?:通知|意见|方案|办法|规划|要点)(?!》)", whole)
    number = next((line for line in lines[:12] if re.fullmatch(r"[\u4e00-\u9fff]{2,10}〔\d{4}〕\d{1,4}号", line)), "")
    place, issued = _signed(lines)
    issuer = _before_title(whole, title) or _office(lines, place)
    return Head(title[0] if title else "", issuer, number, issued)


def blocks(text: str) -> list[Block]:
    """Return the paragraphs of a notice in their order, the head and the annexed tables left out."""
    found: list[Block] = []
    for line in _joined(list(_lines(text))):
        if _ATTACHED.match(line) and found:
            break
        level = _level(line)
        heading, body = _split(line, level)
        sentences = tuple(_sentences(body))
        if not level and found and found[-1].level:  # a paragraph under its heading
            last = found.pop()
            found.append(Block(last.level, last.heading, (*last.sentences, *sentences)))
        else:
            found.append(Block(level, heading, sentences))
    return found


# --- mending -------------------------------------------------------------------------------------------------------


def _lines(text: str) -> Iterator[str]:
    for raw in half_width(text).splitlines():
        line = re.sub(r"<[^>]+>|\[bookmark:[^\]]*\]|!\[[^\]]*\]\([^)]*\)|[*_#`\\]|^-{3,}$", "", raw)
        line = re.sub(rf"(?<={_HAN})\s+(?=[\u4e00-\u9fff\d“《（〔])|(?<=\d)\s+(?={_HAN})", "", line.strip())
        line = line.replace("[", "〔").replace("]", "〕") if re.search(r"\[\d{4}\]\s*\d+号", line) else line
        line = re.sub(r"\s*([（）])\s*", r"\1", line.replace("(", "（").replace(")", "）"))
        line = re.sub(rf"(?<={_HAN})([,;:])\s*", lambda match: _WIDE[match[1]], line)
        if line:
            yield line


def _joined(lines: list[str]) -> Iterator[str]:
    """Join the lines a sentence was broken into; a numbered part always begins anew."""
    held = ""
    for line in lines:
        is_part = bool(_level(line)) or bool(_ATTACHED.match(line)) or _is_signature(line)
        begins_anew = is_part or not held or _is_heading(held) or _is_signature(held)
        if not begins_anew and held[-1] not in _ENDS:
            held += line
        else:
            if held:
                yield held
            held = line
    if held:
        yield held


def _is_heading(line: str) -> bool:
    """Say whether a numbered line is a heading alone: short, and without a sentence in it."""
    return _level(line) in {1, 2} and len(line) <= 24 and not re.search(r"[，。；]", line)


def _is_signature(line: str) -> bool:
    return bool(re.fullmatch(r"\s*\d{4}年\d{1,2}月\d{1,2}日(?:印发)?\s*", line))


def _level(line: str) -> int:
    return next((at for at, pattern in enumerate(_LEVELS, 1) if pattern.match(line)), 0)


def _split(line: str, level: int) -> tuple[str, str]:
    """Cut the heading off a numbered part: up to its first full stop, or all of it where it is short."""
    if not level:
        return "", line
    head, stop, body = line.partition("。")
    return (head + stop, body) if len(head) <= 60 else ("", line)


def _sentences(body: str) -> Iterator[str]:
    """Yield the sentences, those that count “一是…二是…” cut at their counters."""
    for match in _SENTENCE.finditer(body):
        sentence = match[0].strip()
        starts = [each.start() for each in _ITEMS.finditer(sentence)]
        for start, end in zip([0, *starts], [*starts, len(sentence)], strict=True):
            if part := sentence[start:end].strip():
                yield part


# --- the head ------------------------------------------------------------------------------------------------------


def _signed(lines: list[str]) -> tuple[int, date | None]:
    """Return where the day of issue stands and the day: a line of its own, the last such; else the first day named."""
    alone = [at for at, line in enumerate(lines) if _is_signature(line)]
    place = alone[-1] if alone else next((at for at, line in enumerate(lines) if _DATE.search(line)), -1)
    if place < 0 or not (match := _DATE.search(lines[place])):
        return -1, None
    try:
        return place, date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return place, None


def _office(lines: list[str], place: int) -> str:
    """Return the office that signed, the first where several did: the lines before the day, or its own line."""
    if place < 0:
        return ""
    match = _DATE.search(lines[place])
    own = lines[place][: match.start()].strip() if match else ""
    near = [each for each in lines[max(0, place - 4) : place] if each[-1] not in "：:"]  # “各基层工会：” is spoken to
    near.append(own)
    office = re.compile(rf"^[\u4e00-\u9fff]{{2,16}}?(?:{'|'.join(_OFFICES)})+")
    return next((found[0] for each in near if len(each) <= 30 and (found := office.match(each))), "")


def _before_title(whole: str, title: re.Match[str] | None) -> str:
    """Return the office named right before “关于…”."""
    before = whole[max(0, title.start() - 24) : title.start()] if title else ""
    found = re.search(rf"([\u4e00-\u9fff]{{2,20}}?(?:{'|'.join(_OFFICES)})+)$", before)
    return found[1].removeprefix("号") if found else ""

"""Chinese text: pinyin initials, dates as officers write them, names that every disk accepts."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta
from functools import lru_cache

_DATE_SHAPES = (
    re.compile(r"^(?P<y>\d{4})[-/.年](?P<m>\d{1,2})[-/.月](?P<d>\d{1,2})日?(?:[ T]0{1,2}:00(?::00)?)?$"),
    re.compile(r"^(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})$"),
    re.compile(r"^(?P<y>\d{2})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})$"),
    re.compile(r"^(?P<m>\d{1,2})[-/.月](?P<d>\d{1,2})日?$"),
)
_MONTH_SHAPES = (
    re.compile(r"(?:(?P<y>\d{4})[-/.年])?(?P<m>\d{1,2})月?份?"),
    re.compile(r"(?P<y>\d{4})(?P<m>\d{2})"),
)
_DAYS_OFF = {"前天": -2, "昨天": -1, "昨日": -1, "今天": 0, "今日": 0, "明天": 1, "明日": 1, "后天": 2}
_WEEKDAY = re.compile(r"([上本这下]?)个?(?:周|星期|礼拜)([一二三四五六日天])")
_DAY_ONLY = re.compile(r"(\d{1,2})[日号]")
_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')
_DEVICES = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d)(\..*)?$", re.IGNORECASE)


def tidy(text: str) -> str:
    """Return text in NFC without control characters or surrounding white space; full-width spaces become plain."""
    composed = unicodedata.normalize("NFC", text).replace("\u3000", " ").replace("\r\n", "\n").replace("\r", "\n")
    return "".join(mark for mark in composed if mark in "\n\t" or unicodedata.category(mark) != "Cc").strip()


def half_width(text: str) -> str:
    """Return text with full-width digits, letters and signs made half-width: “２０２６．６．１” → “2026.6.1”."""
    return unicodedata.normalize("NFKC", text).strip()


def parse_date(text: str, year: int) -> date | None:
    """Read a date as officers type it: 2026-6-1, 2026.6.1, 2026年6月1日, 20260601, 26.6.1, 6.1, 6月1日.

    A date without a year takes `year`. Returns None where the text is no date or the day does not exist.
    """
    plain = re.sub(r"\s*([-/.年月日])\s*", r"\1", half_width(text))
    for shape in _DATE_SHAPES:
        if found := shape.match(plain):
            parts = found.groupdict()
            stated = parts.get("y") or str(year)
            try:
                return date(int(stated) + (2000 if len(stated) == 2 else 0), int(parts["m"]), int(parts["d"]))
            except ValueError:
                return None
    return None


def parse_month(text: str, year: int) -> date | None:
    """Read a month as officers type it, 2026年7月, 2026-7, 202607, 7月, 7, and return its first day; None if none."""
    plain = re.sub(r"\s", "", half_width(text))
    found = next((match for shape in _MONTH_SHAPES if (match := shape.fullmatch(plain))), None)
    if found is None or not 1 <= int(found["m"]) <= 12:
        return None
    return date(int(found["y"] or year), int(found["m"]), 1)


def said_day(text: str, today: date) -> date | None:
    """Read a day as people say it: 今天, 周五 (of this week), 上周五, 15日 (of this month); None where it is none."""
    if text in _DAYS_OFF:
        return today + timedelta(_DAYS_OFF[text])
    if found := _WEEKDAY.fullmatch(text):
        weeks = {"上": -1, "下": 1}.get(found[1], 0)
        return today + timedelta(7 * weeks + min("一二三四五六日天".index(found[2]), 6) - today.weekday())
    if found := _DAY_ONLY.fullmatch(half_width(text)):
        try:
            return today.replace(day=int(found[1]))
        except ValueError:
            return None
    return None


def chinese_date(day: date) -> str:
    """Write a date as papers do: 2026年6月1日."""
    return f"{day.year}年{day.month}月{day.day}日"


@lru_cache(maxsize=16_384)  # the same people and teams are named in record after record
def initials(text: str) -> str:
    """Return the pinyin initials of a name, lower case: “欧阳建国” → “oyjg”; letters and digits stay."""
    from ankang_desktop.kernel.pinyin import Style, lazy_pinyin  # takes a while: only when a name is indexed

    return "".join(part[:1] for part in lazy_pinyin(text, style=Style.NORMAL) if part[:1].isalnum()).lower()


def pinyin_order(text: str | None) -> bytes | None:
    """Return what sorts Chinese by pinyin, as Excel does; rare characters stand behind, by their radical.

    The national code of 1980, which GB 18030 keeps, has the 3755 common characters in this very order.
    """
    return None if text is None else text.encode("gb18030", "replace")


def half_widths(text: str) -> int:
    """Return how wide a text is in half widths: a hanzi, and the marks beside it, are as wide as two digits."""
    return sum(2 if unicodedata.east_asian_width(mark) in "WFA" else 1 for mark in text)


def safe_file_name(text: str, longest: int = 80) -> str:
    """Return a file name that Windows, Linux and a zip accept; forbidden marks become “_”, long names are cut."""
    name = _FORBIDDEN.sub("_", tidy(text).replace("\n", " ").replace("\t", " ")).strip(" .")
    stem, dot, suffix = name.rpartition(".")
    if dot and stem and len(suffix) <= 5:
        name = f"{stem[: longest - len(suffix) - 1].rstrip(' .')}.{suffix}"
    else:
        name = name[:longest].rstrip(" .")
    return f"_{name}" if not name or _DEVICES.match(name) else name


def mask_name(name: str) -> str:
    """Return a person's name as it leaves the enterprise: “张建国” → “张**”."""
    return name[:1] + "*" * max(1, len(name) - 1) if name else name


_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏"
    "钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易武乔贺赖龚文"
)
_POSTS = (
    r"主席|主任|经理|书记|总监|领导|专家|职工|人员|代表|老师|讲师|教师|师傅|工程师|同志|先生|女士|委员|干事|专员|"
    r"[厂科部处局站所队班组段工社院校市县区矿镇]长|调度|医生|教授|律师"
)
_OFFICE = re.compile(rf"({_POSTS}|公司|中心|董事|工会|车间|集团|[科部处室办站所局队厂委组班长员师院校会段库房])$")
_HANZI = r"[\u4e00-\u9fff\u3400-\u4dbf\U00020000-\U0003ffff〇]"
_NOT_PEOPLE = re.compile("金工|高压|高层|石化|石油|文[化体明秘]|武[装警]|白班|龙门|雷管|段长|方案|万能|高级|高工|董事")
_SHORT_PERSON = re.compile(rf"[{_SURNAMES}]{_HANZI}{{1,2}}$")
_TITLE = re.compile(rf"(副|总|副总)?({_POSTS})$")


def is_office(text: str) -> bool:
    """Whether a text is an office or a post rather than a person: 安全科, 分管副厂长; 王科 and 李世科 are people."""
    if not _OFFICE.search(text):
        return False
    return bool(_TITLE.search(text) or _NOT_PEOPLE.match(text)) or not _SHORT_PERSON.match(text)


def is_name(text: str) -> bool:
    """Whether a text can be a Chinese person's name: 2 to 4 ideographs that are no office, or joined by “·”."""
    parts = re.split("[·•・]", text)
    if not all(re.fullmatch(f"{_HANZI}+", part) for part in parts):
        return False
    return len(parts) > 1 or (2 <= len(text) <= 4 and not is_office(text))


def split_office(text: str) -> tuple[str, str]:
    """Return an office and the name written behind it: “安全科王建国” → (“安全科”, “王建国”); (text, "") if none is."""
    found = re.fullmatch(rf"(.+)([{_SURNAMES}]{_HANZI}{{1,2}})", text)
    return (found[1], found[2]) if found and is_office(found[1]) and is_name(found[2]) else (text, "")


def split_post(text: str) -> tuple[str, str]:
    """Return a name and the post written behind it: “王建国副科长” → (“王建国”, “副科长”); ("", text) if none is."""
    found = re.fullmatch(rf"([{_SURNAMES}]{_HANZI}{{1,2}}?)((?:副总|副|总)?(?:{_POSTS}))", text)
    return (found[1], found[2]) if found and not _NOT_PEOPLE.match(text) and not is_office(found[1]) else ("", text)


def join(words: list[str] | tuple[str, ...], most: int = 6) -> str:
    """Join words as Chinese does, at most `most` of them: “甲、乙、丙等9项”."""
    shown = "、".join(words[:most])
    return shown if len(words) <= most else f"{shown}等{len(words)}项"

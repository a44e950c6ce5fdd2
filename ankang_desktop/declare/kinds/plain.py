"""Kinds that stand for themselves: text, dates, moments, numbers with their unit, yes or no."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from sqlalchemy import BigInteger, Boolean, Date, DateTime, Integer, String
from sqlalchemy import Text as TextColumn
from sqlalchemy.types import TypeEngine

from ankang_desktop.declare.columns import Scaled
from ankang_desktop.declare.kinds.base import Kind, Misread, Names, Reading
from ankang_desktop.kernel.text import half_width, parse_date, parse_month, tidy


@dataclass(frozen=True)
class Text(Kind[str]):
    """Text of at most `longest` characters; `lines` > 1 asks for a tall editor; `pinyin` indexes its initials."""

    longest: int = 200
    lines: int = 1
    pinyin: bool = False
    name = "text"

    def column(self) -> TypeEngine[Any]:
        """Return VARCHAR for short text, TEXT for long."""
        return String(self.longest) if self.longest <= 500 else TextColumn()

    def read(self, given: object, reading: Reading) -> str:
        """Return tidy text; whole numbers lose the “.0” a workbook gives them."""
        if isinstance(given, float) and given.is_integer():
            given = int(given)
        if isinstance(given, datetime) and given.time() == time():
            given = given.date()
        return tidy(str(given))

    def check(self, value: str) -> str | None:
        """Refuse text that is too long."""
        return f"最多{self.longest}字，现有{len(value)}字，请缩短" if len(value) > self.longest else None

    def hint(self) -> str:
        """Say the length."""
        return f"文字，最多{self.longest}字"


def moment_of(given: object) -> datetime | None:
    """Return the moment that a workbook's bare day number means (45800: 2025-05-23), to the minute; None if none."""
    if isinstance(given, bool) or not isinstance(given, int | float) or not 20_000 < given < 80_000:
        return None
    return datetime(1899, 12, 30) + timedelta(minutes=round(given * 24 * 60))


@dataclass(frozen=True)
class Day(Kind[date]):
    """A plain date, 1950 to 2100."""

    name = "day"

    def column(self) -> TypeEngine[Any]:
        """Return DATE."""
        return Date()

    def read(self, given: object, reading: Reading) -> date:
        """Return the date of a date cell or of 2026-6-1, 2026.6.1, 2026年6月1日, 20260601, 6.1, 6月1日."""
        if isinstance(given, datetime):
            return given.date()
        if isinstance(given, date):
            return given
        if (bare := moment_of(given)) is not None:
            return bare.date()
        if isinstance(given, float) and given.is_integer():
            given = int(given)
        day = parse_date(str(given), reading.year)
        if day is None:
            raise Misread(f"“{given}”不是有效日期，请写成 {reading.year}-6-1 这样")
        return day

    def show(self, value: date, names: Names) -> str:
        """Write 2026-06-01."""
        return value.isoformat()

    def check(self, value: date) -> str | None:
        """Refuse years nobody means."""
        return None if 1950 <= value.year <= 2100 else f"年份{value.year}不合理，请核对"

    def plain(self, value: date) -> object:
        """Return the ISO text."""
        return value.isoformat()

    def unplain(self, plain: Any) -> date:
        """Return the date of ISO text."""
        return date.fromisoformat(plain)

    def hint(self) -> str:
        """Show the shape."""
        return "日期，如 2026-06-01"


@dataclass(frozen=True)
class Month(Day):
    """A month, kept as its first day."""

    name = "month"

    def read(self, given: object, reading: Reading) -> date:
        """Return the first day of the month of a date cell or of 2026年7月, 2026-7, 202607, 7月, or any date in it."""
        words = str(int(given)) if isinstance(given, float) and given.is_integer() else str(given)
        if found := parse_month(words, reading.year):
            return found
        try:
            return super().read(given, reading).replace(day=1)
        except Misread:
            raise Misread(f"“{given}”不是有效月份，请写成 {reading.year}年7月 这样") from None

    def show(self, value: date, names: Names) -> str:
        """Write 2026年7月."""
        return f"{value.year}年{value.month}月"

    def hint(self) -> str:
        """Show the shape."""
        return "月份，如 2026年7月"


@dataclass(frozen=True)
class Moment(Kind[datetime]):
    """A date with hours and minutes, local time."""

    name = "moment"

    def column(self) -> TypeEngine[Any]:
        """Return DATETIME without a zone."""
        return DateTime()

    def read(self, given: object, reading: Reading) -> datetime:
        """Return the moment of a date cell or of “2026-6-1 14:30”; a bare date is midnight."""
        if isinstance(given, datetime):
            return given.replace(second=0, microsecond=0)
        if (bare := moment_of(given)) is not None:
            return bare
        words = half_width(str(given)).replace("T", " ").split()
        day = Day().read(" ".join(words[:1]) if not isinstance(given, date) else given, reading)
        try:
            clock = time.fromisoformat(words[1].zfill(5)) if len(words) > 1 else time()
        except ValueError:
            raise Misread(f"“{given}”不是有效时间，请写成 {reading.year}-6-1 14:30 这样") from None
        return datetime.combine(day, clock)

    def show(self, value: datetime, names: Names) -> str:
        """Write 2026-06-01 14:30."""
        return f"{value:%Y-%m-%d %H:%M}"

    def check(self, value: datetime) -> str | None:
        """Refuse years nobody means."""
        return Day().check(value.date())

    def plain(self, value: datetime) -> object:
        """Return the ISO text."""
        return value.isoformat()

    def unplain(self, plain: Any) -> datetime:
        """Return the moment of ISO text."""
        return datetime.fromisoformat(plain)

    def hint(self) -> str:
        """Show the shape."""
        return "日期和时间，如 2026-06-01 14:30"


@dataclass(frozen=True)
class Whole(Kind[int]):
    """A whole number from `least` to `most`, with its unit (人, 个, 场 …)."""

    unit: str = ""
    least: int = 0
    most: int = 9_999_999
    name = "whole"

    def column(self) -> TypeEngine[Any]:
        """Return INTEGER."""
        return Integer() if self.most < 2**31 else BigInteger()

    def read(self, given: object, reading: Reading) -> int:
        """Return the number of “120”, “１２０”, “1,200”, “120人”."""
        number = _decimal(given, self.unit)
        if number != number.to_integral_value():
            raise Misread(f"“{given}”不是整数，请填整数")
        return int(number)

    def check(self, value: int) -> str | None:
        """Refuse numbers out of bounds."""
        return _out_of(self.least, self.most, Whole.most, value, self.unit)

    def hint(self) -> str:
        """Say the unit."""
        return f"整数（{self.unit}）" if self.unit else "整数"


@dataclass(frozen=True)
class Amount(Kind[Decimal]):
    """A decimal number with at most `digits` places and its unit (元, 学时, ℃ …); kept exactly."""

    unit: str
    digits: int = 2
    least: Decimal = Decimal(0)
    most: Decimal = Decimal(10) ** 12
    name = "amount"

    def column(self) -> TypeEngine[Any]:
        """Return a scaled integer."""
        return Scaled(self.digits)

    def read(self, given: object, reading: Reading) -> Decimal:
        """Return the number of “35.5”, “1,200元”; more places than kept are refused, not rounded away."""
        number = _decimal(given, self.unit)
        rounded = number.quantize(Decimal(1).scaleb(-self.digits))
        if abs(rounded - number) > Decimal("1e-9"):
            raise Misread(f"“{given}”的小数超过{self.digits}位，请改为最多{self.digits}位小数")
        return rounded

    def show(self, value: Decimal, names: Names) -> str:
        """Write without trailing zeros: 1200.50 → “1200.5”."""
        return f"{value.normalize():f}"

    def check(self, value: Decimal) -> str | None:
        """Refuse numbers out of bounds or with more places than are kept."""
        if Decimal(value) != Decimal(value).quantize(Decimal(1).scaleb(-self.digits)):
            return f"最多{self.digits}位小数，现为{value}"
        return _out_of(self.least, self.most, Amount.most, value, self.unit)

    def plain(self, value: Decimal) -> object:
        """Return the exact text."""
        return str(value)

    def unplain(self, plain: Any) -> Decimal:
        """Return the decimal of exact text."""
        return Decimal(plain)

    def hint(self) -> str:
        """Say the unit."""
        return f"数字（{self.unit}）"


@dataclass(frozen=True)
class YesNo(Kind[bool]):
    """是 or 否."""

    name = "yes_no"

    def column(self) -> TypeEngine[Any]:
        """Return BOOLEAN."""
        return Boolean()

    def read(self, given: object, reading: Reading) -> bool:
        """Return the truth of 是/否, 有/无, √/×, 1/0, true/false."""
        word = half_width(str(given)).lower()
        if word in {"是", "有", "√", "✓", "y", "yes", "1", "1.0", "true", "已", "对"}:
            return True
        if word in {"否", "无", "×", "x", "n", "no", "0", "0.0", "false", "未", "不"}:
            return False
        raise Misread(f"“{given}”看不出是或否，请填“是”或“否”")

    def show(self, value: bool, names: Names) -> str:  # noqa: FBT001 - the value itself
        """Write 是 or 否."""
        return "是" if value else "否"

    def hint(self) -> str:
        """Name both words."""
        return "填“是”或“否”"


def _decimal(given: object, unit: str) -> Decimal:
    text = half_width(str(given)).replace(",", "")
    for each in (unit, unit.partition("/")[0]):  # “200元/人” or, as a list of such prices has it, “200元”
        text = text.removesuffix(half_width(each)).strip()
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise Misread(f"“{given}”不是数字，请只填数字") from None
    if not number.is_finite():
        raise Misread(f"“{given}”不是数字，请只填数字")
    if number and not -12 < number.adjusted() < 16:
        raise Misread(f"“{given}”大得或小得不像真的，请核对")
    return number


def _out_of(least: float | Decimal, most: float | Decimal, usual: float | Decimal, value: Any, unit: str) -> str | None:
    """Return what is wrong with a number out of bounds; `usual` is a bound so high that only a slip goes over it."""
    if least <= value <= most:
        return None
    if most < usual:
        return f"应在{least}到{most}{unit}之间，现为{value}"
    if value < least:
        return f"不能小于{least}{unit}，现为{value}"
    return f"{value}太大了，请核对是否多打了几位"

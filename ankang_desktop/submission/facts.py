"""What a package says of itself, and its name; light enough to be asked before anything is packed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ankang_desktop.kernel.text import safe_file_name


@dataclass(frozen=True)
class Facts:
    """The 报送信息: whose, what, first or correction, as of when, and the hash of the earlier package."""

    enterprise: str
    short_name: str
    subject: str
    kind: str
    as_of: date
    start: date
    end: date
    made_on: date
    addressee: str = ""
    previous_hash: str = ""
    score: str = ""

    @property
    def name(self) -> str:
        """Return the package's name: ××公司-2026年年终材料-20261210."""
        return package_name(self.short_name or self.enterprise, self.as_of, self.subject, self.made_on)

    def lines(self) -> tuple[tuple[str, str], ...]:
        """Return the facts as label and text."""
        return (
            ("报送单位", self.enterprise),
            ("报送事项", self.subject),
            ("报送性质", self.kind),
            ("收件部门", self.addressee or "—"),
            ("统计期间", f"{self.start} 至 {self.end}"),
            ("数据截至", self.as_of.isoformat()),
            ("制作日期", self.made_on.isoformat()),
            ("自评与建议分", self.score or "—"),
            ("前次材料包校验值", self.previous_hash or "无（首次报送）"),
        )


def package_name(who: str, as_of: date, subject: str, made_on: date) -> str:
    """Return the name of a package without its ending: ××公司-2026年年终材料-20261210."""
    return safe_file_name(f"{who}-{as_of.year}年{subject}-{made_on:%Y%m%d}")

"""What is never taken in: identity cards, phones, addresses, bank cards (domain.md §8; 个人信息保护法 第6条).

A column is known by its header, an identity number also by its own check mark (GB 11643-1999).
"""

from __future__ import annotations

import re

_HEADERS = re.compile(
    r"身份证|证件号|手机|电话|联系方式|联系号码|微信|QQ|邮箱|电子邮件|住址|家庭.*址|通讯地址|通信地址|户籍|籍贯|"
    r"银行卡|银行账|卡号|开户行|出生|生日",
    re.IGNORECASE,
)
_IDENTITY = re.compile(r"(?<!\d)[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?!\d)")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_MARKS = "10X98765432"
_ENOUGH = 0.5  # share of the filled cells of a column from which it counts as a column of identity numbers


def is_personal_header(header: str) -> bool:
    """Whether a column with this header holds what we do not keep."""
    return _HEADERS.search(header) is not None


def holds_identity(text: str) -> bool:
    """Whether a text holds an identity number: 18 marks with an existing birth day and the right check mark."""
    return len(text) >= 18 and any(map(_is_checked, _IDENTITY.findall(text)))


def is_identity_column(texts: list[str]) -> bool:
    """Whether most of a column's filled cells hold identity numbers."""
    return bool(texts) and sum(map(holds_identity, texts)) >= _ENOUGH * len(texts)


def _is_checked(number: str) -> bool:
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, number[:17], strict=True))
    return _CHECK_MARKS[total % 11] == number[17].upper()

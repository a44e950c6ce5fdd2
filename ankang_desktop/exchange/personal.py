"""What is never taken in: identity cards, phones, addresses, bank cards (domain.md §8; 个人信息保护法 第6条).

A column is known by its header, or by the identity numbers that fill it.
"""

from __future__ import annotations

import re

from ankang_desktop.kernel.identifiers import find

_HEADERS = re.compile(
    r"身份证|证件号|手机|电话|联系方式|联系号码|微信|QQ|邮箱|电子邮件|住址|家庭.*址|通讯地址|通信地址|户籍|籍贯|"
    r"银行卡|银行账|卡号|开户行|出生|生日",
    re.IGNORECASE,
)
_ENOUGH = 0.5  # share of the filled cells of a column from which it counts as a column of identity numbers


def is_personal_header(header: str) -> bool:
    """Whether a column with this header holds what we do not keep."""
    return _HEADERS.search(header) is not None


def holds_identity(text: str) -> bool:
    """Whether a text holds an identity number: 18 marks with an existing birth day and the right check mark."""
    return len(text) >= 18 and any(hit.kind == "身份证号" for hit in find(text))


def is_identity_column(texts: list[str]) -> bool:
    """Whether most of a column's filled cells hold identity numbers."""
    return bool(texts) and sum(map(holds_identity, texts)) >= _ENOUGH * len(texts)

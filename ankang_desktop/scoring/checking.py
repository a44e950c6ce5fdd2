"""Whether every name a paper writes exists; asked at start-up of all forms."""

from __future__ import annotations

import re

from ankang_desktop.declare.forms import Form, did_you_mean
from ankang_desktop.declare.ledger import Ledgers
from ankang_desktop.kernel.errors import UserError
from ankang_desktop.ledgers import LEDGERS
from ankang_desktop.scoring.lines import read_sets
from ankang_desktop.scoring.plan import read_card


def check_form(form: Form, ledgers: Ledgers = LEDGERS) -> None:
    """Check a scorecard's or statistics table's rules; raises UserError with file, key and suggestion."""
    if form.kind == "scorecard":
        read_card(form, ledgers)
    elif form.kind == "statistics":
        filled = [blank.key for each in read_sets(form, ledgers) for blank in each.blanks]
        for line in form.data.get("line", ()):
            for key in re.findall(r"\{([^{}]+)\}", line["sentence"]):
                if key not in filled:
                    raise UserError(f"表样文件 {form.path} 的空格“{key}”没有 [[set]] 填写", did_you_mean(key, filled))

"""The dictionary read in pieces is the dictionary."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from ankang_desktop.kernel.pinyin import phrases
from ankang_desktop.kernel.text import initials


def test_read_in_pieces_it_is_the_whole() -> None:
    package = find_spec("pypinyin")
    assert package is not None
    assert package.origin is not None
    text = Path(package.origin).with_name("phrases_dict.json").read_text("utf-8")
    assert phrases(text) == json.loads(text)


def test_words_are_read_as_words() -> None:
    assert initials("重庆长江") == "cqcj"
    assert initials("重点") == "zd"


@pytest.mark.parametrize("text", ["", "[1, 2]", '{"一": ['])
def test_another_layout_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        phrases(text)


def test_no_single_call_reads_the_whole() -> None:
    program = (
        "import json; real = json.loads; longest = []\n"
        "json.loads = lambda text, **k: (longest.append(len(text)), real(text, **k))[1]\n"
        "from ankang_desktop.kernel.text import initials; initials('重庆'); print(max(longest))"
    )
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert int(found.stdout) < 1_000_000

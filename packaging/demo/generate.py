"""Write the demo enterprise: `python packaging/demo/generate.py [folder]`, by default into resources/demo.

The same program writes the same cells and pictures every time, so a change shows as a change of its own.
"""

from __future__ import annotations

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(ROOT), str(HERE)]

from huaxing import (
    checks,
    contracts,
    education,
    facilities,
    hazards,
    health,
    old_ledger,
    organisation,
    photos,
    publicity,
    structure,
    summer,
    teams,
    upper,
)
from huaxing.book import AS_OF
from huaxing.demo import Demo
from huaxing.people import hire

from ankang_desktop.kernel.files import write_text_safely

PHOTOS = "照片"
PARTS = (
    *(structure, organisation, education, publicity, teams, checks, hazards, health, facilities, summer, contracts),
    upper,
)


def main(folder: Path) -> None:
    """Write workbooks, photos and the manifest into a folder, removing what an older program left there."""
    demo = Demo(hire())
    for part in PARTS:
        part.write(demo)
    for old in [*folder.glob("*.xlsx"), *(folder / PHOTOS).glob("*")]:
        old.unlink()
    entries: list[tuple[str, str, bool]] = []
    for book in demo.books:
        file = f"{len(entries) + 1:02d}-{book.name}.xlsx"
        book.save(folder / file)
        entries.append((file, book.ledger.key, False))
        if book.ledger.key == "hazard":
            old_ledger.save(demo, folder / old_ledger.FILE)
            entries.append((old_ledger.FILE, "hazard", True))
    photos.save(demo, folder / PHOTOS)
    write_text_safely(folder / "demo.toml", manifest(entries))
    print(f"{len(entries)} workbooks, {len(demo.shots)} photos used {len(demo.uses)} times")


def manifest(entries: list[tuple[str, str, bool]]) -> str:
    """Return demo.toml: what to import in which order, as of which day."""
    head = [
        "# 演示单位“华兴机械厂”：按此顺序导入，再按照片清单附上佐证。由 packaging/demo/generate.py 生成。",
        'name = "华兴机械厂"',
        f"as_of = {AS_OF}",
        f"period_from = {AS_OF.year}-01-01",
        f"period_until = {AS_OF.year}-12-31",
        f'photo_folder = "{PHOTOS}"',
        f'photo_list = "{PHOTOS}/{photos.LIST}.xlsx"',
    ]
    for file, ledger, has_bad_rows in entries:
        head += ["", "[[workbook]]", f'file = "{file}"', f'ledger = "{ledger}"']
        head += ["only_valid = true  # 手工旧台账：有2行读不出来，退回修改"] if has_bad_rows else []
    return "\n".join(head) + "\n"


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "resources" / "demo")

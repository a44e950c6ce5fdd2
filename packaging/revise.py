"""Write the next upgrade of the workspace file: `python dev.py revision "why"`.

The tables as the upgrades make them are compared with the tables as they are declared; what differs becomes the next
file in ankang_desktop/store/upgrades/versions/, to be read before it is committed.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from ankang_desktop.app import App
from ankang_desktop.store import upgrades
from ankang_desktop.store.database import Database


def main(message: str) -> None:
    """Write the revision and print its path; importing App has declared every table."""
    print(f"{len(App.ledgers.keys())} ledgers declared")
    with tempfile.TemporaryDirectory() as folder:
        database = Database(Path(folder) / "upgraded.db")
        with database.write() as connection:
            if upgrades.HEAD:
                upgrades.upgrade(connection)
            print(upgrades.write_revision(connection, message))
        database.close()


if __name__ == "__main__":
    main(" ".join(sys.argv[1:]) or "Changed tables")

"""`python -m ankang_desktop`: the window where nothing is asked for (or “window”), else the command line."""

import multiprocessing
import sys
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Open the window or run one command; returns the exit code."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    if not words or words[0] == "window":
        from ankang_desktop.desktop import main as desktop

        return desktop(words[1:])
    from ankang_desktop.cli import main as cli

    return cli(words)


if __name__ == "__main__":
    multiprocessing.freeze_support()  # in a frozen program the child that reads workbooks starts here
    sys.exit(main())

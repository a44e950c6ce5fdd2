"""The face without a window: `ankang-desktop [--workspace DIR] [--today DAY] [--json] VERB …`."""

from __future__ import annotations

from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    # Imported when called: the child process that reads workbooks imports this module and needs none of the verbs.
    from ankang_desktop.cli.shell import main as run

    return run(arguments)

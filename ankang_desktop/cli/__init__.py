"""The face without a window: `ankang-desktop [--workspace DIR] [--today DAY] [--json] VERB …`."""

from ankang_desktop.cli.shell import main

__all__ = ["main"]

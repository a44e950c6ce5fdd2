"""`python -m ankang_desktop` is the command line."""

import sys

from ankang_desktop.cli import main

if __name__ == "__main__":
    sys.exit(main())

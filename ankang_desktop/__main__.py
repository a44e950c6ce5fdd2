"""`python -m ankang_desktop` is the command line."""

import multiprocessing
import sys

from ankang_desktop.cli import main

if __name__ == "__main__":
    multiprocessing.freeze_support()  # in a frozen program the child that reads workbooks starts here
    sys.exit(main())

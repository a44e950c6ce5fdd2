"""The kinds of value a field can hold. A kind knows how its value is stored, read, shown, checked and journaled.

It holds no widget, no cell and no mark on paper: desktop, exchange and printing each keep a small table
kind -> how I do it. `read` takes what a person or a workbook gives (text, number, date) and answers with the value
or raises Misread with a sentence; `show` gives the text a person reads, and `read(show(value))` is the value again.
"""

from ankang_desktop.declare.kinds.base import Kind, Misread, Names, Reading
from ankang_desktop.declare.kinds.closed import LISTING, SEPARATORS, Choice, Code, Link, Tags, split_words
from ankang_desktop.declare.kinds.plain import Amount, Day, Moment, Month, Text, Whole, YesNo, moment_of

__all__ = [
    "LISTING",
    "SEPARATORS",
    "Amount",
    "Choice",
    "Code",
    "Day",
    "Kind",
    "Link",
    "Misread",
    "Moment",
    "Month",
    "Names",
    "Reading",
    "Tags",
    "Text",
    "Whole",
    "YesNo",
    "moment_of",
    "split_words",
]

"""What every kind owes, and what reading a value needs: the names of linked records, the year of a bare date."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from sqlalchemy.types import TypeEngine

T_co = TypeVar("T_co", covariant=True)


class Misread(ValueError):
    """What was given is no value of this kind; the message is a Chinese sentence with the remedy."""


class Names(Protocol):
    """Who can turn a link into a name, a name into links, a code into words: the store, or a test."""

    def name_of(self, ledger: str, key: int) -> str:
        """Return how a record is called, unambiguously."""
        ...

    def find(self, ledger: str, text: str) -> list[int]:
        """Return the records that are called so (by number, code, name or “name(code)”)."""
        ...

    def code_name(self, of: str, code: str) -> str:
        """Return what people call the part a code stands for; the code itself where nobody knows it."""
        ...


@dataclass(frozen=True)
class Reading:
    """What reading needs beside the text: the year a date without one falls in, and the names of linked records."""

    year: int
    names: Names


class Kind(Generic[T_co]):
    """Base of the kinds; `name` keys the tables of desktop, exchange and printing."""

    name = ""

    def column(self) -> TypeEngine[Any]:
        """Return the column type."""
        raise NotImplementedError  # abstract

    def read(self, given: object, reading: Reading) -> T_co:
        """Return the value of what was given; raise Misread."""
        raise NotImplementedError  # abstract

    def show(self, value: Any, names: Names) -> str:
        """Return the text a person reads."""
        return str(value)

    def check(self, value: Any) -> str | None:
        """Return a Chinese sentence (without the label) where the value is out of bounds."""
        return None

    def plain(self, value: Any) -> object:
        """Return the value as JSON can hold it."""
        return value

    def unplain(self, plain: Any) -> T_co:
        """Return the value that `plain` was made of."""
        value: T_co = plain
        return value

    def hint(self) -> str:
        """Return one line for the instructions row of a template."""
        return ""

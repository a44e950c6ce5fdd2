"""What is asked of texts in SQLite's own words: which contain a word, which marks they begin with."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Column, Connection, Select, bindparam, func, select, text
from sqlalchemy.sql.elements import TextClause


def first_marks(column: Column[str]) -> Select[Any]:
    """Return the select of every first mark of a column's words; that of an empty one is "".

    It leaps along the column's index from one mark to the next, however many words begin with each.
    """

    def first(*where: Any) -> Any:
        return select(func.substr(func.min(column), 1, 1).label("mark")).where(*where)

    marks = first().cte("marks", recursive=True)
    beyond = func.char(func.coalesce(func.unicode(marks.c.mark), 0) + 1)
    following = first(column >= beyond).correlate(marks).scalar_subquery()
    # What follows the last code of all is U+FFFD to SQLite: marks found again end the leaps.
    marks = marks.union(select(following).where(marks.c.mark.is_not(None)))
    return select(marks.c.mark).where(marks.c.mark.is_not(None))


class TextIndex:
    """Full text in which every character is a token of its own, so that a phrase query is exactly “contains”.

    Characters that the tokenizer would drop (punctuation, symbols, spaces) are written as p + hex. Measured: spaces
    between hanzi alone give false hits across punctuation, the trigram tokenizer misses every 1- and 2-character word.
    """

    def create(self, connection: Connection) -> None:
        """Create the index table; contentless where SQLite can delete from such a table (3.43), plain otherwise."""
        bare = ", content='', contentless_delete=1" if (connection.dialect.server_version_info or ()) >= (3, 43) else ""
        connection.exec_driver_sql(
            f"CREATE VIRTUAL TABLE IF NOT EXISTS full_text USING fts5(body{bare}, detail=full,"
            ' tokenize="unicode61 remove_diacritics 0")'
        )

    def add(self, connection: Connection, texts: Iterable[tuple[int, str]]) -> None:
        """Index records that are not in the index: (record id, text) pairs."""
        rows = [{"key": key, "body": _tokens(body)} for key, body in texts if body]
        if rows:
            connection.execute(text("INSERT INTO full_text(rowid, body) VALUES (:key, :body)"), rows)

    def remove(self, connection: Connection, keys: Iterable[int]) -> None:
        """Take records out of the index; those that are not in it do no harm."""
        rows = [{"key": key} for key in keys]
        if rows:
            connection.execute(text("DELETE FROM full_text WHERE rowid = :key"), rows)

    def compact(self, connection: Connection) -> None:
        """Write the index anew without the words of records that left it."""
        connection.execute(text("INSERT INTO full_text(full_text) VALUES ('optimize')"))

    def matching(self, words: Sequence[str]) -> TextClause:
        """Return a clause on record.id: the records whose text contains every one of these words."""
        phrase = " AND ".join(f'"{_tokens(word)}"' for word in words)
        return text("record.id IN (SELECT rowid FROM full_text WHERE full_text MATCH :phrase)").bindparams(
            bindparam("phrase", phrase)
        )


INDEX = TextIndex()


def _tokens(body: str) -> str:
    return " ".join(_token(mark) for mark in unicodedata.normalize("NFC", body))


@lru_cache(maxsize=20_000)
def _token(mark: str) -> str:
    return mark.lower() if unicodedata.category(mark)[0] in "LN" and len(mark.lower()) == 1 else f"p{ord(mark):x}"

"""The only file that knows a SQL dialect: engine, pragmas, explicit transactions, full-text index.

SQLite through sqlcipher3 (a plain file until a password is set; SQLite 3.5x), else the standard library's driver.
WAL with synchronous=FULL: of 50,000 recorded power cuts none lost an acknowledged commit. Transactions are begun
explicitly, because the driver's default neither rolls back DDL nor keeps readers consistent.
"""

from __future__ import annotations

import importlib
import importlib.util
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, NullPool, bindparam, create_engine, event, text
from sqlalchemy.exc import DatabaseError, OperationalError
from sqlalchemy.sql.elements import TextClause

from ankang_desktop.kernel.errors import UserError, WorldError
from ankang_desktop.kernel.text import pinyin_order

_HEAD = b"SQLite format 3\x00"
_PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA busy_timeout = 5000",
    "PRAGMA cell_size_check = ON",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA temp_store = MEMORY",
)


def driver() -> Any:
    """Return the DB-API module: sqlcipher3 where it is installed, else sqlite3."""
    name = "sqlcipher3.dbapi2" if importlib.util.find_spec("sqlcipher3") else "sqlite3.dbapi2"
    return importlib.import_module(name)


def may_be_database(path: Path) -> bool:
    """Return whether a file begins as a database does; an empty one will become a new database."""
    with path.open("rb") as stream:
        return stream.read(len(_HEAD)) in {b"", _HEAD}


class Database:
    """One database file: read() and write() give a connection inside an explicit transaction."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.engine: Engine = create_engine(
            f"sqlite:///{path}", module=driver(), connect_args={"check_same_thread": False}, pool_size=4
        )
        event.listen(self.engine, "connect", _prepare)
        event.listen(self.engine, "begin", _begin)
        self._writing = self.engine.execution_options(begin="BEGIN IMMEDIATE")

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Give a connection that sees one state of the database."""
        with _in_words(self.path), self.engine.connect() as connection:
            yield connection
            connection.rollback()

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """Give the one writing connection; all or nothing is kept."""
        with _in_words(self.path), self._writing.begin() as connection:
            yield connection

    @contextmanager
    def rebuild(self) -> Iterator[Connection]:
        """Give the writing connection for an upgrade: foreign keys are off, for a table rebuilt is first dropped.

        They are checked before the commit; a row that points nowhere raises and nothing is kept.
        """
        engine = create_engine(f"sqlite:///{self.path}", module=driver(), poolclass=NullPool)
        event.listen(engine, "connect", _prepare_rebuild)
        event.listen(engine, "begin", _begin)
        with _in_words(self.path), engine.execution_options(begin="BEGIN IMMEDIATE").begin() as connection:
            yield connection
            if broken := connection.exec_driver_sql("PRAGMA foreign_key_check").all():
                raise WorldError(f"升级后有{len(broken)}处引用失效，升级没有进行", "数据没有改动，请联系开发者")

    def close(self) -> None:
        """Close every connection; the log is folded into the file."""
        self.engine.dispose()

    def copy_to(self, target: Path) -> None:
        """Copy the whole database, consistent and without a log, into a new file."""
        with _in_words(self.path):
            module = driver()
            source, copy = module.connect(str(self.path)), module.connect(str(target))
            try:
                source.backup(copy)
                copy.execute("PRAGMA journal_mode = DELETE")
                if copy.execute("PRAGMA quick_check").fetchone()[0] != "ok":
                    raise WorldError("备份读回时发现数据损坏", "请检查磁盘后重试")
            except module.OperationalError as error:
                raise WorldError(f"写入“{target}”时磁盘已满或出错", "请清理磁盘空间或换一个位置后重试") from error
            finally:
                copy.close()
                source.close()

    def compact(self) -> None:
        """Write the file anew without the room of what was deleted, so that its words are not in the file any more."""
        with self.write() as connection:
            INDEX.compact(connection)
        module, raw = driver(), self.engine.raw_connection()  # no transaction may be open around a VACUUM
        try:
            for statement in ("VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"):
                raw.cursor().execute(statement).fetchall()
        except module.OperationalError as error:
            raise WorldError("已经删除，但数据文件没能压实，里面还有残留", "请清理磁盘空间后重试") from error
        finally:
            raw.close()

    def faults(self) -> list[str]:
        """Return what the file's own check finds wrong: integrity and foreign keys."""
        with self.read() as connection:
            rows = [str(row[0]) for row in connection.exec_driver_sql("PRAGMA integrity_check")]
            keys = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        broken = [f"表 {row[0]} 第 {row[1]} 行引用的记录不存在" for row in keys]
        return [row for row in rows if row != "ok"] + broken


def _prepare(connection: Any, _: object) -> None:
    connection.isolation_level = None
    connection.create_function("pinyin_order", 1, pinyin_order, deterministic=True)
    for pragma in _PRAGMAS:
        connection.execute(pragma)


def _prepare_rebuild(connection: Any, _: object) -> None:
    _prepare(connection, _)
    connection.execute("PRAGMA foreign_keys = OFF")


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql(connection.get_execution_options().get("begin", "BEGIN"))


@contextmanager
def _in_words(path: Path) -> Iterator[None]:
    try:
        yield
    except OperationalError as error:
        reason = str(error.orig)
        if "disk" in reason or "full" in reason or "I/O" in reason:
            raise WorldError(f"写入“{path}”时磁盘已满或出错，本次改动没有保存", "请清理磁盘空间后重试") from error
        if "readonly" in reason or "unable to open" in reason:
            raise WorldError(f"无法打开或写入“{path}”", "请确认文件夹存在并且可以写入") from error
        if "locked" in reason:
            raise WorldError(f"“{path}”正被另一个程序使用", "请关闭另一个程序后重试") from error
        raise
    except DatabaseError as error:
        if "not a database" in str(error.orig) or "malformed" in str(error.orig):
            raise UserError(f"“{path}”已损坏或不是工作区数据", "请从 backups 文件夹恢复最近的备份") from error
        raise


class TextIndex:
    """Full text in which every character is a token of its own, so that a phrase query is exactly “contains”.

    Characters that the tokenizer would drop (punctuation, symbols, spaces) are written as p + hex. Measured: spaces
    between hanzi alone give false hits across punctuation, the trigram tokenizer misses every 1- and 2-character word.
    """

    def create(self, connection: Connection) -> None:
        """Create the index table; contentless where SQLite can delete from such a table (3.43), plain otherwise."""
        bare = ", content='', contentless_delete=1" if driver().sqlite_version_info >= (3, 43) else ""
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

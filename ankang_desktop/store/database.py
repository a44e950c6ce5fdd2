"""Engine, pragmas, explicit transactions: with `texts` the only files that know a SQL dialect.

SQLite through sqlcipher3 (a plain file until a password is set; SQLite 3.5x), else the standard library's driver.
With a key every page is encrypted and authenticated; every connection is given the key before anything else, as raw
bytes, for a passphrase would be stretched anew for each.
WAL with synchronous=FULL: of 50,000 recorded power cuts none lost an acknowledged commit. Transactions are begun
explicitly, because the driver's default neither rolls back DDL nor keeps readers consistent.
"""

from __future__ import annotations

import hashlib
import importlib
import importlib.util
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, NullPool, QueuePool, create_engine, event
from sqlalchemy.exc import DatabaseError, OperationalError

from ankang_desktop.kernel.errors import UserError, WorldError
from ankang_desktop.kernel.progress import Progress
from ankang_desktop.kernel.text import pinyin_order
from ankang_desktop.store.texts import INDEX

_STATEMENTS = 2000  # kept compiled; the calendar and two cards alone are 650, SQLAlchemy's own 500 forgets them again
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


_FOLDINGS, _MOMENT = 20, 0.25  # tries, and seconds between two


def driver() -> Any:
    """Return the DB-API module: sqlcipher3 where it is installed, else sqlite3."""
    name = "sqlcipher3.dbapi2" if importlib.util.find_spec("sqlcipher3") else "sqlite3.dbapi2"
    return importlib.import_module(name)


def can_encrypt() -> bool:
    """Return whether the driver that encrypts is installed: it has no build for some processors."""
    return importlib.util.find_spec("sqlcipher3") is not None


def may_be_database(path: Path) -> bool:
    """Return whether a file begins as a plain database does; an empty one will become a new database."""
    with path.open("rb") as stream:
        return stream.read(len(_HEAD)) in {b"", _HEAD}


class Database:
    """One database file: read() and write() give a connection inside an explicit transaction.

    `key` are the 32 bytes an encrypted file is opened with, None for a plain one.
    """

    def __init__(self, path: Path, key: bytes | None = None) -> None:
        self.path, self.key = path, key
        # A report of our own bug must carry no record: the parameters of a statement are records.
        self.engine: Engine = create_engine(
            "sqlite:///file",
            creator=self._connect,
            module=driver(),
            pool_size=4,
            query_cache_size=_STATEMENTS,
            poolclass=QueuePool,
            hide_parameters=True,
        )
        event.listen(self.engine, "connect", _prepare)
        event.listen(self.engine, "begin", _begin)
        self._writing = self.engine.execution_options(begin="BEGIN IMMEDIATE")

    def _connect(self) -> Any:
        return _connected(self.path, self.key)

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
        engine = create_engine(
            "sqlite:///file", creator=self._connect, module=driver(), poolclass=NullPool, hide_parameters=True
        )
        event.listen(engine, "connect", _prepare_rebuild)
        event.listen(engine, "begin", _begin)
        with _in_words(self.path), engine.execution_options(begin="BEGIN IMMEDIATE").begin() as connection:
            yield connection
            if broken := connection.exec_driver_sql("PRAGMA foreign_key_check").all():
                raise WorldError(f"升级后有{len(broken)}处引用失效，升级没有进行", "数据没有改动，请联系开发者")

    def before_each(self, act: Callable[[], object]) -> None:
        """Have `act` called before every statement, in the thread that makes it."""
        event.listen(self.engine, "before_cursor_execute", lambda *_: act())

    def close(self) -> None:
        """Close every connection; the log is folded into the file."""
        self.engine.dispose()

    def copy_to(self, target: Path) -> None:
        """Copy the whole database, consistent and without a log, into a new file under the same key."""
        with _in_words(self.path):
            source, copy = self._connect(), _connected(target, self.key)
            try:
                source.backup(copy)
                copy.execute("PRAGMA journal_mode = DELETE")
                if copy.execute("PRAGMA quick_check").fetchone()[0] != "ok":
                    raise WorldError("备份读回时发现数据损坏", "请检查磁盘后重试")
            except driver().OperationalError as error:
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
            raw.cursor().execute("VACUUM")
            for _ in range(_FOLDINGS):  # somebody may just be reading
                is_busy, *_ = raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
                if not is_busy:
                    return
                time.sleep(_MOMENT)
            raise _left_over()
        except module.OperationalError as error:
            raise _left_over() from error
        finally:
            raw.close()

    def fold(self) -> None:
        """Fold the log into the file and remove it: what lies in the file now is all there is."""
        with _in_words(self.path):
            connection = self._connect()
            try:
                if connection.execute("PRAGMA journal_mode = DELETE").fetchone()[0] != "delete":
                    raise WorldError(f"“{self.path}”正被另一个程序使用", "请关闭另一个程序后重试")
            finally:
                connection.close()

    def export_to(self, target: Path, key: bytes | None, progress: Progress) -> None:
        """Write all that is in the database into a new file under another key (None: plain) and read it back."""
        with _in_words(self.path):
            source = self._connect()
            source.isolation_level = None
            try:
                progress.step("写入新文件")
                source.execute("ATTACH DATABASE ? AS other KEY ?", (str(target), _raw(key) if key else ""))
                source.execute("BEGIN")
                source.execute("SELECT sqlcipher_export('other')")
                source.execute("COMMIT")
                source.execute("DETACH DATABASE other")
                copy = _connected(target, key)
                try:
                    if _page_faults(copy, key) or _contents(copy, progress) != _contents(source, progress):
                        raise WorldError("新文件读回时与原来的不一致，原来的没有改动", "请检查磁盘后重试")
                finally:
                    copy.close()
            finally:
                source.close()

    def faults(self) -> list[str]:
        """Return what the file's own check finds wrong: integrity and foreign keys."""
        with self.read() as connection:
            if self.key and (damaged := _page_faults(connection.connection, self.key)):
                return damaged
            rows = [str(row[0]) for row in connection.exec_driver_sql("PRAGMA integrity_check")]
            keys = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        broken = [f"表 {row[0]} 第 {row[1]} 行引用的记录不存在" for row in keys]
        return [row for row in rows if row != "ok"] + broken


def _left_over() -> WorldError:
    return WorldError(
        "这一步已经做好，但数据文件没能压实，还有旧内容的残留", "请稍后在设置里做一次“检查数据”，会再压实"
    )


def _connected(path: Path, key: bytes | None) -> Any:
    """Open a file with the bare driver; the key comes before anything is read."""
    connection = driver().connect(str(path), check_same_thread=False)
    if key:
        connection.execute("PRAGMA cipher_log_level = NONE")  # else it writes its own lines to a command's stderr
        connection.execute(f'PRAGMA key = "{_raw(key)}"')
    return connection


def _raw(key: bytes) -> str:
    return f"x'{key.hex()}'"


def _page_faults(connection: Any, key: bytes | None) -> list[str]:
    """Return what is wrong with the pages of a file: those whose seal is broken, else what SQLite's check finds."""
    if key:
        cursor = connection.cursor()
        cursor.execute("PRAGMA cipher_integrity_check")
        return [f"数据文件有一页被改动或损坏（{row[0]}），请从备份恢复" for row in cursor.fetchall()]
    return [str(row[0]) for row in connection.execute("PRAGMA integrity_check") if row[0] != "ok"]


def _contents(connection: Any, progress: Progress) -> str:
    """Return a digest of every table's declaration and rows."""
    digest = hashlib.sha256()
    tables = connection.execute("SELECT type, name, sql FROM sqlite_master ORDER BY type, name").fetchall()
    digest.update(repr(tables).encode())
    names = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND rootpage > 0 ORDER BY 1"
    ).fetchall()
    for done, (name,) in enumerate(names):
        progress.step("逐条核对", done, len(names))
        for row in connection.execute(f'SELECT * FROM "{name}" NOT INDEXED'):  # noqa: S608 - a table's own name
            digest.update(repr(row).encode())
    return digest.hexdigest()


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
    except (OperationalError, driver().OperationalError) as error:
        reason = str(getattr(error, "orig", error))
        if "disk" in reason or "full" in reason or "I/O" in reason:
            raise WorldError(f"写入“{path}”时磁盘已满或出错，本次改动没有保存", "请清理磁盘空间后重试") from error
        if "readonly" in reason or "unable to open" in reason:
            raise WorldError(f"无法打开或写入“{path}”", "请确认文件夹存在并且可以写入") from error
        if "locked" in reason:
            raise WorldError(f"“{path}”正被另一个程序使用", "请关闭另一个程序后重试") from error
        raise
    except (DatabaseError, driver().DatabaseError) as error:
        reason = str(getattr(error, "orig", error))
        if "not a database" in reason or "malformed" in reason:
            raise UserError(f"“{path}”已损坏或不是工作区数据", "请从 backups 文件夹恢复最近的备份") from error
        raise

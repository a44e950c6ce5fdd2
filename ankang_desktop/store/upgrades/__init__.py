"""Upgrades of a workspace file: all or nothing, after a verified copy; a newer file is refused.

A new field is one line in a ledger and `python dev.py revision "why"`, which writes the next file in `versions/` from
the difference between the declared tables and the upgraded ones.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from sqlalchemy import Connection, inspect, text

from ankang_desktop.declare.record import Base
from ankang_desktop.kernel.errors import UserError
from ankang_desktop.kernel.files import flush, free_name, scratch, world, write_text_safely
from ankang_desktop.store.database import Database
from ankang_desktop.store.journal import seal
from ankang_desktop.store.texts import INDEX
from ankang_desktop.store.vault import KEY

if TYPE_CHECKING:
    from alembic.script import ScriptDirectory

_FOLDER = Path(__file__).parent
HEAD = max((path.stem for path in (_FOLDER / "versions").glob("[0-9]*.py")), default="")


def bring_up_to_date(database: Database, backups: Path) -> None:
    """Create or upgrade the tables of a file in one transaction; an older file is copied first."""
    with database.read() as connection:
        current = revision_of(connection)
    if current == HEAD:
        return
    if current is not None:
        if current > HEAD:
            raise UserError("这个工作区由更新版本的程序写成，本版本不能打开", "请安装新版本；数据没有任何改动")
        _copy_database(database, backups, f"upgrade-from-{current}")
    with database.rebuild() as connection:
        upgrade(connection)
        if current is not None:
            seal(connection)


def _copy_database(database: Database, folder: Path, label: str) -> Path:
    """Write a verified copy of the database alone; returns its path."""
    with world("备份到", folder):
        folder.mkdir(parents=True, exist_ok=True)
        target = free_name(folder, f"{label}.db")
        with scratch(folder) as room:
            database.copy_to(room / "copy.db")
            flush(room / "copy.db")
            (room / "copy.db").replace(target)
        flush(folder)
        if database.key:
            write_text_safely(target.with_suffix(".key"), database.path.with_name(KEY).read_text("utf-8"))
    return target


def revision_of(connection: Connection) -> str | None:
    """Return the revision a file stands at, None for an empty file."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return str(connection.scalar(text("SELECT version_num FROM alembic_version")))


def upgrade(connection: Connection, target: str = "head") -> None:
    """Run every revision up to `target` inside the caller's transaction (`Database.rebuild` for a file with data)."""
    from alembic.runtime.environment import EnvironmentContext

    script = scripts()
    context = EnvironmentContext(
        _config(),
        script,
        fn=lambda revision, _: script._upgrade_revs(target, revision),
    )
    with context:
        context.configure(connection=connection, target_metadata=Base.metadata, render_as_batch=True)
        context.run_migrations()
    INDEX.create(connection)


def scripts() -> ScriptDirectory:
    """Return the revisions as Alembic sees them."""
    from alembic.script import ScriptDirectory

    return ScriptDirectory.from_config(_config())


def _config() -> Any:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_FOLDER))
    config.set_main_option("path_separator", "os")
    return config


def differences(connection: Connection) -> list[Any]:
    """Return how the declared tables differ from those of the file; the test wants none."""
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    context = MigrationContext.configure(connection, opts={"compare_type": True, "include_object": _is_ours})
    return list(compare_metadata(context, Base.metadata))


def write_revision(connection: Connection, message: str) -> str:
    """Write the next revision file from the differences; returns its path. For developers, see dev.py."""
    from alembic.autogenerate import produce_migrations, render_python_code
    from alembic.migration import MigrationContext

    opts = {"compare_type": True, "include_object": _is_ours, "render_as_batch": True, "render_item": _render}
    context = MigrationContext.configure(connection, opts=opts)
    migration = produce_migrations(context, Base.metadata)
    if migration.upgrade_ops is None or migration.upgrade_ops.is_empty():
        raise UserError("声明与数据库没有差别", "不需要新的升级")
    code = render_python_code(migration.upgrade_ops, render_as_batch=True, render_item=_render)
    number = f"{int(revision_of(connection) or 0) + 1:04d}"
    before = f'"{int(number) - 1:04d}"' if int(number) > 1 else "None"
    path = _FOLDER / "versions" / f"{number}.py"
    body = _TEMPLATE.format(message=message, number=number, before=before, code=code)
    write_text_safely(path, body)
    return str(path)


def _is_ours(_: Any, name: str | None, kind: str, *__: Any) -> bool:
    return not (kind == "table" and (name or "").startswith(("full_text", "alembic")))


def _render(kind: str, item: Any, _: Any) -> str | Literal[False]:
    """Write our own column types as the plain types under them, so that old revisions need none of our classes."""
    from sqlalchemy.types import TypeDecorator

    return f"sa.{item.impl!r}" if kind == "type" and isinstance(item, TypeDecorator) else False


_TEMPLATE = '''"""{message}."""

import sqlalchemy as sa
from alembic import op

revision = "{number}"
down_revision = {before}
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the file one step forward."""
    {code}
'''

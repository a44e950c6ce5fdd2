"""The spine every ledger row hangs on, and the rows that live inside a record."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import DateTime, ForeignKey, Index, Integer, MetaData, String, text
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column

from ankang_desktop.declare.fields import field
from ankang_desktop.declare.kinds import Day, Text, Whole

_NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """The one metadata of ledgers and store."""

    metadata = MetaData(naming_convention=_NAMING)


class Record(Base):
    """The spine: one row for every record of every ledger.

    `number` is the running number (YH-2026-0017); `day` a copy of the ledger's own day, for questions of period;
    `year` the year of that number, which stays when the day is corrected; `removed_at` marks the trash; box and page
    say where the paper lies.
    """

    __tablename__ = "record"
    __mapper_args__ = {"polymorphic_on": "ledger"}  # noqa: RUF012 - SQLAlchemy's own shape
    __table_args__ = (
        # What lives is listed and counted all day, what lies in the trash is what lists leave out: an index for each.
        Index("ix_record_alive", "ledger", "day", "id", sqlite_where=text("removed_at IS NULL")),
        Index("ix_record_trash", "ledger", "id", sqlite_where=text("removed_at IS NOT NULL")),
        Index("uq_record_ledger_year_serial", "ledger", "year", "serial", unique=True),
        Index("ix_record_number", "number"),
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    ledger: Mapped[str] = mapped_column(String(40))
    number: Mapped[str] = field(Text(40), "编号", required=True, computed=True)
    serial: Mapped[int] = mapped_column(Integer)
    year: Mapped[int] = field(Whole(least=1950, most=2100), "年度", required=True, computed=True)
    day: Mapped[date | None] = field(Day(), "日期", computed=True)
    box: Mapped[str | None] = field(Text(20), "盒号", help="纸质件所在档案盒；填了盒号即视为有佐证")
    page: Mapped[str | None] = field(Text(20), "页号")
    remark: Mapped[str | None] = field(Text(1000, lines=3), "备注")
    created_at: Mapped[datetime] = mapped_column(DateTime)
    changed_at: Mapped[datetime] = mapped_column(DateTime)
    removed_at: Mapped[datetime | None] = mapped_column(DateTime)


SPINE = ("number", "year", "day", "box", "page", "remark")


class Entry(Record):
    """Base of every ledger's class: its own table, joined to the spine by id.

    An Entry is also the typed view on values that rules, derivations and workflow guards are given; it is never
    attached to a session. `rows` then holds the lines by their key.
    """

    __abstract__ = True

    if TYPE_CHECKING:
        rows: dict[str, list[Any]]

    @declared_attr
    @classmethod
    def id(cls) -> Mapped[int]:
        """Return the key shared with the spine."""
        return mapped_column(ForeignKey("record.id"), primary_key=True)

    @declared_attr.directive
    @classmethod
    def __mapper_args__(cls) -> dict[str, Any]:
        """Name the ledger on the spine after the table; links to other records are no part of the inheritance."""
        return {"polymorphic_identity": cls.__tablename__, "inherit_condition": cls.id == Record.id}


class Line(Base):
    """Base of rows inside a record (attendance, clauses, stock lines); kept in the order written."""

    __abstract__ = True

    if TYPE_CHECKING:
        __tablename__: str

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    position: Mapped[int] = mapped_column(Integer)

    @declared_attr
    @classmethod
    def record_id(cls) -> Mapped[int]:
        """Return the key of the record the row lives in."""
        return mapped_column(ForeignKey("record.id"), index=True)

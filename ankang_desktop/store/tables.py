"""The store's own tables: evidence and its links, the journal, frozen papers."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import JSON, BigInteger, Boolean, Date, DateTime, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from ankang_desktop.declare.record import Base


class Evidence(Base):
    """One file, known by the SHA-256 of its bytes; many records may share it.

    `taken_on` is the file's own date (from EXIF or its name), apart from `added_at`.
    """

    __tablename__ = "evidence"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64), unique=True)
    size: Mapped[int] = mapped_column(BigInteger)
    media_type: Mapped[str] = mapped_column(String(60))
    taken_on: Mapped[date | None] = mapped_column(Date)
    added_at: Mapped[datetime] = mapped_column(DateTime)


class EvidenceLink(Base):
    """One use of a file: the record, the slot, the name it came under, the caption, the day it shows, its paper."""

    __tablename__ = "evidence_link"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    record_id: Mapped[int] = mapped_column(ForeignKey("record.id"), index=True)
    evidence_id: Mapped[int] = mapped_column(ForeignKey("evidence.id"), index=True)
    slot: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(255))
    caption: Mapped[str | None] = mapped_column(String(200))
    day: Mapped[date | None] = mapped_column(Date)
    box: Mapped[str | None] = mapped_column(String(20))
    page: Mapped[str | None] = mapped_column(String(20))
    position: Mapped[int] = mapped_column(Integer)


class Step(Base):
    """One named transaction: an entry of the Undo menu; `sealed` steps are history only."""

    __tablename__ = "step"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    at: Mapped[datetime] = mapped_column(DateTime)
    title: Mapped[str] = mapped_column(String(200))
    undone: Mapped[bool] = mapped_column(Boolean)
    sealed: Mapped[bool] = mapped_column(Boolean)


class Change(Base):
    """One row before and after a step; None before is an insert, None after a delete. Values are plain JSON."""

    __tablename__ = "change"
    __table_args__ = (Index("ix_change_record_id_step_id", "record_id", "step_id"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    step_id: Mapped[int] = mapped_column(ForeignKey("step.id"), index=True)
    table_name: Mapped[str] = mapped_column(String(60))
    row_id: Mapped[int] = mapped_column(Integer)
    record_id: Mapped[int | None] = mapped_column(Integer)
    before: Mapped[dict[str, object] | None] = mapped_column(JSON(none_as_null=True))
    after: Mapped[dict[str, object] | None] = mapped_column(JSON(none_as_null=True))


class Frozen(Base):
    """A paper as it stood when it was frozen: it prints the same whatever is edited later."""

    __tablename__ = "frozen"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    form: Mapped[str] = mapped_column(String(60), index=True)
    title: Mapped[str] = mapped_column(String(200))
    frozen_at: Mapped[datetime] = mapped_column(DateTime)
    as_of: Mapped[date] = mapped_column(Date)
    record_id: Mapped[int | None] = mapped_column(ForeignKey("record.id"), index=True)
    content: Mapped[str] = mapped_column(Text)

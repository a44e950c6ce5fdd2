"""The closed loop of a hazard: its moves, what each stage needs, and the rules no stage may break.

The first deadline is kept for ever, an extension only adds; who accepts is not who was responsible
(domain.md §5.1; 桓台方案“责任、措施、资金、时限、预案”).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ankang_desktop.declare.workflow import Move, Workflow
from ankang_desktop.kernel.errors import Problem
from ankang_desktop.ledgers.hazards.record import Extension, Hazard
from ankang_desktop.ledgers.hazards.words import Acceptance, HazardLevel, Stage

FIVE_FIXED_ITEMS = ("responsible", "measures", "funds", "deadline", "contingency")
_ITEMS = tuple(getattr(Hazard, key) for key in FIVE_FIXED_ITEMS)
_GRADED = (Hazard.domain, Hazard.level)
_CLOSED = (*_GRADED, Hazard.rectified_on, Hazard.acceptor, Hazard.accepted_on, Hazard.acceptance, Hazard.closed_on)
_EVERY = (Stage.registered, Stage.graded, Stage.rectifying, Stage.awaiting, Stage.closed)


def _extend(entry: Any, taken: Mapping[str, Any]) -> None:
    old = entry.rows["extensions"]
    entry.rows["extensions"] = [*old, Extension(old_deadline=entry.deadline, **taken)]
    entry.deadline = taken["new_deadline"]


def _send_back(entry: Any, _: Mapping[str, Any]) -> None:
    entry.acceptance = Acceptance.returned
    entry.rectified_on = None


def _finish_again(entry: Any, _: Mapping[str, Any]) -> None:
    entry.return_reason = None  # a further return is to give its own reason
    entry.acceptance = None


WORKFLOW = Workflow(
    stage=Hazard.stage,
    first=Stage.registered,
    requires={
        Stage.graded: _GRADED,
        Stage.rectifying: _GRADED,
        Stage.awaiting: (*_GRADED, Hazard.rectified_on),
        Stage.closed: _CLOSED,
        Stage.voided: (Hazard.void_reason,),
    },
    moves=(
        Move("grade", "定级", (Stage.registered,), Stage.graded, (*_GRADED, Hazard.major_basis)),
        Move("order", "下达整改", (Stage.graded,), Stage.rectifying, (*_ITEMS, Hazard.rectify_level), needs_all=_ITEMS),
        Move(
            "extend",
            "延期",
            (Stage.rectifying,),
            None,
            (Extension.new_deadline, Extension.reason, Extension.approver),
            does=_extend,
            line="extensions",
            tells=(Hazard.deadline,),
        ),
        Move("finish", "整改完成", (Stage.rectifying,), Stage.awaiting, (Hazard.rectified_on,), does=_finish_again),
        Move(
            "accept",
            "验收销号",
            (Stage.awaiting,),
            Stage.closed,
            (Hazard.acceptor, Hazard.accepted_on, Hazard.closed_on),
            does=lambda entry, _: setattr(entry, "acceptance", Acceptance.accepted),
            needs_all=_ITEMS,
            tells=(Hazard.responsible, Hazard.rectified_on),
        ),
        Move(
            "return",
            "退回整改",
            (Stage.awaiting,),
            Stage.rectifying,
            (Hazard.return_reason,),
            does=_send_back,
            needs_all=(Hazard.return_reason,),
        ),
        Move("void", "作废", _EVERY, Stage.voided, (Hazard.void_reason,)),
    ),
    removable=(Stage.registered,),
)
"""登记 → 已定级 → 整改中 → 待验收 → 已销号, with 退回, 延期 and 作废."""


def keep_first_deadline(hazard: Hazard) -> None:
    """Keep the first deadline: the oldest extension knows it, else the one that stood when rectifying was ordered."""
    extensions = hazard.rows.get("extensions") or []
    if extensions:
        hazard.first_deadline = extensions[0].old_deadline
    elif hazard.first_deadline is None or hazard.stage in {Stage.registered, Stage.graded}:
        hazard.first_deadline = hazard.deadline


def deadline_moves_by_extension(hazard: Hazard) -> Problem | None:
    """Refuse a deadline moved without an extension, and an extension that does not extend."""
    extensions = hazard.rows.get("extensions") or []
    if early := next((each for each in extensions if each.new_deadline <= each.old_deadline), None):
        return Problem("extensions", f"延期的新时限应晚于原时限 {early.old_deadline}，请改为更晚的日期")
    agreed = extensions[-1].new_deadline if extensions else hazard.first_deadline
    if agreed is not None and hazard.deadline != agreed:
        return Problem("deadline", f"整改时限已定为 {agreed}，要改动请办理“延期”")
    return None


def closed_is_accepted(hazard: Hazard) -> Problem | None:
    """Refuse a close-out that was not accepted."""
    if hazard.stage is Stage.closed and hazard.acceptance is not Acceptance.accepted:
        return Problem("acceptance", "已销号的隐患验收结论应为合格")
    return None


def closed_has_five_items(hazard: Hazard) -> Problem | None:
    """Warn of a close-out taken over from an old ledger without its five fixed items."""
    if hazard.stage is Stage.closed and any(getattr(hazard, key) is None for key in FIVE_FIXED_ITEMS):
        return Problem("measures", "已销号但“五落实”（责任、措施、资金、时限、预案）不全，影响评分")
    return None


def acceptor_is_someone_else(hazard: Hazard) -> Problem | None:
    """Refuse acceptance by the one who was responsible."""
    if hazard.acceptor is not None and hazard.acceptor == hazard.responsible:
        return Problem("acceptor", "验收人不能是整改责任人本人，请换一位验收人")
    return None


def anonymous_has_no_name(hazard: Hazard) -> Problem | None:
    """Refuse a name beside “anonymous”: who wished not to be named is not named anywhere."""
    if hazard.anonymous and hazard.reporter is not None:
        return Problem("reporter", "匿名发现不得填写发现人，请删去发现人或取消匿名")
    return None


def major_has_basis(hazard: Hazard) -> Problem | None:
    """Ask a major hazard for the criterion it meets (e.g. 应急管理部令第10号)."""
    if hazard.level is HazardLevel.major and not hazard.major_basis:
        return Problem("major_basis", "重大隐患须填判定依据（如重大事故隐患判定标准的条款）")
    return None


def void_has_reason(hazard: Hazard) -> Problem | None:
    """Refuse a reason for voiding on a record that is not void."""
    if hazard.void_reason and hazard.stage is not Stage.voided:
        return Problem("void_reason", "只有作废的记录才填作废原因")
    return None

"""The arrangement of the hazard ledgers: sections, evidence, counters, the closed loop."""

from __future__ import annotations

from ankang_desktop.declare.counters import Counter
from ankang_desktop.declare.ledger import EvidenceSlot, Group, Ledger, Lines, Section, in_order
from ankang_desktop.ledgers.hazards import loop
from ankang_desktop.ledgers.hazards.record import Extension, Hazard, HazardPoint
from ankang_desktop.ledgers.hazards.words import (
    Stage,
)

HAZARDS = Ledger(
    key="hazard",
    title="隐患排查治理台账",
    prefix="YH",
    group=Group.hazard,
    record=Hazard,
    day=Hazard.found_on,
    columns=(
        Hazard.found_on,
        Hazard.place,
        Hazard.description,
        Hazard.level,
        Hazard.responsible,
        Hazard.deadline,
        Hazard.stage,
    ),
    sections=(
        Section("发现", Hazard.found_on),
        Section("定级", Hazard.domain),
        Section("五落实", Hazard.responsible_department),
        Section("整改", Hazard.rectify_level),
        Section("验收销号", Hazard.acceptor),
        Section("重大隐患双报告与挂牌督办", Hazard.regulator),
        Section("奖励", Hazard.reward_form),
    ),
    identity=(Hazard.found_on, Hazard.description),
    lines=(Lines("extensions", "延期记录", Extension),),
    evidence=(
        EvidenceSlot("before", "整改前照片"),
        EvidenceSlot("after", "整改后照片", needed_by=(Stage.closed,)),
        EvidenceSlot("proof", "其他材料"),
    ),
    counters=(
        Counter("found", "排查隐患数", Hazard.stage != Stage.voided),
        Counter("closed", "销号隐患数", Hazard.stage == Stage.closed),
        Counter("open", "未销号隐患数", Hazard.stage.not_in([Stage.closed, Stage.voided])),
    ),
    workflow=loop.WORKFLOW,
    rules=(
        in_order(Hazard.found_on, Hazard.deadline),
        loop.acceptor_is_someone_else,
        loop.anonymous_has_no_name,
        loop.major_has_basis,
        in_order(Hazard.found_on, Hazard.rectified_on, Hazard.accepted_on, Hazard.closed_on),
        loop.void_has_reason,
        loop.deadline_moves_by_extension,
        loop.closed_is_accepted,
    ),
    advice=(loop.closed_has_five_items,),
    derive=(loop.keep_first_deadline,),
)

HAZARD_POINTS = Ledger(
    key="hazard_point",
    title="危害源点台账",
    prefix="YD",
    group=Group.hazard,
    record=HazardPoint,
    day=HazardPoint.listed_on,
    columns=(HazardPoint.name, HazardPoint.domain, HazardPoint.factor, HazardPoint.place, HazardPoint.checked_on),
    sections=(Section("源点", HazardPoint.name),),
    naming=(HazardPoint.name,),
    identity=(HazardPoint.name,),
    unique=True,
    needs_proof=False,
)

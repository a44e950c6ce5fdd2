"""Machines, safety devices, fire items (row 16: the only literal 100 % of the card)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import exists, or_

from ankang_desktop.ledgers.facilities import Equipment, EquipmentState, FireCheck, FireItem
from ankang_desktop.scoring.measured import Measured, measure
from ankang_desktop.scoring.measures.shares import ratio
from ankang_desktop.scoring.people import staff
from ankang_desktop.scoring.references import Flaw
from ankang_desktop.scoring.scope import Scope

_IN_SERVICE = Equipment.state != EquipmentState.out_of_service


@measure("safety_devices_effective")
def safety_devices_effective(scope: Scope) -> Measured:
    """Return the share of safety devices on machines in service that are effective."""
    listed = (_IN_SERVICE, Equipment.safety_device.is_not(None))
    flaw = Flaw("安全装置无效或未注明有效", "修复后勾选“安全装置有效”")
    return _share(scope, Equipment, listed, Equipment.device_effective, ("处安全装置", "有效"), flaw)


@measure("equipment_intact")
def equipment_intact(scope: Scope) -> Measured:
    """完好率 = 完好 / (total - 停用)."""
    flaw = Flaw("设备不完好", "修好后把状态改为“完好”，不再使用的改为“停用”")
    intact = Equipment.state == EquipmentState.intact
    return _share(scope, Equipment, (_IN_SERVICE,), intact, ("台在用设备", "完好"), flaw)


@measure("fire_items_kept")
def fire_items_kept(scope: Scope) -> Measured:
    """Return the share of fire items with a keeper who is still in service."""
    flaw = Flaw("没有在职的责任人", "填写在职的责任人")
    kept = FireItem.keeper.in_(staff(scope))
    return _share(scope, FireItem, _in_use(scope), kept, ("件消防器材", "有专人负责"), flaw)


@measure("fire_items_checked")
def fire_items_checked(scope: Scope, days: int) -> Measured:
    """Return the share of fire items checked within so many days."""
    day = scope.period.cut
    checked = exists().where(
        FireCheck.record_id == FireItem.id, FireCheck.checked_on.between(day - timedelta(days=days), day)
    )
    flaw = Flaw(f"最近{days}天内没有检查记录", "检查后在检查记录中登记日期")
    return _share(scope, FireItem, _in_use(scope), checked, ("件消防器材", f"在{days}天内检查过"), flaw)


def _in_use(scope: Scope) -> tuple[Any, ...]:
    day = scope.period.cut
    return (or_(FireItem.withdrawn_on.is_(None), FireItem.withdrawn_on > day),)


def _share(
    scope: Scope, record: Any, listed: tuple[Any, ...], good: Any, words: tuple[str, str], flaw: Flaw
) -> Measured:
    """Return the share of the listed that are good; the others are named with their flaw."""
    every = scope.keys(record, *listed, dated=False)
    used = scope.keys(record, *listed, good, dated=False)
    flaws = dict.fromkeys((key for key in every if key not in set(used)), flaw)
    missing = (f"还有{len(flaws)}{words[0]}未达到“{words[1]}”",) if flaws else ()
    return ratio(len(used), len(every), words, used, missing).flawed(flaws)

"""The lists of the hazard ledger."""

from __future__ import annotations

from ankang_desktop.declare.options import Options


class Source(Options):
    """How the hazard came to light."""

    inspector_patrol = "检查员巡查"
    representative_patrol = "职工代表巡查"
    snapshot = "随手拍"
    team_mutual_check = "班组互查"
    six_checks = "六查"
    special_action = "专项整治"
    winter_heating = "冬季取暖"
    outsourcing = "外包外租"
    whistleblower = "吹哨人"
    supervision = "上级督导"
    drill = "演练发现"
    self_check = "自查"


class Factor(Options):
    """The four top classes of GB/T 13861-2022."""

    human = "人的因素"
    object = "物的因素"
    environment = "环境因素"
    management = "管理因素"


class HazardLevel(Options):
    """General or major; local grades are kept beside it and never mapped (domain.md A12)."""

    general = "一般"
    major = "重大"


class AccidentType(Options):
    """What it may lead to (GB 6441)."""

    struck = "物体打击"
    vehicle = "车辆伤害"
    machine = "机械伤害"
    lifting = "起重伤害"
    electric = "触电"
    drowning = "淹溺"
    scald = "灼烫"
    fire = "火灾"
    fall = "高处坠落"
    collapse = "坍塌"
    roof_fall = "冒顶片帮"
    water = "透水"
    blasting = "爆破"
    powder = "火药爆炸"
    gas = "瓦斯爆炸"
    boiler = "锅炉爆炸"
    vessel = "压力容器爆炸"
    other_explosion = "其他爆炸"
    poisoning = "中毒和窒息"
    other = "其他伤害"


class RectifyLevel(Options):
    """The lowest level that can mend it (桓台方案: 岗位、班组、车间)."""

    post = "岗位"
    team = "班组"
    workshop = "车间"
    enterprise = "企业"
    regulator = "监管部门"


class Stage(Options):
    """Where the closed loop stands."""

    registered = "已登记"
    graded = "已定级"
    rectifying = "整改中"
    awaiting = "待验收"
    closed = "已销号"
    voided = "已作废"


class Acceptance(Options):
    """The verdict of acceptance."""

    accepted = "合格"
    returned = "退回"


class RewardForm(Options):
    """Material or spiritual."""

    material = "物质"
    spiritual = "精神"

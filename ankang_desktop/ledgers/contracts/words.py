"""The lists of the contract ledgers."""

from __future__ import annotations

from ankang_desktop.declare.options import Options


class FilingRule(Options):
    """Whose time limits apply."""

    national = "国家规定（签字后10日内报送）"
    henan = "河南省规定（签字后7日内报送）"


class ContractState(Options):
    """Where a contract stands on a day."""

    draft = "协商中"
    to_file = "待报送"
    overdue = "逾期未报送"
    review = "审查中"
    objected = "被提出异议"
    in_force = "生效中"
    expired = "已期满"
    ended = "已终止"


class ContractKind(Options):
    """A special contract, or a general one with clauses on safety and health."""

    special = "劳动安全卫生专项集体合同"
    women = "女职工权益保护专项集体合同"
    general = "集体合同（含劳动安全卫生条款）"


class Side(Options):
    """The two sides of the table."""

    staff = "职工方"
    employer = "企业方"


class ClauseKind(Options):
    """What a clause is about."""

    investment = "安全投入"
    ppe = "防护用品"
    medical_check = "健康检查"
    training = "教育培训"
    women = "女职工保护"
    heatstroke = "防暑降温"
    hazards = "隐患治理"
    hours = "工时休假"
    other = "其他"

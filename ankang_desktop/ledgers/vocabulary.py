"""Lists of words that several ledgers share, so that ledgers need not know each other."""

from __future__ import annotations

from ankang_desktop.declare.options import Options


class Domain(Options):
    """Every ledger of hazards and checks has two sides (全总通知: 安全与职业病防治并重)."""

    safety = "安全"
    occupational_health = "职业健康"


class Campaign(Options):
    """Campaigns a record may belong to; the first three have the windows of scorecard row 7."""

    safety_month = "安全生产月"
    occ_disease_law_week = "《职业病防治法》宣传周"
    safety_law_week = "《安全生产法》宣传周"
    chabaocu = "查保促集中行动"
    five_entries_month = "“五进”活动月"
    special_rectification = "重大事故隐患专项整治"
    fire_day = "119消防宣传日"
    traffic_day = "全国交通安全日"
    disaster_day = "防灾减灾日"
    practical_things = "我为群众办实事"


class Topic(Options):
    """What was taught or publicised; the first six are the named topics of scorecard row 3."""

    exposition = "重要论述"
    labour_law = "《劳动法》"
    union_law = "《工会法》"
    safety_law = "《安全生产法》"
    occ_disease_law = "《职业病防治法》"
    reform_opinion = "《中共中央 国务院关于推进安全生产领域改革发展的意见》"
    healthy_china = "健康中国行动"
    local_regulation = "地方安全生产条例"
    occ_health = "职业健康"
    emergency = "应急处置"
    self_rescue = "自救互救"
    fire = "消防安全"
    traffic = "交通安全"
    post_duty = "岗位责任"
    three_violations = "反“三违”"
    pointing_and_calling = "手指口述"
    hot_work = "动火等危险作业"
    safety_skill = "安全技能"
    heatstroke = "防暑降温"
    women = "女职工保护"
    other = "其他"


class Level(Options):
    """How high the body stands that reports, awards or visits."""

    enterprise = "企业"
    town = "镇街"
    county = "县区"
    city = "市"
    industry = "产业"
    province = "省"
    interprovincial = "省际"
    nation = "国家"


class Channel(Options):
    """Through whom the enterprise entered the competition; exactly one (全总通知 四（二）)."""

    territory = "属地"
    industry = "产业（行业）系统"
    federation = "企业联合会、协会组委会"

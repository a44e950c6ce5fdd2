"""Fifty machines with their safety devices, thirty fire items with their monthly checks."""

from __future__ import annotations

from datetime import date

from ankang_desktop.ledgers.facilities import EquipmentState
from huaxing.book import day
from huaxing.demo import Demo, at

# kind, model, safety device, how many, workshop, place, team that keeps it, is special equipment
MACHINES: tuple[tuple[str, str, str, int, str, str, str, bool], ...] = (
    ("普通车床", "CA6140", "卡盘防护罩、急停", 8, "机加车间", "东跨", "车工班", False),
    ("铣床", "X6132", "防护挡板、急停", 5, "机加车间", "中跨", "铣磨班", False),
    ("平面磨床", "M7130", "砂轮罩、吸尘", 4, "机加车间", "中跨", "铣磨班", False),
    ("砂轮机", "M3025", "防护罩、托架", 2, "机加车间", "西跨", "铣磨班", False),
    ("加工中心", "VMC850", "门联锁、急停", 7, "机加车间", "西跨", "数控班", False),
    ("混砂机", "S1120", "料口联锁", 2, "铸造车间", "砂处理", "造型班", False),
    ("中频熔炼炉", "GW-1", "漏炉报警、水温报警", 2, "铸造车间", "熔炼工段", "熔炼班", False),
    ("铸造起重机", "10吨", "双制动、双限位", 1, "铸造车间", "熔炼跨", "熔炼班", True),
    ("桥式起重机", "5吨", "限位、缓冲器", 3, "铸造车间", "各跨", "清理班", True),
    ("抛丸机", "Q3210", "门联锁、除尘", 2, "铸造车间", "清理工段", "清理班", False),
    ("剪板机", "QC12Y", "双手按钮、光电保护", 2, "焊装车间", "下料区", "下料班", False),
    ("折弯机", "WC67Y", "光电保护", 1, "焊装车间", "下料区", "下料班", False),
    ("电焊机", "ZX7-400", "防触电装置", 5, "焊装车间", "焊接工位", "焊接班", False),
    ("喷漆房", "定制", "排风、可燃气体报警", 1, "焊装车间", "喷漆房", "装配班", False),
    ("燃气锅炉", "WNS2", "安全阀、熄火保护", 1, "动力保障车间", "锅炉房", "动力班", True),
    ("储气罐", "1立方米", "安全阀、压力表", 2, "动力保障车间", "空压站", "动力班", True),
    ("叉车", "3吨", "倒车蜂鸣、限速", 2, "动力保障车间", "库房", "物流班", True),
)


def write(demo: Demo) -> None:
    """Write machines and fire items."""
    _equipment(demo)
    _fire_items(demo)


def _equipment(demo: Demo) -> None:
    book, serial = demo.book("equipment"), 0
    for name, model, device, number, workshop, place, team, is_special in MACHINES:
        for _ in range(number):
            serial += 1
            is_broken = name == "加工中心" and serial == 24
            book.add(
                {
                    "code": f"SB-{serial:03d}",
                    "name": name,
                    "model": model,
                    "workshop": workshop,
                    "place": place,
                    "keeper": demo.staff.leader(team),
                    "safety_device": device,
                    "device_effective": True,
                    "state": EquipmentState.to_repair if is_broken else EquipmentState.intact,
                    "checked_on": day(11, 2 + serial % 15),
                    "is_special": is_special,
                    "inspect_by": day(1 + serial % 6, 20, 2027) if is_special else None,
                    "remark": "主轴异响，待厂家维修" if is_broken else None,
                }
            )


def _fire_items(demo: Demo) -> None:
    book = demo.book("fire_item")
    places = (
        *(("机加车间", "车工班"), ("机加车间", "数控班"), ("铸造车间", "造型班"), ("铸造车间", "熔炼班")),
        *(
            ("焊装车间", "焊接班"),
            ("焊装车间", "装配班"),
            ("配电室", "动力班"),
            ("库房", "物流班"),
            ("锅炉房", "动力班"),
        ),
        ("办公楼", ""),
    )
    for serial in range(1, 31):
        place, team = places[(serial - 1) // 3]
        kind, model = ("室内消火栓", "SN65") if serial % 3 == 0 else ("灭火器", "干粉ABC 4kg")
        if place == "配电室" and serial % 3:
            model = "二氧化碳 3kg"
        keeper = demo.staff.leader(team) if team else demo.staff.holder("行政后勤", 1)
        made = day(3, 10, 2019 + serial % 6) if kind == "灭火器" else day(9, 1, 2014)
        number = book.add(
            {
                "code": f"XF-{serial:02d}",
                "kind": kind,
                "model": model,
                "place": f"{place}{'东西中'[serial % 3]}侧",
                "keeper": keeper,
                "made_on": made,
                "scrap_on": date(made.year + 10, made.month, made.day) if kind == "灭火器" else None,
            },
            checks=_checks(serial),
        )
        if serial == 19:
            demo.photo("extinguisher", "配电室灭火器月度检查", at(10, 9, 8, 55, 34), number)


def _checks(serial: int) -> list[dict[str, object]]:
    """Return the monthly checks; the one beside the boiler was not looked at since August."""
    last = 8 if serial == 26 else 11
    rows: list[dict[str, object]] = []
    for month in range(1, last + 1):
        is_low = serial == 14 and month == 5
        row = {"checked_on": day(month, 5 + serial % 5), "fine": not is_low}
        rows.append(row | {"note": "压力不足，当日更换" if is_low else None})
    return rows

"""The hazard ledger somebody kept by hand until the summer: merged titles, header in row 4, dates of every make.

Column names are half our own, one is misspelt, the sum stands under the list, and two rows cannot be read: one names
a day that does not exist, one a person nobody knows.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook

from ankang_desktop.kernel.files import write_safely
from huaxing.book import SAVED_AT, day, look, read_back, write
from huaxing.demo import Demo

FILE = "旧隐患台账2026.xlsx"
HEADERS = (
    *("序号", "检查日期", "检查人", "来源", "部位", "隐患内容", "类别", "级别", "整改责任人", "整改措施", "整改时现"),
    *("完成日期", "复查人", "复查日期", "复查结果", "销号日期", "状态", "备注"),
)
WIDTHS = (6, 16, 10, 12, 18, 30, 9, 8, 12, 26, 15, 15, 10, 15, 10, 15, 9, 12)
Cells = tuple[Any, ...]


def rows(demo: Demo) -> list[Cells]:
    """Return the list as it was typed: 14 hazards that can be read, 2 that cannot."""
    staff = demo.staff
    safety, officer = staff.holder("安全管理员"), staff.holder("安全管理员", 1)
    dates = _dates()
    plain = (
        ("自查", "机加车间西门", "西门口地沟盖板缺失", "安全", "车工班", "补盖板", "已销号"),
        ("六查", "铸造车间砂处理", "皮带机急停拉绳松弛", "安全", "造型班", "调整拉绳", "已销号"),
        ("自查", "焊装车间", "灭火器压力不足2具", "安全", "焊接班", "更换灭火器", "已销号"),
        ("班组互查", "动力车间空压站", "储气罐压力表超期", "安全", "动力班", "送检", "已销号"),
        ("检查员巡查", "铸造车间浇注区", "浇注区地面有积水", "安全", "熔炼班", "清除积水，查漏", "已销号"),
        ("自查", "机加车间", "磨床吸尘管脱落", "职业健康", "铣磨班", "重新固定", "已销号"),
        ("随手拍", "装配线", "货架超高堆放", "安全", "装配班", "降高并限高标识", "已销号"),
        ("自查", "下料区", "钢板堆放不稳", "安全", "下料班", "重新码放", "已销号"),
        ("六查", "物流库房", "叉车倒车蜂鸣器不响", "安全", "物流班", "更换蜂鸣器", "已销号"),
        ("自查", "焊装车间", "焊工面罩护目镜片破裂3副", "职业健康", "焊接班", "更换镜片", "已销号"),
        ("检查员巡查", "维修间", "砂轮切割机无挡板", "安全", "维修班", "加装挡板", "整改中"),
        ("自查", "铸造车间", "天车司机室空调损坏", "职业健康", "清理班", "维修空调", "整改中"),
        ("自查", "数控班更衣室", "更衣室私拉插座", "安全", "数控班", "拆除", "已销号"),
        ("随手拍", "厂区南门", "南门减速带破损", "安全", "物流班", "更换", "整改中"),
    )
    typed: list[Cells] = []
    for place, (source, where, what, domain, team, measures, stage) in enumerate(plain):
        found, due, done = dates[place]
        ended = (done, safety, done, "合格", done) if stage == "已销号" else (None,) * 5
        named = (officer, source, where, what, domain, "一般", staff.leader(team), measures)
        typed.append((place + 1, found, *named, due, *ended, stage, "补拍照片" if place == 7 else None))
    bad_day = (
        15,
        "2026-2-30",
        officer,
        "自查",
        "食堂",
        "食堂插座烧蚀",
        "安全",
        "一般",
        staff.leader("动力班"),
        "更换插座",
        "3月6日",
    )
    stranger = (
        16,
        "2026.6.9",
        "钱不多",
        "自查",
        "门卫",
        "消防栓箱玻璃破损",
        "安全",
        "一般",
        staff.leader("物流班"),
        "更换玻璃",
        "6月12日",
    )
    return [*typed, (*bad_day, *(None,) * 5, "整改中", None), (*stranger, *(None,) * 5, "整改中", None)]


def _dates() -> list[tuple[object, object, object]]:
    """Return found, due, done as typed: a dot here, a sign there, some real dates."""
    return [
        ("2026.1.6", "1月9日", "2026.1.8"),
        ("2026.1.15", "1月20日", "2026.1.19"),
        (day(2, 3), day(2, 6), day(2, 5)),
        ("20260205", "20260225", "20260220"),
        ("3月5日", "3月6日", "3月5日"),
        ("2026.3.5", "3月8日", "2026.3.9"),
        ("2026-3-19", "2026-3-21", "2026-3-20"),
        (day(3, 25), day(3, 26), day(3, 26)),
        ("2026年4月2日", "2026年4月8日", "2026年4月7日"),
        ("4月16日", "4月20日", "4月18日"),
        ("2026.5.9", "5月30日", None),
        (day(5, 21), day(6, 10), None),
        ("２０２６．５．２７", "5月28日", "5月27日"),
        ("2026/6/2", "2026/7/31", None),
    ]


def save(demo: Demo, target: Path) -> None:
    """Write the workbook."""
    write_safely(target, partial(_write, demo), read_back)


def _write(demo: Demo, path: Path) -> None:
    with Workbook(path) as workbook:
        workbook.set_properties({"title": "旧隐患台账", "author": "安全科", "created": SAVED_AT})
        formats, sheet = look(workbook), workbook.add_worksheet("2026年台账")
        last = len(HEADERS) - 1
        sheet.merge_range(0, 0, 0, last, "华兴机械厂2026年安全隐患排查整改台账", formats["title"])
        sheet.merge_range(1, 0, 1, last, "填报单位：安全科　　　　　　统计期间：1—6月", formats["note"])
        sheet.merge_range(2, 0, 2, last, "说明：发现一条登一条，整改完成后由安全科复查销号。", formats["note"])
        sheet.set_row(0, 28)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        for place, (header, width) in enumerate(zip(HEADERS, WIDTHS, strict=True)):
            sheet.set_column(place, place, width)
            sheet.write_string(3, place, header, formats["head"])
        typed = rows(demo)
        for line, row in enumerate(typed, 4):
            for place, value in enumerate(row):
                write(sheet, line, place, value, formats)
        sheet.write_string(4 + len(typed), 0, "合计", formats["head"])
        sheet.write_string(4 + len(typed), 5, f"{len(typed)}条", formats["text"])

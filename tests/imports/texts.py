"""Small source texts, written for tests."""

from __future__ import annotations

from collections.abc import Sequence

Row = tuple[str, str, str, str]
"""Level 1, level 2, level 3, value; the same in both halves."""

ROWS: tuple[Row, ...] = (
    ("产出指标", "数量指标", "改造教室", "≥12间"),
    ("", "质量指标", "验收合格率", "100%"),
    ("", "时效指标", "完工时间", "2025年9月"),
    ("", "成本指标", "改造费用", "≤30万元"),
    ("效益指标", "社会效益", "教学条件", "改善"),
    ("满意度指标", "服务对象满意度", "师生满意度", "≥95%"),
)


def form(
    name: str = "教室改造", department: str = "301-长治市上党区教育局", *, amount: str = "300,000", local: str | None = None,
    overview: str = "改造十二间教室。", goal: str = "教室改造完成。", rows: Sequence[Row] = ROWS,
    filed: str = "20241217090709", year: int = 2025,
) -> str:  # fmt: skip
    """One county form; period and annual are the same."""
    local = amount if local is None else local
    money = [
        ("其中：中央财政资金", "0"),
        ("省级财政资金", "0"),
        ("市县（区）财政资金", local),
        ("单位自筹", "0"),
        ("其他资金", ""),
    ]
    lines = [
        "上党区县(区)级预算部门（单位）项目支出绩效目标表",
        "",
        f"({year}年度)",
        "",
        f"项目名称\t\t{name}\t\t\t\t\t",
        f"主管部门及代码\t\t{department}\t\t实施单位\t\t{department.partition('-')[2]}\t",
        "项目属性\t\t一次性项目（1年结束）\t\t项目期\t\t1年\t",
        f"项目资金（元）\t\t实施期资金总额：\t{amount}\t年度资金总额：\t{amount}\t\t",
        *(f"\t\t{label}\t{value}\t{label}\t{value}\t\t" for label, value in money),
        f"项目概况\t\t{overview}\t\t\t\t\t",
        "立项依据\t\t区政府常务会议纪要〔2024〕8次\t\t\t\t\t",
        "项目设立必要性\t\t教室年久失修。\t\t\t\t\t",
        "保证项目实施的制度、措施\t\t按合同管理。\t\t\t\t\t",
        "项目实施计划\t\t暑期施工。\t\t\t\t\t",
        "实施期目标\t\t\t\t年度目标\t\t\t",
        f"总体目标\t{goal}\t\t\t{goal}\t\t\t",
        "绩效指标\t一级指标\t二级指标\t三级指标\t指标值\t二级指标\t三级指标\t指标值",
        *(f"\t{one}\t{two}\t{three}\t{value}\t{two}\t{three}\t{value}" for one, two, three, value in rows),
        f"负责人：\t\t经办人：\t\t联系电话：\t\t填报日期：\t{filed}",
    ]
    return "\n".join(lines) + "\n\n"


def key_list(
    *entries: tuple[str, str, str],
    declared: str | None = None,
    title: str = "长治市2024年市本级重大政策重点项目绩效目标",
) -> str:
    """A city list of (name, amount in 万元, department) entries with short cells."""
    total = sum(float(amount) for _, amount, _ in entries)
    head = [
        title,
        "单位：万元",
        "",
        "序号 项    目 预算安排数 部门单位 政策依据及支出内容 绩效目标",
        "",
        f"合   计 {declared or f'{total:.2f}'}",
        "",
    ]
    body = []
    for serial, (name, amount, department) in enumerate(entries, start=1):
        body += [
            f"{serial} {name} {amount} {department}", "", f"政策依据：市政府会议纪要〔2024〕{serial}次。",
            f"支出内容：用于{name}各项开支，按进度拨付给施工单位。", "", f"按期完成{name}。", "",
        ]  # fmt: skip
    return "\n".join(head + body)

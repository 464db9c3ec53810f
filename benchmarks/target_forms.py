"""Writes filled-in target forms (项目支出绩效目标表) for measuring: any number, always the same for a seed.

    python benchmarks/target_forms.py 10000 forms.txt --irregular 0.125

Forms are made one at a time, so that a file of any size takes no memory. About 3.9 KB and 55 lines a form.
``irregular`` is the share of indicator rows that a converter has shifted, cut or pulled apart.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator
from pathlib import Path

_COUNTIES = (
    *(
        "长治市潞州区",
        "长治市屯留区",
        "长治市襄垣县",
        "长治市平顺县",
        "长治市黎城县",
        "长治市壶关县",
        "长治市武乡县",
    ),
    *("晋城市高平市", "太原市小店区", "大同市云冈区", "临汾市洪洞县", "运城市盐湖区", "吕梁市交城县"),
)
_BODIES = (
    "教育局",
    "水利局",
    "交通运输局",
    "农业农村局",
    "民政局",
    "文化和旅游局",
    "卫生健康局",
    "林业局",
    "住房保障中心",
)
_THINGS = (
    "水渠",
    "校舍",
    "路灯",
    "果园",
    "泵站",
    "桥梁",
    "图书室",
    "公厕",
    "绿地",
    "步道",
    "仓库",
    "机井",
    "诊室",
    "管网",
)
_PLACES = (
    "东街",
    "北坡",
    "河西",
    "柳林",
    "石桥",
    "南关",
    "新城",
    "黄土岭",
    "三岔口",
    "清水湾",
    "槐树底",
    "青石台",
)
_DEEDS = ("改造", "新建", "维护", "扩建", "加固", "检修", "升级", "添置", "清理", "管护")
_PHRASES = (
    *(
        "按季度检查进展",
        "由专人登记造册",
        "先易后难逐处推进",
        "验收后办理移交",
        "听取住户代表意见",
        "比选三家以上厂商",
    ),
    *("费用依合同分次结算", "汛期之前做完地下部分", "旧料集中回收处理", "现场设立公示牌", "留存影像资料备查"),
    *(
        "每月向主管科室报送台账",
        "冬季停工期间做好看护",
        "沿线设置临时通道",
        "夜间不进行高噪声作业",
        "超出部分另行报批",
    ),
)
_QUALITIES = ("明显改善", "持续提升", "较好", "有所增强", "建立健全", "及时", "合格", "稳定")
_UNITS = ("处", "个", "米", "套", "平方米", "公里", "人", "户", "台")
_ATTRIBUTES = (
    ("一次性项目（1年结束）", "1年"),
    ("延续性项目（阶段开展）", "3年"),
    ("经常性项目（长期开展）", "长期"),
)
_LEVEL2 = (
    *(("产出指标", "数量指标", 2), ("", "质量指标", 2), ("", "时效指标", 1), ("", "成本指标", 1)),
    *(("效益指标", "经济效益", 1), ("", "社会效益", 2), ("", "生态效益", 0), ("", "可持续影响", 1)),
    ("满意度指标", "服务对象满意度", 1),
)

Row = list[str]


def forms(count: int, *, seed: int = 1, irregular: float = 0.0) -> Iterator[str]:
    """The texts of ``count`` forms, each ending with a blank line."""
    random_source = random.Random(seed)
    for number in range(count):
        yield _form(random_source, number, irregular)


def write(path: Path, count: int, *, seed: int = 1, irregular: float = 0.0) -> int:
    """Write ``count`` forms to a file and answer its size in bytes."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for form in forms(count, seed=seed, irregular=irregular):
            file.write(form)
    return path.stat().st_size


def _form(source: random.Random, number: int, irregular: float) -> str:
    county, body = source.choice(_COUNTIES), source.choice(_BODIES)
    attribute, duration = source.choice(_ATTRIBUTES)
    code = 100 + _BODIES.index(body)
    name = f"{source.choice(_PLACES)}{source.choice(_THINGS)}{source.choice(_DEEDS)}项目（第{number + 1}号）"
    goal = _sentences(source, 3)
    lines = [
        f"{county}县(区)级预算部门（单位）项目支出绩效目标表",
        "",
        source.choice(("(2025年度)", "（2025年度）")),
        "",
        f"项目名称\t\t{name}\t\t\t\t\t",
        f"主管部门及代码\t\t{code}-{county}{body}\t\t实施单位\t\t{county}{body}\t",
        f"项目属性\t\t{attribute}\t\t项目期\t\t{duration}\t",
        *_funding(source),
        *(f"{label}\t\t{_sentences(source, length)}\t\t\t\t\t" for label, length in _texts(source)),
        "实施期目标\t\t\t\t年度目标\t\t\t",
        f"总体目标\t{goal}\t\t\t{goal}\t\t\t",
        "绩效指标\t一级指标\t二级指标\t三级指标\t指标值\t二级指标\t三级指标\t指标值",
        *("\t".join(row) for row in _indicators(source, irregular)),
        f"负责人：\t\t经办人：\t\t联系电话：\t\t填报日期：\t202412{source.randint(1, 28):02}{source.randint(0, 23):02}3015",
        "",
        "",
    ]
    return "\n".join(lines)


def _texts(source: random.Random) -> Iterator[tuple[str, int]]:
    yield "项目概况", source.randint(18, 44)
    yield "立项依据", source.randint(2, 5)
    yield "项目设立必要性", source.randint(6, 12)
    yield "保证项目实施的制度、措施", source.randint(6, 11)
    yield "项目实施计划", source.randint(3, 7)


def _sentences(source: random.Random, count: int) -> str:
    return "，".join(source.choice(_PHRASES) for _ in range(count)) + "。"


def _funding(source: random.Random) -> Iterator[str]:
    amount, provincial = source.randint(1, 9_999) * 1_000, source.choice((0, 0, 0, 50_000))
    total = amount + provincial
    yield f"项目资金（元）\t\t实施期资金总额：\t{total:,}\t年度资金总额：\t{total:,}\t\t"
    for label, value in (
        ("其中：中央财政资金", "0"),
        ("省级财政资金", f"{provincial:,}"),
        ("市县（区）财政资金", f"{amount:,}"),
        ("单位自筹", "0"),
        ("其他资金", ""),
    ):
        yield f"\t\t{label}\t{value}\t{label}\t{value}\t\t"


def _indicators(source: random.Random, irregular: float) -> Iterator[Row]:
    for level1, level2, most in _LEVEL2:
        count = source.randint(1, most) if most else 0
        if not count:
            yield ["", level1, level2, "", "", level2, "", ""]
        for position in range(count):
            first = position == 0
            label = level2 if first else ""
            name, value = _indicator(source, level2)
            row = ["", level1 if first else "", label, name, value, label, name, value]
            yield _disturbed(source, row) if source.random() < irregular else row


def _indicator(source: random.Random, level2: str) -> tuple[str, str]:
    thing, deed = source.choice(_THINGS), source.choice(_DEEDS)
    if level2 == "数量指标":
        return (
            f"{thing}{deed}数量",
            f"{source.choice(('', '≥'))}{source.randint(1, 9000)}{source.choice(_UNITS)}",
        )
    if level2 == "时效指标":
        return f"{thing}{deed}完成时间", f"2025年{source.randint(3, 12)}月"
    if level2 == "成本指标":
        return f"{thing}{deed}费用", f"≤{source.randint(10, 9000)}.{source.randint(10, 99)}万元"
    if level2 in {"质量指标", "服务对象满意度"}:
        return f"{source.choice(_PLACES)}{thing}{deed}合格率", f"≥{source.randint(80, 99)}%"
    return f"{source.choice(_PLACES)}{thing}{deed}带来的变化", source.choice(_QUALITIES)


def _disturbed(source: random.Random, row: Row) -> Row:
    """The row as a converter may leave it: shifted, pulled apart, or with a label in one half only."""
    level1, left, right = row[1], row[2:5], row[5:8]
    return source.choice(
        (
            [level1, *left, *right, ""],
            ["", "", level1, *left, *right],
            ["", level1, *left, "", *right],
            ["", level1, *left, right[0], "", *right[1:]],
            ["", level1, *left, "", *right[1:], ""],
            ["", level1, left[0], left[1], "", left[2], *right],
        )
    )


def main() -> None:
    """Write a file of forms and say how large it is."""
    parser = argparse.ArgumentParser(description="生成绩效目标表文本，用于测速")
    parser.add_argument("count", type=int, help="表的份数")
    parser.add_argument("path", type=Path, help="写入的文件")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--irregular", type=float, default=0.0, help="错位指标行的比例，如 0.125")
    given = parser.parse_args()
    size = write(given.path, given.count, seed=given.seed, irregular=given.irregular)
    print(f"{given.count} 份，{size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()

"""Generated tables of gazettes: any columns, page breaks and damage, with the truth of every row beside the text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

PLACES = ["东岭镇", "白石乡", "南河街道", "青杨镇", "双塔乡", "龙泉街道", "柳湾镇", "北坡乡", "金谷镇", "云台街道"]
THINGS = [
    "供水管网",
    "中心小学",
    "卫生院",
    "文化广场",
    "污水处理站",
    "养老院",
    "通村公路",
    "停车场",
    "集中供热",
    "幼儿园",
]
WORKS = ["改造", "新建", "扩建", "提升", "配套", "维修"]
PARTS = ["管道", "教室", "床位", "路灯", "泵房", "绿地", "机房", "围墙", "操场", "车位"]
BODIES = ["水务局", "教育局", "卫生健康局", "住房和城乡建设局", "交通运输局", "民政局", "城市管理局"]
SOURCES = ["财政资金", "上级补助", "企业自筹", "专项债券", "社会投资"]
NATURES = ["新建", "改建", "扩建", "续建"]

Cell = Callable[[Random], str]


def name(random: Random) -> str:
    return f"{random.choice(PLACES)}{random.choice(THINGS)}{random.choice(WORKS)}{random.choice(['工程', '项目', ''])}"


def content(random: Random) -> str:
    return f"{random.choice(WORKS)}{random.choice(PARTS)}{random.randint(2, 900)}处，{random.choice(WORKS)}{random.choice(PARTS)}{random.randint(20, 9000)}平方米"


def money(random: Random) -> str:
    return random.choice(
        [
            str(random.randint(20, 90000)),
            f"{random.uniform(0.1, 90):.2f}",
            f"{random.randint(1, 99)},{random.randint(100, 999)}",
        ]
    )


def period(random: Random) -> str:
    year = random.randint(2019, 2026)
    return random.choice(
        [
            f"{year}-{year + random.randint(1, 4)}",
            f"{year}.{random.randint(1, 12)}-{year + 2}.{random.randint(1, 12)}",
            f"{year}年",
            f"{year}年底前",
        ]
    )


def maybe(cell: Cell, chance: float) -> Cell:
    return lambda random: cell(random) if random.random() < chance else ""


COLUMNS: dict[str, tuple[list[str], Cell]] = {
    "nature": (["建设性质", "性质"], lambda random: random.choice(NATURES)),
    "place": (
        ["建设地点", "地点", "项目所在地"],
        maybe(lambda random: f"{random.choice(PLACES)}{random.randint(1, 40)}号", 0.85),
    ),
    "content": (["建设内容及规模", "主要建设内容", "实施内容"], content),
    "period": (["建设年限", "起止年限", "建设时间"], maybe(period, 0.9)),
    "money": (["总投资（万元）", "投资额(万元)", "预计总投资 （亿元）"], maybe(money, 0.95)),
    "yearly": (["2024年投资（万元）", "年度资金(万元)"], maybe(money, 0.8)),
    "amount": (["数量（个）", "床位数（张）"], maybe(lambda random: str(random.randint(1, 60)), 0.9)),
    "source": (["资金来源"], maybe(lambda random: random.choice(SOURCES), 0.8)),
    "planned": (["是否列入规划"], lambda random: random.choice(["是", "否"])),
    "owner": (["建设单位", "项目法人"], maybe(lambda random: f"{random.choice(PLACES)}人民政府", 0.8)),
    "body": (["责任单位", "主管部门"], lambda random: f"云州市{random.choice(BODIES)}"),
    "remark": (["备注"], maybe(lambda random: random.choice(["已开工", "列入年度计划", "前期工作"]), 0.2)),
}

DAMAGES = (
    *("lost blank", "lost cell", "doubled figure", "doubled text", "shifted left", "shifted right", "repeated row"),
    *("copied values", "poured", "alien cell", "cut off", "cut in two", "extra tab", "stripped"),
)


@dataclass(slots=True)
class Truth:
    """A row: what it should read, and what was done to it."""

    line: int
    cells: tuple[str, ...]
    damage: str | None = None


@dataclass(slots=True)
class TableText:
    """The lines of a table, and the truth of its rows by line."""

    lines: list[str]
    header: tuple[str, ...]
    caption: str
    rows: list[Truth] = field(default_factory=list)


def seeded(seed: int) -> Random:
    """Chance that comes out the same every time."""
    return Random(seed)  # noqa: S311


def table_text(
    random: Random,
    *,
    damage: float = 0.0,
    serials: bool | None = None,
    strips: bool = False,
    kinds: tuple[str, ...] = DAMAGES,
) -> TableText:
    """A table with random columns over random pages, of which a share of the rows is damaged.

    ``strips``: the converter prints no tabs at the ends of lines.
    """
    with_serials = random.random() < 0.8 if serials is None else serials
    chosen = [key for key in COLUMNS if random.random() < 0.6] or ["content", "money"]
    header = [
        *(["序号"] if with_serials else []),
        random.choice(["项目名称", "工程名称"]),
        *(random.choice(COLUMNS[key][0]) for key in chosen),
    ]
    if len(header) < 3:
        chosen.append("body")
        header.append("责任单位")
    makers = [name, *(COLUMNS[key][1] for key in chosen)]
    rows = [
        (*([str(at + 1)] if with_serials else []), *(maker(random) for maker in makers))
        for at in range(random.randint(4, 40))
    ]
    caption = f"{random.choice(PLACES)}{random.choice(['重点项目表', '建设计划表', '项目清单'])}"
    text = TableText(["正文的一句话到此结束。", "", caption, "", "\t".join(header)], tuple(header), caption)
    repeats = random.random() < 0.5
    plan = [random.choice(kinds) if random.random() < damage else None for _ in rows]
    for at, row in enumerate(rows):
        if at and random.random() < 0.1:
            text.lines += page_break(random, text.header, repeats=repeats)
        # What is repeated or copied is a row that is printed whole.
        kind = None if plan[at] in ("repeated row", "copied values") and plan[at - 1] else plan[at]
        lines, kind = damaged(random, kind, rows, at)
        text.rows.append(Truth(len(text.lines) + 1, row, kind))
        text.lines += ["\t".join(cells) for cells in lines]
    if strips:
        text.lines = [line.rstrip("\t") for line in text.lines]
    text.lines += ["", "下一段正文从这里开始。"]
    return text


def page_break(random: Random, header: tuple[str, ...], *, repeats: bool) -> list[str]:
    """What stands between two pages."""
    lines = [""]
    if random.random() < 0.3:
        lines += [random.choice(["— 12 —", "- 3 -", "第 4 页"]), ""]
    if random.random() < 0.3:
        lines += ["续表", ""]
    return [*lines, "\t".join(header)] if repeats else lines


def damaged(
    random: Random, kind: str | None, rows: list[tuple[str, ...]], at: int
) -> tuple[list[tuple[str, ...]], str | None]:
    """The lines of a row as a converter might spoil them; the kind is ``None`` where it cannot be done to this row."""
    row = rows[at]
    if kind is None:
        return [row], None
    done = SPOILERS[kind](random, rows, at)
    return (done, kind) if done is not None and done != [row] else ([row], None)


Rows = list[tuple[str, ...]]


def _places(row: tuple[str, ...], *, blank: bool) -> list[int]:
    return [at for at, cell in enumerate(row) if at and bool(cell) != blank]


def _without(row: tuple[str, ...], at: int) -> tuple[str, ...]:
    return (*row[:at], *row[at + 1 :])


def _with(row: tuple[str, ...], at: int, cell: str) -> tuple[str, ...]:
    return (*row[:at], cell, *row[at:])


def _lost_blank(random: Random, rows: Rows, at: int) -> Rows | None:
    places = _places(rows[at], blank=True)
    return [_without(rows[at], random.choice(places))] if places else None


def _lost_cell(random: Random, rows: Rows, at: int) -> Rows | None:
    return [_without(rows[at], random.choice(_places(rows[at], blank=False)))]


def _doubled(random: Random, rows: Rows, at: int, *, figure: bool) -> Rows | None:
    places = [
        p for p in _places(rows[at], blank=False) if rows[at][p].replace(".", "").replace(",", "").isdigit() == figure
    ]
    if not places:
        return None
    place = random.choice(places)
    return [_with(rows[at], place, rows[at][place])]


def _shifted_left(random: Random, rows: Rows, at: int) -> Rows | None:
    places = _places(rows[at], blank=True)
    return [(*_without(rows[at], random.choice(places)), "")] if places else None


def _shifted_right(random: Random, rows: Rows, at: int) -> Rows | None:
    row = rows[at]
    return [_with(row, random.randint(1, len(row) - 1), "")[:-1]] if not row[-1] else None


def _repeated(random: Random, rows: Rows, at: int) -> Rows | None:
    return [rows[at - 1]] if at and len("".join(rows[at - 1])) > 12 else None


def _copied(random: Random, rows: Rows, at: int) -> Rows | None:
    keep = 2 if rows[at][0].isdigit() else 1
    return (
        [(*rows[at][:keep], *rows[at - 1][keep:])]
        if at and any(len(cell) >= 20 for cell in rows[at - 1][keep:]) and len(rows[at]) > keep + 3
        else None
    )


def _poured(random: Random, rows: Rows, at: int) -> Rows | None:
    place = random.randint(2, len(rows[at]))
    other = rows[(at + 1) % len(rows)]
    return [(*rows[at][:place], *other[1:], *other[2:], *rows[at][place:])]


def _alien(random: Random, rows: Rows, at: int) -> Rows | None:
    other = rows[(at + 1) % len(rows)]
    cell = random.choice([cell for cell in other[1:] if cell])
    return [_with(rows[at], random.randint(1, len(rows[at])), cell)]


def _cut_off(random: Random, rows: Rows, at: int) -> Rows | None:
    row = rows[at]
    place = random.randint(2, len(row) - 1)
    return [row[:place]] if any(row[place:]) else None


def _cut_in_two(random: Random, rows: Rows, at: int) -> Rows | None:
    row = rows[at]
    places = [p for p in _places(row, blank=False) if len(row[p]) > 3 and p < len(row) - 1]
    if not places:
        return None
    place = random.choice(places)
    cut = random.randint(1, len(row[place]) - 1)
    return [(*row[:place], row[place][:cut]), (row[place][cut:], *row[place + 1 :])]


def _extra_tab(random: Random, rows: Rows, at: int) -> Rows | None:
    return [(*rows[at], "")]


def _stripped(random: Random, rows: Rows, at: int) -> Rows | None:
    row = rows[at]
    while row and not row[-1]:
        row = row[:-1]
    return [row]


SPOILERS: dict[str, Callable[[Random, Rows, int], Rows | None]] = {
    "lost blank": _lost_blank,
    "lost cell": _lost_cell,
    "doubled figure": lambda random, rows, at: _doubled(random, rows, at, figure=True),
    "doubled text": lambda random, rows, at: _doubled(random, rows, at, figure=False),
    "shifted left": _shifted_left,
    "shifted right": _shifted_right,
    "repeated row": _repeated,
    "copied values": _copied,
    "poured": _poured,
    "alien cell": _alien,
    "cut off": _cut_off,
    "cut in two": _cut_in_two,
    "extra tab": _extra_tab,
    "stripped": _stripped,
}

"""Made-up target forms for tests: what is put in, and the text that a converter may make of it.

`a_form` answers a `MadeForm`: its lines and what a reader has to take from them. Everything varies that varies in
real texts: wording and spacing of labels, brackets and colons, empty columns, shifts of rows and of halves, labels
missing in one half, lost last cells, wrapped and quoted texts, page numbers.

Not made, since two readings of the text are equally good and nobody could tell which one was meant:

- a wrapped piece of a text that is a label by itself (立项依据 alone on a line), or a bare number beside a blank line;
- a blank line followed by one cell of text below a row that has no empty cell at its end (is it a note?);
- a class printed as 成本指标 alone in the level-1 column below 产出, without 成本 in the other half;
- a name without a value alone on its row below a long name (a wrapped name) and a short name wrapped so;
- an unknown level-2 label that has been shifted together with a name or value lost in the same row;
- one half left empty in a row shifted by a whole half.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from hypothesis import strategies as st

CHARACTERS = "渠坝堤闸林苗圃砖瓦窑碑亭廊桥井泉塘坡岭沟湾滩梯田麦稻棉麻桑茶果蔬菌药"
PUNCTUATION = "，。；、（）“”《》:;,.%-·"
COUNTIES = {
    "长治市襄垣县": "140423",
    "长治市沁县": "140430",
    "长治市潞城区": "140406",
    "太原市小店区": "140105",
    "晋城市高平市": "140581",
}
TREE_2015 = (
    ("产出指标", ("数量指标", "质量指标", "时效指标", "成本指标")),
    ("效益指标", ("经济效益", "社会效益", "生态效益", "可持续影响")),
    ("满意度指标", ("服务对象满意度",)),
)
TREE_2021 = (
    ("成本指标", ("经济成本指标", "社会成本指标", "生态环境成本指标")),
    ("产出指标", ("数量指标", "质量指标", "时效指标")),
    ("效益指标", ("经济效益指标", "社会效益指标", "生态效益指标", "可持续影响指标")),
    ("满意度指标", ("服务对象满意度指标",)),
)
LABELS = {
    "name": ("项目名称", "项 目 名 称", "项目名称：", "项目　名称"),
    "department": ("主管部门及代码", "主管部门（代码）", "主管部门(代码)", "主管部门", "主管 部门及代码"),
    "unit": ("实施单位", "项目单位", "项目实施单位", "实施单位："),
    "attribute": ("项目属性", "项目类型"),
    "duration": ("项目期", "项目日期", "项目期限", "项目周期", "实施期限"),
    "funding": ("项目资金", "资金情况", "项目 资金"),
    "total_period": ("实施期资金总额：", "中期资金总额", "实施期资金总额:"),
    "total_annual": ("年度资金总额：", "年度资金总额", "年度资金 总额:"),
    "central": ("其中：中央财政资金", "中央资金", "中央补助资金", "其中:中央财政资金"),
    "provincial": ("省级财政资金", "省级资金", "省级财政 资金"),
    "local": ("市县（区）财政资金", "市县财政资金", "县级财政资金", "区级资金", "市县(区)财政资 金", "本级财政资金"),
    "self_raised": ("单位自筹", "自筹资金", "单位自筹资金"),
    "other": ("其他资金", "其他 资金"),
    "overview": ("项目概况", "项目 概况"),
    "basis": ("立项依据", "政策依据"),
    "necessity": ("项目设立必要性", "立项必要性", "项目设立的必要性"),
    "safeguards": ("保证项目实施的制度、措施", "保证项目实施的制度，措施", "保证项目实施的制度措施"),
    "plan": ("项目实施计划", "项目实施计划："),
    "goal_period": ("实施期目标", "中期目标", "长期目标"),
    "goal_annual": ("年度目标", "年度 目标"),
    "goals": ("总体目标", "绩效目标", "总体 目标"),
    "table": ("绩效指标", "绩效 指 标"),
}
TEXTS = ("overview", "basis", "necessity", "safeguards", "plan")
SOURCES = ("central", "provincial", "local", "self_raised", "other")
IRREGULARITIES = (
    *("left", "right", "second right", "first left", "apart", "label left", "name left", "one label"),
    *("value right", "lost last", "cut name", "vertical", "header wider", "right and apart"),
)

Cells = list[str]


@dataclass(slots=True)
class MadeForm:
    """The lines of a form and what they say."""

    lines: list[str] = field(default_factory=list)
    facts: dict[str, object] = field(default_factory=dict)
    """Fields of `ProjectDraft` by name."""
    funding: dict[tuple[str, str], Decimal | None] = field(default_factory=dict)
    indicators: list[tuple[str, str, str, str, str]] = field(default_factory=list)
    """Scope, level 1, level 2, level 3, value."""
    lost: int = 0
    cut: int = 0


def words(source: random.Random, least: int, most: int) -> str:
    """A made-up name: never a label, a number or a value."""
    return "".join(source.choice(CHARACTERS) for _ in range(source.randint(least, most)))


def prose(source: random.Random, least: int, most: int) -> str:
    """A made-up text with punctuation, digits, single spaces and quotes inside."""
    pieces = [words(source, 2, 9)]
    while len("".join(pieces)) < source.randint(least, most):
        pieces.append(source.choice((*PUNCTUATION, " ", "2025年", "1.", "（一）", '"', "3", "立项依据")))
        pieces.append(words(source, 2, 9))
    return "".join(pieces)


def value(source: random.Random) -> str:
    """A made-up target value: numbers with and without comparator, dates, qualities."""
    number = source.choice((str(source.randint(1, 99999)), f"{source.randint(1, 99)}.{source.randint(1, 9)}"))
    return source.choice(
        (
            f"≥{number}%",
            f"{number}处",
            f"≤{number}万元",
            f"2025年{source.randint(1, 12)}月",
            source.choice(("及时", "明显改善", "合格", "提升", "按合同结算")),
            number,
        )
    )


def a_form(source: random.Random, *, irregular: float = 0.4, wrap: float = 0.3) -> MadeForm:
    """One form. ``irregular``: share of indicator rows disturbed, ``wrap``: share of texts broken over lines."""
    made = MadeForm()
    county = source.choice(sorted(COUNTIES))
    made.facts |= {"region_code": COUNTIES[county], "region_name": county, "year": source.randint(2018, 2031)}
    _title(source, made, county)
    _identity(source, made, county)
    _funding(source, made)
    for field_name in TEXTS:
        if source.random() < 0.9:
            text = prose(source, 10, 160) if source.random() < 0.9 else ""
            made.facts[field_name] = text
            made.lines += _text_row(source, label(source, field_name), text, wrap)
        else:
            made.facts[field_name] = None
        _page_break(source, made.lines)
    _goals(source, made, wrap)
    _table(source, made, irregular)
    _sign_off(source, made)
    if source.random() < 0.25:  # converters that cut empty cells at the end of lines
        made.lines = [line.rstrip("\t") for line in made.lines]
    return made


def label(source: random.Random, role: str) -> str:
    """One of the wordings of a label."""
    return source.choice(LABELS[role])


def _padded(source: random.Random, cells: Cells) -> str:
    """The cells as a line; some converters leave spaces around the texts."""
    pad = source.choice(("", "", "", " ", "\u3000", "\xa0"))
    return "\t".join(f"{pad}{cell}{pad}" if cell else cell for cell in cells)


def _title(source: random.Random, made: MadeForm, county: str) -> None:
    place = source.choice((county, county, ""))
    level = source.choice(("县(区)级", "县级", "区级", "市本级", "")) if place else ""
    kind = source.choice(("项目支出绩效目标表", "项目支出绩效目标申报表", "项目支出 绩效目标表"))
    head = f"{place}{level}" + source.choice(("预算部门（单位）", "预算部门(单位)", ""))
    year = made.facts["year"]
    in_title = source.random() < 0.15
    if in_title:
        made.lines.append(f"{year}年{head}{kind}")
    elif place and source.random() < 0.2:
        made.lines += [head + kind[:4], kind[4:]]
    else:
        made.lines.append(source.choice(("", "\t\t")) + head + kind + source.choice(("", "\t\t\t")))
    made.lines += source.choice(([], [""]))
    if not in_title:
        forms = (
            f"({year}年度)",
            f"（{year}年度）",
            f"{year}年度",
            f"({year} 年)",
            f"（ {year} 年度 ）",
            f"\t\t（{year}年）\t",
        )
        made.lines.append(source.choice(forms))
    made.lines += source.choice(([], [""]))


def _identity(source: random.Random, made: MadeForm, county: str) -> None:
    body = f"{county}{words(source, 2, 4)}局"
    code = source.choice(("409", "033", "219001"))
    dash = source.choice(("-", "－", "—", " - ", "——"))
    unit = source.choice((body, f"{county}{words(source, 3, 6)}中心"))
    name = words(source, 4, 18) + source.choice(("", "项目", "（二期）", " 工程", "2025年经费"))
    attribute, duration = source.choice((("一次性项目（1年结束）", "1年"), ("延续性项目", "3年"), ("", "")))
    made.facts |= {
        "name": name,
        "department_code": code,
        "department_name": body,
        "implementing_unit": unit,
        "attribute": attribute,
        "duration": duration,
    }
    gap = source.choice(([""], [], ["", ""]))
    made.lines += [
        _padded(source, [label(source, "name"), *gap, name, "", "", "", "", ""]),
        _padded(
            source,
            [label(source, "department"), *gap, f"{code}{dash}{body}", "", label(source, "unit"), *gap, unit, ""],
        ),
        _padded(
            source, [label(source, "attribute"), *gap, attribute, "", label(source, "duration"), *gap, duration, ""]
        ),
    ]


def _funding(source: random.Random, made: MadeForm) -> None:
    unit = source.choice(("元", "万元"))
    factor = Decimal(1) if unit == "元" else Decimal(10_000)
    made.facts["printed_unit"] = unit
    bracket = source.choice(("（{}）", "({})", " ( {} )", "（ {}）")).format(unit)
    gap = source.choice(([], [""]))
    head = [label(source, "funding") + bracket]
    for role in ("total", *SOURCES):
        lead = head if role == "total" else [""]
        lead = [*lead, *source.choice(([], [""]))]
        if role != "total" and source.random() < 0.08:
            continue
        if role == "other" and source.random() < 0.3:
            lead = []
        cells = list(lead)
        for scope in ("period", "annual"):
            amount, printed = _amount(source, unit)
            made.funding[scope, role] = amount if amount is None else (amount * factor).quantize(Decimal("0.01"))
            cells += [label(source, f"total_{scope}" if role == "total" else role), *gap, printed]
            cells += source.choice(([], [""]))
        made.lines.append(_padded(source, cells))


def _amount(source: random.Random, unit: str) -> tuple[Decimal | None, str]:
    kind = source.randint(0, 4)
    if kind == 0:
        return None, ""
    if kind == 1:
        return Decimal(0), "0"
    amount = Decimal(source.randint(1, 10**9)) / (100 if source.random() < 0.3 else 1)
    own = unit if source.random() < 0.1 else ""
    return amount, f"{amount:,}{own}" if kind == 2 else f"{amount}{own}"


def _text_row(source: random.Random, name: str, text: str, wrap: float) -> list[str]:
    """A labelled text, on one line or broken in one of the ways that converters have."""
    gap, tail = source.choice((1, 2)), source.choice((0, 5))
    if len(text) < 12 or source.random() > wrap:
        return [name + "\t" * gap + text + "\t" * tail]
    pieces = _pieces(source, text)
    way = source.choice(("break", "break open", "columns", "padded", "quoted"))
    if way == "quoted":
        inner = "\n".join(pieces).replace('"', '""')
        return (name + "\t" * gap + f'"{inner}"' + "\t" * tail).split("\n")
    if way == "columns":
        return [
            name + "\t" * gap + pieces[0] + "\t" * 5,
            *("\t" * gap + piece + "\t" * 5 for piece in pieces[1:]),
        ]
    if way == "padded":
        return [name + "\t" * gap + pieces[0] + "\t" * 5, *pieces[1:]]
    end = "\t" * 5 if way == "break" else ""
    return [name + "\t" * gap + pieces[0], *pieces[1:-1], pieces[-1] + end]


def _pieces(source: random.Random, text: str) -> list[str]:
    """The text cut in two to four pieces, none of which is a label, a number or begins or ends with a space."""
    for _ in range(50):
        cuts = sorted(source.sample(range(3, len(text) - 3), source.randint(1, 3)))
        pieces = [text[start:end] for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True)]
        if all(map(_is_plain, pieces)):
            return pieces
    return [text]


def _is_plain(piece: str) -> bool:
    return (
        len(piece) > 2
        and piece == piece.strip()
        and not piece.startswith('"')
        and any(character in CHARACTERS for character in piece)
    )


def _goals(source: random.Random, made: MadeForm, wrap: float) -> None:
    texts = [prose(source, 8, 90), prose(source, 8, 90)]
    if source.random() < 0.6:
        texts[1] = texts[0]
    if source.random() < 0.15:
        texts[source.randint(0, 1)] = ""
    made.facts["goal_period"], made.facts["goal_annual"] = texts
    made.lines.append(_padded(source, [label(source, "goal_period"), "", "", "", label(source, "goal_annual"), "", ""]))
    shift = source.choice(([], [""]))
    name = label(source, "goals")
    if all(len(text) > 12 for text in texts) and source.random() < wrap:
        one, other = (_pieces(source, text) for text in texts)
        if len(one) > 1 and len(other) > 1 and not shift and source.random() < 0.5:
            one, other = [one[0], "".join(one[1:])], [other[0], "".join(other[1:])]
            made.lines += [f"{name}\t{one[0]}\t\t\t{other[0]}\t\t", f"\t{one[1]}\t\t\t{other[1]}\t\t"]
        else:
            row = "\t".join([name, *shift, "\n".join(one), "", "", "\n".join(other), "", ""])
            made.lines += row.split("\n")
    else:
        made.lines.append(_padded(source, [name, *shift, texts[0], "", "", texts[1], "", ""]))


def _table(source: random.Random, made: MadeForm, irregular: float) -> None:
    tree = source.choice((TREE_2015, TREE_2021))
    shape = source.choice(("two halves", "two halves", "two halves", "one half", "side by side"))
    made.lines.append(_padded(source, _header(source, shape)))
    for level1, classes in tree:
        first = level1
        for level2 in classes:
            count = source.choice((0, 1, 1, 2, 3)) if level1 != "满意度指标" else 1
            if not count:
                cells = ["", first, level2, "", "", *([level2, "", ""] if shape == "two halves" else [])]
                made.lines.append("\t".join(cells))
            for at in range(count):
                row = _Row(source, level1, level2, printed1=first, printed2=level2 if at == 0 else "")
                if shape != "two halves":
                    row.reshape(shape)
                elif at == 0 and source.random() < 0.1:
                    row.cross(source.choice(classes))
                elif source.random() < irregular:
                    row.disturb(source.choice(IRREGULARITIES))
                made.lines += row.lines(source)
                row.expect(made)
                _page_break(source, made.lines)
                first = ""
                if row.crossed:  # the merged cells end here: the next row prints its labels again
                    break
            first = ""


def _header(source: random.Random, shape: str) -> Cells:
    header = [label(source, "table"), "一级指标", "二级指标", "三级指标"]
    half = ["二级指标", "三级指标", "指标值"]
    if shape == "one half":
        return [*header, source.choice(("指标值", "年度指标值", "年度 指标值"))]
    if shape == "side by side":
        return [*header, "实施期指标值", "年度指标值"]
    return [*header, *source.choice(([], [""])), "指标值", *half, *source.choice(([], [""]))]


class _Row:
    """One indicator row: its seven cells, where they stand, and what a reader has to make of them."""

    def __init__(self, source: random.Random, level1: str, level2: str, *, printed1: str, printed2: str) -> None:
        self.level1, self.level2 = level1, level2
        name, target = words(source, 3, 14), value(source)
        other_value = value(source) if source.random() < 0.1 else target
        self.names, self.values = [name, name], [target, other_value]
        self.cells: Cells = ["", printed1, printed2, name, target, printed2, name, other_value]
        self.labels = [level2, level2]
        self.scopes = ("period", "annual")
        self.lost = self.cut = 0
        self.crossed = False

    def reshape(self, shape: str) -> None:
        """One half (annual), or one name with the values of both scopes."""
        if shape == "one half":
            self.cells, self.scopes = self.cells[:5], ("annual",)
            self.names, self.values, self.labels = self.names[:1], self.values[:1], self.labels[:1]
        else:
            self.cells = [*self.cells[:5], self.cells[7]]

    def cross(self, other: str) -> None:
        """Another indicator of another class in the annual half."""
        self.labels[1] = self.cells[5] = other
        self.names[1] = self.cells[6] = "另" + self.names[1]
        self.crossed = other != self.labels[0]

    def disturb(self, way: str) -> None:
        cells = self.cells
        level1, one, other = cells[1], cells[2:5], cells[5:8]
        if way == "left":
            self.cells = [level1, *one, *other, ""]
        elif way == "right":
            self.cells = ["", *cells]
        elif way == "second right":
            self.cells = ["", level1, *one, "", *other]
        elif way == "first left" and not level1:
            self.cells = ["", *one, "", *other]
        elif way == "apart":
            self.cells = ["", level1, *one, "", "", *other]
        elif way == "label left" and not level1 and one[0]:
            self.cells = ["", one[0], "", *one[1:], *other]
        elif way == "name left" and not other[0]:
            self.cells = ["", level1, *one, other[1], "", other[2]]
        elif way == "one label" and one[0]:
            self.cells[5 if len(self.names[0]) % 2 else 2] = ""
        elif way == "value right":
            self.cells = ["", level1, one[0], one[1], "", one[2], *other]
        elif way == "right and apart":
            self.cells = ["", "", level1, *one, "", *other]
        elif way == "lost last":
            self._lose()
        elif way == "cut name" and len(self.names[1]) > 6:
            self.names[1] = self.cells[6] = self.names[1][:-2]
            self.cut = int(self.values[0] == self.values[1])
        elif way == "vertical":
            self.cells[0] = "绩效"

    def _lose(self) -> None:
        self.cells = ["", *self.cells[:-1]]
        self.values[1] = ""
        self.lost = 1

    def lines(self, source: random.Random) -> list[str]:
        """The row, sometimes with a line break inside a name, bare or in quotes."""
        if source.random() > 0.06 or self.cells[0] or len(self.names[0]) < 4:
            return [_padded(source, self.cells)]
        cut = source.randint(1, len(self.names[0]) - 1)
        cells = list(self.cells)
        at = cells.index(self.names[0])
        quote = source.choice(("", '"'))
        cells[at] = f"{quote}{cells[at][:cut]}\n{cells[at][cut:]}{quote}"
        return "\t".join(cells).split("\n")

    def expect(self, made: MadeForm) -> None:
        """Note what a reader has to make of the row."""
        for scope, level2, name, target in zip(self.scopes, self.labels, self.names, self.values, strict=True):
            made.indicators.append((scope, self.level1, level2, name, target))
        made.lost += self.lost
        made.cut += self.cut


def _page_break(source: random.Random, lines: list[str]) -> None:
    if source.random() < 0.04:
        lines += source.choice((["- 3 -"], ["", "第4页", ""], ["", "12", ""], ["\x0c"], ["— 7 —"]))


def _sign_off(source: random.Random, made: MadeForm) -> None:
    stamp = datetime(2024, source.randint(1, 12), source.randint(1, 28), source.randint(0, 23), 5, 9)
    printed, read = source.choice(
        (
            (f"{stamp:%Y%m%d%H%M%S}", stamp),
            (f"{stamp:%Y-%m-%d}", datetime(stamp.year, stamp.month, stamp.day)),
            (f"{stamp.year}年{stamp.month}月{stamp.day}日", datetime(stamp.year, stamp.month, stamp.day)),
            (f"{stamp:%Y/%m/%d %H:%M}", stamp.replace(second=0)),
            ("", None),
        )
    )
    lead, handler, phone = source.choice((("", "", ""), ("渠田", "桑井", "0355-2020301")))
    colon = source.choice(("：", ":"))
    gap = source.choice(("", "\t", "\t\t"))
    made.facts |= {"filed_at": read, "contact_lead": lead, "contact_handler": handler, "contact_phone": phone}
    second, last = source.choice((("经办人", "填报日期"), ("填报人", "填表日期")))
    cells = (
        (f"负责人{colon}", lead),
        (f"{second}{colon}", handler),
        (f"联系电话{colon}", phone),
        (f"{last}{colon}", printed),
    )
    made.lines.append(source.choice(("", "\t")) + "\t".join(name + gap + text for name, text in cells))
    made.lines += [""] * source.randint(0, 2)


@st.composite
def made_forms(draw: st.DrawFn, most: int = 3) -> list[MadeForm]:
    """One form or several, to be written one after another."""
    source = draw(st.randoms(use_true_random=False))
    return [a_form(source) for _ in range(draw(st.integers(1, most)))]


@st.composite
def damaged_texts(draw: st.DrawFn) -> list[str]:
    """Two forms with lines lost, doubled, cut, shuffled or written into."""
    source = draw(st.randoms(use_true_random=False))
    lines = [*a_form(source).lines, *a_form(source).lines]
    for _ in range(source.randint(1, 6)):
        at = source.randrange(len(lines))
        cut = source.randint(0, len(lines[at]))
        cells = lines[at].split("\t")
        source.shuffle(cells)
        strays = (
            '"',
            "\t",
            "项目名称",
            "指标值\t",
            "总体目标\t\t",
            "(2025年度)",
            "\u200b",
            "三级指标\t指标值\t一级指标\t",
        )
        lines[at : at + source.randint(1, 4)] = source.choice(
            (
                [],
                [lines[at], lines[at]],
                [lines[at][:cut]],
                [lines[at][cut:]],
                ["\t".join(cells)],
                [source.choice(strays) + lines[at]],
                [lines[at] + source.choice(strays)],
            )
        ) or ["\t"]
    return lines


HEADER = "绩效指标\t一级指标\t二级指标\t三级指标\t指标值\t二级指标\t三级指标\t指标值"
ROWS = (
    "\t产出指标\t数量指标\t砌筑水渠\t3公里\t数量指标\t砌筑水渠\t3公里",
    "\t满意度指标\t服务对象满意度\t灌区农户满意度\t≥90%\t服务对象满意度\t灌区农户满意度\t≥90%",
)
FUNDING = (
    "项目资金（万元）\t\t实施期资金总额：\t30\t年度资金总额：\t20\t\t",
    "\t\t其中：中央财政资金\t0\t其中：中央财政资金\t0\t\t",
    "\t\t市县（区）财政资金\t30\t市县（区）财政资金\t20\t\t",
    "\t\t其他资金\t\t其他资金\t\t\t",
)
SIGN_OFF = "负责人：\t\t经办人：\t\t联系电话：\t\t填报日期：\t20241203101500"


def plain_form(
    *,
    title: tuple[str, ...] = ("长治市沁县县级预算部门（单位）项目支出绩效目标表", "（2026年度）"),
    name: tuple[str, ...] = ("项目名称\t\t老灌区水渠整修\t\t\t\t\t",),
    body: tuple[str, ...] = (
        "主管部门及代码\t\t305-长治市沁县水利局\t\t实施单位\t\t长治市沁县水利局\t",
        "项目属性\t\t一次性项目\t\t项目期\t\t1年\t",
    ),
    funding: tuple[str, ...] = FUNDING,
    texts: tuple[str, ...] = ("项目概况\t\t整修渠道三公里。\t\t\t\t\t", "立项依据\t\t县水利会议纪要\t\t\t\t\t"),
    goals: tuple[str, ...] = ("实施期目标\t\t\t\t年度目标\t\t\t", "总体目标\t渠道通水\t\t\t春灌前通水\t\t\t"),
    header: tuple[str, ...] = (HEADER,),
    rows: tuple[str, ...] = ROWS,
    sign_off: tuple[str, ...] = (SIGN_OFF,),
) -> list[str]:
    """The lines of a small form, every part of which can be replaced or left out."""
    return [*title, *name, *body, *funding, *texts, *goals, *header, *rows, *sign_off]

"""Random key-project lists: projects from the generator's own words, and the text that a PDF converter makes of them.

What no reader could resolve is not generated:

- a blank line inside a cell stands only where a pair of brackets is torn by it, as in a formula; a whole sentence
  behind a blank line could as well be the goal;
- a goal ends with its sentence, and a page break stands inside a cell only where a line is full;
- a department is cut before its last piece only where that piece is no word of its own (the layout shows no other);
- no space falls on a wrap: the text does not show it, so that nobody could put it back;
- lists in which a project lacks its goal, its cell or a label have four whole projects to learn the page from, and a
  goal without a cell has several lines: one short line without a label could be either.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import Decimal
from random import Random
from typing import Any

from hypothesis import strategies as st

TWO_CHARACTERS = (
    "河道山林果园茶叶桥梁学堂校舍粮仓渔港灯塔候鸟湿地苗圃花卉棉田牧场水渠泵站堤岸隧洞车站码头仓库集市"
    "书屋剧院球场步道公厕路灯井盖管线电网基站气象地质测绘档案方志文物古塔石窟戏曲剪纸医疗护理康复疫苗"
    "养老托育助残救助就业培训技能竞赛招商物流冷链检测认证专利节能减排降尘绿化造林治沙清淤防汛抗旱消防"
)
WORDS = [TWO_CHARACTERS[at : at + 2] for at in range(0, len(TWO_CHARACTERS), 2)]
VERBS = (
    "改造",
    "新建",
    "修缮",
    "养护",
    "提升",
    "建设",
    "补贴",
    "奖补",
    "运行",
    "清理",
    "整治",
    "保护",
    "普查",
    "更新",
    "扩建",
    "维修",
)
JOINTS = ("和", "及", "以及", "与", "、", "，并对", "，用于")
PLACES = (
    ("长治市", "140400"),
    ("襄垣县", "140423"),
    ("晋城市", "140500"),
    ("长治市上党区", "140404"),
    ("沁源县", "140431"),
)
ORGANS = ("局", "委", "中心", "办公室", "公司", "学院", "医院", "管理处", "服务站", "联合会", "事务中心", "保护站")
AMOUNT_COLUMNS = ("预算安排数", "预算数", "金额", "预算金额")
BODY_COLUMNS = ("部门单位", "主管部门", "单位")
CLOSERS = "，。；：！？、）)〕]】》”"
OPENERS = "（(〔[【《“"


@dataclass(frozen=True)
class Project:
    """What is put in, and so what must be read out."""

    serial: int
    name: tuple[str, ...]
    """Phrases, between which a blank line stands where the name is cut."""
    amount: str
    department: str | None
    basis: str | None
    content: str | None
    goal: str | None
    bare: bool = False
    """The cell is printed at the end of the page."""
    labelled: bool = True
    """Whether the cell carries its labels; without them it is content, and there is no basis."""


@dataclass(frozen=True)
class Page:
    """How the converter prints."""

    cell: int
    goal: int
    name: int
    department: int
    spaces: bool
    """Whether a page without a header begins with a space."""


@dataclass
class ListText:
    """A generated list: its lines, its projects and where each begins."""

    lines: list[str]
    projects: list[Project]
    place: tuple[str, str]
    year: int
    unit: str
    total: str | None
    first_lines: list[int] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The whole text."""
        return "\n".join(self.lines)


def half_width(text: str) -> int:
    """Printed width in half characters."""
    return sum(1 if mark.isascii() else 2 for mark in text)


def wrap(text: str, width: int) -> list[str]:
    """Lines of at most a width, as a PDF has them: numbers and words whole, most closing marks not at the start."""
    lines, line = [], ""
    for token in _tokens(text):
        if line and half_width(line + token) > width:
            lines.append(line)
            line = ""
        line += token
    return [*lines, line] if line else lines


def _tokens(text: str) -> list[str]:
    tokens: list[str] = []
    for mark in text:
        glued = tokens and (
            mark == " "
            or tokens[-1][-1] == " "
            or (mark in CLOSERS and mark not in "。、）")
            or (mark.isascii() and mark.isalnum() and tokens[-1][-1].isascii() and tokens[-1][-1].isalnum())
            or (mark == "." and tokens[-1][-1].isdigit())
            or (tokens[-1][-1] == "." and mark.isdigit())
        )
        if glued and half_width(tokens[-1]) < 20:
            tokens[-1] += mark
        else:
            tokens.append(mark)
    return tokens


def _phrase(random: Random, least: int, most: int) -> str:
    words = [random.choice(WORDS) for _ in range(random.randint(least, most))]
    return "".join(words[:-1]) + words[-1] + random.choice(VERBS)


def _clause(random: Random) -> str:
    number = random.choice(["", f"{random.randint(2, 99)}处", f"{random.randint(2, 900)}.{random.randint(1, 9)}公里"])
    number = number or random.choice(["", f"{random.randint(2, 60)} 个乡镇", f"{random.randint(1990, 2030)}年"])
    return _phrase(random, 1, 3) + number + random.choice(JOINTS) + _phrase(random, 1, 2)


def sentences(random: Random, least: int, most: int) -> str:
    """Prose of the generator's own words, with numbers, brackets and quotes in it."""
    text = ""
    for _ in range(random.randint(least, most)):
        start = random.choice(
            ["", "", f"{random.randint(2, 60)} 个村的", f"{random.randint(1, 9)}.", "“一廊”", "（含支线）"]
        )
        text += (
            start + _clause(random) + random.choice(["", f"（{_phrase(random, 1, 1)}）", "2024年支出内容主要为器材"])
        )
        text += random.choice("，；。")
    return text[:-1] + "。"


def reference(random: Random) -> str:
    """A document with its number in brackets: what a 政策依据 is made of."""
    year, number = random.randint(2015, 2025), random.randint(1, 300)
    form = random.choice([f"（某政发〔{year}〕{number}号）", f"某发[{year}]{number}号", f"(〔{year}〕{number}次)"])
    return f"《关于{_phrase(random, 2, 5)}的通知》{form}"


def _formula(random: Random) -> str:
    a, b = random.randint(100000, 999999), random.randint(10000, 99999)
    return f"{_phrase(random, 1, 2)}=〔（{a}-{b}）×{random.randint(2, 9)}.5%〕+（{b}-{random.randint(100, 999)}）={a}万元。"


@st.composite
def names(draw: st.DrawFn) -> tuple[str, ...]:
    """A project's name, of one phrase or two."""
    random = draw(st.randoms(use_true_random=False))
    name = _phrase(random, 1, 5) + "项目"
    kind = draw(st.integers(0, 9))
    forms = {
        1: f"{random.randint(2020, 2030)}年{name}",
        2: f"{random.randint(201, 400)}、{random.randint(401, 500)}省道{name}",
        3: f"{name}（{_phrase(random, 1, 3)}—{_phrase(random, 1, 2)}）",
        4: f"{name}{random.randint(2, 9)}-{random.randint(10, 30)}层",
        5: f"“{_phrase(random, 1, 1)}”{name}（{random.randint(2, 9)}期）",
        6: f"{name}--{_phrase(random, 1, 2)}费用",
    }
    if kind == 7:
        return (f"{random.randint(2020, 2030)}年{name} ({random.randint(2, 9)}个县区)", f"{_phrase(random, 2, 5)}项目")
    return (forms.get(kind, name),)


@st.composite
def departments(draw: st.DrawFn) -> str:
    """A body, short or long, with a section in brackets or without."""
    random = draw(st.randoms(use_true_random=False))
    body = random.choice("市县区") + "".join(random.choice(WORDS) for _ in range(random.randint(1, 4)))
    return body + random.choice(ORGANS) + draw(st.sampled_from(["", "", "", f"（{random.choice(WORDS)}科）"]))


LACKS = ("", "", "", "basis", "content", "department", "goal", "cell", "label")
AMOUNTS = st.one_of(
    st.integers(1, 999999).map(str),
    st.integers(100, 9999999).map(lambda n: f"{n / 100:.2f}"),
    st.integers(1000, 9999999).map(lambda n: f"{n:,}"),
    st.just("0"),
)


@st.composite
def projects(draw: st.DrawFn, serial: int, *, whole: bool) -> Project:
    """A project; ``whole``: with every part that most projects have."""
    random = draw(st.randoms(use_true_random=False))
    basis = "、".join(reference(random) for _ in range(random.randint(1, 3)))
    if draw(st.booleans()):
        basis += random.choice(["。", sentences(random, 1, 2)])
    content = sentences(random, 1, 5) + (_formula(random) if draw(st.integers(0, 5)) == 0 else "")
    lack = "" if whole else draw(st.sampled_from(LACKS))
    goal = sentences(random, 4 if lack == "cell" else 1, 6)
    return Project(
        serial,
        draw(names()),
        draw(AMOUNTS),
        None if lack == "department" else draw(departments()),
        None if lack in {"basis", "cell", "label"} else basis,
        None if lack in {"content", "cell"} else content,
        None if lack == "goal" else goal,
        labelled=lack != "label",
    )


def head_lines(draw: st.DrawFn, project: Project, page: Page) -> list[str]:
    """A head in one of the cuts that the layout shows."""
    serial, name = str(project.serial), "".join(project.name)
    whole = f"{serial} {name} {project.amount}"
    body = wrap(project.department, page.department) if project.department else []
    cut = half_width(name) > page.name or len(project.name) > 1 or draw(st.integers(0, 3)) == 0
    lines = _cut_name(project, page) if cut else []
    if len(body) < 2:
        amount = " ".join([project.amount, *body])
        return [serial, *lines, "", amount] if cut else [" ".join([f"{serial} {name}", amount])]
    first = [serial, *lines, "", project.amount] if cut else [whole]
    if len(body) > 1 and len(body[-1]) <= 2 and draw(st.booleans()) and _can_stand_apart(body):
        body = [*([""] if draw(st.booleans()) else []), *body[:-1], "", body[-1]]
    return [*first, *body]


def _can_stand_apart(body: list[str]) -> bool:
    return body[-1] in {"心", "会", "室", "院", "处", "站", "中心"} and "（" not in "".join(body)


def _cut_name(project: Project, page: Page) -> list[str]:
    lines: list[str] = []
    for phrase in project.name:
        lines += ([""] if lines else [""] if len(project.name) > 1 else []) + wrap(phrase, page.name)
    return lines


def cell_lines(draw: st.DrawFn, project: Project, page: Page) -> list[str]:
    """The 政策依据/支出内容 cell, its labels in one of their spellings."""
    lines: list[str] = []
    for label, text in (("政策依据", project.basis), ("支出内容", project.content)):
        if text is not None:
            label += draw(st.sampled_from(["：", ":", " :", "： "]))
            lines += wrap(label + text if project.labelled else text, page.cell)
    return _with_formula_blank(lines) if draw(st.booleans()) else lines


def _with_formula_blank(lines: list[str]) -> list[str]:
    for position, line in enumerate(lines[:-1]):
        if "=〔" in line and "〕" not in line.split("=〔", 1)[1]:
            return [*lines[: position + 1], "", *lines[position + 1 :]]
    return lines


def goal_lines(draw: st.DrawFn, project: Project, page: Page) -> list[str]:
    """The goal cell, rarely with a label of its own."""
    if project.goal is None:
        return []
    label = draw(st.sampled_from(["", "", "", "", "", "绩效目标:"]))
    return wrap(label + project.goal, page.goal)


@dataclass(frozen=True)
class Furnishing:
    """The lines that a list repeats at its page breaks."""

    title: list[str]
    unit: str
    columns: list[str]

    def shuffled(self, draw: st.DrawFn) -> list[str]:
        """Some of them in any order, blank lines between, the first with the space that begins a page."""
        parts = [self.title, [self.unit], self.columns]
        chosen = draw(st.permutations(parts))[: draw(st.integers(1, 3))]
        lines = [line for part in chosen for line in [*part, ""]]
        return [f" {lines[0]}", *lines[1:]]


def page_break(draw: st.DrawFn, furnishing: Furnishing, *, number: int) -> list[str]:
    """What stands between two pages; empty: nothing but the leading space of the next line."""
    kind = draw(st.integers(0, 3))
    foot = draw(st.sampled_from([[], [f"第 {number} 页"], [f"- {number} -"], [f"{number} / 99"]]))
    if kind == 0:
        return foot
    return [*foot, *furnishing.shuffled(draw)]


@st.composite
def furnishings(draw: st.DrawFn, place: str, year: int, unit: str) -> Furnishing:
    """Title, unit line and column header in their spellings."""
    title = (
        f"{place}{year}年{draw(st.sampled_from(['', '度']))}重大政策重点项目绩效目标{draw(st.sampled_from(['', '表']))}"
    )
    lines = [title[:16], title[16:]] if draw(st.integers(0, 4)) == 0 else [title]
    unit_line = draw(st.sampled_from(["单位：{}", "单位: {}", "（单位：{}）", "单 位 ： {}"])).format(unit)
    amount, body = draw(st.sampled_from(AMOUNT_COLUMNS)), draw(st.sampled_from(BODY_COLUMNS))
    columns = draw(st.sampled_from([
        [f"序号 项    目 {amount} {body} 政策依据及支出内容 绩效目标"],
        [f"序号 项目名称 {amount} {body}", "政策依据及支出内容 绩效目标"],
        [f"序号 项 目 {amount[:2]} {body} 政策依据及支出内容 绩效目标", amount[2:] or "数"],
        ["序号", "项目", amount, body, "政策依据及支出内容", "绩效目标"],
    ]))  # fmt: skip
    return Furnishing(lines, unit_line, columns)


def _in_cell_break(lines: list[str], random: Random) -> int | None:
    """A place inside a paragraph where the page may break: behind a full line."""
    full = max((half_width(line) for line in lines), default=0) - 1
    places = [
        at
        for at in range(1, len(lines))
        if half_width(lines[at - 1]) >= full and lines[at - 1][-1] != "。" and lines[at]
    ]
    return random.choice(places) if places else None


class _Printer:
    """Prints project after project, page after page."""

    def __init__(self, draw: st.DrawFn, page: Page, furnishing: Furnishing) -> None:
        self.draw, self.page, self.furnishing = draw, page, furnishing
        self.lines: list[str] = []
        self.first_lines: list[int] = []
        self.number = 1
        self.spaced = False

    def put(self, lines: list[str]) -> None:
        """Print lines, the first with a space where a page has just begun without a header."""
        for line in lines:
            self.lines.append(f" {line}" if self.spaced and line else line)
            self.spaced = self.spaced and not line

    def blank(self) -> None:
        """Print a blank line, never two and never at the top of a page."""
        if self.lines and self.lines[-1] and not self.spaced:
            self.lines.append("")

    def break_page(self) -> None:
        """Print what stands between two pages."""
        lines = page_break(self.draw, self.furnishing, number=self.number)
        self.number += 1
        headed = any("绩效目标" in line or "单" in line for line in lines)
        self.put(lines)
        self.spaced = self.page.spaces and (not headed or self.draw(st.booleans()))

    def project(self, project: Project, *, cut: bool) -> None:
        """Print one project, broken by a page inside its cell or goal where ``cut`` says so."""
        self.first_lines.append(len(self.lines) + 1)
        self.put(head_lines(self.draw, project, self.page))
        cell = [] if project.bare else cell_lines(self.draw, project, self.page)
        goal = goal_lines(self.draw, project, self.page)
        random = self.draw(st.randoms(use_true_random=False))
        if not (cell or goal) or not (cell and project.labelled) or self.draw(st.integers(0, 3)):
            self.blank()
        in_cell = cut and self.page.spaces and self.draw(st.booleans())
        at = _in_cell_break(cell, random) if in_cell else None
        self.put_broken(cell, at)
        if goal:
            self.blank()
        self.put_broken(goal, _in_cell_break(goal, random) if cut and at is None else None)

    def put_broken(self, lines: list[str], at: int | None) -> None:
        """Print the lines of a cell, the page breaking before one of them."""
        self.put(lines[:at])
        if at is not None:
            self.break_page()
            self.put(lines[at:])


@st.composite
def list_texts(draw: st.DrawFn, *, most: int = 14) -> ListText:
    """A whole list with everything that the layout shows, and the projects that it holds."""
    place, year = draw(st.sampled_from(PLACES)), draw(st.integers(2019, 2030))
    unit = draw(st.sampled_from(["万元", "元"]))
    furnishing = draw(furnishings(place[0], year, unit))
    goal = draw(st.integers(14, 20)) * 2
    page = Page(
        goal + draw(st.integers(5, 10)) * 2,
        goal,
        draw(st.integers(13, 20)) * 2,
        draw(st.integers(4, 7)) * 2,
        draw(st.integers(0, 4)) > 0,
    )
    first = draw(st.sampled_from([1, 1, 1, 7]))
    pages = _pages(draw, first, most)
    printer = _Printer(draw, page, furnishing)
    given = [project for chunk in pages for project in chunk]
    total = f"{sum(Decimal(project.amount.replace(',', '')) for project in given)}"
    total_at = draw(st.sampled_from(["top", "bottom", None]))
    printer.lines += _top(draw, furnishing, total if total_at == "top" else None)
    _print_pages(draw, printer, pages)
    if total_at == "bottom":
        printer.lines += ["", f"合   计 {total}"]
    if draw(st.booleans()):
        printer.lines += ["", draw(st.sampled_from(["备注：本表只列大额项目", "注：金额为年初安排"]))]
    return ListText(printer.lines, given, place, year, unit, total if total_at else None, printer.first_lines)


def _top(draw: st.DrawFn, furnishing: Furnishing, total: str | None) -> list[str]:
    parts = draw(st.permutations([furnishing.title, [furnishing.unit], furnishing.columns]))
    lines = [line for part in parts for line in [*part, ""]]
    return [*lines, f"合   计 {total}", ""] if total is not None else lines


def _pages(draw: st.DrawFn, first: int, most: int) -> list[list[Project]]:
    """Projects by page; on some pages one stands bare, with its cell at the page's end."""
    sizes = draw(st.lists(st.integers(1, 5), min_size=1, max_size=4))
    pages, serial, count = list[list[Project]](), first, 0
    for size in sizes:
        chunk = []
        for _ in range(min(size, most - count)):
            chunk.append(draw(projects(serial, whole=count < 4)))
            serial, count = serial + 1, count + 1
        if chunk:
            pages.append(chunk)
    for chunk in pages[1:]:
        if len(chunk) > 2 and draw(st.integers(0, 2)) == 0 and all(p.basis or p.content for p in chunk):
            content = chunk[1].content or "器材购置。"
            chunk[1] = replace(chunk[1], bare=True, goal=None, basis=None, content=content, labelled=True)
    return pages


def _print_pages(draw: st.DrawFn, printer: _Printer, pages: list[list[Project]]) -> None:
    for at, chunk in enumerate(pages):
        displaced = [project for project in chunk if project.bare]
        cut = not displaced and at + 1 < len(pages) and draw(st.booleans()) and not any(
            project.bare for project in pages[at + 1]
        )  # fmt: skip
        for project in chunk:
            last = project is chunk[-1]
            if project is not chunk[0]:
                printer.blank()
            printer.project(project, cut=cut and last)
        for project in displaced:
            printer.blank()
            printer.put(cell_lines(draw, project, printer.page))
        if at + 1 < len(pages):
            broken = cut and printer.number > at + 1
            if broken:
                printer.blank()
            else:
                printer.break_page()


def expected(listed: ListText) -> list[dict[str, Any]]:
    """The fields that must be read, in the order of the list."""
    return [
        {
            "serial": project.serial,
            "name": "".join(project.name),
            "amount": project.amount,
            "department": project.department,
            "basis": project.basis,
            "content": project.content,
            "goal": project.goal,
            "line": line,
        }
        for project, line in zip(listed.projects, listed.first_lines, strict=True)
    ]

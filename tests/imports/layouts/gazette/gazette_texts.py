"""Made-up gazettes: issues, contents and official documents, as different converters print them, and what they say.

What no reader could resolve is not made: a title of a document without 文号 that the contents of its issue do not name;
an annex whose caption is a sentence; two documents with one title.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from random import Random

from hypothesis import strategies as st

seeds = st.integers(0, 10**6).map(Random)
"""Tests draw the same ones at every run (``derandomize``): of some thousand made-up files one or another is still read
otherwise, and such a file is to be looked at, not to come and go."""

CITY = "丁山市"
ORGANS = (
    "丁山市人民政府",
    "丁山市人民政府办公室",
    "丁山市水务局",
    "丁山市教育局",
    "丁山市卫生健康委员会",
    "丁山高新区管理委员会",
)
LETTERS = {
    "丁山市人民政府": ("丁政发", "丁政函", "丁政规"),
    "丁山市人民政府办公室": ("丁政办发", "丁政办函"),
    "丁山市水务局": ("丁水发", "丁水规"),
    "丁山市教育局": ("丁教规", "丁教财"),
    "丁山市卫生健康委员会": ("丁卫规",),
    "丁山高新区管理委员会": ("丁高管发",),
}
THINGS = (
    "塘坝",
    "茶园",
    "校舍",
    "书屋",
    "冷库",
    "堤岸",
    "灯塔",
    "苗圃",
    "菌棚",
    "渡口",
    "窑址",
    "油坊",
    "栈道",
    "鱼市",
    "驿站",
)
DEEDS = ("养护", "修缮", "更新", "普查", "保护", "奖补", "提升", "改造", "管理", "建设", "监测", "分级")
ISSUED = ("办法", "实施方案", "行动计划", "实施细则（试行）", "规划（2031—2035年）", "若干措施", "工作要点")
ADDRESSEES = (
    "各县、区人民政府，市直各有关单位：",
    "市水务局：",
    "各有关单位:",
    "各乡镇人民政府，各街道办事处，有关企业：",
)
BRACKETS = ("〔〕", "[]", "（）", "［］", "【】", "〔]")
SECTIONS = ("市政府文件", "市政府办公室文件", "部门规范性文件", "市政府函件")
HAN = "〇一二三四五六七八九"
WIDE = str.maketrans("(),:", "（），：")


@dataclass(slots=True)
class MadeAnnex:
    """An annex: how it is listed and whether it is printed."""

    number: str | None
    title: str
    printed: bool
    rows: list[str] = field(default_factory=list)
    listed_line: int = 0
    first_line: int = 0


@dataclass(slots=True)
class MadeDocument:
    """What a document says, and from which line to which it stands."""

    organs: tuple[str, ...]
    matter: str
    number: str | None
    printed_number: str | None
    addressee: str | None
    signed: date
    note: str | None
    attached: str | None
    annexes: list[MadeAnnex]
    section: str | None = None
    page: int | None = None
    first_line: int = 0
    last_line: int = 0

    @property
    def title(self) -> str:
        return "".join(self.organs) + self.matter

    @property
    def issuer(self) -> str:
        return "、".join(self.organs)


@dataclass(slots=True)
class MadeIssue:
    """What a masthead says."""

    title: str
    year: int
    number: int
    total: int | None
    published: date | None
    with_contents: bool
    documents: list[MadeDocument]
    first_line: int = 0
    last_line: int = 0


@dataclass(frozen=True, slots=True)
class Converter:
    """How a text is printed."""

    marks: bool
    """Headings carry # at random levels."""
    gaps: bool
    """A blank line stands below every line."""
    page_numbers: bool
    tail: str
    """White space at the end of every line."""

    @staticmethod
    def made(source: Random) -> Converter:
        return Converter(
            source.random() < 0.5, source.random() < 0.5, source.random() < 0.4, source.choice(("", "", " ", "  "))
        )


class Printer:
    """Prints lines and knows where it is."""

    def __init__(self, source: Random, converter: Converter) -> None:
        self.source, self.converter = source, converter
        self.lines: list[str] = []

    def put(self, text: str, *, heading: bool = False) -> int:
        """Print a line; the number of it."""
        marked = heading and self.converter.marks and self.source.random() < 0.8
        self.lines.append(("#" * self.source.randint(1, 4) + " " if marked else "") + text + self.converter.tail)
        line = len(self.lines)
        if self.converter.gaps:
            self.lines.append(self.converter.tail)
        return line

    def turn(self) -> None:
        """The end of a page."""
        if self.converter.page_numbers and self.source.random() < 0.5:
            number = self.source.randint(1, 90)
            self.put(self.source.choice((f"- {number} -", f"— {number} —", str(number), f"·{number}·")))

    @property
    def last_shown(self) -> int:
        return max(place for place, line in enumerate(self.lines, start=1) if line.strip() and not _is_number(line))


def _is_number(line: str) -> bool:
    return line.strip(" -—·").isdigit()


def words(source: Random) -> str:
    return source.choice(THINGS) + source.choice(("和", "及", "、")) + source.choice(THINGS) + source.choice(DEEDS)


def sentence(source: Random) -> str:
    """Prose that cites a number now and then."""
    cited = source.choice(
        ("", "", f"根据省里的通知（丙政发〔{source.randint(2015, 2030)}〕{source.randint(1, 99)}号），")
    )
    return f"{cited}各地要抓好{words(source)}工作，到2034年底完成{source.randint(2, 90)}处{words(source)}任务。"


def printed_date(source: Random, day: date) -> str:
    if source.random() < 0.3:
        year = "".join(HAN[int(figure)] for figure in str(day.year))
        return f"{year}年{_han(day.month)}月{_han(day.day)}日"
    space = source.choice(("", "", " "))
    return f"{day.year}{space}年{space}{day.month}{space}月{space}{day.day}{space}日"


def _han(number: int) -> str:
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else HAN[tens] + "十"
    return head + (HAN[ones] if ones else "")


def a_document(source: Random, *, numbered: bool | None = None) -> MadeDocument:
    organs = tuple(source.sample(ORGANS[2:5], 2)) if source.random() < 0.2 else (source.choice(ORGANS),)
    thing = words(source)
    attached = f"{CITY}{thing}{source.choice(ISSUED)}" if source.random() < 0.6 else None
    matter = (
        f"关于印发{attached}的通知"
        if attached
        else source.choice((f"关于做好{thing}工作的通知", f"关于{thing}规划的批复"))
    )
    year, order = source.randint(2028, 2033), source.randint(1, 120)
    letters, (opening, closing) = source.choice(LETTERS[organs[0]]), source.choice(BRACKETS)
    space = source.choice(("", "", " "))
    number = f"{letters}〔{year}〕{order}号" if (source.random() < 0.9 if numbered is None else numbered) else None
    return MadeDocument(
        organs,
        matter,
        number,
        f"{letters}{opening}{year}{closing}{space}{order}{space}号" if number else None,
        source.choice(ADDRESSEES),
        date(year, source.randint(1, 12), source.randint(1, 28)),
        source.choice(("此件公开发布", "此件主动公开", None)),
        attached,
        _annexes(source),
    )


def _annexes(source: Random) -> list[MadeAnnex]:
    count = source.choice((0, 0, 1, 2, 3))
    titles = [
        f"{CITY}{thing}{source.choice(('计划表', '清单', '任务分工表'))}" for thing in source.sample(THINGS, count)
    ]
    numbers = [None] if count == 1 and source.random() < 0.7 else [str(place) for place in range(1, count + 1)]
    return [
        MadeAnnex(number, title, source.random() < 0.9) for number, title in zip(numbers, titles, strict=count != 1)
    ]


def put_document(printer: Printer, made: MadeDocument) -> None:
    source = printer.source
    made.first_line = _put_title(printer, made)
    if made.printed_number:
        printer.put(source.choice((made.printed_number, f"（{made.printed_number}）")))
    if made.addressee:
        printer.put(made.addressee)
    for _ in range(source.randint(1, 3)):
        printer.put(sentence(source))
        printer.turn()
    if not made.attached:
        _put_list(printer, made)
    _put_signature(printer, made)
    if made.note:
        printer.put(source.choice((f"（{made.note}）", f"({made.note})")))
    if made.attached:
        printer.turn()
        printer.put(made.attached, heading=True)
        _put_body(printer)
        _put_list(printer, made)
    for annex in made.annexes:
        if annex.printed:
            printer.turn()
            _put_annex(printer, annex)
    made.last_line = printer.last_shown


def _put_title(printer: Printer, made: MadeDocument) -> int:
    """On one line, over two, or with the organs on lines of their own."""
    source, matter = printer.source, made.matter
    cut = source.randint(6, max(len(matter) - 5, 7))
    ways = (
        [" ".join([*made.organs, matter])],
        [*made.organs, matter],
        [*made.organs, matter[:cut], matter[cut:]],
        [" ".join([*made.organs, matter[:cut]]), matter[cut:]],
        [" ".join([*made.organs, matter[:cut], matter[cut:]])],
    )
    lines = [printer.put(line, heading=True) for line in source.choice(ways)]
    return lines[0]


def _put_body(printer: Printer) -> None:
    source = printer.source
    for number in "一二三"[: source.randint(1, 3)]:
        printer.put(f"{number}、{words(source)}", heading=True)
        for item in "一二"[: source.randint(0, 2)]:
            printer.put(f"（{item}）{words(source)}。{sentence(source)}")
            printer.turn()
        printer.put(sentence(source))


def _put_list(printer: Printer, made: MadeDocument) -> None:
    colon = printer.source.choice("：:")
    for place, annex in enumerate(made.annexes):
        opening = f"附件{colon}" if place == 0 else ""
        dot = printer.source.choice((".", "．", ". "))
        annex.listed_line = printer.put(opening + (f"{annex.number}{dot}" if annex.number else "") + annex.title)


def _put_signature(printer: Printer, made: MadeDocument) -> None:
    day = printed_date(printer.source, made.signed)
    if len(made.organs) == 1 and printer.source.random() < 0.2:
        printer.put(f"{made.organs[0]}  {day}")
        return
    for organ in made.organs:
        printer.put(organ)
    printer.put(day)


def _put_annex(printer: Printer, annex: MadeAnnex) -> None:
    source = printer.source
    number = annex.number or ""
    label = source.choice(
        (f"附件{number}", f"附件 {number}".rstrip(), f"附 件{number}", f"附件{number}：" if number else "附件")
    )
    way = source.choice(
        ("label first", "label first", "caption first", "together" if number else "label first", "no label")
    )
    if way == "together":
        annex.first_line = printer.put(f"附件{number}：{annex.title}", heading=True)
    elif way == "caption first":
        annex.first_line = printer.put(annex.title, heading=True)
        printer.put(label)
    elif way == "no label":
        annex.first_line = printer.put(annex.title, heading=True)
    else:
        annex.first_line = printer.put(label, heading=True)
        printer.put(annex.title, heading=True)
    printer.lines.append("序号\t名称\t数量（处）")
    annex.rows = [
        f"{place}\t{source.choice(THINGS)}\t{source.randint(1, 90)}" for place in range(1, source.randint(3, 7))
    ]
    printer.lines += [*annex.rows, ""]


def an_issue(source: Random, year: int, number: int) -> MadeIssue:
    with_contents = source.random() < 0.8
    documents = [a_document(source, numbered=None if with_contents else True) for _ in range(source.randint(2, 5))]
    titles: set[str] = set()
    numbers: set[str] = set()
    kept = []
    for made in documents:
        if made.title in titles or made.number in numbers:
            continue
        titles.add(made.title)
        numbers |= {made.number} if made.number else set()
        kept.append(made)
    total = source.choice((None, source.randint(7, 300)))
    published = date(year, source.randint(1, 12), source.randint(1, 28)) if source.random() < 0.7 else None
    return MadeIssue(f"{CITY}人民政府公报", year, number, total, published, with_contents, kept)


def put_issue(printer: Printer, made: MadeIssue) -> None:
    source = printer.source
    made.first_line = _put_masthead(printer, made)
    if made.with_contents:
        _put_contents(printer, made)
    for document in made.documents:
        printer.turn()
        put_document(printer, document)
    if source.random() < 0.6:
        cover = source.choice(
            (
                ("上情下达", "下情上报", "服务城乡"),
                (f"主办：{CITY}人民政府办公室", "印刷：丁山印刷厂", "地址：丁山市河东街9号"),
            )
        )
        for line in cover:
            printer.put(line)
    made.last_line = printer.last_shown


def _put_masthead(printer: Printer, made: MadeIssue) -> int:
    source = printer.source
    issue = source.choice(
        (f"{made.year}年第{made.number}期", f"{made.year} 第{made.number}期", f"{made.year}年 第 {made.number} 期")
    )
    total = f"(总第{made.total}期)" if made.total else ""
    if source.random() < 0.3:
        first = printer.put(f"{made.title} {issue}{total}", heading=True)
    else:
        spaced = " ".join(made.title) if source.random() < 0.2 else made.title
        first = printer.put(spaced, heading=True)
        printer.put("DINGSHAN GONGBAO")
        if total and source.random() < 0.5:
            printer.put(issue)
            printer.put(total)
        else:
            printer.put(issue + total)
    for line in ("编辑委员会", "主任：丁一", "委员：丁二 丁三", "主办单位：", f"{CITY}人民政府办公室"):
        printer.put(line)
    if made.published:
        printer.put(f"出版日期：{made.published.year}年{made.published.month}月{made.published.day}日")
    return first


def _put_contents(printer: Printer, made: MadeIssue) -> None:
    source = printer.source
    printer.put(source.choice(("目 录", "目录", "目　　录", "本期目录")), heading=True)
    way = source.choice(("dots", "tab", "brackets", "lost", "below"))
    bullet = source.choice(("", "", "- ", "serial"))
    page, section = 1, None
    for place, document in enumerate(made.documents, start=1):
        if source.random() < 0.5 or section is None:
            section = source.choice(SECTIONS)
            printer.put(source.choice((section, f"【{section}】")), heading=True)
        document.section, document.page = section, None if way == "lost" else page
        begin = f"{place}. " if bullet == "serial" else bullet
        number = f"（{document.printed_number}）" if document.printed_number else ""
        _put_entry(printer, begin + document.title + number, way, page)
        page += source.randint(1, 9)


def _put_entry(printer: Printer, text: str, way: str, page: int) -> None:
    ends = {"dots": f"……{page}", "tab": f"\t{page}", "brackets": f"......（{page}）", "lost": " .....", "below": ""}
    if printer.source.random() < 0.3 and len(text) > 30:
        printer.put(text[:24])
        text = text[24:]
    printer.put(text + ends[way])
    if way == "below":
        printer.put(str(page))


@dataclass(slots=True)
class MadeFile:
    """A file with one issue or several."""

    lines: list[str]
    issues: list[MadeIssue]


def a_gazette(source: Random, issues: int = 1) -> MadeFile:
    """A file of issues one after another, all printed by one converter."""
    printer = Printer(source, Converter.made(source))
    year = source.randint(2028, 2033)
    made = [an_issue(source, year, place) for place in range(1, issues + 1)]
    for issue in made:
        put_issue(printer, issue)
    return MadeFile(printer.lines, made)


def a_collection(source: Random, count: int) -> MadeFile:
    """A file of documents without masthead or contents."""
    printer = Printer(source, Converter.made(source))
    documents: dict[str, MadeDocument] = {}
    while len(documents) < count:
        made = a_document(source, numbered=True)
        documents.setdefault(made.title, made)
    for document in documents.values():
        put_document(printer, document)
    issue = MadeIssue("", 0, 0, None, None, False, list(documents.values()))
    return MadeFile(printer.lines, [issue])

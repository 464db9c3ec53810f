"""Whole files of every layout, small enough that thousands of mutations of them can be read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, Final

from benchmarks import target_forms as filled_forms
from imports.drafts import ProjectDraft
from imports.exporting.columns import COLUMNS, INDICATOR_HEADS, INDICATORS, PROJECTS
from imports.layouts import gazette, interchange, key_project_list, key_project_sheet, target_form, target_form_sheet
from imports.layouts.interchange_texts import SourceTexts, texts_as_parts
from imports.reading import Defaults, Reading
from imports.recognise import TABLE
from perfgoals.spreadsheets import Kind, Sheet, csv_chunks, write_sheets
from tests.imports import texts
from tests.imports.layouts import target_form_texts
from tests.imports.layouts.gazette import gazette_texts
from tests.imports.layouts.gazette.tables.texts import table_text
from tests.imports.official import books as official
from tests.imports.workbooks import books

ROOT: Final = Path(__file__).parents[2]
FIXTURES: Final = ROOT / "fixtures"
SOURCES: Final = ROOT / "../shared/sources"
"""Published texts, where they lie beside the checkout."""
_MOST_LINES: Final = 90
"""Of a part of a long text."""


@cache
def starting(layout: str, sources: Path = SOURCES) -> list[bytes]:
    """Some files of a layout, always the same; parts of the published texts of ``sources`` among them."""
    return [one for one in MAKERS[layout](seeded(layout), sources) if one]


def seeded(seed: object) -> Random:
    """Chance that comes out the same every time."""
    return Random(str(seed))


def _forms(random: Random, sources: Path) -> Iterator[bytes]:
    yield texts.form().encode()
    for _ in range(6):
        yield ("\n".join(target_form_texts.a_form(random).lines) + "\n").encode()
    yield "".join(filled_forms.forms(2, seed=3, irregular=0.3)).encode()
    for path in _texts("*target_forms*", sources):
        lines = path.read_text(encoding="utf-8").split("\n")
        starts = [at for at, line in enumerate(lines) if "项目支出绩效目标" in line]
        for start, stop in list(zip(starts, [*starts[2:], None, None], strict=False))[::3]:
            yield "\n".join(lines[start:stop]).encode()


def _lists(random: Random, sources: Path) -> Iterator[bytes]:
    things = ("修路", "养老服务补贴", "13-17层维修", "2024年防汛物资")
    for count in (1, 2, 4):
        yield texts.key_list(
            *((name, f"{random.randint(1, 99999)}.50", "市交通局") for name in things[:count])
        ).encode()
    yield from _parts("*key_projects*", "目 预算安排数", _MOST_LINES, sources)


def _gazettes(random: Random, sources: Path) -> Iterator[bytes]:
    for _ in range(3):
        yield "\n".join(gazette_texts.a_gazette(random).lines[:_MOST_LINES]).encode()
        document = gazette_texts.a_collection(random, 1).lines
        yield "\n".join([*document[:60], *table_text(random, damage=0.4).lines, *document[60:90]]).encode()
    yield from _parts("*gazette*", "", 60, sources)
    yield from _parts("*plan*", "", 60, sources)


def _texts(pattern: str, sources: Path) -> list[Path]:
    return sorted([*FIXTURES.glob(pattern), *sources.glob(pattern)])


def _parts(pattern: str, mark: str, most: int, sources: Path) -> Iterator[bytes]:
    """Parts of the fixtures and of published texts, each beginning with the file's first lines."""
    for path in _texts(pattern, sources):
        lines = path.read_text(encoding="utf-8").split("\n")
        starts = [at for at, line in enumerate(lines) if mark in line] or [0]
        for start in starts[:: max(1, len(starts) // 4)] if mark else range(0, len(lines), max(1, len(lines) // 5)):
            head = lines[: min(8, start)]
            yield "\n".join([*head, *lines[start : start + most]]).encode()


def drafts(sources: Path) -> list[ProjectDraft]:
    """Projects as the reader of forms gives them."""
    found: list[ProjectDraft] = []
    for data in starting(target_form.NAME, sources)[:4]:
        found += target_form.read(
            Reading(data.decode().split("\n")), Defaults(region_code="140404", region_name="长治市上党区")
        )
    return [replace(one, lines=[], source_document="a.txt", source_sha256="ab" * 32) for one in found if one.name]


def _interchange(random: Random, sources: Path) -> Iterator[bytes]:
    known = drafts(sources)
    for count in (1, 2, 3):
        yield _interchange_file(known[:count])
    text = "\n".join(gazette_texts.a_gazette(random).lines[:_MOST_LINES]).split("\n")
    read = list(gazette.read(Reading(text), Defaults()))
    issues = [one for one in read if type(one).__name__ == "IssueDraft"]
    documents = [one for one in read if type(one).__name__ == "DocumentDraft"]
    yield _interchange_file(known[:1], [SourceTexts("b.txt", "cd" * 32, issues, documents)])


def _interchange_file(projects: Sequence[ProjectDraft], cited: Sequence[SourceTexts] = ()) -> bytes:
    body = ",".join(interchange.project_json(one) for one in projects)
    tail = "".join(interchange.file_tail(not projects, texts_as_parts(list(cited)) if cited else None))
    return (interchange.file_head() + body + tail).encode()


def _form_sheets(random: Random, sources: Path) -> Iterator[bytes]:
    known = drafts(sources)
    yield official.forms(known[:1])
    yield official.forms(known[1:3])
    for data in starting(target_form.NAME, sources)[:3]:
        yield books.sheet([line.split("\t") for line in data.decode().split("\n")], "表")


def _list_sheets(random: Random, sources: Path) -> Iterator[bytes]:
    title = ["长治市2024年市本级重大政策重点项目绩效目标"]
    heads = ["序号", "项目名称", "预算安排数", "部门单位", "政策依据及支出内容", "绩效目标"]
    rows = [
        [at, f"第{at}中学改造", random.choice([5000, 300.5, "1,200.00"]), "市教育局",
         "政策依据：会议纪要。\n支出内容：改造教室。", "改造完成。"]
        for at in range(1, 6)
    ]  # fmt: skip
    yield books.sheet([title, ["单位：万元"], heads, ["合   计", None, 9000], *rows, ["备注：只列大额项目"]], "重点")
    yield books.sheet([title, [], [*heads[:2], "预算安排数（元）", *heads[3:]], *rows[:2]], "一")


def _tables(random: Random, sources: Path) -> Iterator[bytes]:
    columns = list(COLUMNS)
    rows = [[_cell(column.kind, at, column.key) for column in columns] for at in range(1, 4)]
    targets = [
        [at, "教室改造", "产出指标", "数量指标", "教室", "≥3间", "教室", "≥3间", at * 10, at * 10 + 1]
        for at in range(1, 4)
    ]
    heads = [column.head for column in columns]
    yield _xlsx([Sheet(PROJECTS, heads, rows), Sheet(INDICATORS, list(INDICATOR_HEADS), targets)])
    yield _xlsx([Sheet(PROJECTS, heads[:12], [row[:12] for row in rows])])
    yield b"".join(csv_chunks(heads, rows))
    yield b"".join(csv_chunks(heads[:15], [row[:15] for row in rows])).decode("utf-8-sig").encode("gb18030")


def _xlsx(sheets: list[Sheet]) -> bytes:
    from io import BytesIO

    to = BytesIO()
    write_sheets(sheets, to)
    return to.getvalue()


def _cell(kind: Kind, at: int, key: str) -> Any:
    if key in ("pk", "version", "serial", "year"):
        return 2025 if key == "year" else at
    match kind:
        case Kind.MONEY:
            return Decimal(f"{at}00000.00")
        case Kind.NUMBER:
            return at
        case Kind.MOMENT:
            return datetime(2024, 12, 17, 9, 7, 9)
        case _:
            return f"{key}第{at}项" if at % 2 else None


Maker = Callable[[Random, Path], Iterator[bytes]]
MAKERS: Final[dict[str, Maker]] = {
    target_form.NAME: _forms,
    key_project_list.NAME: _lists,
    gazette.NAME: _gazettes,
    interchange.NAME: _interchange,
    target_form_sheet.NAME: _form_sheets,
    key_project_sheet.NAME: _list_sheets,
    TABLE: _tables,
}
LAYOUTS: Final = tuple(MAKERS)

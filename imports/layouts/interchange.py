"""The interchange JSON (``docs/interchange.md``): the one format in which projects leave and re-enter the system whole.

`project_json` writes a draft, `read` reads drafts back. The structs below are the format: their field order is the key
order of the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from itertools import islice
from typing import Annotated, Final, Literal

import msgspec
from msgspec import Meta

from imports.drafts import SCOPES, SOURCES, Amount, FundingDraft, IndicatorDraft, ProjectDraft, Scope
from imports.excerpts import cut
from imports.layouts.interchange_texts import PARTS, Object, SourceTexts, texts_of
from imports.reading import Defaults, Reading, SourceError
from indicators.categories import LEVEL1_NAMES, classify
from indicators.values import number_text

NAME: Final = "interchange"
TITLE: Final = "交换文件"
LOOKED_FOR: Final = 'JSON 文本，开头写明 "format": "perfgoals-interchange"'
FORMAT: Final = "perfgoals-interchange"
VERSION: Final = 1

Money = Annotated[str, Meta(pattern=r"\A[0-9]{1,15}\.[0-9]{2}\Z")]
Digits = Annotated[str, Meta(pattern=r"\A-?[0-9]{1,24}(\.[0-9]{1,10})?\Z")]
Line = Annotated[int, Meta(ge=1, le=2**31 - 1)]
Filled = Annotated[str, Meta(min_length=1)]


class _Region(msgspec.Struct, forbid_unknown_fields=True):
    code: Annotated[str, Meta(pattern=r"\A[0-9]{6}\Z")]
    name: Filled


class _Department(msgspec.Struct, forbid_unknown_fields=True):
    code: str | None
    name: str | None
    body: Filled | None


class _Column(msgspec.Struct, forbid_unknown_fields=True):
    total: Money | None
    central: Money | None
    provincial: Money | None
    local: Money | None
    self_raised: Money | None
    other: Money | None


class _Funding(msgspec.Struct, forbid_unknown_fields=True):
    period: _Column
    annual: _Column


class _Goals(msgspec.Struct, forbid_unknown_fields=True):
    period: str | None
    annual: str | None


class _Indicator(msgspec.Struct, forbid_unknown_fields=True):
    scope: Scope
    level1: Literal["产出指标", "效益指标", "满意度指标", "成本指标"]
    level2: str
    level3: str
    value: str
    operator: Literal[">=", "<=", ">", "<", "="] | None
    number: Digits | None
    unit: str | None


class _Source(msgspec.Struct, forbid_unknown_fields=True):
    document: Filled
    sha256: Annotated[str, Meta(pattern=r"\A[0-9a-f]{64}\Z")]
    first_line: Line
    last_line: Line


class _Project(msgspec.Struct, forbid_unknown_fields=True):
    region: _Region
    year: Annotated[int, Meta(ge=1990, le=2100)]
    serial: Annotated[int, Meta(ge=0, le=2**31 - 1)] | None
    name: Filled
    department: _Department | None
    implementing_unit: str | None
    attribute: str | None
    duration: str | None
    amount: Money | None
    printed_unit: Literal["元", "万元", "亿元"]
    funding: _Funding | None
    basis: str | None
    content: str | None
    overview: str | None
    necessity: str | None
    safeguards: str | None
    plan: str | None
    goals: _Goals
    indicators: list[_Indicator]
    filed_at: Annotated[datetime, Meta(tz=False)] | None
    source: _Source | None


class _File(msgspec.Struct, forbid_unknown_fields=True):
    format: Literal["perfgoals-interchange"]
    version: Literal[1]
    projects: list[_Project]
    documents: list[Object] = msgspec.field(default_factory=list)
    tables: list[Object] = msgspec.field(default_factory=list)
    plan_indicators: list[Object] = msgspec.field(default_factory=list)
    plan_projects: list[Object] = msgspec.field(default_factory=list)
    prose_targets: list[Object] = msgspec.field(default_factory=list)


_LEVEL1_CODES: Final = {name: code for code, name in LEVEL1_NAMES.items()}


def recognise(lines: Sequence[str]) -> bool:
    """A JSON object that names the format near its beginning."""
    start = "".join(lines[:20])[:400].lstrip()
    return start.startswith("{") and f'"{FORMAT}"' in start


def read(reading: Reading, defaults: Defaults) -> Iterator[ProjectDraft | SourceTexts]:
    """The projects of an interchange file, then its texts. ``defaults`` are not needed: the file says everything."""
    del defaults
    content = _parse(reading.lines)
    reading.claim_range(1, len(reading.lines))
    lines = _project_lines(reading.lines)
    for position, project in enumerate(content.projects, start=1):
        reading.current_line = next(lines, reading.current_line)
        try:
            draft = _draft(project, position)
        except SourceError as error:
            raise SourceError(error.message, reading.current_line) from None
        yield draft
    yield from texts_of({name: getattr(content, name) for name in PARTS})


def _project_lines(lines: Sequence[str]) -> Iterator[int]:
    """The lines on which the projects begin: each has one ``region``, its first key."""
    return (number for number, line in enumerate(lines, start=1) for _ in range(line.count('"region":')))


def file_head() -> str:
    """What stands before the projects of a file."""
    return f'{{\n  "format": "{FORMAT}",\n  "version": {VERSION},\n  "projects": ['


def file_tail(empty: bool, texts: Mapping[str, Iterable[Object]] | None = None) -> Iterator[str]:
    """What stands after the projects of a file, trailing newline included. ``texts`` are its parts (`texts_as_parts`)."""
    yield "]" if empty else "\n  ]"
    for name in PARTS:
        yield f',\n  "{name}": ['
        border = ""
        for one in texts[name] if texts else ():
            yield border + _indented(one)
            border = ","
        yield "\n  ]" if border else "]"
    yield "\n}\n"


def project_json(draft: ProjectDraft) -> str:
    """One project as it stands inside a file, indented, without the comma before it."""
    return _indented(_record(draft))


def _indented(one: object) -> str:
    text = msgspec.json.format(msgspec.json.encode(one), indent=2).decode()
    return "\n    " + text.replace("\n", "\n    ")


def check(draft: ProjectDraft) -> None:
    """Raise `SourceError` or ``msgspec.ValidationError`` for a draft that a file of this format could not hold."""
    _draft(msgspec.json.decode(msgspec.json.encode(_record(draft)), type=_Project), 1)


def _record(draft: ProjectDraft) -> _Project:
    return _Project(
        region=_Region(draft.region_code, draft.region_name),
        year=draft.year,
        serial=draft.serial,
        name=draft.name,
        department=_Department(draft.department_code, draft.department_name, draft.department_body),
        implementing_unit=draft.implementing_unit,
        attribute=draft.attribute,
        duration=draft.duration,
        amount=_money(draft.amount),
        printed_unit=draft.printed_unit,  # type: ignore[arg-type]  # the database holds these three only
        funding=_Funding(*(_column(draft.funding[scope]) for scope in SCOPES)) if draft.funding else None,
        basis=draft.basis,
        content=draft.content,
        overview=draft.overview,
        necessity=draft.necessity,
        safeguards=draft.safeguards,
        plan=draft.plan,
        goals=_Goals(draft.goal_period, draft.goal_annual),
        indicators=[_indicator(indicator) for indicator in draft.indicators],
        filed_at=draft.filed_at,
        source=_source(draft),
    )


def _money(amount: Amount) -> str | None:
    return None if amount.yuan is None else f"{amount.yuan:.2f}"


def _column(column: FundingDraft) -> _Column:
    return _Column(_money(column.total), *(_money(column.sources.get(code, Amount(None, None))) for code in SOURCES))


def _indicator(indicator: IndicatorDraft) -> _Indicator:
    return _Indicator(
        indicator.scope,
        indicator.level1,  # type: ignore[arg-type]  # one of the four standard names
        indicator.level2,
        indicator.level3,
        indicator.value,
        indicator.operator,  # type: ignore[arg-type]  # the database holds the five comparators only
        number_text(indicator.number),
        indicator.unit,
    )


def _source(draft: ProjectDraft) -> _Source | None:
    if draft.source_sha256 is None or draft.source_document is None:
        return None
    return _Source(draft.source_document, draft.source_sha256, draft.first_line, draft.last_line)


def _draft(project: _Project, position: int) -> ProjectDraft:
    department = project.department or _Department(None, None, None)
    source = project.source
    if source and source.last_line < source.first_line:
        raise SourceError(f"第 {position} 个项目“{project.name}”的 source 中，last_line 小于 first_line。")
    if project.funding and project.funding.annual.total != project.amount:
        raise SourceError(
            f"第 {position} 个项目“{project.name}”的 amount 与 funding.annual.total 不一致，二者应为同一金额。"
        )
    return ProjectDraft(
        region_code=project.region.code,
        region_name=project.region.name,
        year=project.year,
        name=project.name,
        first_line=source.first_line if source else 1,
        last_line=source.last_line if source else 1,
        serial=project.serial,
        department_code=department.code,
        department_name=department.name,
        department_body=department.body,
        implementing_unit=project.implementing_unit,
        attribute=project.attribute,
        duration=project.duration,
        amount=_amount(project.amount),
        printed_unit=project.printed_unit,
        funding=_funding(project.funding),
        basis=project.basis,
        content=project.content,
        overview=project.overview,
        necessity=project.necessity,
        safeguards=project.safeguards,
        plan=project.plan,
        goal_period=project.goals.period,
        goal_annual=project.goals.annual,
        indicators=[_indicator_draft(indicator, position) for indicator in project.indicators],
        filed_at=project.filed_at,
        source_document=source.document if source else None,
        source_sha256=source.sha256 if source else None,
    )


def _amount(text: str | None) -> Amount:
    return Amount(None if text is None else Decimal(text), None)


def _funding(funding: _Funding | None) -> dict[Scope, FundingDraft] | None:
    if funding is None:
        return None
    return {"period": _funding_column(funding.period), "annual": _funding_column(funding.annual)}


def _funding_column(column: _Column) -> FundingDraft:
    return FundingDraft(_amount(column.total), {code: _amount(getattr(column, code)) for code in SOURCES})


def _indicator_draft(indicator: _Indicator, position: int) -> IndicatorDraft:
    if not indicator.level3 and not indicator.value:
        raise SourceError(f"第 {position} 个项目有一条指标的 level3 和 value 都是空的，请补上或删去该条。")
    if indicator.number is None and (indicator.operator or indicator.unit):
        raise SourceError(f"第 {position} 个项目的指标“{indicator.level3}”没有 number，就不能有 operator 或 unit。")
    category = classify(indicator.level2, _LEVEL1_CODES[indicator.level1])
    return IndicatorDraft(
        indicator.scope, indicator.level1, indicator.level2, category, indicator.level3, indicator.value,
        indicator.operator, None if indicator.number is None else Decimal(indicator.number), indicator.unit,
    )  # fmt: skip


_AT_BYTE = re.compile(r"\(byte (\d+)\)")
_AT_PATH = re.compile(r" - at `\$(?P<path>[^`]*)`$")
_PROJECT = re.compile(r"\.projects\[(\d+)\]\.?(.*)")
_TRANSLATIONS: Final = (
    (re.compile(r"Object missing required field `(.+?)`"), r"缺少字段 \1"),
    (re.compile(r"Object contains unknown field `(.+?)`"), r"有多余的字段 \1"),
    (re.compile(r"Expected `(.+?)`, got `(.+?)`"), r"应为 \1，实际是 \2"),
    (re.compile(r"Invalid enum value (.+)"), r"取值 \1 不在允许范围"),
    (re.compile(r"Expected `str` matching regex .*"), "写法不合规定"),
    (re.compile(r"Expected `str` of length >= 1"), "不能为空"),
    (re.compile(r"Expected `int` (.+)"), r"超出允许范围（\1）"),
)


def _parse(lines: Sequence[str]) -> _File:
    text = "\n".join(lines)
    if not text.lstrip().startswith("{"):
        raise SourceError(
            "这不是交换文件：交换文件是以 { 开头的 JSON 文本。请检查文件，或去掉 --layout 按内容识别。", 1
        )
    if "\\u0000" in text:
        raise SourceError(
            "含有空字符（\\u0000），无法保存；请改正后再导入。", text[: text.index("\\u0000")].count("\n") + 1
        )
    try:
        return msgspec.json.decode(text.encode(), type=_File)
    except msgspec.ValidationError as error:
        message, project = _explain(str(error))
        line = next(islice(_project_lines(lines), project - 1, None), None) if project else None
        raise SourceError(message, line) from None
    except RecursionError:
        raise SourceError("JSON 嵌套过深，不是交换文件。") from None
    except msgspec.DecodeError as error:
        at = _AT_BYTE.search(str(error))
        # A file that was cut off has no place of its own: the fault is its end.
        line = (text.encode()[: int(at[1])] if at else text.encode()).count(b"\n") + 1
        raise SourceError("JSON 不完整或语法有误，请重新导出该文件。", line) from None


def _explain(message: str) -> tuple[str, int | None]:
    """The fault in Chinese, and the number of the project that has it."""
    at = _AT_PATH.search(message)
    reason = message[: at.start()] if at else message
    reason = next((rule.sub(words, reason) for rule, words in _TRANSLATIONS if rule.search(reason)), "取值不合规定")
    path = at["path"] if at else ""
    number = None
    if project := _PROJECT.fullmatch(path):
        number = int(project[1]) + 1
        where = f"第 {int(project[1]) + 1} 个项目" + (f"的 {project[2]}" if project[2] else "")
    else:
        where = f"文件的 {path.lstrip('.')}" if path else "文件"
    return f"{cut(where)} 不合交换格式：{cut(reason)}。请改正后再导入。", number

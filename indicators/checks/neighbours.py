"""Rules between projects: filed twice, copied texts, one name in two departments, one project in several parts.

They look at no more than three neighbours of a kind, so that a finding does not change when a further one comes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Final

from indicators.checks.findings import Finding
from indicators.checks.forms import Filing, Form, Neighbour
from indicators.checks.rules import INTEGRATION, TARGETS, Given, Rule, Threshold, rule
from indicators.checks.severity import Family, Severity
from indicators.checks.stems import plain

_NAMED: Final = 3


def _first(neighbours: Iterable[Neighbour]) -> list[Neighbour]:
    return sorted(neighbours, key=lambda one: one.number)[:_NAMED]


def _around(form: Form, given: Given, kind: str) -> Iterator[Neighbour]:
    """Neighbours of the same region and year that agree in something."""
    for one in given.surroundings.neighbours:
        if kind in one.same and one.year == form.year and one.region == form.region and one.number != form.number:
            yield one


def _is_same_department(form: Form, other: Neighbour) -> bool:
    if form.department is not None and other.department is not None:
        return form.department == other.department
    return plain(form.text("department")) == plain(other.department_name)


@rule(
    id="neighbours.filed-twice",
    title="同一项目重复填报",
    family=Family.DATA,
    severity=Severity.SHOULD,
    source=INTEGRATION,
    explanation="同一部门、同一年度、同名的项目填报了不止一次，可能重复安排资金；保留正确的一份，其余作废。",
    bad="同一目标表在文件中出现两次，其中必要性一栏不同",
    good="每个项目只填报一次",
)
def filed_twice(form: Form, given: Given) -> Iterator[Finding]:
    """A project is filed once."""
    for filing in given.surroundings.filings[:_NAMED]:
        yield Finding(
            f"本项目在“{filing.document}”第 {filing.line} 行另有一份填报，{_difference(filing)}，请核对后只保留一份。",
            ("name",),
        )
    for other in _first(one for one in _around(form, given, "name") if _is_same_department(form, one)):
        yield Finding(f"同一部门本年度另有同名项目“{other.name}”，请核对是否重复填报。", ("name",))


def _difference(filing: Filing) -> str:
    return f"{'、'.join(filing.differing)}不同" if filing.differing else "内容完全相同"


# What most departments have under the same name.
_COMMON_NAME = re.compile(
    r"经费|工资|薪酬|办公|党建|驻村|聘|编外|临时|培训|差旅|会议|水电|取暖|供暖|物业|公务|绩效|奖金|奖励性|退休|抚恤|丧葬|遗属|工会|维修|维护|运维|设备购置|设备采购|保安|保洁|慰问|宣传|信创|档案|租赁|租金|津贴"
    r"|补贴发放|人员|食堂|体检|职业年金|养老保险|医疗保险|公积金|政府购买服务|信息化|网络|法律顾问|审计|前期|工作经费|预备费|债务|利息|其他|专项资金$|清欠|欠款"
)


@rule(
    id="neighbours.same-name-in-two-departments",
    title="两个部门有同名项目",
    family=Family.RELEVANT,
    severity=Severity.HINT,
    source=INTEGRATION,
    explanation="同一地区、同一年度不同部门的项目同名，可能职责重叠、重复安排。办公经费、人员聘用、设备购置等各部门通用的名称不提示。",
    bad="水利局、农业农村局都有“灌区节水改造工程”",
    good="由一个部门填报，或在名称中写明各自的范围",
)
def same_name(form: Form, given: Given) -> Iterator[Finding]:
    """A name belongs to one department."""
    if _COMMON_NAME.search(form.text("name")):
        return
    others = _first(one for one in _around(form, given, "name") if not _is_same_department(form, one))
    if others:
        names = "、".join(dict.fromkeys(f"“{one.department_name}”" for one in others))
        yield Finding(
            f"{names}本年度有同名项目，请核对是否重复安排，或在名称中写明各自的范围。", ("name", "department")
        )


_COPIED: Final = (
    ("项目概况", ("overview",)), ("项目设立必要性", ("necessity",)), ("项目实施计划", ("plan",)),
    ("支出内容", ("content",)), ("总体目标", ("goals.annual", "goals.period")),
)  # fmt: skip


@rule(
    id="neighbours.shared-text",
    title="多个项目使用同一段文字",
    family=Family.RELEVANT,
    severity=Severity.HINT,
    source=TARGETS,
    explanation=(
        "概况、必要性、计划或目标与别的项目逐字相同，说明不是针对本项目写的。同名项目、同一项目的各期、少于规定字数的套话不提示；项目概况相同的建议修改。"
    ),
    bad="“东街道路维修”与“校舍改造”的项目概况逐字相同",
    good="各项目分别写明自己的情况",
    thresholds=(Threshold("length", "文字最少字数", Decimal(30), Decimal(10), Decimal(1000)),),
)
def shared_text(form: Form, given: Given) -> Iterator[Finding]:
    """A text is written for its project."""
    if not given.surroundings.neighbours:
        return
    for title, paths in _COPIED:
        long = [path for path in paths if len(plain(form.text(path))) >= given["length"]]
        copies = {
            path: _first(one for one in _around(form, given, path) if not one.same & {"name", "stem"}) for path in long
        }
        found = [path for path in long if copies[path]]
        if found:
            names = "、".join(f"“{one.name}”" for one in copies[found[0]])
            yield Finding(
                f"{title}与{names}逐字相同，请写明本项目自己的情况。", tuple(found),
                severity=Severity.SHOULD if paths == ("overview",) else None,
            )  # fmt: skip


@rule(
    id="neighbours.split-project",
    title="一个项目拆成几个",
    family=Family.RELEVANT,
    severity=Severity.HINT,
    source=INTEGRATION,
    explanation="同一部门、同一年度的项目只在期次、标段、批次上不同，可能是一个项目拆开申报，宜合并设定目标或说明分开的理由。",
    bad="“河道整治工程一期”“河道整治工程二期”同年分别申报",
    good="合并为“河道整治工程”，分期安排资金",
)
def split_project(form: Form, given: Given) -> Iterator[Finding]:
    """One project is filed as one."""
    parts = _first(
        one for one in _around(form, given, "stem") if "name" not in one.same and _is_same_department(form, one)
    )
    if parts:
        names = "、".join(f"“{one.name}”" for one in parts)
        yield Finding(f"本部门同年还有{names}，名称只差期次或标段，请核对是否一个项目拆开申报。", ("name",))


RULES: Final[tuple[Rule, ...]] = (filed_twice, same_name, shared_text, split_project)

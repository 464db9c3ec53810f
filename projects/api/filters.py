"""The filters of the API: the site's own (`ProjectFilter`), described in words, and strict about what they do not know."""

from __future__ import annotations

from typing import Any, Final

from django.http import QueryDict

from perfgoals.api.errors import ParametersRefusedError
from perfgoals.api.parameters import Parameter, choice
from perfgoals.money import UNITS
from projects.filters import ProjectFilter
from projects.filters.choices import ARCHIVED, ATTRIBUTES, DIFFERS, FINDINGS, KINDS, OPERATOR_CHOICES
from projects.filters.conditions import OF_FINDINGS
from projects.funding_sources import NAMES
from projects.models import YEARS
from projects.querysets import ProjectQuerySet

UNIT: Final = "unit"
NOT_PUBLIC: Final = frozenset({"archived", "differs", *OF_FINDINGS})
"""Filters that tell how the site is worked with; they are for people with an account."""

_BOUND: Final = {"type": "string", "minLength": 1, "maxLength": 40}
_CODE: Final = {"type": "string", "pattern": r"^[a-z]{1,20}(\.[a-z]{1,20})?$"}
_ID: Final = {"type": "integer", "minimum": 1, "maximum": 2**63 - 1}
_TEXT: Final = {"type": "string", "minLength": 1, "maxLength": 100}
_NAME: Final = {"type": "string", "minLength": 1, "maxLength": 60}
_ID_OR_NONE: Final = {"type": "string", "pattern": "^([1-9][0-9]{0,17}|none)$"}
_RULE: Final = {"type": "string", "pattern": r"^[a-z0-9.-]{1,60}$"}
# Said here again, since what the app above lends is not there yet when this module is loaded; a test compares both.
_FAMILIES: Final = {
    "complete": "完整性",
    "relevant": "相关性",
    "fit": "适当性",
    "feasible": "可行性",
    "data": "数据质量",
}
_SEVERITIES: Final = {"1": "必须修改", "2": "建议修改", "3": "提示"}
_ONE_FINDING: Final = "（与其他审核意见条件须在同一条意见上成立）"
_ONE: Final = "（与其他指标条件须在同一个指标上成立）"

FILTERS: Final = (
    Parameter("region", "行政区划的六位代码，含下级。", {"type": "string", "pattern": "^[0-9]{6}$"}, "140404"),
    choice("own", "只要该区划本级", {"1": "不含下级"}),
    Parameter("year", "预算年度。", {"type": "integer", "minimum": YEARS[0], "maximum": YEARS[1]}, 2025),
    Parameter("department", "部门编号，见 departments；none 为未列明部门。可写多个，任一即可。", _ID_OR_NONE, "none", True),
    Parameter("section", "科室名称；none 为未列明科室。可写多个，任一即可。", _NAME, "预算科", True),
    Parameter("unit_text", "实施单位名称中的文字。", _TEXT, "中学"),
    choice("source", "当年有资金的来源，可写多个，须都有", NAMES, many=True),
    choice("attribute", "项目属性", dict(ATTRIBUTES)),
    Parameter("min", "年度金额不低于，单位见 unit，也可带单位（3亿元）。", _BOUND, "10000"),
    Parameter("max", "年度金额不高于，单位见 unit，也可带单位。", _BOUND, "50000000"),
    choice(UNIT, "min 和 max 的单位，不写为元", {unit: unit for unit in UNITS}),
    Parameter("category", f"指标类别的代码，一级或二级，可写多个，任一即可{_ONE}。", _CODE, "output.quantity", True),
    Parameter("indicator", f"三级指标名称中的文字{_ONE}。", _TEXT, "满意度"),
    choice("operator", f"指标值的计算符号，可写多个，任一即可{_ONE}", dict(OPERATOR_CHOICES), many=True),
    Parameter("number_min", f"指标值的下限，可带符号和单位（>80%）{_ONE}。", _BOUND, "0"),
    Parameter("number_max", f"指标值的上限，可带符号和单位（<90%）{_ONE}。", _BOUND, "<90%"),
    choice("kind", f"指标的性质{_ONE}", dict(KINDS)),
    choice("indicators", "有没有绩效指标", {"yes": "有", "no": "没有"}),
    choice("differs", "与来源文件有没有差异", dict(DIFFERS)),
    choice("finding", "有没有审核意见，不写而写了下面三项时为有未认可的意见", dict(FINDINGS)),
    Parameter("finding_rule", f"审核规则的编号，可写多个，任一即可{_ONE_FINDING}。", _RULE, "money.period-below-annual", True),
    choice("finding_family", f"审核规则的类别，可写多个，任一即可{_ONE_FINDING}", _FAMILIES, many=True),
    choice("finding_severity", f"审核意见的严重程度，可写多个，任一即可{_ONE_FINDING}", _SEVERITIES, many=True),
    Parameter("document", "来源文件的编号，见 documents。", _ID, 1),
    choice("archived", "归档项目，不写则不含", dict(ARCHIVED)),
    Parameter("q", "文字：名称、部门、各项说明、目标和指标中的任意文字；用空格隔开的每个词都要有。", _TEXT, "改造"),
)  # fmt: skip
"""The parameters of `ProjectFilter` in its order of importance."""


def filter_parameters(*, public: bool) -> list[Parameter]:
    """The filters that the asker may use."""
    return [one for one in FILTERS if not (public and one.name in NOT_PUBLIC)]


class Filtered:
    """Projects by the address's filters."""

    def __init__(self, query: QueryDict, projects: ProjectQuerySet) -> None:
        query = query.copy()
        # The site counts in 万元 unless it is told otherwise; programs read and write yuan.
        query.setdefault(UNIT, "元")
        self.found: Any = ProjectFilter(query, projects)

    def refuse_what_is_wrong(self) -> None:
        """Raises `ParametersRefusedError` with the filters' own sentences."""
        errors = {name: [str(one) for one in problems] for name, problems in self.found.form.errors.items()}
        if (unit := self.found.data[UNIT]) not in UNITS:
            errors[UNIT] = [f"“{unit}”不能选，请选 {'、'.join(UNITS)}。"]
        if errors:
            raise ParametersRefusedError(errors)

    @property
    def projects(self) -> ProjectQuerySet:
        """What was found. Raises `ParametersRefusedError`."""
        self.refuse_what_is_wrong()
        projects: ProjectQuerySet = self.found.qs
        return projects

    @property
    def is_on(self) -> bool:
        """Whether any filter is on."""
        return bool(self.found.is_on)

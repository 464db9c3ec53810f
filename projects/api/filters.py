"""The filters of the API: the site's own (`ProjectFilter`), described in words, and strict about what they do not know."""

from __future__ import annotations

from typing import Any, Final

from django.http import QueryDict

from perfgoals.api.errors import ParametersRefusedError
from perfgoals.api.parameters import Parameter, choice
from perfgoals.money import UNITS
from projects.filters import ProjectFilter
from projects.funding_sources import NAMES
from projects.models import YEARS
from projects.querysets import ProjectQuerySet

UNIT: Final = "unit"
NOT_PUBLIC: Final = frozenset({"archived", "differs"})
"""Filters that tell how the site is worked with; they are for people with an account."""

_NUMBER: Final = {"type": "string", "pattern": r"^[0-9]{1,12}(\.[0-9]{1,2})?$"}
_CODE: Final = {"type": "string", "pattern": r"^[a-z]{1,20}(\.[a-z]{1,20})?$"}
_ID: Final = {"type": "integer", "minimum": 1, "maximum": 2**63 - 1}
_TEXT: Final = {"type": "string", "minLength": 1, "maxLength": 100}
_ID_OR_NONE: Final = {"type": "string", "pattern": "^([1-9][0-9]{0,17}|none)$"}
OPERATORS: Final = {"ge": "≥", "le": "≤", "gt": ">", "lt": "<", "eq": "="}
_ONE: Final = "（与其他指标条件须在同一个指标上成立）"

FILTERS: Final = (
    Parameter("region", "行政区划的六位代码，含下级。", {"type": "string", "pattern": "^[0-9]{6}$"}, "140404"),
    choice("own", "只要该区划本级", {"1": "不含下级"}),
    Parameter("year", "预算年度。", {"type": "integer", "minimum": YEARS[0], "maximum": YEARS[1]}, 2025),
    Parameter("department", "部门编号，见 departments；none 为未列明部门。可写多个，任一即可。", _ID_OR_NONE, "none", True),
    Parameter("section", "科室名称；none 为未列明。可写多个，任一即可。", _TEXT, "none", True),
    Parameter("unit_text", "实施单位名称中的文字。", _TEXT, "中学"),
    choice("source", "当年有资金的来源，可写多个，须都有", NAMES, many=True),
    choice("attribute", "项目属性", {"一次性": "一次性项目", "延续性": "延续性项目", "经常性": "经常性项目", "none": "未列明"}),
    Parameter("min", "年度金额不低于，单位见 unit。", _NUMBER, "10000"),
    Parameter("max", "年度金额不高于，单位见 unit。", _NUMBER, "5000000"),
    choice(UNIT, "min 和 max 的单位，不写为元", {unit: unit for unit in UNITS}),
    Parameter("category", f"指标类别的代码，一级或二级，可写多个，任一即可{_ONE}。", _CODE, "output.quantity", True),
    Parameter("indicator", f"三级指标名称中的文字{_ONE}。", _TEXT, "满意度"),
    choice("operator", f"指标值的计算符号，可写多个，任一即可{_ONE}", OPERATORS, many=True),
    Parameter("number_min", f"指标值不低于{_ONE}。", _NUMBER, "0"),
    Parameter("number_max", f"指标值不高于{_ONE}。", _NUMBER, "90"),
    choice("kind", f"指标的性质{_ONE}", {"quantitative": "定量", "qualitative": "定性"}),
    choice("indicators", "有没有绩效指标", {"yes": "有", "no": "没有"}),
    choice("differs", "与来源文件有没有差异", {"yes": "有", "no": "没有"}),
    Parameter("document", "来源文件的编号，见 documents。", _ID, 1),
    choice("archived", "归档项目，不写则不含", {"only": "只要已归档的", "all": "包含已归档的"}),
    Parameter("q", "文字：名称、部门、各项说明、目标和指标中的任意文字；用空格隔开的每个词都要有。", _TEXT, "改造"),
)  # fmt: skip


def filter_parameters(*, public: bool) -> list[Parameter]:
    """The filters that the asker may use."""
    return [
        one
        for one in FILTERS
        if (one.name in ProjectFilter.base_filters or one.name == UNIT) and not (public and one.name in NOT_PUBLIC)
    ]


class Filtered:
    """Projects by the address's filters."""

    def __init__(self, query: QueryDict, projects: ProjectQuerySet) -> None:
        query = query.copy()
        # The site counts in 万元 unless it is told otherwise; programs read and write yuan.
        query.setdefault(UNIT, "元")
        self.found: Any = ProjectFilter(query, projects)

    @property
    def projects(self) -> ProjectQuerySet:
        """What was found. Raises `ParametersRefusedError` with the filters' own sentences."""
        errors = self.found.form.errors
        if errors:
            raise ParametersRefusedError({name: [str(one) for one in problems] for name, problems in errors.items()})
        projects: ProjectQuerySet = self.found.qs
        return projects

    @property
    def is_on(self) -> bool:
        """Whether any filter is on."""
        return any(self.found.data.getlist(name) for name in self.found.filters)

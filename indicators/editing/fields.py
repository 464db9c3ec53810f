"""The fields of the editing page in the order of the official form, and what a fact of a project is called."""

from __future__ import annotations

from typing import Final

from projects.funding_sources import SOURCES

HEAD: Final[dict[str, str]] = {
    "name": "项目名称",
    "department": "主管部门",
    "department_code": "部门代码",
    "implementing_unit": "实施单位",
    "attribute": "项目属性",
    "duration": "项目期",
    "serial": "序号",
}
TEXTS: Final[dict[str, str]] = {
    "overview": "项目概况",
    "basis": "立项依据",
    "content": "支出内容",
    "necessity": "项目设立必要性",
    "safeguards": "保证项目实施的制度、措施",
    "plan": "项目实施计划",
}
CONTACTS: Final[dict[str, str]] = {
    "contact_lead": "负责人",
    "contact_handler": "经办人",
    "contact_phone": "联系电话",
    "filed_at": "填报日期",
}
PLAIN: Final = (
    "name", "department_code", "implementing_unit", "attribute", "duration", *TEXTS,
    "contact_lead", "contact_handler", "contact_phone",
)  # fmt: skip
"""Fields whose text is stored as it is typed."""
NEW_HEAD: Final[dict[str, str]] = {"region": "行政区划", "year": "年度"}
"""What only a new project's form asks for: afterwards they are what the project is known by."""
LABELS: Final[dict[str, str]] = {
    **NEW_HEAD, **HEAD, **TEXTS, **CONTACTS, "funding_note": "差额说明", "reason": "修改原因",
    "goals.period": "实施期目标", "goals.annual": "年度目标",
}  # fmt: skip
SCOPE_NAMES: Final = {"period": "实施期", "annual": "年度"}
ATTRIBUTES: Final = ("一次性项目", "延续性项目", "经常性项目")
CELLS: Final = {"total": "资金总额", **{code: name for code, (name, _) in SOURCES.items()}}
"""Rows of the funding grid."""


def label_of(path: str) -> str:
    """The Chinese name of a field by its path in the sheet (``name``, ``funding.annual.central``, ``goals.period``)."""
    if path.startswith("funding."):
        _, scope, source = path.split(".")
        return f"{SCOPE_NAMES[scope]}{CELLS[source]}"
    return LABELS.get(path, path)

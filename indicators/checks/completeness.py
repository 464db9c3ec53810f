"""Rules on completeness: cells that every form has to fill in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from indicators.checks.findings import Finding
from indicators.checks.forms import SCOPE_NAMES, TEXTS, Form
from indicators.checks.rules import INTEGRATION, TARGETS, Given, Rule, rule
from indicators.checks.severity import Family, Severity

_REQUIRED: Final = ("name", "department", "department_code", "implementing_unit", "attribute", "duration")
_DESCRIBING: Final = ("overview", "basis", "necessity", "safeguards", "plan")
_TOLD: Final = ("overview", "necessity", "safeguards", "plan")
_CONTACTS: Final = ("contact_lead", "contact_handler", "contact_phone")
_NOTHING = re.compile(r"[\s/\\—–\-－_*×xX。.、…]*|[（(]?(?:无|没有|略|空|暂无|待定|待补充|未填)[）)]?。?")
_LONG: Final = 30
"""Characters; a longer text says something."""
_SAYS_NOTHING = re.compile(
    r"(?:详?见|参见|同)(?:附件|附表|上|方案|合同|文件|可研|申报书).{0,6}|(?:已?按|根据|依据|依照)?(?:实际|相关|有关|上级|合同|计划|规定|要求|文件|进度|工作|项目|情况)*"
    r"(?:要求|规定|计划|情况|需要|文件|进度|合同|制度)?(?:实施|执行|进行|安排|推进|开展|完成|办理|支付|落实)?"
)


def is_empty(text: str | None) -> bool:
    """Whether a printed text is blank or says that there is nothing (无, —, /)."""
    return text is not None and len(text) < _LONG and _NOTHING.fullmatch(text.strip()) is not None


@rule(
    id="completeness.required-cell",
    title="必填项空白",
    family=Family.COMPLETE,
    severity=Severity.MUST,
    source=f"{TARGETS}；{INTEGRATION}",
    explanation="目标申报表的项目名称、主管部门及代码、实施单位、项目属性、项目期必须填写。来源中没有这一栏的不作判断。",
    bad="项目属性：（空白）",
    good="项目属性：一次性项目",
)
def required_cells(form: Form, _given: Given) -> Iterator[Finding]:
    """Name, department and code, unit, attribute and duration are filled in."""
    if form.is_form:
        for path in _REQUIRED:
            if is_empty(form.texts.get(path)):
                yield Finding(f"“{TEXTS[path]}”没有填写，请补填。", (path,))


@rule(
    id="completeness.total-missing",
    title="资金总额空白",
    family=Family.COMPLETE,
    severity=Severity.MUST,
    source=TARGETS,
    explanation="资金表的实施期资金总额和年度资金总额必须填写，没有资金的填零；其他资金等来源可以空白。表中没有实施期资金栏的，只看年度资金总额；各来源有金额而没有总额的另行提示。",
    bad="年度资金总额：（空白）",
    good="年度资金总额：3,000,000 元",
)
def totals(form: Form, _given: Given) -> Iterator[Finding]:
    """Both totals are filled in."""
    if form.is_form:
        if form.amount is None and not _has_money(form, "annual"):
            yield Finding("“年度资金总额”没有填写，请补填，没有资金的填 0。", ("funding.annual.total",))
        if form.period_amount is None and "period" in form.funding and not _has_money(form, "period"):
            yield Finding("“实施期资金总额”没有填写，请补填，没有资金的填 0。", ("funding.period.total",))


def _has_money(form: Form, scope: str) -> bool:
    """Whether sources have money: a total that is missing then is a contradiction, which the rules on money tell."""
    return any(form.funding.get(scope, {}).values())


@rule(
    id="completeness.goal-missing",
    title="总体目标空白",
    family=Family.COMPLETE,
    severity=Severity.MUST,
    source=TARGETS,
    explanation="实施期和年度总体目标是设定指标的依据，必须填写。表中没有实施期目标一栏的，只看年度目标。",
    bad="年度总体目标：（空白）",
    good="年度总体目标：硬化道路12公里，解决三个村出行难。",
)
def goals(form: Form, _given: Given) -> Iterator[Finding]:
    """Both goals are filled in."""
    if form.is_form:
        for scope in ("period", "annual"):
            if _has_goal_cell(form, scope) and is_empty(form.text(f"goals.{scope}")):
                yield Finding(
                    f"{SCOPE_NAMES[scope]}总体目标没有填写，请写明要完成的工作和要达到的效果。", (f"goals.{scope}",)
                )


def _has_goal_cell(form: Form, scope: str) -> bool:
    return scope == "annual" or scope in form.goals or bool(form.of_scope(scope))


@rule(
    id="completeness.text-missing",
    title="说明栏空白",
    family=Family.COMPLETE,
    severity=Severity.SHOULD,
    source=TARGETS,
    explanation="项目概况、立项依据、项目设立必要性、保证措施、实施计划是审核目标的依据，应逐栏填写。来源中没有这一栏的不作判断。",
    bad="项目实施计划：无",
    good="项目实施计划：3月招标，5月开工，10月完工验收。",
)
def descriptions(form: Form, _given: Given) -> Iterator[Finding]:
    """The describing texts are filled in."""
    if form.is_form:
        for path in _DESCRIBING:
            if is_empty(form.texts.get(path)):
                yield Finding(f"“{TEXTS[path]}”没有填写，请补充。", (path,))


@rule(
    id="completeness.text-says-nothing",
    title="说明栏没有内容",
    family=Family.COMPLETE,
    severity=Severity.HINT,
    source=TARGETS,
    explanation="说明栏只写“见附件”“按计划实施”一类的话，审核人看不出内容。写有任何具体内容的不提示。",
    bad="项目实施计划：按进度实施",
    good="项目实施计划：上半年完成招标，下半年完成施工。",
)
def empty_words(form: Form, _given: Given) -> Iterator[Finding]:
    """The describing texts do not only point elsewhere."""
    if form.is_form:
        for path in _TOLD:
            text = form.text(path).rstrip("。")
            if 0 < len(text) <= 16 and not is_empty(text) and _SAYS_NOTHING.fullmatch(text):
                yield Finding(f"“{TEXTS[path]}”只写“{text}”，看不出内容，请写明具体情况。", (path,))


@rule(
    id="completeness.contacts-missing",
    title="填报人信息空白",
    family=Family.COMPLETE,
    severity=Severity.HINT,
    source=TARGETS,
    explanation="负责人、经办人、联系电话和填报日期便于核实，公开前可以隐去，申报时应填写。表中没有这一行的不作判断。",
    bad="负责人：（空白） 经办人：（空白）",
    good="负责人：张三 经办人：李四",
)
def contacts(form: Form, _given: Given) -> Iterator[Finding]:
    """Those who filed and the date are named."""
    if form.is_form and any(form.texts.get(path) is not None for path in _CONTACTS):
        missing = [path for path in _CONTACTS if is_empty(form.texts.get(path))]
        names = [TEXTS[path] for path in missing]
        if form.filed is None:
            missing, names = [*missing, "filed_at"], [*names, "填报日期"]
        if missing:
            yield Finding(f"{'、'.join(names)}没有填写，申报时请补填。", tuple(missing))


RULES: Final[tuple[Rule, ...]] = (required_cells, totals, goals, descriptions, empty_words, contacts)

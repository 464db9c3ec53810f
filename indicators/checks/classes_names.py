"""Rules on classes that the name of an indicator decides: quality, satisfaction, ecology, and names of classes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from indicators.categories import level1_code, level2_code
from indicators.checks.classes_moving import CLASS_NAMES, moved
from indicators.checks.classes_units import MONEY, SHARE, measures
from indicators.checks.findings import Finding
from indicators.checks.forms import SCOPES, Form, Target
from indicators.checks.halves import at, called, judged, judged_alike, row_judge
from indicators.checks.rules import TARGETS, Given, Rule, rule
from indicators.checks.severity import Family, Severity
from indicators.checks.stems import plain_name

_QUALITY_RATE = re.compile(r"(?:合格|优良|优质|达标|准确|完好|成活|验收通过|规范|符合|差错|返工|无害化)率")
_SATISFIED = re.compile(r"满意(?:度|率|程度)?(?:[（(][^）)]*[）)])?$")
_CERTAIN_MOVES: Final = (
    (_QUALITY_RATE, frozenset({"output.quantity", "output.cost"}), "output.quality"),
    (
        _SATISFIED,
        frozenset({
            "output.quantity", "output.quality", "output.timeliness", "output.cost", "benefit.economic",
            "benefit.social", "benefit.ecological", "benefit.sustained",
        }),
        "satisfaction.served",
    ),
)  # fmt: skip


@rule(
    id="classes.belongs-elsewhere",
    title="质量、满意度要求列在别的类别下",
    family=Family.RELEVANT,
    severity=Severity.SHOULD,
    source=TARGETS,
    explanation="合格率、达标率等是质量要求，满意度是服务对象的评价，各有自己的类别；列在数量、成本或效益指标下的，应改列。",
    bad="数量指标：工程验收合格率 100%",
    good="质量指标：工程验收合格率 100%",
)
def belongs_elsewhere(form: Form, _given: Given) -> Iterator[Finding]:
    """Rates of quality and satisfaction stand under their own classes."""
    for halves, right in judged_alike(form, _right_class):
        yield Finding(
            f"{called(halves)}列在了“{halves[0].label.strip()}”下，应列在{CLASS_NAMES[right]}下。",
            at(halves, "category", "name"), moved(form, halves, right),
        )  # fmt: skip


@row_judge
def _right_class(target: Target) -> str | None:
    for pattern, wrong, right in _CERTAIN_MOVES:
        if target.category in wrong and pattern.search(target.name.strip()) and measures(target) in (SHARE, None):
            return right
    return None


_NATURE = re.compile(
    r"节能|节约(?:能源|标准?煤|用[水电煤能])|节[水电煤](?:量|率|$)|能耗|减排|降碳|低碳|固碳|碳(?:排放|达峰|中和|汇)|二氧化碳|植被|水质|空气质量|大气质量|污染|水土流失|水土保持|森林覆盖|绿化(?:率|覆盖|面积)|扬尘|雾霾|生物多样性|生态"
    r"|(?:自然|大气|水|土壤|流域|河道)环境"
)
_BARE_ENVIRONMENT = re.compile(r"^(?:改善|优化|提升|保护)?环境(?:改善|质量|保护|治理)?(?:情况|程度|水平)?$")
_NATURE_PROJECT = re.compile(r"空气|扬尘|大气|污染|水质|生态|绿化|排放|造林|植树|湿地|垃圾|污水")
_SOCIAL = re.compile(
    r"饮用?水|供水|自来水|食品|室内|意识|知晓|宣传|就业|教育|人才|体系|队伍|政策|能力|文明|移民|满意|搬迁|产业|旅游|补偿资金|舆情|执法|案件|纠纷|投诉"
)


@lru_cache(maxsize=8192)
def _speaks_of_nature(name: str) -> bool:
    return _NATURE.search(name) is not None and not _SOCIAL.search(name)


@rule(
    id="classes.ecology-elsewhere",
    title="生态效益列在社会、经济效益下",
    family=Family.RELEVANT,
    severity=Severity.SHOULD,
    source=TARGETS,
    explanation=(
        "节能减排、空气、水质、植被等属于生态效益。列在社会效益或经济效益下而生态效益空白的，应改列；已设有生态效益指标的、说的是环保意识或就业等的，不作判断。"
    ),
    bad="社会效益：节能减排 提高；生态效益：（空白）",
    good="生态效益：单位面积供热能耗下降率 ≥5%",
)
def ecology_elsewhere(form: Form, _given: Given) -> Iterator[Finding]:
    """What is good for nature is an ecological benefit."""
    settled = {scope for scope in SCOPES if form.of_class("benefit.ecological", "benefit.other", scope=scope)}
    aims = [target for target in form.of_class("benefit.social", "benefit.economic") if target.scope not in settled]
    for halves, certain in judged(aims, _is_ecology):
        if certain or _NATURE_PROJECT.search(form.text("name") + form.text("overview")):
            yield Finding(
                f"{called(halves)}说的是生态环境，列在了“{halves[0].label.strip()}”下，而生态效益空白，应改列生态效益。",
                at(halves, "category", "name"),
                moved(form, halves, "benefit.ecological") if certain else (),
            )


def _is_ecology(target: Target) -> bool | None:
    name = target.name.strip()
    if _speaks_of_nature(name):
        # Money saved or earned by it is an economic benefit.
        return True if measures(target) != MONEY else None
    return False if _BARE_ENVIRONMENT.match(name) else None


# How the names of classes begin: to look at that first is ten times as fast as to try the name of each.
_BEGINS_LIKE_A_CLASS = re.compile(
    r"(?:项目)?(?:产出|数量|质量|时效|进度|成本|经济|社会|生态|环境|可持续|公众|服务|受益|满意|效益|效果)"
)


def _is_class_name(name: str) -> bool:
    if not _BEGINS_LIKE_A_CLASS.match(plain_name(name)):
        return False
    return level2_code(name) is not None or level1_code(name) is not None


@rule(
    id="classes.name-is-class",
    title="指标名称只是类别名",
    family=Family.RELEVANT,
    severity=Severity.SHOULD,
    source=TARGETS,
    explanation=(
        "三级指标应写出衡量什么；只写“数量指标”“社会效益”等于没有指标。只写“服务对象满意度”没有说明谁满意，仅作提示。"
    ),
    bad="社会效益：社会效益 提高",
    good="社会效益：受益学生 ≥1200人",
)
def name_is_class(form: Form, _given: Given) -> Iterator[Finding]:
    """An indicator has a name of its own."""
    for halves, mild in judged_alike(form, _mere_class):
        what = "没有说明是谁满意，请写明服务对象。" if mild else "只是类别名，请写明具体衡量什么。"
        yield Finding(f"{called(halves)}{what}", at(halves, "name"), severity=Severity.HINT if mild else None)


@row_judge
def _mere_class(target: Target) -> bool | None:
    """Whether it is at least said that people are served; ``None`` where the indicator has a name of its own."""
    name = target.name.strip()
    return ("对象" in name or "公众" in name) if name and _is_class_name(name) else None


RULES: Final[tuple[Rule, ...]] = (belongs_elsewhere, ecology_elsewhere, name_is_class)

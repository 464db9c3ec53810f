"""Rules on classes: whether an indicator stands under the class that it belongs to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from indicators.checks import classes_names
from indicators.checks.classes_moving import CLASS_NAMES, moved
from indicators.checks.classes_units import COUNT, MONEY, SHARE, SPACE, TIME, measures
from indicators.checks.findings import Finding
from indicators.checks.forms import Form, Target
from indicators.checks.halves import at, called, judged_alike, row_judge
from indicators.checks.rules import GUIDE, TARGETS, Given, Rule, rule
from indicators.checks.severity import Family, Severity

# Money that is itself what a project brings about: credit given, investment drawn, goods sold, debts paid.
_MONEY_BROUGHT = re.compile(
    r"完成(?:年度|固定资产)?投资|贷|担保|招商|引资|争取|到位|销售|产值|营业|收入|税|债|保费|保额|保险|理赔|消费|核销|交易|募|筹|社会(?:资本|资金)|撬动|带动|本金|利息|还本|付息|挽回|追缴|清收|回收|标准|人均|单价|出口|进口|成交|签约|合同额|处置|缴纳|缴费|归还|偿还|清偿|化解"
)


@row_judge
def _is_spent(target: Target) -> bool | None:
    if target.category != "output.quantity" or measures(target) != MONEY:
        return None
    return not _MONEY_BROUGHT.search(target.name) or None


@rule(
    id="classes.money-under-quantity",
    title="金额列在数量指标下",
    family=Family.RELEVANT,
    severity=Severity.SHOULD,
    source=GUIDE,
    explanation=(
        "数量指标反映提供多少产品和服务；投资额、资金额是花费，应列在成本指标下。招商引资额、贷款额、销售额、还本付息额等以金额为产出的，不作判断。"
    ),
    bad="数量指标：项目总投资 ≤4000万元",
    good="成本指标：项目总投资 ≤4000万元",
)
def money_under_quantity(form: Form, _given: Given) -> Iterator[Finding]:
    """Money is a cost, not a quantity."""
    for halves, _ in judged_alike(form, _is_spent):
        yield Finding(
            f"数量指标{called(halves)}的指标值“{halves[0].value.strip()}”是金额，应列在成本指标下，数量指标请写完成的工作量。",
            at(halves, "category", "value"),
        )


_MONEY_WORDS = re.compile(r"元|[%％‰﹪]|百分|成本|单价|造价|\d\s*万|折")
_PRICE_NAMES = re.compile(r"[（(][^（()）]*(?:元|%)[^（()）]*[）)]|率|比例|占比")


@rule(
    id="classes.cost-without-money",
    title="成本指标既无金额也无百分比",
    family=Family.RELEVANT,
    severity=Severity.SHOULD,
    source=GUIDE,
    explanation=(
        "成本指标要写出控制在多少金额以内，或节约、超支的比例；“有效”“不超预算”无从衡量。社会成本、生态环境成本不作判断，指标值空白或只有数字没有单位的另行提示。"
    ),
    bad="成本指标：成本控制有效性 有效",
    good="成本指标：项目总成本 ≤120万元",
)
def cost_without_money(form: Form, _given: Given) -> Iterator[Finding]:
    """A cost target states money or a share."""
    for halves, _ in judged_alike(form, _lacks_money):
        yield Finding(
            f"成本指标{called(halves)}的指标值“{_cut(halves[0].value.strip())}”既没有金额也没有百分比，请写明控制在多少元以内。",
            at(halves, "value"),
        )


@row_judge
def _lacks_money(target: Target) -> bool | None:
    if target.category not in {"output.cost", "cost.economic"}:
        return None
    value = target.value.strip()
    if not value or _MONEY_WORDS.search(value) or _PRICE_NAMES.search(target.name):
        return None
    return None if target.amount is not None and not target.unit else True


_TIME_NAME = re.compile(
    r"(?:及时|按时|按期|如期|准时|时效)(?:率|性|度|程度)?$|(?:及时|按时|按期|如期|准时)[^，,]{0,8}(?:率|性|情况|程度)$"
    r"|(?:及时|按时|按期|如期|准时)(?:完成|完工|竣工|交付|支付|拨付|发放|到位|开工|投用)$|[年月日]底?前(?:完成|完工|竣工|支付|到位)$"
    r"|(?:完工|完成|竣工|开工|交付|交工|建成|投用|拨付|支付|发放|到位|实施|启动|验收|上线)的?(?:时间|时限|日期|期限)$|工期$"
)
_SERVICE_SPEED = re.compile(r"响应|急救|诊|出警|处警|处置|抢险|救援|接诉|办结|回复|答复|反馈|投递|预警|预报")
_TIME_VALUE = re.compile(
    r"(?:及时|按时|按期|如期|准时)(?:完成|到位|拨付|支付|发放|足额)?|[≤<=＝]?\s*(?:于|在)?\s*20\d\d\s*年(?:\s*\d{1,2}\s*月|底|末).{0,8}"
)


@lru_cache(maxsize=8192)
def _names_time(name: str) -> bool:
    return _TIME_NAME.search(name) is not None and not _SERVICE_SPEED.search(name)


@rule(
    id="classes.time-elsewhere",
    title="时间要求列在数量、质量指标下",
    family=Family.RELEVANT,
    severity=Severity.SHOULD,
    source=TARGETS,
    explanation=(
        "按时、及时、工期、完成时间等时间要求属于时效指标。急救响应、处置、预警等以快慢为服务质量的，不作判断。"
    ),
    bad="质量指标：资金支付及时率 100%",
    good="时效指标：资金支付及时率 100%",
)
def time_elsewhere(form: Form, _given: Given) -> Iterator[Finding]:
    """Requirements of time are under 时效指标."""
    for halves, certain in judged_alike(form, _is_time):
        yield Finding(
            f"{called(halves)}是时间要求，列在了{CLASS_NAMES[halves[0].category]}下，应列在时效指标下。",
            at(halves, "category", "name"),
            moved(form, halves, "output.timeliness") if certain else (),
        )


@row_judge
def _is_time(target: Target) -> bool | None:
    if target.category not in {"output.quality", "output.quantity"}:
        return None
    if _names_time(target.name.strip()):
        return True
    return False if _TIME_VALUE.fullmatch(target.value.strip()) else None


_QUALITY_COUNTED = re.compile(
    r"事故|投诉|差错|故障|问题|缺陷|隐患|违规|违纪|违法|信访|上访|次数|合格|达标|验收|优|奖|认证|标准|等级|厚|宽|深|高度|强度|精度|误差|浓度|间距|直径|坡度|密度|含量|指数|得分|分数|评分"
    r"|缺勤|伤亡|死亡|瑕疵|返工|整改|失误|泄密|泄露|舆情|通报|超标|遗漏|漏|错|零|无|规格|参数|配置|性能|质量|分辨率|像素|容量|功率|压力|流量|成活|存活|保存|抽查|检查|检测|监测|人均|平均|每|持证|资质|职称|学历|水位|蓄水|示范|创建|星级|荣誉|称号|专利|论文|成果|典型|[国省市]级|径|距离|能力"
)
_FEEDBACK = re.compile(r"投诉|信访|上访|差评|好评|表扬|锦旗|感谢|问卷|回访|评价|评分|意见|测评|满意|认可|支持")
_MISFITS: Final = {
    "output.quality": (frozenset({COUNT, SPACE, MONEY}), _QUALITY_COUNTED, "合格率、达标率等质量要求"),
    "output.timeliness": (frozenset({COUNT, SPACE, MONEY}), re.compile(r"频|次|每|批|期"), "完成日期、工期或及时率"),
    "satisfaction.served": (frozenset({COUNT, SPACE, MONEY, TIME}), _FEEDBACK, "满意的百分比"),
}


@rule(
    id="classes.unit-misfits",
    title="计量单位与指标类别不符",
    family=Family.RELEVANT,
    severity=Severity.SHOULD,
    source=TARGETS,
    explanation=(
        "质量、时效、满意度指标下出现人数、面积、金额，多半是指标放错了类别。事故数、获奖数、厚度、次数等本来就按数量衡量的，不作判断。"
    ),
    bad="质量指标：培训村干部 ≥110人",
    good="数量指标：培训村干部 ≥110人；质量指标：考核合格率 ≥95%",
)
def unit_misfits(form: Form, _given: Given) -> Iterator[Finding]:
    """The unit of a value fits its class."""
    for halves, measured in judged_alike(form, _misfit):
        named, proper = CLASS_NAMES[halves[0].category], _MISFITS[halves[0].category][2]
        yield Finding(
            f"{named}{called(halves)}的指标值“{halves[0].value.strip()}”是{_KIND_NAMES[measured]}，"
            f"{named}应写{proper}，请改列类别或改写指标。",
            at(halves, "category", "value"),
        )


@row_judge
def _misfit(target: Target) -> str | None:
    if target.category not in _MISFITS:
        return None
    kinds, excepted, _ = _MISFITS[target.category]
    if not target.amount or (target.operator or "").startswith("<"):
        return None  # what is to stay away or below a limit is no work done under the wrong class
    measured = measures(target)
    return measured if measured in kinds and not excepted.search(target.name) else None


_KIND_NAMES: Final = {COUNT: "数量", SPACE: "面积、长度或重量", MONEY: "金额", TIME: "时间", SHARE: "比例"}


def _cut(text: str) -> str:
    return text if len(text) <= 30 else f"{text[:28]}……"


RULES: Final[tuple[Rule, ...]] = (
    money_under_quantity, cost_without_money, time_elsewhere, unit_misfits, *classes_names.RULES,
)  # fmt: skip

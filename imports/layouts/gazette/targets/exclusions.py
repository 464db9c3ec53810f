"""Figures that are no targets whatever the rules say: norms, conditions, grants, periods of procedure, parts of the text."""

from __future__ import annotations

import re

from imports.layouts.gazette.targets import tense, units
from imports.layouts.gazette.targets.places import BARE_ADJUSTED, OF_WHOLE, WEAK, Place, separated
from imports.layouts.gazette.targets.verbs import DOING_ANYWHERE, DOING_START, is_no_thing

_LISTED_CONDITION = re.compile(r"[、和或][^,;、]{0,40}[0-9][^0-9,;、]{0,8}的[^,;、]")
_ADDRESSED = re.compile(r"(?:对于?|凡是?|针对|如果?|若|经)")
_DESCRIBES = re.compile(r"[^,;]{0,30}的[^,;、]{0,8}$")
_NEVER = re.compile(
    r"首付|首期付|注册资[本金]|起征点|距离|间距|容积率|建筑密度|滞纳金|保证金|违约金|预付款|质保金|诉讼费|最低工资|报名费|限价|定价|票价|授信额度|支持额度|贷款额度|"
    r"[上下]浮|浮动|溢价|(?<!增)[加扣计赋]分|降雨|降水量|气温|日照时|无霜期|参会|与会|会期|陪餐|列席|工作时间|任职年限|服务年限|工龄|年龄$|保存(?!率)|车速|时速|限速|资金来源|财政安排|县级配套|"
    r"限额(?!以)|起付线|封顶线|救助比例|缴存|税率|享受补贴|补贴次数|自筹|资本金|补助资金|降雪|候选人|字数|视频时长|专家库|抽取|优秀等次|优秀(?:等级)?比例|"
    r"(?:救助|补助|奖励|补贴|赔偿|补偿|资助)金额"
)
"""What rules and contracts fix and no plan reaches."""
_SIZE = re.compile(r"(?:高度|宽度|厚度|净[宽高]|净空|深度|温度|坡度|水位|限高|重量|质量|水深|管径|直径|跨度)(?:设置)?$")
"""What a building code fixes: without a date it is a norm."""
_NORM = re.compile(r"应当|方可|方能|依法|不予|一律|可以|须(?!眉)|有权|不[应宜]|不得")
_LAW = re.compile(r"应当|方可|方能|不予|不应")
_GOAL_WORD = re.compile(
    r"达到|提高|提升|力争|保持|稳定|控制|全年|每年|年均|每[十百千万]|[人生户亩师]均|时间|时限|周期|要[^素求]|到20|年内|[率量值]"
)
_STANDARD = re.compile(
    r"(?:[^,;]{0,10}(?![一-龥]))?每(?:班|组|栋|间|车|次|件|桌|批|单元|层|名|位)(?!年)|[^,;]{0,8}每[0-9]{1,4}(?:平方米|米|人|名|户)"
)
_DESCRIBED = re.compile(
    r"(?:企业|项目|园区|集群|产业|品牌|单位|基地|机构|合作社|公司|农户|客户|产品)[^,;、]{0,6}(?:达|突破|超|增|[0-9])"
)
"""销售收入超50亿元企业达到5家: what kind of enterprise."""
_RANK = re.compile("[前后第]$")
_WHICH = re.compile(r"[^,;]{1,20}(?:全覆盖|全部|全面|均|都)")
"""20户以上自然村动力电全覆盖: which of them, and not how many."""
_NORM_THING = re.compile(r"[^,;]{0,12}的(?:规定|要求|情形|标准|限制)")
_CAPPED = re.compile(r"最[高低多]|单[个项笔户家一]|同一|每[家户个人亩项]|总额$|年度$|合计$|[市县区省]级")


def is_excluded(place: Place) -> bool:
    """Conditions (…的), shares of a rule (按5%), legal periods, parts of the text (3项措施), indefinite 一."""
    figure, rest = place.figure, place.rest
    name_end = place.wording.name_end
    if rest.endswith("的") or _is_norm(place) or _is_grant(place):
        return True
    adjusted = BARE_ADJUSTED.search(place.text, max(place.begin, name_end - 2), name_end)
    of_whole = OF_WHOLE.search(place.text, place.begin, name_end)
    if adjusted and place.wording.kind != "reaches" and not of_whole and separated(place) is None:
        return True
    if place.text[max(name_end - 1, 0) : name_end] in {"由", "从", "自"} and not place.ends:
        return True
    if figure.unit in {"名", "位"} and _RANK.search(place.text, max(figure.start - 1, 0), figure.start):
        return True
    if place.wording.after in {"以上", "以下"} and units.is_count(figure.unit) and _WHICH.match(rest):
        return True
    if _LISTED_CONDITION.match(rest) and not DOING_START.match(place.label):
        return True
    if units.is_time(figure.unit) and not tense.is_duration_goal(place.label):
        return True
    solves = figure.unit in {"人", "户"} and "解决" in place.text[max(place.begin, figure.start - 8) : figure.start]
    built = figure.unit not in {"项", "个", "条"} and place.thing.endswith("建设任务")
    if not place.ends and units.is_count(figure.unit) and is_no_thing(place.thing) and not solves and not built:
        return True
    if figure.chinese and figure.number == 1 and figure.unit not in {"%", "倍", "番"} and not _counts_one(place):
        return place.wording.kind != "compares" and separated(place) is None
    return figure.unit is None and not _may_lack_unit(place)


def _is_norm(place: Place) -> bool:
    """Whether a clause sets what always holds: 应当, 对…的企业, 距离, 每班2名."""
    before = place.text[place.clause_start : place.figure.start]
    if _NEVER.search(place.label) or _STANDARD.match(before) or _NORM_THING.match(place.rest):
        return True
    if _SIZE.search(place.label) and place.wording.kind == "compares" and not place.context.dated:
        return True
    if place.wording.kind == "compares" and _DESCRIBED.match(place.rest):
        return True
    if _ADDRESSED.match(before) and _DESCRIBES.fullmatch(place.rest):
        return True
    if place.context.dated or tense.intends(place.text):
        return False
    norm = _LAW if units.is_ratio(place.figure.unit) else _NORM
    return norm.search(place.text) is not None or _only_bounds(place)


def _only_bounds(place: Place) -> bool:
    """会议室不超过5间: a bound that no date, aim or verb of doing makes a goal."""
    bounds = place.wording.kind == "compares" and not place.context.aimed and not units.is_ratio(place.figure.unit)
    return bounds and not _GOAL_WORD.search(place.text) and not DOING_ANYWHERE.search(place.text)


def _counts_one(place: Place) -> bool:
    """建成产业园一个 counts, 一个产业园 only mentions."""
    return place.ends and (place.context.done or DOING_START.match(place.label) is not None)


def _may_lack_unit(place: Place) -> bool:
    """托位数达到4.5: a bare number at the end of a clause, after a word that says it is reached."""
    return (
        place.ends
        and bool(place.label)
        and (place.wording.kind in {"compares", "reaches"} and place.wording.word not in WEAK)
    )


def _is_grant(place: Place) -> bool:
    """给予不超过20万元的补助, 贴息比例为50%; 最高不超过50万元 behind a sentence that grants."""
    if not units.is_money(place.figure.unit) and place.wording.word not in WEAK:
        return False
    sets = place.wording.kind == "compares" or place.wording.word in WEAK
    if sets and tense.grants(place.text[place.clause_start : place.limit]):
        return True
    return (not place.label or _CAPPED.match(place.label) is not None) and tense.grants(place.text)

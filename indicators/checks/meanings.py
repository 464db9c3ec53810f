"""What the name of an indicator means: a share, a wish for more or for less, a bad thing, something counted.

Words decide, since that is all a form has; what no word decides has no meaning here, and rules then hold back.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import Final

from indicators.categories import level1_code, level2_code
from indicators.checks.stems import plain_name

PERCENT: Final = frozenset({"%", "百分比", "百分号", "%以上", "%%"})
"""Units that say percent, spelled well or not."""
MONEY: Final = {"元": 1, "千元": 1000, "万元": 10_000, "万": 10_000, "百万元": 1_000_000, "亿元": 10**8, "亿": 10**8}
"""Units of money of targets → yuan in one."""
TIME_UNITS: Final = frozenset(
    "年 个月 月 天 日 个工作日 工作日 小时 分钟 分 秒 周 季度 学年 年度 个小时 个日历天 日历天".split()
)

# 率 that is no share: 效率 can be raised, 功率 has watts, 表率 is a model.
_NO_SHARE = re.compile(
    r"(?:(?<!有)效|(?<!成)功|频|速|汇|分辨|容积|(?<!放)(?<!安)心|曲|倍|帧|斜|(?<!代)表|统|坦|草|(?<!减)轻|真|直|税|费|采样|比特|波特|(?<!扫)码|周转|市盈|圆)率$"
)
_SHARE = re.compile(
    r"(?:率|百分比|占比|比例|比重)(?:情况|指标|目标|值)?(?:[(（][^（()）]*[)）])?$|[(（]\s*[%％]\s*[)）]$"
)
_GOOD_SHARE = re.compile(
    r"(?:合格|优良|优秀|优质|良好|达标|覆盖|及时|准时|按时|按期|如期|完成|完工|竣工|准确|正确|到位|入学|升学|巩固|就业|利用|使用|完好|普及|知晓"
    r"|知晓度|参与|参保|参训|出勤|发放|支付|兑付|兑现|拨付|执行|处理|处置|无害化|办结|办复|结案|破案|解决|化解|合规|符合|相符|通过|验收|成活|保存|签约|保障|落实|回收"
    r"|响应|修复|公开|治愈|接种|建档|管理|随访|规范|筛查|入住|配备|安装|联网|在线|好评|满意|通车|通畅|硬化|绿化|供水保证|普查|体检|检测合格|达产|投产"
    r"|资助|救助|应助尽助|享受|受益|惠及|整改|维修|养护|供应|供电可靠|安全|履约|收缴|缴纳|入库|上线|结业|毕业|取证|持证|考核|到课|清运|收集|回复|答复|反馈|办理|普惠|开工|竣工|存活|成功|可用|满足|到岗|签订|回访|报送|公示|备案|排查|审结|执结|脱贫|入园|机械化|转化|自给|恢复|接通|应答)率"
)
_NOT_WISHED = re.compile(
    r"不|未|非|无(?!害)|超|控制|成本|费用|下降|降低|减少|低于|床位|开发利用|抗生素|抗菌|激素|药物|首付|预付"
)
_IN_BRACKETS = re.compile(r"\([^()]*\)$")
_SATISFACTION = re.compile(r"满意")
_NOT_SATISFIED = re.compile(r"不满意|不够满意|投诉|差评|举报|意见|异议|纠纷|申诉|时限|时间")
_GROWTH = re.compile(r"增长|提升|提高|上升|增幅|增加|增速|增收|同比|环比|涨幅|改善")
_BEYOND_ALL = re.compile(
    r"完成率|执行率|利用率|使用率|增长|提升|提高|增幅|增速|收益率|回报率|负荷|周转|倍|产销|达产率|征收|收缴|入库|毛入学|毛入园|履约|负债|比例|占比|完成情况"
)
"""Shares that may pass 100 %."""
_REDUCED = re.compile(
    r"(?:下降|降低|减少|压减|缩减|削减|节约|节省|节能|减排|节水|节电|压降)(?:率|幅度|比例|比率|百分比|量|额|数额|资金额?|资金量)$"
    r"|^(?:节约|节省)[^，,]{0,6}(?:资金|成本|经费|水|电|气|能源|煤|能耗|时间|土地|费用|开支|支出)?(?:额|量|数)?$|降幅$|减幅$"
)
_GOOD_LOST = re.compile(r"收入|产量|质量|就业|面积|满意|覆盖|水位|产值|效益|人口|收益|功能|性能|价值|服务|容量|精度")
_BAD = re.compile(
    r"事故|投诉|差错|错误|故障|死亡|伤亡|违规|违纪|违法|失误|超支|超标|漏损|流失率|辍学|发病|逾期|失业率?|返贫|上访|信访量|负面|空置率|不良(?!反应监测)|误差|偏差"
    r"|能耗|损失|拥堵|退件|退货|超期|泄漏|泄密|泄露|舆情|丢失|犯罪|发案|感染率|复发|漏报|迟报|瞒报|漏诊|误诊|投诉量|浪费"
)
_TURNED = re.compile(
    r"下降|降低|减少|降幅|减幅|处理|处置|办结|办理|解决|化解|受理|回复|答复|回应|反馈|整改|查处|查获|查办|侦破|破案|打击|排查|防范|预防|治理|监测|检测|救助|救援|救治|救护"
    r"|抢修|维修|应急|演练|培训|保险|赔付|赔偿|补偿|补助|补贴|保障|结案|修复|控制|响应|防治|防控|防止|防护|避免|杜绝|消除|遏制|零|无|未|不发生|宣传|教育|达标|合格|隐患|抚恤|丧葬"
    r"|调查|渠道|电话|热线|接待|接访|追缴|挽回|追回|弥补|审理|核查|巡查|检查|监管|监督|执法|审查|核减|纠正|更正|清理|清收|清除|销毁|回访|服务|平台|系统|设备|点|专线|间隔|之间|重点|帮教|矫正|登记|报告"
    r"|保证|解答|识别|发现|报警|预警|分析|纠纷|保额|保费|不低于|标准|时间|时长|挽救|容忍|抢险|施救|拖移|安置|复学|劝返|帮扶|再就业|就业|补缴|研判|节约|节省|回收|保护|复垦|拆除|拆违|取缔|没收|火化|安葬|认定|鉴定|公示|通报|审批|起诉|处罚|移交|移送|发放|及时|理赔|核销|清零|收治|筛查|随访|管理|追责|问责|抓获|复核|诉讼|评估|上报|报送|档案|警示|标识|标志|关爱|慰问|勘查|勘验|讨论|评查|排除|整治|研讨|惩戒|照护|学习|案例"
)
_BAD_AT_THE_END = re.compile(
    rf"(?:{_BAD.pattern})(?:发生|事件|案件|问题|现象|行为)?(?:总)?(?:率|次数|起数|件数|数量|数|量|人数|人次|事件|案件|金额)?(?:\([^()]*\))?$"
)
# Whose faults they are: 设备故障率 is bad, 设备 turns nothing round.
_WHOSE = re.compile(
    r"设备|系统|平台|服务|矫正|培训|执法|监管|重点|教育|监督|保障|宣传|救助|救护|应急|检测|监测|工程|零部件|发放|审批|上报|报送|登记|管理|档案|认定|鉴定|评估|随访|审理|公示"
)
_UNWANTED = re.compile(rf"{_BAD.pattern}|流失|污染|排放|荒漠|沙化|裸露|黑臭|隐患|贫困|病|垃圾|违建|欠|等待")
_COST = re.compile(r"成本|造价|费用|支出|总投资|预算控制|投资控制|资金控制|控制数")
_NO_COST = re.compile(
    r"收益|效益|节约|节省|降低|减少|回收|标准|补助|补贴|奖补|奖励|救助|补偿|工资|待遇|收入|保障|带动|撬动|拉动|贡献|社会投资|利润|产值|税|自筹|配套|消费|评审|审减|核减|下降|占比|比例|率"
)
_CAPPED_WELL = re.compile(
    r"控制|处罚|败诉|火灾|出差|废|退|办公|征地|征收|拆迁|劳务|派遣|占|限额|限|上限|不超|编制|会议|出国|公务|接待|三公|用车|在职|临聘|聘用|人员经费|耗|用量|用水|用电|用煤|排放|噪|浓度|时|天数|工期|周期|间隔|距离|误差|偏差|次品|损|缺陷|等待|办理环节"
    r"|环节|材料|跑动|库存|能源|负债|债务|赤字|利率|密度|班额|师生比|重量|占地|用地|温度|湿度|半径|降雨|坡度|深度|厚度|含量|残留|响应|频|数值|指数|等级|级别|排名|名次|上访|信访|留守|贫困|人口自然|比$|借|欠|存量|未"
)
_BUILT = re.compile(
    r"新建|改建|扩建|改造|建设|建成|修建|修缮|硬化|安装|购置|采购|购买|培训|补助|补贴|资助|奖补|发放|救助|服务|覆盖|受益|惠及|种植|绿化|造林|开展|举办|演出|完成|实施|治理|整治|维修|养护|保障"
    r"|扶持|支持|监测|检查|体检|筛查|接种|处置|处理|供应|保洁|清运|收集|巡查|印制|印发|引进|招聘|招录"
)
_CLASS_WORDS: Final = frozenset({"经济效益", "社会效益", "生态效益", "环境效益", "可持续影响", "服务对象满意度"})
_NOTHING: Final = frozenset({"", "-", "--", "—", "——", "/", "／", "－", "\\", "?", "？"})
_SIGNS = re.compile(
    r"(?:[≥≤<>=＝＞＜≧≦]+)\s*(?:[%％‰]|元|万元|亿元|万|个|项|次|人|人次|户|件|家|台|套|天|月|年|小时|米|公里|亩|平方米)?"
)


@lru_cache(maxsize=16384)
def is_share(name: str) -> bool:
    """Whether the name is that of a share, which has a percentage: …率, …（%）, …比例."""
    text = plain_name(name)
    if "率" not in text and "比" not in text and "%" not in text:
        return False
    return bool(_SHARE.search(text)) and not _NO_SHARE.search(_IN_BRACKETS.sub("", text))


@lru_cache(maxsize=16384)
def is_satisfaction(name: str, category: str) -> bool:
    """Whether the indicator says how satisfied people are."""
    if _NOT_SATISFIED.search(name):
        return False
    return bool(_SATISFACTION.search(name)) or category.startswith("satisfaction.")


@lru_cache(maxsize=16384)
def is_level_of_satisfaction(name: str, category: str) -> bool:
    """Whether the figure is satisfaction itself, not its growth."""
    return is_satisfaction(name, category) and not _GROWTH.search(name)


@lru_cache(maxsize=16384)
def is_good_share(name: str, category: str) -> bool:
    """Whether the name is a share of which more is better: 满意度 合格率 覆盖率 及时率 完成率."""
    text = plain_name(name)
    if is_satisfaction(text, category):
        return True
    wished = _GOOD_SHARE.search(text) is not None and is_share(text)
    return wished and not _NOT_WISHED.search(text) and not _BAD.search(text)


@lru_cache(maxsize=16384)
def may_pass_all(name: str) -> bool:
    """Whether a share of this name may pass 100 %: 增长率 超额完成率."""
    return bool(_BEYOND_ALL.search(name))


@lru_cache(maxsize=16384)
def is_wished_reduction(name: str) -> bool:
    """Whether the figure says how much less there is of what nobody wants: 能耗下降率, 节约资金."""
    text = _IN_BRACKETS.sub("", plain_name(name))
    return bool(_REDUCED.search(text)) and (not _GOOD_LOST.search(text) or bool(_UNWANTED.search(text)))


@lru_cache(maxsize=16384)
def is_bad_thing(name: str) -> bool:
    """Whether the name is of something that nobody wants, and not of what is done about it."""
    text = plain_name(name)
    if not _BAD.search(text):
        return False
    return not _TURNED.search(_WHOSE.sub("", text) if _BAD_AT_THE_END.search(text) else text)


@lru_cache(maxsize=16384)
def counts_bad_things(name: str) -> bool:
    """Whether the bad thing is what the name counts (故障次数), not what it happens to (事故车辆)."""
    return bool(_BAD_AT_THE_END.search(plain_name(name)))


@lru_cache(maxsize=16384)
def is_cost(name: str) -> bool:
    """Whether the name is of money spent, not of money that people are to get or save."""
    return bool(_COST.search(name)) and not _NO_COST.search(name)


@lru_cache(maxsize=16384)
def is_rightly_capped(name: str) -> bool:
    """Whether a count may have a cap: consumption, staff, meetings, delays."""
    return bool(_CAPPED_WELL.search(name)) or bool(_BAD.search(name))


@lru_cache(maxsize=16384)
def is_built_or_served(name: str) -> bool:
    """Whether the name counts what is to be built, bought, done or given."""
    return bool(_BUILT.search(name))


def in_yuan(amount: Decimal, unit: str | None) -> Decimal | None:
    """Yuan of a target's figure, or ``None`` where its unit is no money."""
    factor = MONEY.get((unit or "").strip("（）() "))
    return None if factor is None else amount * factor


@lru_cache(maxsize=4096)
def is_class_name(text: str) -> bool:
    """Whether a text is the label of a class and nothing else: 数量指标, 社会效益."""
    word = plain_name(text)
    if word in _CLASS_WORDS:
        return True
    return word.endswith("指标") and (level1_code(word) is not None or level2_code(word) is not None)


@lru_cache(maxsize=8192)
def is_lost(value: str) -> bool:
    """Whether a value says nothing: empty, a dash, or a comparator without its number."""
    bare = value.strip()
    return bare in _NOTHING or _SIGNS.fullmatch(bare) is not None

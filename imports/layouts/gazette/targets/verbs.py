"""Words of doing (新建, 培育, 完成) that make a number of things a target, and words that name what is measured (…率, …面积)."""

from __future__ import annotations

import re
from typing import Final

DOING: Final = (
    r"新\([改扩迁][^()]{0,5}\)建|改\(扩\)建|再建|新建改建|新改扩建|新改建|新扩建|改扩建|新建|新设|改建|扩建|续建|建成投用|建成|建设|建立健全|建立|建好|建强|办好|打造|创建|创成|争创|创评|培育|培养|培训|培塑|"
    "引进培育|培育引进|引进|引育|引入|引才|新增|净增|增设|增加|增开|增补|增配|更新|更换|更新改造|提升改造|完成|实施|推进|推广|推出|落地|设立|设置|组建|成立|配备|配建|"
    "配置|配齐|购置|采购|安装|加装|布设|布局|部署|开工|竣工|投产|投运|投用|投放|整治|治理|修复|恢复|造林|绿化|栽植|种植|流转|储备|清理|处置|盘活|"
    "淘汰|压减|关停|退出|化解|转移就业|帮扶|救助|开展|举办|承办|组织|选派|选树|评选|认定|确定|遴选|制定|制修订|制订|修订|编制|出台|发布|修建|铺设|敷设|"
    "架设|开通|开行|新开|开辟|拓展|形成|达到|实现|吸纳|孵化|发展|扶持|招引|签约|壮大|落实|保护|开发|收储|供应|提供|筹集|筹建|筹措|归集|入库|巩固|"
    "维修|维护|养护|加固|除险加固|清淤|疏浚|扩容|搬迁|安置|回收|报废|置换|招聘|招录|转化|取得|抓好|抓实|做强|做优|谋划|储备|规划|落户|纳入|接入|"
    "覆盖|服务|接待|排查|销号|拆除|改造|提升|升级|上云|上线|归并|建档|种草|治沙|硬化|亮化|贯通|打通|联通|疏通|申报创建|制作|创作|推选|命名|撤并|整合|"
    "兴建|援建|共建|续签|补充|复垦|开垦|垦造|整理|出让|供给|募集|发行|争取|消化|消除|减排|替代|推介|展演|演出|放映|征集|采集|选聘|派驻|派出|下派|招收|招募|聘请|评定|授牌|挂牌|繁育|出栏|销售|植树|调解|办结|化解|审结|吸引|集聚|聚集|招商|促成|新登记|新认定|新发展|创办|领办|纳统|上市|发放|安排|带动|监测|检测|检查|抽检|巡查|开办|优选|布建|增配|改善|新改造|新辟|扩种|扩挖|配建|新装|补种|复绿|增殖|增开|延伸|架设|建造|翻建|翻修|修缮|新签|推送|签发|核发|组装|研发|攻克|制造|收集|归还|压降|腾退|征收|拆迁|扩建|扩面|招引"
)
"""Verbs of plans; which of them counts depends on where it stands."""

_DOING_ALTERNATIVES: Final = "|".join(sorted(set(DOING.split("|")), key=lambda word: (-len(word), word)))
_ADVERBS: Final = (
    "重点|积极|加快|大力|着力|高标准|高质量|规划|布局|扶持|带动|推动|支持|引导|鼓励|统筹|有序|稳步|持续|继续|全面|全部|逐步|分批|累计|共|新|再|计划|力争|争取|确保|"
    "每年|每个?[县乡镇村区市]{1,2}(?:\\(.\\))?|启动|探索|主要|深入|分类|滚动|集中|切实|基本|适时|创新|同步|精心|优先|按期|如期|率先|平均|预计|年内|将|要|应|可"
)
_NOT_A_NOUN: Final = "(?!率|区(?!域)|面|量|业|器|半径|能力|数|性|者|人员|合格)"
"""建成区, 改造率, 服务器: a noun that only begins like a verb."""
_PLAIN: Final = (
    "新建|改建|扩建|改扩建|新改建|改造|建成|建设|打造|创建|创成|完成|实施|引进|培育|培养|推进|新增|净增|更新|更换|提升|发展|安装|购置|形成|达到|实现|开工|组织|开展|建立|"
    "组建|投运|投用|招引|集聚|吸引|储备|清理|处置|配备|布局|扶持|壮大|新开工|争取|争创|确定|规划|启动"
)
"""Verbs that hardly begin the name of a thing, as 监测点位 and 服务设施 begin with others."""
_LEAD: Final = rf"(?:{_ADVERBS}){{0,4}}"
_NEXT: Final = rf"(?:{_LEAD}(?:{_PLAIN}){_NOT_A_NOUN}了?){{0,2}}"
PLAIN_START: Final = re.compile(rf"{_LEAD}(?:{_PLAIN}){_NOT_A_NOUN}了?{_NEXT}")
DOING_START: Final = re.compile(rf"{_LEAD}(?:{_DOING_ALTERNATIVES}){_NOT_A_NOUN}了?{_NEXT}")
"""At the beginning of a clause: 加快新建, 带动打造."""
DOING_END: Final = re.compile(
    rf"(?P<verb>{_DOING_ALTERNATIVES})(?:剩余的?|其余的?|首批|全部|不?超额|建成|好)?(?:\([^()]{{1,6}}\))?$"
)
"""Directly before a figure."""
DOING_ANYWHERE: Final = re.compile(_DOING_ALTERNATIVES)
BUILDING: Final = re.compile(
    r"新建|改建|扩建|再建|新\([^()]{1,6}\)建|建成|建设|建立|建好|办好|打造|创建|创成|争创|培育|培养|引进|新增|组建|成立|设立|改造|修建|布局|谋划|招引|开工|发展|扶持|形成|认定|选树|评选|开通|实施|推进|完成"
)
"""Verbs after which a list of names with its number is a target: 建设甲、乙、丙等3个…."""

RAISING: Final = re.compile(r"新建|建立|建设|建成|组建|成立|设立|设置|打造|配备|建好|组织|培育|培养|引进")
"""Verbs that make what they name: 组建不少于50人的专业队."""
_INCIDENTAL = re.compile(r"惠及|涉及|受益|包括|包含|分布|涵盖|总|辖|共有|现有|其中|约有|设计|建设规模|规模为")

MEASURED: Final = re.compile(
    r"(?:率|比|比例|占比|比重|指数|指标|密度|浓度|强度|面积|总量|数量|总数|数|量|规模|产值|增加值|收入|支出|投资|投资额|销售额|零售额|总额|价值|水平|寿命|年限|时间|"
    r"时限|时长|天数|里程|长度|能力|产量|容量|装机|投入|经费|增速|增幅|涨幅|降幅|系数|得分|满意度|覆盖面|幅度|人口|能耗|水耗|电耗|煤耗|用水量|排放量|人次|户数|人数|"
    r"家数|床位|学位|托位|车位|资金|周期|高度|深度|速度|标准|额|值|度|程|耗|流量|储量|库容|仓容|贷款|余额|(?:再|转移)?就业|进出口|出口|储备|耕地|林地|覆盖|入库)(?:\([^()]{0,12}\))?$"
)
"""What a measured quantity is called: only such a name makes a figure without any verb a target."""
NOT_A_GOAL: Final = re.compile(
    r"(?:总投资|占地面积|占地|建筑面积|总面积|概算|预算|资金|经费|电话|邮编|印数|网址|户籍|辖|面积为|总工期|工期|常住人口|总人口|户籍人口|总库容|总里程|总长度?|全长|价|单价|总建筑面积|投资额约|计划投资|估算|用地面积|用地|概算投资|估算投资|区域面积|规划面积|储量|财政安排|配套)$"
)
_NO_THING = re.compile(
    r"(?:任务|措施|举措|方面|原则|环节|领域|问题|阶段|层次|层面|步骤|机制|制度|工作组|小组|专班|部门|条件|内容|意见|情形|规定|决议|要求|会议|课题|年度|部分|要点|事项|行动|思路|战略|理念|目标)$"
)


_WORK = re.compile(r"(?:治理|改造|整治|搬迁|创建|清理|修复|销号|加固|安置|供给|培训|绿化)任务$")


def is_no_thing(noun: str) -> bool:
    """Whether what is counted is a matter of the text itself (18项重点任务, 4个方面) and nothing to be reached."""
    return _NO_THING.search(noun[:30]) is not None and _WORK.search(noun[:30]) is None


def is_incidental(name: str) -> bool:
    """Whether a name only adds what is done to the things before it: 惠及群众."""
    return _INCIDENTAL.match(name) is not None

"""Whether a statement looks back, is a condition or a sanction, or sets a goal.

The same words (达到95%, 新建8所) tell of what was reached and of what shall be; headings, years and small words tell which.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

_REVIEW_HEADING = re.compile(
    r"回顾|现状|(?<!夯实)(?<!巩固)(?:发展|工作|现实|现有|建设|产业|规划|良好)基础(?!设施|工作|研究|支撑|能力|保障)|成效|成就|成绩|起草说明|起草情况|编制说明|编制过程|"
    r"制定过程|采纳情况|征求意见|背景|进展情况|基本情况|概况|存在(?:的)?(?:主要)?问题|面临(?:的)?(?:形势|问题|挑战|环境)|过去五年"
)
_STRENGTHENING = re.compile(r"夯实|巩固|打牢|筑牢|强化|加强|健全|完善|提升|推进|加快|建立|改善|优化|严格|解决")
_CONDITION_HEADING = re.compile(
    r"(?:申报|认定|准入|申请|评选|资格|推荐|参评|享受|备案|登记|任职|报名|设立|奖励|奖补|补助|补贴|扶持)(?:的)?(?:基本)?(?:条件|标准|资格|对象|范围|方式|内容|办法)|罚则|法律责任|监督与?处罚"
)
_LONG_PAST = re.compile(
    r"截至|截止(?:到|目前|20)|以来|近年来?|近几年|(?<![较比])去年|(?<![较比同])上年度?(?!末?数)|过去[的一二三四五]|五年来|多年来|多年努力|曾经|历史上|(?<![项从由较比])目前(?!期)|"
    r"[“\"]?十[一二三]五[”\"]?(?:规划)?(?:末|期末|期间|时期)|有力推动了|取得了|历史最[大高低]|发生(?:了|于|在|过)|发生[一两二三四五0-9]{1,2}[次起]|受灾|灾区|因灾|遇难|经济损失|[一二两三四六七八九十]年来|完成(?:年度|全年|年初)?(?:目标|任务|计划)(?:任务)?(?:的|数)|位居全[省市国]|[增总]?[速量]?居全[省市国]第|全[省市国]第[一二三四五六七八九十]"
)
_SHORT_PAST = re.compile(
    r"(?:共|现)有[^,;。、]{0,12}[0-9]|已(?!知|婚|故|建[^成立设好]|有的|建成[^,;。]{0,14}的|[^,;。]{1,10}的[^,;。]{1,12}(?:达到|控制|不低于|提))|业已|先后|成功(?:创建|创成|举办|入选|申报)|荣获|荣膺|入选|同比(?![^,;。]{1,16}(?:以上|以下|以内|左右))|超额完成|圆满完成|顺利完成|"
    r"(?<=[成设立到现得育进增造展动发供决放出级复理好建办订施签搬退补展行])了(?!解|然)|获得(?![感率])|排名"
)
_RESULT = re.compile(
    r"完成(?:年度|全年|年初)?(?:目标|任务|计划)(?:任务)?(?:的|数)|超额?完成|圆满完成|(?:位居|居|列)全[省市国]第|[增总][速量]?排名|"
    r"(?:经|据)(?:测算|统计|估算|核实|核算|普查|调查|摸底)|(?:统计|调查|普查|数据|结果|审计)(?:显示|表明|发现)|"
    r"(?:上半年|前[一二三]季度|前[0-9一二三四五六七八九十]{1,2}个月|[0-9]月?[-—–至到~][0-9]{1,2}月份?),?[^,。;]{0,30}(?:增长|下降|完成|实现)[0-9]|"
    r"连续[0-9一二三四五六七八九十]{1,3}年(?:稳定|保持|位|居|增长|丰|获|实现)|受[^,;。]{1,10}影响|(?:仍有|还有|存在)[^,;。]{0,6}差距|"
    r"与(?:先进|发达)[^,;。]{1,10}相比|仅为|首次(?:超过|突破|进入|跻身)|资金来源|(?:会议|大会)[^,;。]{0,10}(?:出席|到会)"
)
_AIMING = re.compile(
    r"力争|争取|确保|努力|计划|预计|目标|将(?![军领])|拟|规划(?:建设|新建|到)|要(?![素求害点闻])|应(?![急用届收对征付])|须|不得|必须|到(?:20|二〇|[“\"]?十)"
)
_ACHIEVED = re.compile(
    r"(?:低于|高于|超过|好于|优于)[^,;。]{0,4}(?:控制|预期|年度|计划)目标[^,;。]{0,4}[0-9]|超额完成[^,;。]{0,12}(?:目标|任务)"
)
_THAN_LAST_YEAR = re.compile(
    r"[较比](?:上年|去年|上一年)(?:同期|末)?(?:增长|下降|提高|增加|减少|上升|提升|回落)(?:了|约)?[0-9]"
)
_TOLD = re.compile(r"(?:总?共|累计)(?:排查|查处|检查|受理|发现|收到|接到|办理|办结|处置|立案|救助|出动|侦破|查获|整改)")
_EFFECT = re.compile(r"[该本](?:项目|工程)|^(?:项目)?建成[投使]?[^,;]{0,3}后|表彰|名额|参选|参赛")
_PART_OF_YEAR = re.compile(r"(?:^|[,;。])(?:今年)?(?:上半年|前[一二三]季度)[^,。;]{0,20}[0-9]")
_CHANGED = re.compile(
    r"[由从][^,;。]{0,12}[0-9][^,;。]{1,8}(?:增加|提高|增长|上升|提升|扩大|下降|减少|降低|降)[到至][^,;。]{0,8}[0-9]"
)
_GROWN = re.compile(r"同比(?:增长|下降|提高|增加|减少|上升|提升)(?:了|约){0,2}[0-9]")
_SETS_A_BOUND = re.compile(r"以上|以内|以下|左右|不低于|不少于|不超过|不高于|控制在|稳定在|保持在")
_INTENDING = re.compile(r"力争|争取|确保|努力|计划|目标|任务|要(?:达到|实现|完成|控制|保持|确保)")
_SANCTION = re.compile(r"罚款|罚金|没收|违反(?:本|前|上述)|拘留|处以?[0-9一二三五]+[千万]?元|追究|情节严重|滞纳金")
_GRANT = re.compile(
    r"奖励|奖补|支持额度|支持资金|补助|给予|补贴|资助|补偿|扣[除减罚]|收取|缴纳|承担|负担|拨付|预拨|贴息|减免|返还|分担|配套资金|奖金|发放"
)
_CONDITION = re.compile(
    r"^(?:申请|申报|报考|参评|应聘|购买|报名|参赛|投稿|参加[^,。]{0,8}(?:评选|比赛|竞赛|大赛|征集|征文|考试|招聘))|启动[^,。]{0,10}(?:响应|预案|预警)|发布[^,。]{0,8}预警|保证金|(?:符合|具备|满足|达到)(?:以下|下列|下述|相应)?(?:基本)?(?:条件|要求)之?一?(?!的(?:县|市|区|乡|镇|村|地区|行政村|自然村|社区|老旧|农村|城镇|学校|医院))|容积率|建筑密度|建筑系数|宗地|计容|竞买|出让年限|预警区域|有下列|下列情形|下列条件|具体条件|以下条件|以下情形|如下条件|所称|是指|"
    r"(?:委员会|评审组|专家组|理事会|董事会|监事会|仲裁庭|合议庭|领导小组)[^,;。]{0,12}(?:成员|人数|为)[^,;。]{0,6}[0-9]|"
    r"由[^,;]{0,10}[0-9一二三四五六七八九十][名人位][^,;]{0,14}组成"
)
_OPENS_LIST = re.compile(r"(?:条件|情形|标准|资格|之一)[^。]{0,12}[:：]$")
_LIST_ITEM = re.compile(r"[（(]?[一二三四五六七八九十0-9]{1,3}[）).、]|[①-⑳-]")
_ARTICLE = re.compile(r"\s*第[一二三四五六七八九十百零〇0-9]{1,6}条")
_PLAN_CHAPTER = re.compile(r"[一二三四五六七八九十]{1,3}、")
_PERMISSION = re.compile(r"可|只能|方可|申请|申报|有权|可以|方能|优先")
_DURATION: Final = re.compile(
    r"时间|时限|时长|用时|耗时|天数|寿命|年限|周期|时数|学时|课时|停电|间隔|半径|优良|时速|住院日"
)
_LEGAL_PERIOD = re.compile(
    r"公示|公告|有效期|期限|延期|任期|聘期|试用|合同|服务期|质保|保修|之日|起$|连续|累计旷|有效|保存|存档|工作经[历验]|期满|内$|在$"
)


def is_review(headings: Sequence[str]) -> bool:
    """Whether one of the headings above says that what follows looks back or explains."""
    return any(_REVIEW_HEADING.search(text) and not _STRENGTHENING.search(text) for text in headings)


def is_condition_heading(headings: Sequence[str]) -> bool:
    """Whether the nearest headings announce conditions (申报条件) or sanctions (法律责任)."""
    return any(_CONDITION_HEADING.search(text) for text in headings[-2:])


def looks_back(clause: str) -> bool:
    """Whether a clause speaks of a stretch of time that is past: what follows it does so too."""
    return _LONG_PAST.search(clause) is not None


def is_done(clause: str) -> bool:
    """Whether a clause itself says that something has been reached: 已, 了, 荣获."""
    return _SHORT_PAST.search(clause) is not None


def reports_result(sentence: str, *, dated: bool) -> bool:
    """Whether a sentence reports what was done: 完成年度目标的112%, 居全省第二, 同比增长3%.

    Where nothing is ``dated``, 由300亿元增加到400亿元 does too.
    """
    if _ACHIEVED.search(sentence):
        return True
    if aims(sentence):
        return False
    if _RESULT.search(sentence):
        return True
    tells = _GROWN.search(sentence) or _PART_OF_YEAR.search(sentence) or (not dated and _undated_report(sentence))
    return bool(tells) and not sets_a_bound(sentence)


def aims(clause: str) -> bool:
    """Whether a clause says that something shall be reached: 力争, 确保, 要."""
    return _AIMING.search(clause) is not None


def sets_a_bound(sentence: str) -> bool:
    """Whether a sentence sets bounds to something: 以上, 不低于, 控制在."""
    return _SETS_A_BOUND.search(sentence) is not None


def _undated_report(sentence: str) -> bool:
    """What without a date tells of changes and deeds so far, of the effects of one project or of a competition."""
    return any(pattern.search(sentence) for pattern in (_CHANGED, _THAN_LAST_YEAR, _EFFECT, _TOLD))


def intends(sentence: str) -> bool:
    """Whether a sentence names an aim in so many words: 力争, 确保, 目标."""
    return _INTENDING.search(sentence) is not None


def is_sanction(sentence: str) -> bool:
    return _SANCTION.search(sentence) is not None


def grants(clause: str) -> bool:
    """Whether a clause says who gets or bears how much money."""
    return _GRANT.search(clause) is not None


def states_conditions(sentence: str) -> bool:
    return _CONDITION.search(sentence) is not None


def opens_conditions(paragraph: str) -> bool:
    """Whether a paragraph ends by announcing a list of conditions."""
    return _OPENS_LIST.search(paragraph.rstrip()[-40:]) is not None


def is_list_item(paragraph: str) -> bool:
    return _LIST_ITEM.match(paragraph) is not None


def is_article(paragraph: str) -> bool:
    """Whether a paragraph is an article of a regulation (第八条)."""
    return _ARTICLE.match(paragraph) is not None


def is_chapter_of_plan(paragraph: str) -> bool:
    """Whether a paragraph is a heading 一、, which regulations with articles do not have."""
    return _PLAN_CHAPTER.match(paragraph) is not None


def permits(clause: str) -> bool:
    return _PERMISSION.search(clause) is not None


def is_duration_goal(name: str) -> bool:
    """Whether a name makes a stretch of time something to be reached (办理时限), not a legal period (公示期)."""
    return _DURATION.search(name) is not None and _LEGAL_PERIOD.search(name) is None

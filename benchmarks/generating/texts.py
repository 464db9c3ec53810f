"""What forms say in sentences: skewed in length, about the project's own place and thing, in common and in rare words. Pure."""

from __future__ import annotations

from typing import Final

from benchmarks.generating.draws import Draws
from benchmarks.generating.names import Subject

_BASIS: Final = (
    "县政府第{n}次常务会议纪要",
    "《关于做好{last}年度部门预算编制工作的通知》",
    "《关于下达{year}年{thing}{deed}计划的通知》（发改〔{last}〕{n}号）",
    "财预〔{last}〕{n}号文件",
    "《{place}{thing}{deed}可行性研究报告》的批复",
    "县委农村工作领导小组会议议定事项第{n}条",
    "上级主管部门关于{thing}管理的有关规定",
    "《政府采购法》及其实施条例",
    "{year}年县政府重点工作任务清单第{n}项",
    "与施工单位签订的{thing}{deed}合同",
)
_OVERVIEW: Final = (
    "{place}现有{thing}{n}{unit}，使用年限较长，部分已不能满足需要。",
    "项目涉及{thing}{deed}{n}{unit}，由{unit_name}组织实施。",
    "本项目为{year}年续建内容，上年已完成总量的{m}%。",
    "资金主要用于{thing}{deed}、人工和材料费用。",
    "项目总投资经评审中心审定，按合同约定分期支付。",
    "覆盖{place}及周边{m}个自然村，惠及群众{n}人。",
    "前期勘察设计和招标手续已经办结。",
    "按照属地管理原则，县级财政负担全部费用。",
    "工程位于{place}东侧，场地平整，交通便利。",
    "自{last}年冬季以来，{thing}出现渗漏，需要尽快处理。",
    "{thing}{deed}单价参照近三年同类项目中标价测算，数量由{unit_name}现场核定。",
    "其中人工费{m}万元，材料费{a}万元，监理和检测费{b}万元，其余为不可预见费。",
    "根据{last}年底摸底结果，全县需要{deed}的{thing}共{n}{unit}，本年度先安排{place}等{a}处。",
    "经{unit_name}党组会议研究，按轻重缓急列入{year}年项目库。",
    "建设内容包括{thing}{deed}、附属设施恢复和周边环境整治。",
    "项目建成后移交{place}管理使用，日常维护费用由使用单位承担。",
)
_NECESSITY: Final = (
    "原有{thing}陈旧，{served}反映强烈。",
    "不实施将影响{effect}，存在安全隐患。",
    "实施后可使{effect}得到改善。",
    "是落实上级{thing}工作部署的需要。",
    "{place}人口逐年增加，现有设施缺口约{n}{unit}。",
    "该项工作列入年度考核，须有经费保障。",
    "历年实践表明，{deed}投入与{effect}关系密切。",
    "代表建议和委员提案多次提出此事。",
    "近{a}年来{thing}投入不足，{effect}与周边县区相比仍有差距。",
    "{place}位置偏远，社会资本难以进入，需要财政资金保障。",
    "若推迟到{b}月以后实施，人工和材料成本将继续上升，且错过最佳施工期。",
    "有利于{effect}，符合“十四五”规划确定的任务。",
)
_SAFEGUARDS: Final = (
    "成立由分管领导任组长的工作小组，定期调度。",
    "严格执行财务管理制度，专款专用。",
    "实行项目法人制、招标投标制、监理制和合同制。",
    "建立台账，按月上报进度。",
    "聘请第三方机构对{thing}质量进行抽检。",
    "资金拨付须经股室、分管领导和主要负责人逐级审批。",
    "施工现场公示{deed}内容和监督电话。",
    "竣工后由{unit_name}会同财政部门验收。",
    "对{thing}{deed}全过程留存影像资料，归档备查。",
    "实行绩效目标、预算执行双监控，发现偏差及时纠正。",
    "明确专人负责安全生产，施工人员持证上岗，每周开展一次隐患排查。",
    "质保金按合同价款的百分之三预留，期满无质量问题后支付。",
)
_PLAN: Final = (
    "{year}年{a}月完成方案编制和审批；",
    "{a}月至{b}月组织{thing}{deed}；",
    "{b}月底前完成验收和结算；",
    "按季度拨付资金，年底前支付完毕；",
    "一季度完成招标，二季度进场施工；",
    "全年按月实施，逐月核对；",
    "{b}月由{unit_name}组织绩效自评并报送报告；",
)
_GOAL: Final = (
    "完成{thing}{deed}{n}{unit}，",
    "保障{program}按时足额落实，",
    "使{effect}进一步改善，",
    "让{served}得到实惠，",
    "资金支付率达到{m}%以上，",
    "确保{place}{thing}正常使用，",
    "建立长效管护机制，",
    "工程一次验收合格，",
    "通过{thing}{deed}带动{place}及周边发展，",
)
_RARE: Final = (
    "其中穿堤涵闸启闭机锈蚀严重，一并更换。",
    "对曳引绳和限速器逐台检测。",
    "配套沼渣沼液还田试验两处。",
    "对夹芯彩钢板房予以拆除。",
    "同步布设倾角传感器和裂缝计。",
    "涉及鸟类栖息地的，避开繁殖期施工。",
    "委托测绘队补测等高线。",
    "以石灰糯米浆修补券洞。",
    "增设负压吸痰装置。",
    "更换蝶阀和伸缩节。",
    "采用热熔标线并嵌入玻璃微珠。",
    "引种酿酒葡萄砧木。",
)
_RARELY: Final = 0.004
_STEP: Final = 11
"""No list of sentences has a length that shares a divisor with it, so that nothing is said twice."""


class Prose:
    """The texts of one project in one year."""

    def __init__(self, subject: Subject, year: int, unit_name: str, draws: Draws) -> None:
        self._draws = draws
        first = draws.between(1, 7)
        self._words = {
            "place": subject.place, "thing": subject.thing, "deed": subject.deed, "unit": subject.unit, "year": year,
            "last": year - 1, "n": int(10 ** (3.6 * draws.random())) + 1, "m": draws.between(2, 98), "a": first,
            "b": draws.between(first + 1, 12), "unit_name": unit_name, "served": subject.field.served,
            "effect": draws.early(subject.field.effects), "program": subject.program or f"{subject.thing}{subject.deed}资金",
        }  # fmt: skip

    def basis(self) -> str:
        """立项依据: one or a few documents."""
        return self._said(_BASIS, 1, 5, "；")

    def overview(self) -> str:
        """项目概况: the longest text of most forms."""
        return self._said(_OVERVIEW, 2, 14)

    def necessity(self) -> str:
        """项目设立必要性."""
        return self._said(_NECESSITY, 2, 11)

    def safeguards(self) -> str:
        """保证项目实施的制度、措施."""
        return self._said(_SAFEGUARDS, 2, 11)

    def plan(self) -> str:
        """项目实施计划."""
        return self._said(_PLAN, 2, 5).removesuffix("；") + "。"

    def goal(self) -> str:
        """总体目标."""
        return self._said(_GOAL, 2, 8).removesuffix("，") + "。"

    def _said(self, sentences: tuple[str, ...], fewest: int, most: int, between: str = "") -> str:
        """Different sentences that follow one another, few more often than many."""
        draws = self._draws
        drawn = draws.random()
        count = fewest + int(drawn * drawn * (most - fewest + 1))
        start = int(draws.random() * len(sentences))
        chosen = [sentences[(start + nth * _STEP) % len(sentences)] for nth in range(count)]
        if draws.random() < _RARELY:
            chosen.append(draws.early(_RARE))
        return between.join(chosen).format_map(self._words)

"""The printed labels of target forms and what each means.

Labels vary by place and converter in white space, brackets, colons and wording, so a cell is brought to one spelling
and then matched as a whole: only a cell that is a label by itself is a label, never a text that begins with one.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from perfgoals.money import UNITS

LONGEST: Final = 28
"""Labels are shorter than this; longer cells are text and are not looked at."""

TEXT_ROLES: Final = frozenset({"name", "overview", "basis", "necessity", "safeguards", "plan"})
"""Labels with one long text after them, which a converter may have wrapped."""
IDENTITY_ROLES: Final = frozenset({"department", "department_code", "unit", "attribute", "duration"})
TOTAL_ROLES: Final = frozenset({"total_period", "total_annual", "total"})
SOURCE_ROLES: Final = frozenset({"central", "provincial", "local", "self_raised", "other"})
FUNDING_ROLES: Final = TOTAL_ROLES | SOURCE_ROLES | {"funding"}
GOAL_ROLES: Final = frozenset({"goals", "goal_period", "goal_annual"})
VALUE_ROLES: Final = frozenset({"value", "value_period", "value_annual"})
COLUMN_ROLES: Final = VALUE_ROLES | {"level1", "level2", "level3"}
TABLE_ROLES: Final = COLUMN_ROLES | {"table", "table_period", "table_annual"}
HEAD_ROLES: Final = IDENTITY_ROLES | FUNDING_ROLES | {"name"}
"""The labels that stand at the top of a form, before its texts."""

_PERIOD = "(?:项目)?(?:实施期|实施期间|中期|长期|中长期|项目期)"
_ANNUAL = r"(?:年度|本年度?|当年度?|全年|\d{4}年度?)"
_OF_WHICH = "(?:其中:?)?(?:[1-9一二三四五][.、])?"
_LOCAL = r"(?:市县\(区\)|市\(县区?\)|县\(市?区\)|区\(县\)|市\(区\)|市、?县区?|市区|县区|区县|市|县|区|本|地方)"
_LABEL = re.compile(
    "|".join(
        f"(?P<{role}>{pattern})"
        for role, pattern in (
            ("name", "项目名称"),
            (
                "department",
                r"(?:预算)?主管部门(?:\(单位\))?(?:名称)?(?:[及和与/]?(?:代码|编码)|\((?:代码|编码|及代码)\))?",
            ),
            ("department_code", r"(?:主管)?部门(?:代码|编码)"),
            (
                "unit",
                r"(?:项目)?\(?(?:具体)?(?:实施|承担|执行|建设|申报|用款)\)?单位(?:名称)?|项目单位(?:名称)?",
            ),
            ("attribute", "项目(?:属性|类型|类别|性质)"),
            (
                "duration",
                "项目(?:日期|期|年限|起止(?:时间|日期|年限))"
                "|(?:项目)?(?:实施|执行|建设|起止)?(?:期限|周期)|(?:项目)?实施(?:时间|日期)|项目实施期",
            ),
            (
                "total_period",
                rf"{_PERIOD}(?:项目)?(?:预算)?(?:资金)?(?:总额|总计|合计)|{_PERIOD}(?:项目)?(?:总?资金|总?投资)|项目总额",
            ),
            (
                "total_annual",
                rf"{_ANNUAL}(?:项目)?(?:预算)?(?:资金)?(?:总额|总计|合计)|{_ANNUAL}(?:项目)?(?:总?资金|预算数?)",
            ),
            ("total", "(?:项目)?(?:预算)?(?:资金)?总额|(?:预算)?资金(?:总计|合计)"),
            ("funding", "(?:项目|预算|项目预算)?资金(?:情况|来源|安排|申请)|(?:项目|预算|项目预算)资金"),
            ("central", f"{_OF_WHICH}中央(?:级|补助|财政|转移支付|专项)*资金"),
            ("provincial", f"{_OF_WHICH}省(?:级|补助|财政|转移支付|专项)*资金"),
            ("local", f"{_OF_WHICH}{_LOCAL}(?:级|补助|财政|配套|安排)*资金"),
            ("self_raised", f"{_OF_WHICH}(?:(?:项目)?单位)?自筹(?:资金)?"),
            ("other", f"{_OF_WHICH}其[他它](?:来源)?资金"),
            ("overview", "项目(?:基本)?(?:概况|概述|简介)|项目基本情况"),
            ("basis", "(?:项目)?(?:立项|设立|政策)的?依据|项目依据|立项政策依据"),
            ("necessity", "(?:项目)?(?:设立|立项|申报|实施)的?必要性|项目必要性"),
            (
                "safeguards",
                "(?:保证|保障)项目实施的?制度[、,，.·和与及/]?(?:保障)?措施|(?:项目)?(?:保障|保证)措施",
            ),
            ("plan", "项目(?:实施)?(?:进度)?计划|实施(?:进度)?计划"),
            ("goal_period", f"{_PERIOD}(?:总体|绩效|总体绩效)?目标"),
            ("goal_annual", f"{_ANNUAL}(?:总体|绩效|总体绩效)?目标"),
            ("goals", "(?:项目)?(?:总体|绩效|总体绩效|绩效总体?)目标"),
            ("table_period", f"{_PERIOD}绩效指标"),
            ("table_annual", f"{_ANNUAL}绩效指标"),
            ("table", "(?:项目)?绩效(?:目标)?指标"),
            ("level1", "一级指标"),
            ("level2", "二级指标"),
            ("level3", "三级指标(?:名称)?|指标内容|具体指标|指标名称"),
            ("value_period", f"{_PERIOD}(?:绩效)?(?:指标|目标)值"),
            ("value_annual", f"{_ANNUAL}(?:绩效)?(?:指标|目标)值"),
            ("value", "(?:绩效)?(?:指标|目标)值"),
            ("lead", "(?:项目|单位|部门|填报单位)?负责人"),
            ("handler", "(?:项目)?(?:经办|填报|填表|联系|制表)人员?"),
            ("phone", "(?:联系|经办人)?电话|联系(?:方式|电话号码)"),
            ("filed", "(?:填报|填表|申报|制表)(?:日期|时间)"),
        )
    )
)

_VERTICAL_LABEL = "绩效指标"
_INVISIBLE = re.compile(r"[\s\u200b\u200c\u200d\ufeff]+")
_ONE_SPELLING = str.maketrans("（）〔〕【】［］[]：﹕∶，０１２３４５６７８９", "()()()()():::,0123456789")
_NUMBERING = re.compile(r"[*＊★]|[一二三四五六七八九十]+、|\d{1,2}[.、](?!\d)")
_UNIT = re.compile(rf"(?:单位|人民币|金额|:)*({'|'.join(sorted(UNITS, key=len, reverse=True))})")
_NOTE = re.compile(r"\(([^()]*)\)$")


def compact(text: str) -> str:
    """A printed text in one spelling for comparing: no white space, half-width brackets, colons and digits."""
    return _INVISIBLE.sub("", text).translate(_ONE_SPELLING)


def role_of(text: str) -> str | None:
    """What the cell means as a label (one of the role names above), or ``None`` when it is not a label by itself."""
    return _role(text) if len(text) <= LONGEST else None


def is_vertical_label(text: str) -> bool:
    """Whether a cell is 绩效指标, or a piece of it, which stands beside the whole table as one merged cell."""
    return len(text) < 9 and compact(text) in _VERTICAL_LABEL


@lru_cache(maxsize=8192)
def unit_of(text: str) -> str | None:
    """The unit of money that a label or unit line states: ``项目资金（元）``, ``单位：万元``; ``None`` without one."""
    label = compact(text).rstrip(":")
    note = _NOTE.search(label)
    match = _UNIT.fullmatch(note[1] if note else label)
    return match[1] if match else None


@lru_cache(maxsize=8192)
def _role(text: str) -> str | None:
    label = compact(text).rstrip(":")
    numbered = _NUMBERING.match(label)
    label = label[numbered.end() :] if numbered else label
    role = _match(label)
    if role is None and (note := _NOTE.search(label)):  # 负责人（签字）, 实施单位（盖章）, 项目资金（元）
        role = _match(label[: note.start()].rstrip(":"))
    return role


def _match(label: str) -> str | None:
    match = _LABEL.fullmatch(label)
    return match.lastgroup if match else None

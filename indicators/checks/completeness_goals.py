"""Rules on completeness: goals that say what is reached, and a basis that can be looked up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from indicators.checks.completeness import is_empty
from indicators.checks.findings import Finding
from indicators.checks.forms import SCOPE_NAMES, SCOPES, Form
from indicators.checks.rules import BUDGET_LAW, TARGETS, Given, Rule, rule
from indicators.checks.severity import Family, Severity

_PAYS = re.compile(
    r"拨付|支付|拨款|付款|兑付|付清|付讫|支完|付完|结清|拨完|下达(?=[^，。；]{0,6}(?:资金|补助|指标))|资金[^，。；]{0,4}下达|支出|转账|结算|资金[^，。；]{0,4}(?:执行|使用)(?:完毕|完成)"
)
_CLAUSE = re.compile(r"[，。；;,\s]+")
_REACHES = re.compile(
    r"保障|保证|维护|改善|提高|提升|促进|推动|增强|建成|完工|竣工|新建|改造|修缮|治理|解决|实现|方便|惠及|受益|服务|培训|购置|采购|安装|运行"
    r"|稳定|满足|落实|支持|扶持|发展|缓解|降低|减少|扩大|优化|完善|加强|消除|带动|激励|鼓励|引导|救助|救治|覆盖|助力|调动|减轻|化解|防范|避免|巩固|帮助|补齐"
)
# What is paid for, or how payment itself is ensured, is no result.
_PAID_FOR = re.compile(
    r"(?:保障|保证|维护|维修|服务|培训|购置|采购|运行|改造|治理|安装|支持|扶持|发展|救助|激励|修缮|新建|稳定|防范|消除)[^，。；]{0,14}?(?:费用?|款项?|资金|经费|补助金?|补贴|奖补|余额|尾款)"
    r"|(?:保障|保证)(?=[^，。；]{0,12}(?:拨付|支付|到位|及时|按时))|《[^》]*》"
)
_DEBT = re.compile(r"还本|付息|本息|利息|债务|债券|还款|偿还|偿债|化债|清欠|欠款|退款|退费|缴费|税款")
_MERE_TIME = re.compile(
    r"[\d年月日前底末初内第一二三四季度上下半旬预计计划于在到至按时及时前后其中剩余全部完成共计合计约万元亿%.\-—（）()]+"
)


@lru_cache(maxsize=1024)
def is_only_payment(goal: str) -> bool:
    """Whether each clause of a goal is a payment or a date, and nothing is reached."""
    if len(goal) > 120 or not _PAYS.search(goal) or _REACHES.search(_PAID_FOR.sub("", goal)):
        return False
    clauses = [clause for clause in _CLAUSE.split(goal) if clause]
    return all(_PAYS.search(clause) or _MERE_TIME.fullmatch(clause) for clause in clauses)


@rule(
    id="completeness.goal-only-payment",
    title="目标只写付款",
    family=Family.RELEVANT,
    severity=Severity.SHOULD,
    source=TARGETS,
    explanation=(
        "总体目标应写要做成什么、达到什么效果；只写何时把多少资金拨付出去，花完了也不知道办成了什么。偿还债务、支付利息的项目，付款就是任务，不作判断。"
    ),
    bad="2025年10月底前全部拨付到位",
    good="完成三个村道路硬化12公里，10月底前通车，惠及村民 2000 人。",
)
def only_payment(form: Form, _given: Given) -> Iterator[Finding]:
    """A goal states results, not payment."""
    if _DEBT.search(form.text("name")):
        return
    texts = {scope: form.text(f"goals.{scope}") for scope in SCOPES}
    paying = [scope for scope, text in texts.items() if is_only_payment(text) and not _DEBT.search(text)]
    if paying:
        text = texts[paying[-1]]
        yield Finding(
            f"{'和'.join(SCOPE_NAMES[scope] for scope in paying)}总体目标“{_cut(text)}”只写了付款，"
            "请写明用这笔资金办成什么、达到什么效果。",
            tuple(f"goals.{scope}" for scope in reversed(paying)),
        )


_NAMED = re.compile(
    r"《[^》]{3,}》|〔\s*\d{4}\s*〕|第?\s*\d+\s*期|[（(][一二三四五六七八九十\d]+[）)]|法典|三定|[〔\[（(【]?\s*(?:19|20)?\d\d\s*[〕\]）)】]?\s*第?\s*\d+\s*号|号文|\d+\s*号|第?\s*[\d一二三四五六七八九十百]+\s*次|(?:19|20)\d\d\s*[年.．/-]"
    r"|[^，。；、\s]{5,}(?:法|条例|规划|纲要|办法|意见|通知|方案|批复|决定|规定|规范|标准|协议|合同|细则|制度|决议|规程|公告|函|报告|计划|判决书?|公约)"
    r"|[^，。；、\s按照据依]{2,}(?<![办方做依合执司立违守无])法(?![定院律规官人])"
)
_MENTIONED = re.compile(
    r"文件|会议|纪要|批复|批示|通知|政策|规定|规划|合同|协议|意见|方案|办法|条例|法律|法规|精神|要求|决定|安排|部署|报告|结论|书$"
)


@rule(
    id="completeness.basis-names-nothing",
    title="立项依据没有写明文件或会议",
    family=Family.RELEVANT,
    severity=Severity.HINT,
    source=f"{BUDGET_LAW}；{TARGETS}",
    explanation=(
        "立项依据应写到能查到的程度：文件名称或文号，会议的日期或次数。写有书名号、文号、次数、年份或完整文件名称的不提示，空白另行提示。"
    ),
    bad="区政府会议纪要",
    good="区政府2024年第5次常务会议纪要",
)
def vague_basis(form: Form, _given: Given) -> Iterator[Finding]:
    """The basis names a document or a meeting that can be looked up."""
    text = form.text("basis")
    if not text or is_empty(text) or _NAMED.search(text):
        return
    what = "没有写明名称、文号或日期" if _MENTIONED.search(text) else "没有写明文件或会议"
    yield Finding(f"立项依据“{_cut(text)}”{what}，无从查对，请补充。", ("basis",))


def _cut(text: str) -> str:
    return text.rstrip("。") if len(text) <= 40 else f"{text[:38]}……"


RULES: Final[tuple[Rule, ...]] = (only_payment, vague_basis)

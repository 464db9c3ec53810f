"""Proposed corrections, over names and values as forms have them."""

from hypothesis import given
from hypothesis import strategies as st

from indicators.checks import Form, check
from tests.indicators.checks.forms import LABELS, form, target
from tests.indicators.checks.test_running import corrected

NAMES = (
    "居民满意度 验收合格率 发放及时率 安全事故 投诉率 差错率 能耗下降率 节约资金 建设成本 超支金额 新建公厕 受训人数 长效机制 社会稳定 促进发展 ≥95% 500人 拨付及时性 时效指标 抢救成功率"
).split()
SIGNS = ("", "≥", "≤", "<", ">", "=", "不高于", "控制在")
UNITS = ("%", "百分比", "人", "起", "万元", "", "以下", "%以内")
WORDS = "提高 提高提高 有限 时效指标时效指标 居民满意度 及时 百分之九十五 百分之五十 促进 促进促进 社会效益 ≥ / 完善完善完善完善".split()
values = st.builds(
    lambda sign, number, unit: f"{sign}{number}{unit}", st.sampled_from(SIGNS), st.sampled_from([0, 5, 60, 95, 100, 950]),
    st.sampled_from(UNITS),
) | st.sampled_from(WORDS)  # fmt: skip
rows = st.lists(
    st.builds(
        target, st.sampled_from(sorted(LABELS)), st.sampled_from(NAMES), values,
        scope=st.sampled_from(["period", "annual"]), position=st.integers(0, 4),
    ),
    min_size=1, max_size=5,
)  # fmt: skip


def places(form: Form) -> dict[tuple[str, tuple[str, ...]], int]:
    """Rule and fields of what is found → severity."""
    return {(one.rule, one.fields): int(one.severity or 3) for one in check(form)}


@given(rows.map(lambda targets: form(*targets)))
def test_a_correction_mends_what_it_is_proposed_for_and_breaks_nothing_graver(form: Form) -> None:
    before = places(form)
    for finding in check(form):
        if finding.corrections:
            after = places(corrected(form, finding.corrections))
            assert (finding.rule, finding.fields) not in after
            assert all(grave >= int(finding.severity or 3) for place, grave in after.items() if place not in before)

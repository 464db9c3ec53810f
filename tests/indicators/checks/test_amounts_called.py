"""What the sums in texts are called."""

import pytest

from indicators.checks.amounts_called import called_in, text_of
from tests.indicators.checks.forms import form


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("本工程总投资估算为45.6万元。", "whole", "总投资估算为45.6万元"),
        ("修路，概算投资45.6万元。", "whole", "概算投资45.6万元"),
        ("项目预算金额：456000元。", "budget", "项目预算金额：456000元"),
        ("申请全年运行费用45万元。", "budget", "申请全年运行费用45万元"),
        ("其中省级补助资金45万元。", "provincial", "省级补助资金45万元"),
        ("县级配套资金（含乡镇）45万元。", "local", "县级配套资金（含乡镇）45万元"),
        ("单位自筹45万元。", "self_raised", "单位自筹45万元"),
        ("中央预算内投资45万元。", "central", "中央预算内投资45万元"),
    ],
)
def test_sums_have_names(text: str, kind: str, words: str) -> None:
    (one,) = called_in(form(overview=text, goals={}))
    assert (one.kind, one.words, one.path) == (kind, words, "overview")


@pytest.mark.parametrize(
    "text",
    [
        "设备费45万元。",
        "2024年总投资45万元。",
        "总投资45万元，已支付9万元。",
        "累计投入县级资金45万元。",
        "补助标准45元。",
        "",
    ],
)
def test_other_sums_have_none(text: str) -> None:
    assert not called_in(form(overview=text, goals={}))


def test_a_sum_that_both_goals_repeat_is_read_once() -> None:
    goals = {"period": "总投资45万元。", "annual": "总投资45万元。"}
    (one,) = called_in(form(goals=goals))
    assert one.path == "goals.period"


def test_texts_are_found_by_their_paths() -> None:
    given = form(overview="修路。", content=None, goals={"annual": "修好。"})
    assert [text_of(given, path) for path in ("overview", "content", "goals.annual", "goals.period")] == [
        "修路。",
        "",
        "修好。",
        "",
    ]

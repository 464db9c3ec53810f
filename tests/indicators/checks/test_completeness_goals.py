"""Rules on goals that only pay, and on the basis."""

import pytest

from indicators.checks import completeness_goals
from tests.indicators.checks.forms import form, found, messages


@pytest.mark.parametrize(
    "goal",
    [
        "2025年10月底前全部拨付到位。", "完成工程款支付。", "2025年6月支付50%，11月底前支付完毕", "及时足额拨付项目资金",
        "将上级下达的补助资金支付给施工单位。", "2025年底前支付道路改造工程尾款", "确保资金按时拨付", "保障2025年服务费用支付", "资金全部执行完毕",
    ],
)  # fmt: skip
def test_a_goal_that_only_pays_is_told(goal: str) -> None:
    (finding,) = found(completeness_goals.only_payment, form(goals={"period": goal, "annual": goal}))
    assert finding.fields == ("goals.annual", "goals.period")
    assert finding.message.startswith("实施期和年度总体目标")


@pytest.mark.parametrize(
    "goal",
    [
        "", "硬化道路12公里，10月底前通车。", "按时支付公交补贴，保障市民免费乘车。", "完成校舍维修3000平方米，支付工程款。",
        "足额发放高龄津贴。", "及时拨付奖补资金，带动企业扩大投资。", "支付到期利息，防范债务风险。", "国库集中支付系统平稳运行。",
    ],
)  # fmt: skip
def test_a_goal_that_reaches_something_is_not_told(goal: str) -> None:
    assert not found(completeness_goals.only_payment, form(goals={"annual": goal}))


def test_paying_is_the_task_of_a_debt() -> None:
    goal = {"annual": "2025年按时支付本息"}
    assert not found(completeness_goals.only_payment, form(name="专项债券付息", goals=goal))


@pytest.mark.parametrize(
    "basis",
    [
        "《农村公路养护管理办法》", "县政府第5次常务会议纪要", "晋财教〔2024〕12号", "发改审字（2024）35号", "2023年区委会议纪要",
        "山西省农村公路养护管理办法", "预算法关于预备费的规定", "与施工单位签订的工程施工合同", "", "无",
    ],
)  # fmt: skip
def test_a_basis_that_can_be_looked_up_is_not_told(basis: str) -> None:
    assert not found(completeness_goals.vague_basis, form(basis=basis))


@pytest.mark.parametrize(
    ("basis", "what"),
    [("县政府会议纪要", "没有写明名称"), ("上级文件要求", "没有写明名称"), ("延续项目", "没有写明文件"), ("工作需要", "没有写明文件")],
)  # fmt: skip
def test_a_basis_that_names_nothing_is_told(basis: str, what: str) -> None:
    assert what in messages(completeness_goals.vague_basis, form(basis=basis))[0]

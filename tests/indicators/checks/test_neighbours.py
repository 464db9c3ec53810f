"""Rules between projects."""

from hypothesis import given
from hypothesis import strategies as st

from indicators.checks import Finding, Form, Given, Neighbour, Rule, Severity, Surroundings, neighbours
from indicators.checks.forms import Filing
from tests.indicators.checks.forms import form, found, messages

LONG = "硬化东街、西街、南街三条道路共十二公里，配套修建边沟、错车道和安全护栏，解决沿线村民出行难。"


def near(
    *same: str, number: int = 2, name: str = "西街道路维修", department: int | None = 7, year: int = 2025
) -> Neighbour:
    return Neighbour(number, name, department, f"第{department}局", year, "140404", frozenset(same))


def filed(*filings: Filing) -> list[Finding]:
    given = Given(neighbours.filed_twice.defaults, Surroundings(filings=filings))
    return list(neighbours.filed_twice.check(form(), given))


def test_a_second_filing_is_told_with_its_place_and_difference() -> None:
    (finding,) = filed(Filing("目标表.txt", 120, ("项目设立必要性", "年度目标")))
    assert "“目标表.txt”第 120 行另有一份填报，项目设立必要性、年度目标不同" in finding.message
    assert "内容完全相同" in filed(Filing("目标表.txt", 120, ()))[0].message


def test_a_second_project_of_the_name_is_told() -> None:
    assert (
        "另有同名项目"
        in messages(neighbours.filed_twice, form(), neighbours=(near("name", name="村级道路硬化工程"),))[0]
    )
    assert not found(neighbours.filed_twice, form(), neighbours=(near("name", department=8), near("name", year=2024)))


def test_one_name_in_two_departments_is_told_once() -> None:
    others = near("name", department=8), near("name", number=3, department=9)
    assert messages(neighbours.same_name, form(), neighbours=others) == [
        "“第8局”、“第9局”本年度有同名项目，请核对是否重复安排，或在名称中写明各自的范围。"
    ]


def test_names_that_every_department_has_are_not_told() -> None:
    for name in ("办公设备购置", "编外聘用人员工资", "驻村工作队经费"):
        assert not found(neighbours.same_name, form(name=name), neighbours=(near("name", department=8),))


def test_a_copied_text_is_told_beside_it() -> None:
    copied = form(overview=LONG, goals={"period": LONG, "annual": LONG})
    first, second = found(
        neighbours.shared_text, copied, neighbours=(near("overview", "goals.annual", "goals.period"),)
    )
    assert (first.fields, first.severity) == (("overview",), Severity.SHOULD)
    assert second.fields == ("goals.annual", "goals.period")
    assert "“西街道路维修”" in second.message


def test_texts_that_may_agree_are_not_told() -> None:
    assert not found(neighbours.shared_text, form(overview="硬化道路。"), neighbours=(near("overview"),))
    for other in (near("overview", "name"), near("overview", "stem"), near("overview", year=2024)):
        assert not found(neighbours.shared_text, form(overview=LONG), neighbours=(other,))


def test_parts_of_one_project_are_told() -> None:
    parts = near("stem", name="村级道路硬化工程二期"), near("stem", number=3, name="村级道路硬化工程三期")
    assert (
        "“村级道路硬化工程二期”、“村级道路硬化工程三期”"
        in messages(neighbours.split_project, form(), neighbours=parts)[0]
    )
    assert not found(neighbours.split_project, form(), neighbours=(near("stem", "name"), near("stem", department=8)))


def told(rule: Rule, form: Form, around: tuple[Neighbour, ...]) -> list[str]:
    return messages(rule, form, neighbours=around)


def test_further_neighbours_change_nothing() -> None:
    copied = form(overview=LONG)
    around = tuple(near("overview", number=number, name=f"项目{number}") for number in range(2, 9))
    assert told(neighbours.shared_text, copied, around) == told(neighbours.shared_text, copied, around[:3])


kinds = st.frozensets(st.sampled_from(["name", "stem", "overview", "plan", "goals.annual", "other"]))
others = st.builds(Neighbour, st.integers(1, 9), st.text(max_size=4), st.none() | st.integers(6, 8), st.text(max_size=2), st.integers(2024, 2026), st.sampled_from(["140404", "140400"]), kinds)  # fmt: skip
filings = st.builds(Filing, st.text(max_size=4), st.integers(1), st.lists(st.text(max_size=3), max_size=3).map(tuple))


@given(st.lists(others, max_size=5), st.lists(filings, max_size=2), st.text(max_size=40))
def test_no_surroundings_make_a_rule_raise(around: list[Neighbour], twice: list[Filing], text: str) -> None:
    for rule in neighbours.RULES:
        surroundings = Surroundings(neighbours=tuple(around), filings=tuple(twice))
        for finding in rule.check(form(overview=text, department=None), Given(rule.defaults, surroundings)):
            assert finding.message.endswith("。")

"""What each filter finds, and what it refuses."""

from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.http import QueryDict
from django.utils import timezone

from imports.models import ImportRun
from projects.filters import ProjectFilter, conditions
from projects.models import Project
from projects.permissions import DEPARTMENT
from tests import factories

pytestmark = pytest.mark.django_db


def found(query: str) -> set[str]:
    return {project.name for project in ProjectFilter(QueryDict(query), Project.objects.all()).qs}


def test_no_filter_finds_everything() -> None:
    factories.project("甲")
    factories.project("乙")
    assert found("") == {"甲", "乙"}


def test_a_region_includes_the_divisions_below_it() -> None:
    factories.project("市级", region=factories.city())
    factories.project("区级")
    assert found("region=140400") == {"市级", "区级"}
    assert found("region=140404") == {"区级"}


def test_a_province_includes_its_counties() -> None:
    factories.county()
    factories.city().parent = factories.region("140000", "山西省", "山西省", None)
    factories.Region.objects.filter(code="140400").update(parent="140000")
    factories.project("区级")
    factories.project("省级", region=factories.Region.objects.get(code="140000"))
    assert found("region=140000") == {"区级", "省级"}


def test_a_region_alone_leaves_out_the_divisions_below_it() -> None:
    factories.project("市级", region=factories.city())
    factories.project("区级")
    assert found("region=140400&own=1") == {"市级"}


def test_the_year() -> None:
    factories.project("今年", year=2025)
    factories.project("去年", year=2024)
    assert found("year=2024") == {"去年"}


def test_several_departments_are_alternatives() -> None:
    names = ("教育局", "民政局", "水利局")
    first, second, _ = (factories.project(name, department=factories.department(name)) for name in names)
    assert found(f"department={first.department_id}&department={second.department_id}") == {"教育局", "民政局"}


def test_projects_without_a_department_can_be_asked_for() -> None:
    factories.project("有", department=factories.department())
    factories.project("无", department=None)
    assert found("department=none") == {"无"}


@pytest.mark.parametrize(
    "field",
    ["implementing_unit", "basis", "content", "overview", "necessity", "safeguards", "plan", "department_printed"],
)
def test_text_is_found_in_every_text_of_a_project(field: str) -> None:
    factories.project("有", **{field: "改造十二间教室"})
    factories.project("无", **{field: "修路"})
    assert found("q=十二间") == {"有"}


def test_text_is_found_in_names_printed_with_spaces() -> None:
    factories.project("标准化厂房 PPP项目")
    assert found("q=厂房PPP") == {"标准化厂房 PPP项目"}


def test_text_is_found_in_the_joined_department() -> None:
    factories.project("甲", department=factories.department("长治市住房和城乡建设局"), department_printed="市住建局")
    assert found("q=住房和城乡") == {"甲"}


def test_text_is_found_in_goals_and_indicators() -> None:
    goal, name, value = (factories.project(word) for word in ("目标", "指标名", "指标值"))
    factories.goal(goal, "消除隐患")
    factories.indicator(name, name="消除隐患数")
    factories.indicator(value, value="消除隐患")
    factories.project("无关")
    assert found("q=消除隐患") == {"目标", "指标名", "指标值"}


def test_every_word_must_occur_but_anywhere() -> None:
    both = factories.project("教室改造", overview="十二间")
    factories.project("教室新建")
    factories.indicator(both, name="验收合格率")
    assert found("q=教室 十二间　合格率") == {"教室改造"}


def test_a_found_project_is_found_once() -> None:
    project = factories.project("教室")
    for _ in range(3):
        factories.indicator(project, name="教室")
    assert ProjectFilter(QueryDict("q=教室"), Project.objects.all()).qs.count() == 1


@pytest.mark.parametrize("text", ["%", "_", "\\", "'", "''--"])
def test_signs_of_the_query_language_are_text(text: str) -> None:
    factories.project("甲")
    factories.project(f"乙{text}")
    query = QueryDict(mutable=True)
    query["q"] = text
    assert found(query.urlencode()) == {f"乙{text}"}


def test_a_funding_source_needs_money_in_the_year() -> None:
    factories.project("有", sources={"local": "1"}, amount="1")
    factories.project("零", sources={"local": "0"}, amount="0")
    factories.project("空白", sources={"local": None})
    factories.funding(factories.project("只有实施期"), "local", "5", "period")
    assert found("source=local") == {"有"}


def test_several_funding_sources_must_all_give_money() -> None:
    factories.project("两种", sources={"local": "1", "central": "1"}, amount="2")
    factories.project("一种", sources={"local": "1"}, amount="1")
    assert found("source=local&source=central") == {"两种"}


def test_unlisted_money_is_what_no_source_explains() -> None:
    factories.project("没有资金表", amount="5")
    factories.project("少", sources={"local": "3"}, amount="5")
    factories.project("多", sources={"local": "8"}, amount="5")
    factories.project("空白", sources={"local": "3"}, amount=None)
    factories.project("相符", sources={"local": "3", "central": "2"}, amount="5")
    factories.project("没有金额")
    factories.project("零", amount="0")
    assert found("source=none") == {"没有资金表", "少", "多", "空白"}


def test_the_attribute_by_its_beginning() -> None:
    factories.project("一次", attribute="一次性项目（1年结束）")
    factories.project("经常", attribute="经常性项目（长期开展）")
    factories.project("空白", attribute="")
    factories.project("没有")
    assert found("attribute=一次性") == {"一次"}
    factories.project("其他", attribute="新增项目")
    assert found("attribute=none") == {"空白", "没有"}
    assert found("attribute=other") == {"其他"}


def test_projects_with_and_without_indicators() -> None:
    factories.indicator(factories.project("有"))
    factories.project("没有")
    assert found("indicators=yes") == {"有"}
    assert found("indicators=no") == {"没有"}


def archived(name: str, **values: object) -> Project:
    return factories.project(name, archived_at=timezone.now(), archive_reason="取消", **values)


def test_archived_projects_are_found_only_where_they_are_asked_for() -> None:
    factories.project("在用")
    archived("归档")
    assert found("") == {"在用"}
    assert found("archived=only") == {"归档"}
    assert found("archived=all") == {"在用", "归档"}


def test_what_only_archived_projects_have_is_no_choice() -> None:
    factories.project("在用")
    archived("归档", year=2020, department=factories.department("撤销的局"))
    for query, years in (("", ["全部", "2025 年"]), ("archived=all", ["全部", "2025 年", "2020 年"])):
        form = ProjectFilter(QueryDict(query), Project.objects.all()).form
        assert [label for _, label in form.fields["year"].choices] == years
        assert ("撤销的局" in dict(form.fields["department"].choices).values()) == ("archived" in query)


def test_the_archive_has_a_chip() -> None:
    (chip,) = ProjectFilter(QueryDict("archived=only"), Project.objects.all()).chips()
    assert (chip.label, chip.value, chip.query_without) == ("归档", "只看已归档", "")


def test_projects_of_a_document(imported: ImportRun) -> None:
    factories.project("别处来的")
    assert found(f"document={imported.document_id}") == {"教室改造"}


@pytest.mark.parametrize(
    "query",
    [
        "region=999999", "region=%00", "year=abc", "year=1900", "department=999", "department=x", "source=gold",
        "attribute=x", "indicators=maybe", "own=2", "document=x", "document=0", "document=" + "9" * 30,
        "archived=x", "section=x", "category=x", "operator=x", "kind=x", "differs=x", "max=-", "number_min=x", "indicator=%00",
        "q=" + "长" * 101, "q=%00",
    ],
)  # fmt: skip
def test_a_value_that_is_not_understood_finds_nothing_and_says_so(query: str) -> None:
    factories.project("甲")
    filtered = ProjectFilter(QueryDict(query), Project.objects.all())
    assert list(filtered.qs) == []
    assert list(filtered.errors) == [query.partition("=")[0]]


def test_choices_are_only_what_the_person_sees() -> None:
    mine, other = factories.department("教育局"), factories.department("市财政局", factories.city())
    factories.project("甲", department=mine)
    factories.project("乙", department=other, region=factories.city(), year=2024)
    visible = Project.objects.visible_to(factories.user(DEPARTMENT, mine))
    form = ProjectFilter(QueryDict(f"department={other.pk}"), visible).form
    assert [label for _, label in form.fields["department"].choices] == ["教育局"]
    assert [label for _, label in form.fields["year"].choices] == ["全部", "2025 年"]
    assert [label for _, label in form.fields["region"].choices] == ["全部", "长治市上党区"]
    assert not form.is_valid()


def test_departments_of_one_name_are_told_apart_by_region() -> None:
    factories.project(department=factories.department("教育局"))
    factories.project(department=factories.department("教育局", factories.city()), region=factories.city())
    form = ProjectFilter(QueryDict(), Project.objects.all()).form
    assert {label for _, label in form.fields["department"].choices} == {"教育局（长治市）", "教育局（上党区）"}


def test_chips_name_what_is_on_and_take_it_off_alone() -> None:
    project = factories.project(department=factories.department("教育局"))
    query = f"year=2025&department={project.department_id}&sort=name&page=3&q="
    year, department = ProjectFilter(QueryDict(query), Project.objects.all()).chips()
    assert (year.label, year.value) == ("年度", "2025 年")
    assert department.value == "教育局"
    assert department.query_without == "year=2025&sort=name&q="


def test_a_chip_takes_one_of_several_values_off() -> None:
    chips = ProjectFilter(QueryDict("source=local&source=central"), Project.objects.all()).chips()
    assert [chip.query_without for chip in chips] == ["source=central", "source=local"]


def test_a_document_s_chip_shows_its_name(imported: ImportRun) -> None:
    (chip,) = ProjectFilter(QueryDict(f"document={imported.document_id}"), Project.objects.all()).chips()
    assert (chip.label, chip.value) == ("来源文件", "教育局.txt")


@pytest.mark.parametrize("typed", ["9" * 5000, "²", "x", "0"])
def test_a_document_that_is_no_number_has_a_chip_to_take_it_off(db: None, typed: str) -> None:
    (chip,) = ProjectFilter(QueryDict(f"document={typed}"), Project.objects.all()).chips()
    assert (chip.value, chip.query_without, chip.is_wrong) == (f"编号 {typed}", "", True)


def test_a_wrong_value_has_a_chip_too() -> None:
    (chip,) = ProjectFilter(QueryDict("year=abc"), Project.objects.all()).chips()
    assert (chip.value, chip.query_without) == ("abc", "")


def test_clearing_keeps_sorting_and_page_size() -> None:
    filtered = ProjectFilter(QueryDict("year=2025&q=a&page=2&sort=name&size=100"), Project.objects.all())
    assert filtered.query_without_filters() == "sort=name&size=100"


def test_sections_are_alternatives_and_may_be_missing() -> None:
    for name, section in (("预算", "预算科"), ("农业", "农业科"), ("无", "")):
        factories.project(name, section=section)
    assert found("section=预算科&section=none") == {"预算", "无"}


def test_the_implementing_unit_contains() -> None:
    factories.project("有", implementing_unit="上党区第一中学")
    factories.project("无", implementing_unit=None)
    assert found("unit_text=上党第一") == set()
    assert found("unit_text=第一") == {"有"}


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("min=1&unit=万元", {"一万", "两万"}), ("max=15000&unit=元", {"五千", "一万"}), ("min=1&max=1", {"一万"}),
        ("min=1.5万元&unit=元", {"两万"}), ("max=0.5", {"五千"}),
    ],
)  # fmt: skip
def test_amounts_are_in_the_unit_of_the_address_and_include_their_ends(query: str, names: set[str]) -> None:
    for name, amount in (("五千", "5000"), ("一万", "10000"), ("两万", "20000"), ("空白", None)):
        factories.project(name, amount=amount)
    assert found(query) == names


def measured(name: str, indicator: str, number: str | None, unit: str = "%", operator: str | None = ">=") -> None:
    made = factories.indicator(factories.project(name), indicator, category="satisfaction.served")
    if number is not None:
        made.number, made.unit, made.operator = Decimal(number), unit, operator
        made.save()


def test_satisfaction_below_ninety_per_cent() -> None:
    measured("低", "群众满意度", "85")
    measured("写作百分比", "满意度", "80", "百分比", None)
    measured("正好", "群众满意度", "90")
    measured("另一指标", "合格率", "85")
    measured("另一单位", "满意度调查", "85", "户")
    measured("定性", "满意度", None)
    assert found("indicator=满意度&number_max=<90%") == {"低", "写作百分比"}
    assert found("indicator=满意度&number_max=90%") == {"低", "写作百分比", "正好"}
    assert found("indicator=满意度&number_max=<90") == {"低", "写作百分比", "另一单位"}


def test_what_is_asked_of_indicators_holds_for_one_of_them() -> None:
    both = factories.project("两个指标")
    for indicator, number in (("满意度", "95"), ("合格率", "85")):
        made = factories.indicator(both, indicator)
        made.number, made.operator = Decimal(number), ">="
        made.save()
    assert found("indicator=满意度&number_max=90") == set()
    assert found("indicator=合格率&number_max=90&operator=ge&kind=quantitative") == {"两个指标"}


def test_a_class_of_level_one_has_all_below_it() -> None:
    factories.indicator(factories.project("质量"), category="output.quality")
    factories.indicator(factories.project("数量"), category="output.quantity")
    factories.indicator(factories.project("社会"), category="benefit.social")
    assert found("category=output") == {"质量", "数量"}
    assert found("category=output.quality&category=benefit") == {"质量", "社会"}


def test_numbers_without_a_comparator_can_be_asked_for() -> None:
    measured("有", "甲", "1")
    measured("无", "乙", "1", operator=None)
    measured("定性", "丙", None)
    factories.project("没有指标")
    assert found("kind=qualitative") == {"定性"}
    assert found("operator=none") == {"无"}


def test_projects_that_people_changed_differ_from_their_source(imported: ImportRun) -> None:
    project = imported.records.get().project
    factories.project("没有来源")
    assert found("differs=yes") == set()
    with connection.cursor() as cursor:  # the run's context ends with its transaction, which in a test goes on
        cursor.execute("SELECT set_config('pghistory.context_id', '', true)")
    Project.objects.filter(pk=project.pk).update(overview="改过")
    assert found("differs=yes") == {"教室改造"}
    assert found("differs=no") == {"没有来源"}
    assert found("differs=yes&year=1999") == set()


def test_full_width_signs_and_small_letters_are_found() -> None:
    factories.project("厂房（ＰＰＰ）１期")
    factories.project("其他")
    assert found("q=(ppp)1") == {"厂房（ＰＰＰ）１期"}


@pytest.mark.parametrize(
    ("query", "field", "sentence"),
    [
        ("min=5&max=1", "max", "最高金额小于最低金额，请对调或改正。"),
        ("min=x", "min", "“x”不是可用的金额，请写数字，例如 500 或 1,200.5。"),
        ("number_min=90&number_max=80", "number_max", "目标值的下限大于上限，请对调或改正。"),
        ("number_min=<5", "number_min", "下限只能写 ≥ 或 >，例如 >80%。"),
    ],
)
def test_a_range_that_makes_no_sense_is_said_in_one_sentence(query: str, field: str, sentence: str) -> None:
    factories.project("甲", amount="1")
    filtered = ProjectFilter(QueryDict(query), Project.objects.all())
    assert {name: list(errors) for name, errors in filtered.errors.items()} == {field: [sentence]}
    assert not filtered.qs.exists()


def test_a_range_is_one_chip_in_words() -> None:
    query = "min=1&max=2.5&unit=亿元&indicator=满意度&number_max=<90%25"
    amount, name, number = ProjectFilter(QueryDict(query), Project.objects.all()).chips()
    assert (amount.label, amount.value) == ("年度金额", "1–2.50 亿元")
    assert (name.label, name.value, number.label, number.value) == ("指标名称", "满意度", "目标值", "< 90%")
    assert [chip.is_of_indicator for chip in (amount, name, number)] == [False, True, True]
    assert QueryDict(amount.query_without).dict() == {"unit": "亿元", "indicator": "满意度", "number_max": "<90%"}


def test_an_amount_carries_its_unit_wherever_it_is_linked() -> None:
    filtered = ProjectFilter(QueryDict("min=5"), Project.objects.all())
    assert QueryDict(filtered.query).dict() == {"min": "5", "unit": "万元"}
    assert ProjectFilter(QueryDict("year=2025&unit=元"), Project.objects.all()).query == "year=2025"


@pytest.mark.parametrize("most", [1, 50])
def test_what_takes_long_is_looked_for_once_unless_very_much_is_found(
    monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any, most: int
) -> None:
    monkeypatch.setattr(conditions, "MOST_SETTLED", most)
    for number in range(3):
        factories.project(f"校舍{number}", sources={"local": "3"})
    factories.project("校舍", sources={"local": "0"})
    found = ProjectFilter(QueryDict("q=校舍&source=local"), Project.objects.all())
    assert [one.name for one in found.qs] == ["校舍0", "校舍1", "校舍2"]
    factories.funding(factories.project("校舍3"), "local", "1")
    with django_assert_num_queries(1):
        assert found.qs.all().count() == (4 if most == 1 else 3)

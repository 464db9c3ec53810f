"""The pages of the rules."""

from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from indicators.models import ProjectFinding, RuleSetting, RuleSettingEvent, UncheckedProject
from indicators.reviewing.rules import actions
from indicators.tasks import do_check_pending
from perfgoals.history import change
from projects.permissions import ADMIN, AUDIT, FINANCE
from tests import factories
from tests.conftest import LogIn, words_of

pytestmark = pytest.mark.django_db
RULE = "money.period-below-annual"
ADDRESS = f"/rules/{RULE}/"


@pytest.fixture
def administrator(log_in: LogIn) -> Client:
    return log_in(ADMIN)


def bad(count: int = 1) -> None:
    with change(by=None, action="edit"):
        for number in range(count):
            factories.project(f"机井维修{number}", amount=Decimal(2), period_amount=Decimal(1))


def save(client: Client, **values: str) -> str:
    """Try, then save what was tried; the words of the page in between."""
    tried = client.post(ADDRESS, values)
    page = words_of(tried)
    assert client.post(ADDRESS, {**values, "tried": tried.context["tried"]}).status_code == 302
    return page


def test_everyone_with_a_role_reads_the_rules(log_in: LogIn) -> None:
    page = words_of(log_in(AUDIT).get(reverse("rule-list")))
    assert "实施期资金少于年度资金" in page
    assert "按原有的" in page


def test_only_administrators_set_them(log_in: LogIn) -> None:
    finance = log_in(FINANCE, factories.county())
    assert "规则由管理员设置" in words_of(finance.get(ADDRESS))
    assert finance.post(ADDRESS, {"is_on": "0"}).status_code == 403
    assert not RuleSetting.objects.exists()


def test_an_unknown_rule_is_not_found(administrator: Client) -> None:
    assert administrator.get("/rules/nonsense/").status_code == 404


def test_a_change_is_tried_first_and_then_saved_with_its_findings(administrator: Client) -> None:
    bad(2)
    page = save(administrator, is_on="0", reason="本年暂不审核")
    assert "消失 2 条" in page
    assert not ProjectFinding.objects.filter(rule=RULE).exists()
    page = words_of(administrator.get(ADDRESS))
    assert "全部行政区划和年度：停用" in page
    assert "本年暂不审核" in page
    assert RuleSettingEvent.objects.get().pgh_context.metadata["user"] == int(administrator.session["_auth_user_id"])


def test_what_was_not_tried_is_tried_and_not_saved(administrator: Client) -> None:
    tried = administrator.post(ADDRESS, {"is_on": "0"}).context["tried"]
    response = administrator.post(ADDRESS, {"is_on": "1", "severity": "3", "tried": tried})
    assert "试算结果" in words_of(response)
    assert not RuleSetting.objects.exists()


def test_a_setting_is_taken_back(administrator: Client) -> None:
    bad()
    save(administrator, is_on="0")
    number = str(RuleSetting.objects.get().pk)
    trial = administrator.post(ADDRESS, {"take_back": number})
    assert "新增 1 条" in words_of(trial)
    assert RuleSetting.objects.exists()
    given = {"take_back": number, "tried": trial.context["tried"], "reason": "试点结束"}
    page = administrator.post(ADDRESS, given, follow=True)
    assert "试点结束" in words_of(page)
    assert not RuleSetting.objects.exists()
    assert ProjectFinding.objects.filter(rule=RULE).count() == 1


def test_what_somebody_else_set_meanwhile_is_tried_over_and_not_lost(administrator: Client) -> None:
    mine = {"is_on": "1", "severity": "3"}
    tried = administrator.post(ADDRESS, mine).context["tried"]
    save(administrator, is_on="0", reason="别人停用的")
    assert "试算结果" in words_of(administrator.post(ADDRESS, {**mine, "tried": tried}))
    assert not RuleSetting.objects.get().is_on


def test_what_was_taken_back_or_set_anew_meanwhile_is_not_taken_back_unseen(administrator: Client) -> None:
    save(administrator, is_on="0")
    number = str(RuleSetting.objects.get().pk)
    tried = administrator.post(ADDRESS, {"take_back": number}).context["tried"]
    save(administrator, is_on="1", severity="3")
    assert "试算结果" in words_of(administrator.post(ADDRESS, {"take_back": number, "tried": tried}))
    assert RuleSetting.objects.exists()
    RuleSetting.objects.all().delete()
    answer = administrator.post(ADDRESS, {"take_back": number, "tried": tried}, follow=True)
    assert "这项设置已经不在了" in words_of(answer)


def test_a_reason_that_is_too_long_is_refused_at_its_field(administrator: Client) -> None:
    assert "说明最多 200 个字" in words_of(administrator.post(ADDRESS, {"is_on": "0", "reason": "长" * 201}))


def test_a_year_that_is_none_is_refused_at_its_field(administrator: Client) -> None:
    assert "年度请写四位数字" in words_of(administrator.post(ADDRESS, {"is_on": "1", "year": "公元"}))


def test_a_figure_out_of_its_span_is_refused(administrator: Client) -> None:
    response = administrator.post("/rules/direction.satisfaction-low/", {"is_on": "1", "figure-lowest": "900"})
    fields = [field.name for field in response.context["form"].figures]
    assert fields
    response = administrator.post("/rules/direction.satisfaction-low/", {"is_on": "1", fields[0]: "-5"})
    assert "之间的数字" in words_of(response)


def test_many_projects_are_left_to_the_queue_and_the_page_says_how_many(
    administrator: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "AT_ONCE", 1)
    bad(3)
    save(administrator, is_on="0")
    assert UncheckedProject.objects.count() == 3
    assert "还有 3 个项目" in words_of(administrator.get(reverse("rule-list")))
    do_check_pending()
    assert not ProjectFinding.objects.filter(rule=RULE).exists()
    assert not UncheckedProject.objects.exists()


# --- What is in force somewhere --------------------------------------------------------------------------------------


def row(client: Client, **place: str) -> str:
    """The rule's line in the list, as it is in force at a place."""
    words = words_of(client.get(reverse("rule-list"), place))
    return words.split("实施期资金少于年度资金 ")[1].split("年度目标值高于")[0][:60]


def test_the_list_says_what_is_in_force_at_a_place_and_whence(administrator: Client) -> None:
    county = factories.county()
    RuleSetting.objects.create(rule=RULE, severity=3)
    RuleSetting.objects.create(rule=RULE, region_id="140400", year=2025, is_on=False)
    RuleSetting.objects.create(rule=RULE, region=county, severity=2)
    assert "提示" in row(administrator)
    here = row(administrator, region="140404", year="2025")
    assert "建议修改" in here
    assert "上党区 各年度：建议修改" in here
    above = row(administrator, region="140400", year="2025")
    assert "停用" in above
    assert "长治市 2025 年：停用" in above
    assert "全部行政区划和年度：提示" in row(administrator, region="140400", year="2024")
    assert "上党区 2025 年 现行的严重程度" in words_of(
        administrator.get(reverse("rule-list"), {"region": "140404", "year": "2025"})
    )


def test_figures_are_those_in_force(administrator: Client) -> None:
    RuleSetting.objects.create(rule="direction.satisfaction-low", year=2025, thresholds={"lowest": "88.5"})
    words = words_of(administrator.get(reverse("rule-list"), {"year": "2025"}))
    assert "88.5" in words.split("设置记录")[0]
    assert "88.5" not in words_of(administrator.get(reverse("rule-list"), {"year": "2024"})).split("设置记录")[0]


def test_a_place_that_is_none_is_said_and_nothing_is_shown_as_in_force(administrator: Client) -> None:
    words = words_of(administrator.get(reverse("rule-list"), {"region": "999999", "year": "公元"}))
    assert "没有这个行政区划" in words
    assert "四位数字" in words
    assert "现行的严重程度" not in words


def test_findings_are_counted_among_what_one_sees_at_the_place(administrator: Client, log_in: LogIn) -> None:
    bad(3)
    sister = factories.region("140403", "长治市潞州区", "潞州区", "140400")
    assert "3" in row(administrator, region="140404", year="2025").split()
    assert "3" not in row(administrator, region="140403").split()
    assert "3" not in row(log_in(FINANCE, sister)).split()
    link = f"{reverse('finding-list')}?finding_rule={RULE}&amp;finding=all&amp;region=140404&amp;year=2025"
    page = administrator.get(reverse("rule-list"), {"region": "140404", "year": "2025"})
    assert link in page.content.decode()

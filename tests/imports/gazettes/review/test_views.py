"""The pages of the review: what they show, who may decide, and what they answer with and without scripts."""

from __future__ import annotations

from io import BytesIO

import openpyxl
import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from imports.gazettes.models import ProseTarget, TargetState
from imports.gazettes.review.actions import accept_target, seen_of
from projects.permissions import AUDIT, DEPARTMENT, FINANCE
from tests import factories
from tests.conftest import LogIn, words_of
from tests.imports.gazettes.review.targets import official_document, target

pytestmark = pytest.mark.django_db
LIST, EXPORT, ACCEPT = "/targets/", "/targets/export/", "/targets/accept/"
HTMX = {"HX-Request": "true"}


@pytest.fixture
def finance(log_in: LogIn) -> Client:
    """Somebody of the city's finance bureau."""
    return log_in(FINANCE, factories.city())


def page_of(one: ProseTarget) -> str:
    return reverse("target-review", args=[one.pk])


def decide(client: Client, one: ProseTarget, decision: str, *, htmx: bool = True, **more: str) -> HttpResponse:
    sent = {"decision": decision, "seen": seen_of(ProseTarget.objects.get(pk=one.pk))} | more
    return client.post(page_of(one), sent, headers=HTMX if htmx else {})


def state_of(one: ProseTarget) -> str:
    return ProseTarget.objects.get(pk=one.pk).state


def in_list(client: Client, **query: str) -> list[str]:
    return [row.target.name for row in client.get(LIST, query).context["rows"]]


# --- The list -----------------------------------------------------------------------------------------------------


def test_a_target_is_shown_with_its_sentence_value_year_and_place(auditor: Client) -> None:
    one = target()
    response = auditor.get(LIST)
    words = words_of(response)
    assert "危房改造率 ≥ 95% 2035 年 （句中写明）" in words
    assert "<mark>危房改造率达到95%以上</mark>" in response.content.decode()
    assert f'href="{one.document.get_absolute_url()}#T{one.pk}"' in response.content.decode()
    assert "第 5 行" in words


def test_those_that_wait_are_shown_first_and_every_state_is_counted(finance: Client) -> None:
    one, _ = target(name="甲"), target(name="乙")
    decide(finance, one, "accept")
    assert in_list(finance) == ["乙"]
    assert in_list(finance, state="accepted") == ["甲"]
    assert len(in_list(finance, state="all")) == 2
    assert "待审 1 已接受 1 已更正 0 不是目标 0 全部 2" in words_of(finance.get(LIST))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"year": "2035"}, ["甲"]), ({"year": "none"}, ["乙"]), ({"unit_is": "%"}, ["甲"]), ({"operator": "="}, ["乙"]),
        ({"q": "新建"}, ["乙"]), ({"q": "甲"}, ["甲"]), ({"q": "甲 新建"}, []), ({"region": "140404"}, ["乙"]),
        ({"region": "140400"}, ["甲", "乙"]), ({"year": "2035", "unit_is": "个"}, []),
    ],
)  # fmt: skip
def test_targets_are_filtered(auditor: Client, query: dict[str, str], found: list[str]) -> None:
    target(official_document(factories.city()), name="甲")
    target(
        official_document(factories.county()), name="乙", operator="=", number="120", unit="个", year=None,
        sentence="新建120个。", text="新建120个",
    )  # fmt: skip
    assert in_list(auditor, **query) == found


def test_targets_of_one_document_are_found_and_the_filter_is_a_chip(auditor: Client) -> None:
    one, _ = target(name="甲"), target(name="乙")
    response = auditor.get(LIST, {"document": str(one.document_id)})
    assert [row.target.name for row in response.context["rows"]] == ["甲"]
    assert [chip.label for chip in response.context["found"].chips()] == ["文件"]


def test_a_filter_that_is_not_understood_finds_nothing_and_says_so(auditor: Client) -> None:
    target()
    response = auditor.get(LIST, {"year": "很久以后"})
    assert "不在目标年的可选范围内" in words_of(response)
    assert response.context["rows"] == []


def test_targets_of_a_document_that_was_printed_before_count_once(auditor: Client) -> None:
    first = target(name="甲").document
    target(official_document(first.region, duplicate_of=first), name="乙")
    assert in_list(auditor) == ["甲"]


def test_an_empty_list_says_what_will_stand_there(auditor: Client) -> None:
    assert "还没有从文中读到目标" in words_of(auditor.get(LIST))


def test_when_all_are_decided_the_list_leads_to_all(finance: Client) -> None:
    decide(finance, target(), "reject")
    assert "这里没有目标" in words_of(finance.get(LIST))


def test_the_list_is_asked_with_as_many_statements_for_many_targets_as_for_few(finance: Client) -> None:
    def statements() -> int:
        finance.get(LIST)
        with CaptureQueriesContext(connection) as captured:
            finance.get(LIST)
        return len(captured)

    target()
    few = statements()
    for _ in range(20):
        target(official_document(factories.county()))
    assert statements() == few


# --- Deciding -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("decision", "state"), [("accept", TargetState.ACCEPTED), ("reject", TargetState.REJECTED)])
def test_a_decision_answers_with_the_target_and_the_counts(finance: Client, decision: str, state: TargetState) -> None:
    one = target()
    response = decide(finance, one, decision)
    assert state_of(one) == state
    words = words_of(response)
    assert state.label in words
    assert 'id="target-tabs"' in response.content.decode()
    assert "待审 0" in words


def test_a_decision_is_taken_back(finance: Client) -> None:
    one = target()
    decide(finance, one, "accept")
    assert "待审 1" in words_of(decide(finance, one, "reopen"))
    assert state_of(one) == TargetState.OPEN


def test_without_scripts_one_goes_on_at_the_next_target_of_the_same_list(finance: Client) -> None:
    one, other = target(), target()
    response = decide(finance, one, "accept", htmx=False, back="year=2035", next=str(other.pk))
    assert response.headers["Location"] == f"{LIST}?year=2035#target-{other.pk}"


def test_from_its_own_page_one_stays_there(finance: Client) -> None:
    one = target()
    assert decide(finance, one, "accept", htmx=False).headers["Location"] == page_of(one)


def test_the_way_back_never_leads_away(finance: Client) -> None:
    one = target()
    back = "https://elsewhere.example/"
    assert decide(finance, one, "accept", htmx=False, back=back).headers["Location"].startswith(LIST)


def test_the_form_is_opened_in_the_place_of_the_target(finance: Client) -> None:
    response = finance.get(page_of(target()), {"correct": "1", "back": "year=2035"}, headers=HTMX)
    assert 'value="95"' in response.content.decode()
    assert "<html" not in response.content.decode()


def test_a_correction_is_stored_and_shown_beside_what_was_read(finance: Client) -> None:
    one = target()
    typed = {"name": "危房改造率", "operator": ">", "number": "96", "unit": "%", "year": "2034"}
    words = words_of(decide(finance, one, "correct", **typed))
    assert "> 96%" in words
    assert "原来读作：目标值 ≥ 95% ，目标年 2035 年" in words
    assert state_of(one) == TargetState.CORRECTED


def test_a_faulty_correction_is_shown_again_with_what_was_typed(finance: Client) -> None:
    one = target()
    typed = {"name": "危房改造率", "operator": ">", "number": "九十六", "unit": "%", "year": ""}
    response = decide(finance, one, "correct", **typed)
    assert "数值只能写数字" in words_of(response)
    assert 'value="九十六"' in response.content.decode()
    assert state_of(one) == TargetState.OPEN


def test_of_two_windows_the_second_is_told_who_decided(finance: Client) -> None:
    one = target()
    before, colleague = seen_of(one), factories.user(FINANCE, name="tongshi")
    accept_target(pk=one.pk, seen=before, by=colleague)
    response = decide(finance, one, "reject", seen=before)
    assert "tongshi" in words_of(response)
    assert "没有保存" in words_of(response)
    assert state_of(one) == TargetState.ACCEPTED


def test_what_was_typed_stays_when_somebody_else_decided(finance: Client) -> None:
    one = target()
    before = seen_of(one)
    accept_target(pk=one.pk, seen=before, by=factories.user(FINANCE))
    typed = {"name": "改过的", "operator": ">", "number": "96", "unit": "%", "year": ""}
    for htmx in (True, False):
        response = decide(finance, one, "correct", htmx=htmx, seen=before, **typed)
        assert 'value="改过的"' in response.content.decode()
        assert "没有保存" in words_of(response)
    assert response.status_code == 409


@pytest.mark.parametrize("decision", ["", "nonsense"])
def test_no_decision_changes_nothing(finance: Client, decision: str) -> None:
    one = target()
    assert "请选择" in words_of(decide(finance, one, decision))
    assert state_of(one) == TargetState.OPEN


def test_several_are_accepted_at_once(finance: Client) -> None:
    one, other, third = target(), target(), target()
    chosen = [f"{each.pk}:{seen_of(ProseTarget.objects.get(pk=each.pk))}" for each in (one, other)]
    response = finance.post(ACCEPT, {"chosen": chosen, "back": "year=2035"}, follow=True)
    assert "已接受 2 条目标" in words_of(response)
    assert [state_of(each) for each in (one, other, third)] == ["accepted", "accepted", "open"]


@pytest.mark.parametrize("chosen", [[], ["x:y"], ["1"], ["99999999999999999999:a"]])
def test_nothing_chosen_is_said_so(finance: Client, chosen: list[str]) -> None:
    assert "没有保存" in words_of(finance.post(ACCEPT, {"chosen": chosen}, follow=True)) or not chosen


# --- Who ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", [DEPARTMENT, AUDIT])
def test_others_read_and_do_not_decide(log_in: LogIn, role: str) -> None:
    one, client = target(), log_in(role)
    assert client.get(page_of(one)).status_code == 200
    assert "decision" not in client.get(LIST).content.decode()
    assert decide(client, one, "accept").status_code == 403
    assert client.post(ACCEPT, {"chosen": [f"{one.pk}:{seen_of(one)}"]}).status_code == 403
    assert state_of(one) == TargetState.OPEN


def test_finance_of_a_county_does_not_decide_for_the_city(log_in: LogIn) -> None:
    one, client = target(official_document(factories.city())), log_in(FINANCE, factories.county())
    assert decide(client, one, "accept").status_code == 403
    assert client.post(ACCEPT, {"chosen": [f"{one.pk}:{seen_of(one)}"]}).status_code == 403


def test_people_without_a_role_see_nothing(log_in: LogIn) -> None:
    one, client = target(), log_in(None)
    assert [client.get(address).status_code for address in (LIST, EXPORT, page_of(one))] == [403] * 3


@pytest.mark.parametrize("pk", [0, 10**30])
def test_a_target_that_does_not_exist_is_not_found(finance: Client, pk: int) -> None:
    assert finance.get(f"{LIST}{pk}/").status_code == 404
    assert finance.post(f"{LIST}{pk}/").status_code == 404


def test_each_address_takes_its_own_method(finance: Client) -> None:
    assert [finance.post(LIST).status_code, finance.post(EXPORT).status_code] == [405, 405]
    assert [finance.get(ACCEPT).status_code, finance.put(page_of(target())).status_code] == [405, 405]


# --- History and files --------------------------------------------------------------------------------------------


def test_the_page_of_a_target_tells_its_history(finance: Client) -> None:
    one = target()
    decide(finance, one, "reject")
    decide(finance, one, "reopen")
    decide(finance, one, "correct", name="危房改造率", operator="<", number="5", unit="%", year="2035")
    words = words_of(finance.get(page_of(one)))
    history = words[words.rindex("历史") :]
    places = [history.index(what) for what in ("更正", "撤回，恢复待审", "定为不是目标", "读取")]
    assert places == sorted(places)
    assert "目标值： ≥ 95% → < 5%" in history


def test_that_a_target_moved_to_another_place_is_no_history(finance: Client) -> None:
    one = target()
    ProseTarget.objects.filter(pk=one.pk).update(position=77)
    assert len(finance.get(page_of(one)).context["past"]) == 1


def test_a_file_has_what_is_filtered(auditor: Client) -> None:
    target(name="甲", number="120", unit="个")
    target(name="乙", year=2040)
    data = b"".join(auditor.get(EXPORT, {"format": "csv", "year": "2035"}).streaming_content).decode("utf-8-sig")
    assert data.count("\r\n") == 2
    assert ",甲,≥,120,个,2035,句中写明," in data


def test_a_workbook_has_numbers_as_numbers(auditor: Client) -> None:
    target(number="120.5")
    response = auditor.get(EXPORT, {"format": "xlsx"})
    sheet = openpyxl.load_workbook(BytesIO(b"".join(response.streaming_content))).active
    assert [cell.value for cell in sheet[2]][1:7] == ["待审", "危房改造率", "≥", 120.5, "%", 2035]


def test_a_file_of_a_decided_target_says_who(finance: Client) -> None:
    decide(finance, target(), "accept")
    for kind in ("csv", "xlsx"):
        response = finance.get(EXPORT, {"format": kind, "state": "accepted"})
        assert len(b"".join(response.streaming_content)) > 100


def test_another_format_is_not_found(auditor: Client) -> None:
    assert auditor.get(EXPORT, {"format": "pdf"}).status_code == 404

"""Deciding on targets: what changes, what is refused, and what is kept."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from imports.gazettes.models import ProseTarget, ProseTargetEvent, TargetState
from imports.gazettes.review.actions import (
    StaleError,
    Understood,
    accept_target,
    accept_targets,
    correct_target,
    reject_target,
    reopen_target,
    seen_of,
)
from perfgoals.models import User
from projects.actions import ActionError
from projects.permissions import FINANCE
from tests import factories
from tests.imports.gazettes.review.targets import target

pytestmark = pytest.mark.django_db
OTHER = Understood("危房改造率", ">", Decimal("96.5"), "%", 2034)


@pytest.fixture
def person() -> User:
    return factories.user(FINANCE, factories.city())


def seen(one: ProseTarget) -> str:
    return seen_of(ProseTarget.objects.get(pk=one.pk))


@pytest.mark.parametrize(
    ("action", "state"), [(accept_target, TargetState.ACCEPTED), (reject_target, TargetState.REJECTED)]
)
def test_a_decision_is_kept_with_who_and_when(person: User, action: object, state: str) -> None:
    one = target()
    action(pk=one.pk, seen=seen(one), by=person)
    one.refresh_from_db()
    assert (one.state, one.reviewed_by, one.reviewed_at is not None) == (state, person, True)


def test_a_correction_replaces_what_was_read_and_keeps_it_as_read(person: User) -> None:
    one = target()
    correct_target(pk=one.pk, seen=seen(one), values=OTHER, by=person)
    one.refresh_from_db()
    assert (one.state, one.operator, one.number, one.year, one.year_basis) == (
        "corrected",
        ">",
        Decimal("96.5"),
        2034,
        "",
    )
    assert one.draft["number"] == "95"


def test_a_correction_that_corrects_nothing_accepts(person: User) -> None:
    one = target()
    values = Understood(one.name, one.operator, Decimal("95.0"), one.unit, one.year)
    assert correct_target(pk=one.pk, seen=seen(one), values=values, by=person).state == TargetState.ACCEPTED


def test_taking_back_gives_what_was_read(person: User) -> None:
    one = target()
    correct_target(pk=one.pk, seen=seen(one), values=OTHER, by=person)
    reopen_target(pk=one.pk, seen=seen(one), by=person)
    one.refresh_from_db()
    assert (one.state, one.reviewed_by, one.reviewed_at) == ("open", None, None)
    assert (one.operator, one.number, one.year, one.year_basis) == (">=", 95, 2035, "clause")


def test_nothing_is_taken_back_that_was_not_decided(person: User) -> None:
    one = target()
    with pytest.raises(ActionError, match="本来就待审"):
        reopen_target(pk=one.pk, seen=seen(one), by=person)


def test_the_second_of_two_windows_is_refused_with_who_decided(person: User) -> None:
    one = target()
    before = seen(one)
    accept_target(pk=one.pk, seen=before, by=person)
    with pytest.raises(StaleError, match=f"{person.display_name}.*已接受"):
        reject_target(pk=one.pk, seen=before, by=factories.user(FINANCE))
    one.refresh_from_db()
    assert (one.state, one.reviewed_by) == ("accepted", person)


def test_a_decision_on_what_was_read_anew_is_refused(person: User) -> None:
    one = target()
    before = seen(one)
    ProseTarget.objects.filter(pk=one.pk).update(number=96)
    with pytest.raises(StaleError, match="重新读取"):
        accept_target(pk=one.pk, seen=before, by=person)


def test_what_was_decided_must_be_taken_back_first(person: User) -> None:
    one = target()
    accept_target(pk=one.pk, seen=seen(one), by=person)
    with pytest.raises(ActionError, match="撤回"):
        reject_target(pk=one.pk, seen=seen(one), by=person)


def test_a_target_that_is_gone_is_said_so(person: User) -> None:
    with pytest.raises(ActionError, match="已经不在文件里"):
        accept_target(pk=1, seen="", by=person)


def test_several_are_accepted_with_statements_that_do_not_grow(person: User) -> None:
    def statements(count: int) -> int:
        chosen = {one.pk: seen(one) for one in (target() for _ in range(count))}
        with CaptureQueriesContext(connection) as captured:
            assert accept_targets(chosen=chosen, by=person) == count
        return len(captured)

    assert statements(2) == statements(20)
    assert set(ProseTarget.objects.values_list("state", "reviewed_by")) == {("accepted", person.pk)}


def test_of_several_none_is_accepted_where_one_is_another_by_now(person: User) -> None:
    one, other = target(), target()
    chosen = {one.pk: seen(one), other.pk: seen(other)}
    reject_target(pk=other.pk, seen=seen(other), by=person)
    with pytest.raises(StaleError, match="2 条里有 1 条"):
        accept_targets(chosen=chosen, by=person)
    assert set(ProseTarget.objects.values_list("state", flat=True)) == {"open", "rejected"}


def test_several_must_be_chosen(person: User) -> None:
    with pytest.raises(ActionError, match="没有选中"):
        accept_targets(chosen={}, by=person)


def test_history_knows_who_decided(person: User) -> None:
    one = target()
    accept_target(pk=one.pk, seen=seen(one), by=person)
    event = ProseTargetEvent.objects.order_by("pgh_id").last()
    assert (event.state, event.pgh_context.metadata["user"], event.pgh_context.metadata["action"]) == (
        "accepted", person.pk, "target-accept",
    )  # fmt: skip


def _try(action: object, pk: int, before: str, by: User) -> str:
    try:
        action(pk=pk, seen=before, by=by)
    except ActionError as error:
        return str(error)
    finally:
        connections.close_all()
    return ""


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_decides_and_the_other_is_told(committed: None) -> None:
    one, people = target(), [factories.user(FINANCE) for _ in range(2)]
    before = seen(one)
    with ThreadPoolExecutor(2) as pool:
        done = [
            pool.submit(_try, action, one.pk, before, by)
            for action, by in zip((accept_target, reject_target), people, strict=True)
        ]
    assert sorted(bool(each.result()) for each in done) == [False, True]

"""Whatever is done to projects, by whatever way: their history replays to what stands and to what ever stood."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from imports.actions import Options, import_file
from imports.exporting import interchange_chunks
from indicators.history.actions import restore
from indicators.history.groups import read_entries
from indicators.history.walk import Wanted, find
from indicators.models import Goal, Indicator
from indicators.state import Cell, IndicatorRow, State, load_state, load_states, state_at, version_of, write_state
from perfgoals.history import change
from perfgoals.models import User
from projects.models import Funding, Project
from tests.imports import texts
from tests.indicators.history.conftest import forget_context

NAMES = ("甲", "乙", "丙")
"""Projects of the file; the third comes with a later one."""


def file_of(words: str, count: int) -> bytes:
    """Forms whose texts and targets hold ``words``; the last row is missing in some."""
    rows = texts.ROWS if len(words) % 2 else texts.ROWS[:-1]
    rows = tuple(
        (one, two, name, value if number else f"≥{len(words)}间") for number, (one, two, name, value) in enumerate(rows)
    )
    forms = (texts.form(name, overview=f"概况{words}。", goal=f"目标{words}。", rows=rows) for name in NAMES[:count])
    return "".join(forms).encode()


def edited(state: State, words: str, numbers: list[int]) -> None:
    """Some of everything that the editing page can do."""
    rows = list(state.indicators.items())
    state.fields["basis"], state.fields["amount"] = words, Decimal(len(words))
    state.funding[("annual", "other")] = Cell(Decimal(len(words)), words)
    if state.goals and len(words) % 3 == 0:
        state.goals.popitem()
    else:
        state.goals["annual"] = words
    for number in numbers[:1]:
        if rows:
            state.indicators.pop(rows[number % len(rows)][0])
    for number in numbers[1:2]:
        state.indicators[-1] = IndicatorRow(
            "annual", 100 + number, "output.quality", "质量指标", f"新指标{words}", "100%", "=", Decimal(100), "%"
        )
    kept = list(state.indicators)
    for number in numbers[2:]:
        if kept:
            state.indicators[kept[number % len(kept)]] = state.indicators[kept[number % len(kept)]]._replace(
                value=words
            )
    # Rows in another order: the positions of those that stand, dealt out anew.
    for place, number in enumerate(sorted(kept, key=lambda pk: (pk + len(words)) % 7), start=1):
        if state.indicators[number].position < 100:
            state.indicators[number] = state.indicators[number]._replace(position=place * 2)


Step = tuple[str, int, str, list[int]]
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["edit", "bulk", "delete", "import", "take", "interchange", "restore", "restore"]),
        st.integers(0, 1000),
        st.text("一二三四", min_size=1, max_size=6),
        st.lists(st.integers(0, 50), max_size=4),
    ),
    min_size=1,
    max_size=5,
)


class Projects:
    """Stored projects, and every state in which each of them ever stood."""

    def __init__(self, clerk: User) -> None:
        self.clerk = clerk
        self.stood: dict[int, dict[int, State]] = {}

    def note(self) -> None:
        """Remember how everything stands, and hold it against its history."""
        for pk, state in load_states(list(Project.objects.values_list("pk", flat=True))).items():
            version = version_of(pk)
            known = self.stood.setdefault(pk, {})
            assert known.setdefault(version, state) == state, "a version stood for two states"
            assert state_at(pk, version) == state

    def do(self, step: Step) -> None:
        """One step, by one of the ways of writing."""
        kind, which, words, numbers = step
        pks = sorted(self.stood)
        pk = pks[which % len(pks)]
        if kind in ("import", "take"):
            options = Options(take_source=kind == "take")
            import_file(file_of(words, 2 + which % 2), name=f"{words}.txt", options=options, by=None)
        elif kind == "interchange":
            self._return(words)
        elif kind == "bulk":
            Project.objects.filter(pk__lte=pk).update(attribute=words)
            Indicator.objects.filter(project__lte=pk, scope="annual").update(
                value=words, number=None, operator=None, unit=None
            )
        elif kind == "delete":
            Goal.objects.filter(project=pk, scope="period").delete()
            Funding.objects.filter(project=pk, source="central").delete()
        elif kind == "edit":
            with transaction.atomic(), change(by=self.clerk, action="edit", reason=words):
                current = load_state(pk)
                wanted = current.copy()
                edited(wanted, words, numbers)
                write_state(pk, current, wanted)
        else:
            versions = sorted(self.stood[pk])
            version = versions[which % len(versions)]
            project = Project.objects.get(pk=pk)
            restore(project=project, version=version, seen=version_of(pk), by=self.clerk, reason=words)
            assert load_state(pk) == self.stood[pk][version]

    def _return(self, words: str) -> None:
        """What was exported comes back changed."""
        data = json.loads("".join(interchange_chunks(Project.objects.all())))
        data["projects"][0]["overview"] = words
        import_file(json.dumps(data).encode(), name="往返.json", options=Options(take_source=True), by=self.clerk)


@pytest.mark.django_db
@given(steps=STEPS)
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_history_replays_to_every_state_that_ever_stood(clerk: User, steps: list[Step]) -> None:
    with transaction.atomic():
        import_file(file_of("初", 2), name="初.txt", options=Options(), by=None)
        projects = Projects(clerk)
        projects.note()
        for step in steps:
            forget_context()
            projects.do(step)
            projects.note()
        for pk, stood in projects.stood.items():
            for version, state in stood.items():
                assert state_at(pk, version) == state
        told = read_entries(find(Wanted(Project.objects.all()), before=None, size=1000).places)
        assert {entry.project.pk for entry in told if entry.is_new} == set(projects.stood)
        transaction.set_rollback(True)

"""Mending rows: facts and totals follow, what is printed stays, nobody's work is lost."""

from decimal import Decimal

import pytest

from imports.gazettes.models import DocumentTable, PlanLink, PlanProject, TableRow, TableRowEvent
from imports.gazettes.reading.actions import NOT_SOUND, MendedMeanwhileError, mend_row, unmend_row, version_of
from perfgoals.models import User
from projects.actions import ActionError
from projects.permissions import FINANCE
from tests import factories
from tests.imports.gazettes.reading.damaged import DAMAGED, SOUND_CELLS, damaged_row, seen, taken_in
from tests.imports.gazettes.texts import gazette

pytestmark = pytest.mark.django_db


@pytest.fixture
def row() -> TableRow:
    return damaged_row()


@pytest.fixture
def person() -> User:
    return factories.user(FINANCE)


def computed(row: TableRow) -> str | None:
    return DocumentTable.objects.get(pk=row.table_id).totals[0]["computed"]


def test_a_mended_row_becomes_a_fact_and_counts_in_the_total(row: TableRow, person: User) -> None:
    assert computed(row) is None
    mended = mend_row(row=row, cells=SOUND_CELLS, sound=True, by=person, **seen(row))
    project = PlanProject.objects.get(row=row)
    assert (project.damage, project.investment, project.location) == ("", Decimal(86_005_000), "上党区")
    assert computed(row) == "10160.5"
    assert (mended.before[0]["computed"], mended.after[0]["computed"]) == (None, "10160.5")


def test_what_is_printed_and_what_the_reader_took_stay(row: TableRow, person: User) -> None:
    mend_row(row=row, cells=SOUND_CELLS, sound=True, by=person, **seen(row))
    now = TableRow.objects.get(pk=row.pk)
    assert (now.printed, now.draft) == (row.printed, row.draft)
    assert (now.cells, now.damage, now.mended_by) == (SOUND_CELLS, "", person)
    assert now.mended_at is not None


def test_a_row_that_is_not_sound_stays_no_fact(row: TableRow, person: User) -> None:
    mend_row(row=row, cells=SOUND_CELLS, sound=False, by=person, **seen(row))
    assert TableRow.objects.get(pk=row.pk).damage == row.damage
    assert PlanProject.objects.get(row=row).investment is None


def test_a_sound_row_can_be_marked_as_damaged(row: TableRow, person: User) -> None:
    other = TableRow.objects.select_related("table").get(plan_project__serial="1")
    mend_row(row=other, cells=other.cells, sound=False, by=person, **seen(other))
    assert PlanProject.objects.get(row=other).damage == NOT_SOUND


def test_the_readers_draft_comes_back(row: TableRow, person: User) -> None:
    mend_row(row=row, cells=SOUND_CELLS, sound=True, by=person, **seen(row))
    unmend_row(row=row, by=person, **seen(row))
    now = TableRow.objects.get(pk=row.pk)
    assert (now.cells, now.damage, now.mended_by, now.mended_at) == (row.cells, row.damage, None, None)
    assert computed(row) is None


def test_what_somebody_else_mended_meanwhile_is_not_overwritten(row: TableRow, person: User) -> None:
    opened = version_of(row)
    theirs = [*SOUND_CELLS[:4], "潞城区", *SOUND_CELLS[5:]]
    mend_row(row=row, cells=theirs, sound=True, seen=opened, by=factories.user(FINANCE))
    with pytest.raises(MendedMeanwhileError) as refused:
        mend_row(row=row, cells=SOUND_CELLS, sound=True, seen=opened, by=person)
    assert refused.value.row.cells == theirs
    assert TableRow.objects.get(pk=row.pk).cells == theirs


def test_another_number_of_cells_is_refused(row: TableRow, person: User) -> None:
    with pytest.raises(ActionError, match="7 栏"):
        mend_row(row=row, cells=SOUND_CELLS[:-1], sound=True, by=person, **seen(row))


def test_a_row_that_is_no_longer_read_is_said(row: TableRow, person: User) -> None:
    opened = version_of(row)
    TableRow.objects.filter(pk=row.pk).delete()
    with pytest.raises(ActionError, match="没有这一行了"):
        mend_row(row=row, cells=SOUND_CELLS, sound=True, seen=opened, by=person)


def test_a_figure_that_no_field_holds_stays_as_typed(row: TableRow, person: User) -> None:
    cells = [*SOUND_CELLS[:3], "9" * 17, *SOUND_CELLS[4:]]
    mend_row(row=row, cells=cells, sound=True, by=person, **seen(row))
    project = PlanProject.objects.get(row=row)
    assert (project.investment, project.investment_printed) == (None, "9" * 17)


def test_a_mended_row_outlives_another_reading_and_its_total_too(row: TableRow, person: User) -> None:
    mend_row(row=row, cells=SOUND_CELLS, sound=True, by=person, **seen(row))
    taken_in(gazette(DAMAGED))
    assert TableRow.objects.get(pk=row.pk).cells == SOUND_CELLS
    assert PlanProject.objects.get(row=row).investment == Decimal(86_005_000)


def test_a_mended_project_is_proposed_to_the_budget_project_of_its_name(row: TableRow, person: User) -> None:
    city = factories.region(*factories.CITY)
    same = factories.project("北塬中学迁建", region=city, year=2032)
    mend_row(row=row, cells=SOUND_CELLS, sound=True, by=person, **seen(row))
    assert [link.project for link in PlanLink.objects.filter(plan_project__row=row)] == [same]


def test_the_history_says_who_mended(row: TableRow, person: User) -> None:
    mend_row(row=row, cells=SOUND_CELLS, sound=True, by=person, **seen(row))
    last = TableRowEvent.objects.filter(pgh_obj=row.pk).order_by("-pgh_id")[0]
    assert last.pgh_context.metadata == {"user": person.pk, "action": "mend_row"}

"""What a statement finds its rows by, told from its plan."""

import pytest
from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from indicators.models import Indicator
from projects.models import Project
from projects.querysets import in_regions
from tests.bounds import NOTHING, PROJECT, REGION, ROW, Use, uses

pytestmark = pytest.mark.django_db

KEYS = {
    "projects_project": {"region_id": REGION, "id": PROJECT},
    "indicators_indicator": {"project_id": PROJECT, "id": ROW},
}
PROJECTS, INDICATORS = Project.objects.order_by(), Indicator.objects.order_by()


def found_by(rows: QuerySet) -> set[Use]:
    return set(uses(*rows.query.sql_with_params(), KEYS))


@pytest.mark.parametrize(
    ("rows", "by"),
    [
        (PROJECTS.filter(region="140404"), REGION),
        (PROJECTS.filter(region__in=["140404", "140400"], name="甲"), REGION),
        (PROJECTS.filter(in_regions(["140400"])), REGION),
        (PROJECTS.filter(pk=7), PROJECT),
        (PROJECTS.filter(Q(pk=7) | Q(region="140404")), PROJECT),
        (PROJECTS.filter(Q(name="甲") | Q(region="140404")), NOTHING),
        (PROJECTS.filter(name="甲"), NOTHING),
        (PROJECTS.filter(region__gt="140404"), NOTHING),
        (PROJECTS.exclude(region="140404"), NOTHING),
        (PROJECTS.filter(region__name="长治市"), NOTHING),
        (PROJECTS.filter(name="' OR region_id = '140404"), NOTHING),
        (PROJECTS.filter(pk__in=PROJECTS.filter(region="140404").values("pk")[:9]), REGION),
    ],
)
@pytest.mark.parametrize("whole", ["on", "off"])
def test_projects_are_found_by_what_every_row_must_have(rows: QuerySet, by: str, whole: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL enable_seqscan = {whole}")  # whatever way PostgreSQL prefers
    assert by in {use.by for use in found_by(rows)}
    assert max((use.by for use in found_by(rows)), key=[REGION, PROJECT, ROW, NOTHING].index) == by


def test_parts_lie_where_their_project_lies() -> None:
    joined = INDICATORS.filter(project__region="140404", name="甲")
    assert found_by(joined) == {Use("projects_project", REGION), Use("indicators_indicator", REGION)}
    having = PROJECTS.filter(Exists(INDICATORS.filter(project=OuterRef("pk"), name="甲")), region="140404")
    assert found_by(having) == {Use("projects_project", REGION), Use("indicators_indicator", REGION)}
    assert found_by(INDICATORS.filter(pk=7)) == {Use("indicators_indicator", ROW)}
    assert found_by(INDICATORS.filter(name="甲")) == {Use("indicators_indicator", NOTHING)}


def test_what_is_changed_is_found_as_well() -> None:
    keys = {"indicators_indicator": KEYS["indicators_indicator"]}
    for statement, by in [
        ("UPDATE indicators_indicator SET name = name WHERE project_id = %s", PROJECT),
        ("DELETE FROM indicators_indicator WHERE name = %s::text", NOTHING),
    ]:
        assert uses(statement, [7], keys) == [Use("indicators_indicator", by)]


@pytest.mark.parametrize("without", ["hashjoin", "mergejoin", "nestloop", "seqscan", "indexscan", "material"])
@pytest.mark.parametrize("analyzed", [False, True])
def test_a_list_of_numbers_says_which_projects_however_they_are_joined(without: str, analyzed: bool) -> None:
    with connection.cursor() as cursor:
        if analyzed:
            cursor.execute("ANALYZE projects_project")
        cursor.execute(f"SET LOCAL enable_{without} = off")
    statement = "SELECT name FROM projects_project WHERE id IN (SELECT unnest(%s::bigint[]))"
    assert uses(statement, [[7, 8]], KEYS) == [Use("projects_project", PROJECT)]

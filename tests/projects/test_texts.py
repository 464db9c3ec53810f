"""The text of a project that searches look through is always that of its fields, whoever writes."""

from random import Random

import pytest
from django.db import connection, transaction

from indicators.models import Goal, Indicator
from projects.models import Department, Project, ProjectText
from projects.texts import written_once
from tests import factories

pytestmark = pytest.mark.django_db

BREAK = "\x01"


def of(project: Project) -> str:
    return ProjectText.objects.values_list("text", flat=True).get(project=project)


def stored() -> dict[int, str]:
    return dict(ProjectText.objects.values_list("project_id", "text"))


def made_anew() -> dict[int, str]:
    """What the texts would be if nothing were stored; everything is put back."""
    with transaction.atomic(), connection.cursor() as cursor:
        ProjectText.objects.all().delete()
        cursor.execute("SELECT indicators_write_texts(array(SELECT id FROM projects_project))")
        anew = stored()
        transaction.set_rollback(True)
    return anew


def test_it_has_the_fields_the_goals_and_the_indicators() -> None:
    project = factories.project("校舍 改造", implementing_unit="第一小学")
    factories.goal(project, "改造（一期）")
    factories.indicator(project, "改造教室", "≥12间")
    assert of(project).split(BREAK) == [
        "校舍改造",
        "区教育局",
        "区教育局",
        "第一小学",
        "改造(一期)",
        "改造教室",
        "≥12间",
    ]


def test_whatever_is_written_it_follows() -> None:
    rng = Random(7)  # noqa: S311
    for at in range(4):
        factories.indicator(factories.project(f"项目{at}"), "改造教室", "≥12间")
    writes = [
        lambda: Project.objects.filter(pk=some(rng)).update(name=f"改名{rng.random()}"),
        lambda: Project.objects.filter(pk=some(rng)).update(overview=f"概况{rng.random()}", amount=5),
        lambda: Project.objects.filter(pk=some(rng)).update(department=None),
        lambda: Project.objects.filter(pk=some(rng)).update(department=factories.department("区水利局")),
        lambda: Department.objects.filter(name__startswith="区教育局").update(name=f"区教育局{rng.random()}"),
        lambda: Goal.objects.update_or_create(
            project_id=some(rng), scope="annual", defaults={"text": f"{rng.random()}"}
        ),
        lambda: Goal.objects.filter(project=some(rng)).delete(),
        lambda: factories.indicator(Project.objects.get(pk=some(rng)), f"指标{rng.random()}"),
        lambda: Indicator.objects.filter(project=some(rng)).update(value=f"≥{rng.random()}"),
        lambda: Indicator.objects.filter(project=some(rng)).delete(),
    ]
    for _ in range(60):
        rng.choice(writes)()
        assert stored() == made_anew()


def some(rng: Random) -> int:
    return rng.choice(list(Project.objects.values_list("pk", flat=True)))


def test_what_was_renamed_is_found_by_its_new_name_alone() -> None:
    project = factories.project("校舍改造")
    Project.objects.update(name="操场改造")
    assert of(project).startswith("操场改造")


def test_many_projects_are_written_once_at_the_end() -> None:
    project = factories.project("校舍改造")
    with written_once([project.pk]):
        factories.goal(project, "改造教室")
        assert "教室" not in of(project)
    assert "教室" in of(project)


def test_who_rolls_everything_back_writes_no_texts() -> None:
    project = factories.project("校舍改造")
    with written_once([project.pk], never=True):
        factories.goal(project, "改造教室")
    assert "教室" not in of(project)


def test_a_write_that_fails_lets_the_triggers_write_again() -> None:
    project = factories.project("校舍改造")
    with pytest.raises(RuntimeError), transaction.atomic(), written_once([project.pk]):
        raise RuntimeError
    factories.goal(project, "改造教室")
    assert "教室" in of(project)


def test_a_change_of_what_no_search_looks_through_writes_no_text() -> None:
    project = factories.project("校舍改造")
    with connection.cursor() as cursor:
        cursor.execute("SELECT ctid::text FROM projects_projecttext")
        before = cursor.fetchall()
        Project.objects.filter(pk=project.pk).update(amount=7)  # as a new row it would have a new place
        cursor.execute("SELECT ctid::text FROM projects_projecttext")
        assert cursor.fetchall() == before

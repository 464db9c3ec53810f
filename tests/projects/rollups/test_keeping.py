"""Whatever is written, by whichever way, the kept totals are what projects add up to."""

from collections.abc import Callable
from random import Random

import pytest
from django.core.management import call_command
from django.utils import timezone

from imports.actions import Options, import_file
from imports.models import ImportRun
from indicators.models import Indicator
from projects.actions import join_departments
from projects.models import Funding, Project, ProjectTally, Region, Rollup
from projects.rollups.checking import Wrong, compare, rebuild
from projects.rollups.compacting import settle
from projects.rollups.reading import Hits, kept_hits
from tests import factories
from tests.imports import texts
from tests.projects.filters.worlds import populate

pytestmark = pytest.mark.django_db

NONE_WRONG = Wrong(0, 0)
ATTRIBUTES = [None, "", "一次性项目（1年）", "经常性项目", "新增项目"]
Write = Callable[[], object]


def some(rng: Random) -> int:
    return rng.choice(list(Project.objects.values_list("pk", flat=True)))


def writes_of(rng: Random) -> list[Write]:
    projects, cells, rows = Project.objects, Funding.objects, Indicator.objects
    money = [None, "0", "0.01", "20000", "99999999999999.99"]
    return [
        lambda: projects.filter(pk=some(rng)).update(amount=rng.choice(money), period_amount=rng.choice(money)),
        lambda: projects.filter(pk=some(rng)).update(year=rng.choice([2023, 2024]), name=f"改名{rng.random()}"),
        lambda: projects.filter(pk=some(rng)).update(attribute=rng.choice(ATTRIBUTES)),
        lambda: projects.filter(pk=some(rng)).update(department=rng.choice([None, factories.department("丙局")])),
        lambda: projects.filter(pk=some(rng)).update(region=factories.city()),
        lambda: projects.filter(pk=some(rng)).update(archived_at=timezone.now(), archive_reason="重复"),
        lambda: projects.filter(pk__gte=some(rng)).update(archived_at=None, archive_reason=""),
        lambda: cells.filter(project=some(rng)).update(amount=rng.choice(money)),
        lambda: cells.filter(project=some(rng)).delete(),
        lambda: cells.update_or_create(
            project_id=some(rng), scope="period", source_id="local", defaults={"amount": rng.choice(money)}
        ),
        lambda: factories.indicator(projects.get(pk=some(rng)), category="benefit.social", scope="period"),
        lambda: rows.filter(project=some(rng)).update(category="satisfaction.served"),
        lambda: rows.filter(project=some(rng)).delete(),
        lambda: factories.project(f"新{rng.random()}", amount=rng.choice(money)),
        settle,
    ]


@pytest.mark.parametrize("seed", range(2))
def test_whatever_is_written_they_follow(seed: int) -> None:
    rng = Random(seed)  # noqa: S311
    populate(rng, 8)
    writes = writes_of(rng)
    for _ in range(8):
        for _ in range(5):
            rng.choice(writes)()
        assert compare() == NONE_WRONG
    settle()
    assert compare() == NONE_WRONG
    assert not Rollup.objects.filter(change__gt=0).exists()
    assert not Rollup.objects.filter(held=0).exists()


def test_an_import_is_counted(imported: ImportRun) -> None:
    assert Project.objects.count() == ProjectTally.objects.count() == 1
    assert compare() == NONE_WRONG
    changed = texts.form().replace("教育局", "水利局").encode()
    import_file(changed, name="又一份.txt", options=Options(), by=None)
    assert compare() == NONE_WRONG


def test_the_archive_and_joined_departments_are_counted() -> None:
    kept, joined = factories.department("甲局"), factories.department("乙局")
    one = factories.project("一", department=joined, amount="3")
    factories.project("二", department=kept, amount="4")
    join_departments(keep=kept, join=joined, by=None)
    Project.objects.filter(pk=one.pk).update(archived_at=timezone.now(), archive_reason="重复")
    assert compare() == NONE_WRONG
    assert kept_hits(Project.objects.all(), {}) == Hits(1, 4, None, None)
    assert kept_hits(Project.objects.all(), {"archived": "only"}) == Hits(1, 3, None, None)


def test_a_region_that_gets_another_above_it_is_counted_there() -> None:
    factories.project("一", amount="3")
    factories.region("130000", "河北省", "河北省", None)
    Region.objects.filter(code="140400").update(parent="130000")
    assert kept_hits(Project.objects.all(), {"region": "130000"}) == Hits(1, 3, None, None)
    assert compare() == NONE_WRONG


def test_what_changes_nothing_that_is_counted_adds_no_row() -> None:
    project = factories.project("一", sources={"local": "1"})
    factories.indicator(project)
    before = Rollup.objects.count()
    Project.objects.update(name="二", overview="概况")
    Funding.objects.update(printed="1.00")
    Indicator.objects.update(name="改造校舍")
    assert Rollup.objects.count() == before


def test_blanks_only_are_blank_and_a_zero_is_zero() -> None:
    factories.project("空白", amount=None)
    assert kept_hits(Project.objects.all(), {}) == Hits(1, None, None, None)
    factories.project("零", amount="0")
    assert kept_hits(Project.objects.all(), {}) == Hits(2, 0, None, None)


def test_what_was_falsified_is_told_and_made_anew(capsys: pytest.CaptureFixture[str]) -> None:
    factories.project("一", amount="3")
    settle()
    Rollup.objects.filter(level=0, source="", category="").update(amount=4)
    with pytest.raises(SystemExit) as ended:
        call_command("check_totals")
    assert ended.value.code == 1
    assert "0 个项目的计数、1 组汇总" in capsys.readouterr().out
    ProjectTally.objects.update(amount=5)
    assert compare().projects == 1
    rebuild()
    assert compare() == NONE_WRONG

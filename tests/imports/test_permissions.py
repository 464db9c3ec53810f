"""Who may import what: a file with one project that is not the person's is refused whole, with its first line."""

from __future__ import annotations

import pytest

from imports.actions import Options, import_file
from imports.exporting import interchange_chunks
from imports.permissions import documents_visible_to, runs_visible_to
from imports.reading import SourceError
from perfgoals.models import User
from projects.models import Department, Project, Region
from projects.permissions import ADMIN, AUDIT, DEPARTMENT, FINANCE
from tests import factories
from tests.imports.gazettes.texts import gazette
from tests.imports.tables.exported import exported, taken_in
from tests.imports.texts import form, key_list

pytestmark = pytest.mark.django_db

CITY_FORM = form().replace("上党区县(区)级", "长治市市级").replace("长治市上党区", "长治市")


@pytest.fixture
def county() -> Region:
    import_file(form().encode(), name="a.txt", options=Options(), by=None)
    return Region.objects.get(code="140404")


@pytest.fixture
def bureau(county: Region) -> Department:
    return Department.objects.get(region=county)


def take(text: str, by: User, **options: object) -> dict[str, int]:
    return import_file(text.encode(), name="b.txt", options=Options(**options), by=by).as_json()["counts"]


def refusal(text: str, by: User) -> SourceError:
    before = (Project.objects.count(), Department.objects.count())
    with pytest.raises(SourceError) as raised:
        take(text, by)
    assert (Project.objects.count(), Department.objects.count()) == before
    return raised.value


def test_departments_import_forms_of_their_own(bureau: Department) -> None:
    person = factories.user(DEPARTMENT, bureau)
    assert take(form(overview="新概况。") + form(name="食堂"), person) == {
        "found": 2, "created": 1, "changed": 1, "unchanged": 0, "duplicates": 0, "conflicts": 0, "unclaimed": 0,
    }  # fmt: skip


def test_a_department_that_the_file_would_make_is_nobodys(bureau: Department) -> None:
    error = refusal(
        form() + form(name="路灯", department="402-长治市上党区城市管理局"), factories.user(DEPARTMENT, bureau)
    )
    assert "“路灯”（长治市上党区城市管理局）不在您负责的部门内" in error.message
    assert error.line == form().count("\n") + 1


def test_the_first_foreign_line_is_named(bureau: Department) -> None:
    foreign = form(name="路灯", department="402-长治市上党区城市管理局")
    person = factories.user(DEPARTMENT, bureau)
    assert refusal(foreign + form() + foreign.replace("路灯", "道路"), person).line == 1


def test_a_project_that_was_given_away_is_no_longer_theirs(bureau: Department) -> None:
    other = Department.objects.create(region=bureau.region, name="区体育局")
    Project.objects.update(department=other)
    assert "不在您负责的部门内" in refusal(form(), factories.user(DEPARTMENT, bureau)).message


def test_departments_import_no_gazettes_and_finance_does(county: Region, bureau: Department) -> None:
    assert "由财政人员或管理员导入" in refusal(gazette(), factories.user(DEPARTMENT, bureau)).message
    take(gazette(), factories.user(FINANCE, county))
    assert documents_visible_to(factories.user(FINANCE, county)).filter(official_documents__isnull=False).exists()


def test_a_gazette_that_states_foreign_projects_is_not_everybodys(county: Region) -> None:
    take(f"{gazette()}\n\n附件 2\n\n{CITY_FORM}", factories.user(ADMIN))
    assert not documents_visible_to(factories.user(FINANCE, county)).filter(official_documents__isnull=False).exists()


def test_departments_import_no_lists_and_no_interchange(bureau: Department) -> None:
    person = factories.user(DEPARTMENT, bureau)
    interchange = "".join(interchange_chunks(Project.objects.all()))
    for text in (key_list(("道路", "10", "市住建局")), interchange):
        assert "由财政人员或管理员导入" in refusal(text, person).message


def test_finance_imports_for_its_regions_and_those_below(county: Region) -> None:
    take(form(name="食堂", department="9-长治市上党区文旅局"), factories.user(FINANCE, county))
    take(form(name="操场"), factories.user(FINANCE, county.parent))
    assert Project.objects.count() == 3


def test_finance_of_a_county_imports_nothing_of_its_city(county: Region) -> None:
    error = refusal(form() + CITY_FORM, factories.user(FINANCE, county))
    assert "不在您负责的行政区划内" in error.message
    assert error.line == form().count("\n") + 1


def test_lines_that_an_interchange_file_only_cites_are_not_named(county: Region) -> None:
    interchange = "".join(interchange_chunks(Project.objects.all()))
    elsewhere = factories.user(FINANCE, factories.region("140403", "长治市潞州区", "潞州区", county.parent_id))
    assert refusal(interchange, elsewhere).line is None


def test_administrators_and_the_command_line_import_all() -> None:
    take(form() + CITY_FORM, factories.user(ADMIN))
    take(key_list(("道路", "10", "市住建局")), User.objects.create_superuser("root", password="x"))
    assert Project.objects.count() == 3


@pytest.mark.parametrize("role", [AUDIT, None])
def test_others_import_nothing(role: str | None) -> None:
    assert refusal(form(), factories.user(role)).message == "您的角色不能导入文件。"


@pytest.mark.parametrize("dry_run", [True, False])
def test_a_dry_run_is_refused_alike(bureau: Department, dry_run: bool) -> None:
    person = factories.user(DEPARTMENT, Department.objects.create(region=bureau.region, name="区体育局"))
    with pytest.raises(SourceError):
        take(form(), person, dry_run=dry_run)


def test_departments_see_the_reports_of_their_own_uploads_alone(bureau: Department) -> None:
    person = factories.user(DEPARTMENT, bureau)
    assert not runs_visible_to(person).exists()
    take(form(name="食堂"), person)
    assert runs_visible_to(person).get().by == person


def test_reports_of_tables_are_for_their_uploader_the_finance_of_their_regions_and_who_sees_all(
    bureau: Department,
) -> None:
    uploader = factories.user(DEPARTMENT, bureau)
    run = taken_in(exported(), uploader).run
    elsewhere = factories.region("140403", "长治市潞州区", "潞州区", "140400")
    readers = {
        factories.user(FINANCE, factories.city()): True, factories.user(FINANCE, bureau.region): True,
        factories.user(FINANCE, elsewhere): False, factories.user(DEPARTMENT, bureau): False,
        factories.user(AUDIT): True, uploader: True,
    }  # fmt: skip
    assert {reader: runs_visible_to(reader).filter(pk=run).exists() for reader in readers} == readers

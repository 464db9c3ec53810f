"""``join_departments`` on the command line."""

import pytest
from django.core.management import call_command

from imports.actions import Options, import_file
from projects.models import Department, Project
from tests.imports.texts import key_list

pytestmark = pytest.mark.django_db
TEXT = key_list(("甲项目", "5000", "市住建局"), ("乙项目", "6000", "长治市住房和城乡建设局")).encode()


@pytest.fixture(autouse=True)
def stored() -> None:
    import_file(TEXT, name="list.txt", options=Options(), by=None)


def test_joined_departments_are_one_and_the_printed_name_stays() -> None:
    call_command("join_departments", "长治市住房和城乡建设局", "市住建局")
    assert Department.objects.get().name == "长治市住房和城乡建设局"
    assert Project.objects.get(name="甲项目").department_printed == "市住建局"


def test_the_next_import_knows_the_joined_name() -> None:
    call_command("join_departments", "长治市住房和城乡建设局", "市住建局")
    assert import_file(TEXT, name="list.txt", options=Options(), by=None).nothing_changed


def test_an_unknown_department_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        call_command("join_departments", "市住建局", "没有的局")
    assert "没有部门“没有的局”" in capsys.readouterr().err
    assert Department.objects.count() == 2

"""``export_projects``: three formats, the list's filters, and whole files or none."""

import csv
import io
import json
import os
import subprocess
from pathlib import Path

import openpyxl
import pytest
from django.core.management import call_command
from django.utils import timezone

from imports.actions import Options, import_file
from projects.models import Project
from tests.imports.texts import form, key_list

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def stored() -> None:
    """A form and a list."""
    for name, text in (("forms.txt", form(overview="=1+1")), ("list.txt", key_list(("甲项目", "5000", "市住建局")))):
        import_file(text.encode(), name=name, options=Options(), by=None)


def written(path: Path, *options: str) -> bytes:
    call_command("export_projects", "-o", str(path), *options)
    return path.read_bytes()


def test_json_is_the_interchange_format(tmp_path: Path) -> None:
    data = json.loads(written(tmp_path / "out.json"))
    assert [project["name"] for project in data["projects"]] == ["甲项目", "教室改造"]
    assert data["projects"][0]["department"] == {"code": None, "name": "市住建局", "body": "市住建局"}
    assert data["projects"][1]["funding"]["annual"]["other"] is None
    assert data["projects"][1]["source"]["first_line"] == 1


def test_export_import_export_gives_the_same_bytes(tmp_path: Path) -> None:
    first = written(tmp_path / "first.json")
    call_command("import_text", str(tmp_path / "first.json"), "--strict")
    assert written(tmp_path / "second.json") == first


def test_csv_has_a_row_a_project_and_guards_formulas(tmp_path: Path) -> None:
    text = written(tmp_path / "out.csv", "--format", "csv").decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["项目名称"] for row in rows] == ["甲项目", "教室改造"]
    assert rows[1]["项目概况"] == "'=1+1"
    assert (rows[1]["年度金额（元）"], rows[1]["年度其他资金（元）"], rows[1]["年度中央财政资金（元）"]) == (
        "300000.00", "", "0.00",
    )  # fmt: skip


def test_xlsx_has_numbers_as_numbers_and_text_as_text(tmp_path: Path) -> None:
    written(tmp_path / "out.xlsx", "--format", "xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "out.xlsx")["项目"]
    columns = {cell.value: cell.column for cell in sheet[1]}
    assert sheet.cell(2, columns["年度金额（元）"]).value == 50_000_000
    overview = sheet.cell(3, columns["项目概况"])
    assert (overview.value, overview.data_type) == ("=1+1", "s")


def test_filters_are_those_of_the_list(tmp_path: Path) -> None:
    data = json.loads(written(tmp_path / "out.json", "--year", "2025"))
    assert [project["name"] for project in data["projects"]] == ["教室改造"]


def test_archived_projects_are_exported_only_where_they_are_asked_for(tmp_path: Path) -> None:
    Project.objects.filter(year=2025).update(archived_at=timezone.now(), archive_reason="取消")

    def names(*options: str) -> list[str]:
        return [project["name"] for project in json.loads(written(tmp_path / "out.json", *options))["projects"]]

    assert (names(), names("--archived", "only")) == (["甲项目"], ["教室改造"])
    assert names("--archived", "all") == ["甲项目", "教室改造"]


def test_a_bad_filter_is_refused_and_nothing_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        written(tmp_path / "out.json", "--year", "abc")
    assert "筛选条件有误：--year" in capsys.readouterr().err
    assert not (tmp_path / "out.json").exists()


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        written(tmp_path / "none" / "out.json")
    assert "无法写入" in capsys.readouterr().err


def test_an_empty_selection_is_an_empty_file_of_the_format(tmp_path: Path) -> None:
    data = json.loads(written(tmp_path / "out.json", "--q", "没有这样的项目"))
    assert data["projects"] == []


def test_a_device_is_written_to_and_never_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    # A command that fails before it opens the pipe would leave the reader waiting for ever.
    with subprocess.Popen(["timeout", "60", "cat", str(pipe)], stdout=subprocess.PIPE) as reader:
        call_command("export_projects", "-o", str(pipe))
        received = reader.stdout.read() if reader.stdout else b""
    assert json.loads(received)["format"] == "perfgoals-interchange"
    assert pipe.is_fifo()


def test_a_link_is_followed(tmp_path: Path) -> None:
    (tmp_path / "real.json").write_text("old")
    (tmp_path / "link.json").symlink_to("real.json")
    assert written(tmp_path / "link.json") == (tmp_path / "real.json").read_bytes()
    assert (tmp_path / "link.json").is_symlink()


def test_control_characters_do_not_stop_an_xlsx(tmp_path: Path) -> None:
    Project.objects.filter(name="甲项目").update(content="上\x0b下")
    assert written(tmp_path / "out.xlsx", "--format", "xlsx").startswith(b"PK")

"""``import_text``: reports, exit codes and one-sentence refusals."""

import json
import os
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from projects.models import Project
from tests.imports.management.outcomes import Outcome
from tests.imports.texts import form, key_list

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    """Write a text to a file and import it."""

    def import_text(text: str | bytes, *options: str, name: str = "forms.txt") -> Outcome:
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        try:
            call_command("import_text", str(path), *options)
        except SystemExit as ended:
            return Outcome(capsys, int(ended.code or 0))
        return Outcome(capsys, 0)

    return import_text


def test_a_good_file_ends_with_0_and_a_report(run: Any) -> None:
    outcome = run(form(), "--strict")
    assert outcome.code == 0
    assert "记录 1：新增 1" in outcome.out
    assert "未识别行：无" in outcome.out
    assert outcome.err == ""


def test_json_is_one_value_for_machines(run: Any) -> None:
    report = json.loads(run(form() + "附注\n", "--format", "json").out)
    assert report["counts"] == {
        "found": 1, "created": 1, "changed": 0, "unchanged": 0, "duplicates": 0, "conflicts": 0, "unclaimed": 1,
    }  # fmt: skip
    assert report["unclaimed"] == [{"line": 30, "text": "附注"}]
    assert report["total"] == "300000.00"


@pytest.mark.parametrize(
    "text",
    [form() + "附注\n", form(local="1"), key_list(("甲项目", "5000", "市住建局"), declared="1.00")],
    ids=["unclaimed line", "sources do not sum", "declared total is not the sum"],
)
def test_strict_ends_with_1_when_something_is_open(run: Any, text: str) -> None:
    assert run(text).code == 0
    assert run(text, "--strict").code == 1


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (b"", "文件是空的"),
        (bytes(range(256)), "二进制"),
        ("你好\n", "认不出这份文件的版式"),
        (form(amount="3十万"), "“3十万”不是金额"),
        (form(amount="9" * 20), "过大，不可能是预算金额"),
        (form(name=""), "项目名称"),
        ("\n".join(form().split("\n")[:12]), "不完整"),
        ("\n".join(form().split("\n")[:20]), "不完整"),
    ],
)
def test_bad_input_ends_with_2_in_one_sentence_and_writes_nothing(run: Any, text: str | bytes, sentence: str) -> None:
    outcome = run(text)
    assert outcome.code == 2
    assert outcome.err.startswith("forms.txt：")
    assert sentence in outcome.err
    assert outcome.err.count("\n") == 1
    assert Project.objects.count() == 0


def test_the_line_of_a_fault_is_named(run: Any) -> None:
    assert "第 8 行" in run(form(amount="三十万")).err


def test_a_file_that_is_not_there_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        call_command("import_text", "missing.txt")
    assert "missing.txt：无法读取" in capsys.readouterr().err


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_every_encoding_gives_the_same_project(run: Any, encoding: str) -> None:
    assert run(form().encode(encoding), "--strict").code == 0
    assert Project.objects.get().name == "教室改造"


def test_line_ends_of_other_systems_are_read(run: Any) -> None:
    assert run(form().replace("\n", "\r\n"), "--strict").code == 0


def test_one_refused_file_does_not_stop_the_others(
    run: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "bad.txt").write_text("你好")
    (tmp_path / "good.txt").write_text(form())
    with pytest.raises(SystemExit, match="2"):
        call_command("import_text", str(tmp_path / "bad.txt"), str(tmp_path / "good.txt"), "--format", "json")
    reports = json.loads(capsys.readouterr().out)
    assert "error" in reports[0]
    assert reports[1]["counts"]["created"] == 1


@pytest.mark.parametrize(
    ("region", "sentence"),
    [("城区", "不止一个"), ("某某开发区", "不在行政区划表中")],
)
def test_a_region_that_is_not_clear_is_refused_with_what_to_write(run: Any, region: str, sentence: str) -> None:
    outcome = run(form(), "--region", region)
    assert outcome.code == 2
    assert sentence in outcome.err


def test_a_zone_that_is_no_division_can_be_named_with_a_code(run: Any) -> None:
    text = form(department="601-经济开发区管委会").replace("上党区县(区)级预算部门（单位）", "")
    assert run(text, "--region", "140499=长治经济开发区").code == 0
    assert Project.objects.get().region.name == "长治经济开发区"


def test_a_year_that_cannot_be_is_refused(run: Any) -> None:
    assert "--year 12 不是合理的年度" in run(form(), "--year", "12").err


def test_no_progress_bar_in_a_pipe(run: Any) -> None:
    assert run(form()).err == ""


def test_a_name_from_a_windows_archive_is_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / os.fsdecode("目标.txt".encode("gb18030"))
    path.write_text(form())
    call_command("import_text", str(path))
    assert capsys.readouterr().out.startswith("目标.txt：")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('{"format": "perfgoals-interchange", "documents": ' + "[" * 100_000, "不合交换格式"),
        ('{"format": "perfgoals-interchange", "documents": [{"detail": ' + "[" * 100_000, "嵌套过深"),
        ('{"format": "perfgoals-interchange", "x": "\\u0000"}', "空字符"),
    ],
)
def test_hostile_json_is_refused_in_one_sentence(run: Any, text: str, sentence: str) -> None:
    outcome = run(text, name="hostile.json")
    assert outcome.code == 2
    assert sentence in outcome.err

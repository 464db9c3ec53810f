"""``import_text`` of many files: folders, and taking up again what was interrupted."""

import json
import os
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from imports.management.commands import import_text
from imports.models import ImportRun
from projects.models import Project
from tests.imports.management.outcomes import Outcome
from tests.imports.texts import form

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Any:
    """Import files and folders."""

    def imported(*arguments: object) -> Outcome:
        try:
            call_command("import_text", *map(str, arguments))
        except SystemExit as ended:
            return Outcome(capsys, int(ended.code or 0))
        return Outcome(capsys, 0)

    return imported


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three forms of three projects, one of them in a folder of its own, beside files that nobody means."""
    for place in ("甲.txt", "乙.txt", "更多/丙.txt"):
        path = tmp_path / "目标表" / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(form(path.stem))
    (tmp_path / "目标表" / ".DS_Store").write_bytes(b"\0")
    (tmp_path / "目标表" / "~$甲.xlsx").write_bytes(b"\0")
    return tmp_path / "目标表"


def names() -> set[str]:
    return set(Project.objects.values_list("name", flat=True))


def test_all_files_of_a_folder_are_imported(run: Any, folder: Path) -> None:
    outcome = run(folder)
    assert (outcome.code, outcome.err) == (0, "")
    assert names() == {"甲", "乙", "丙"}
    assert outcome.out.endswith("共 3 个文件：导入 3 个，跳过 0 个，拒绝 0 个。\n")


def test_a_folder_that_leads_to_itself_is_read_once(run: Any, folder: Path) -> None:
    (folder / "更多" / "又一次").symlink_to(folder)
    assert "共 3 个文件" in run(folder).out


def test_an_empty_folder_is_refused_in_a_sentence(run: Any, tmp_path: Path) -> None:
    (tmp_path / "空").mkdir()
    outcome = run(tmp_path / "空")
    assert (outcome.code, outcome.err) == (2, "空：文件夹里没有可以导入的文件。\n")


def test_empty_folders_in_a_folder_and_files_of_systems_are_not_meant(run: Any, folder: Path) -> None:
    (folder / "空").mkdir()
    for name in ("Thumbs.db", "更多/desktop.ini"):
        (folder / name).write_bytes(b"\0")
    os.mkfifo(folder / "管道")
    outcome = run(folder)
    assert (outcome.code, outcome.err) == (0, "")
    assert "共 3 个文件" in outcome.out


@pytest.mark.parametrize("more", ["附注\n", ""])
def test_what_is_passed_over_is_judged_as_when_it_was_imported(run: Any, folder: Path, more: str) -> None:
    (folder / "甲.txt").write_text(form("甲") + more)
    code = 1 if more else 0
    assert run(folder, "--strict").code == code
    outcome = run(folder, "--strict", "--resume")
    assert "跳过 3 个" in outcome.out
    assert outcome.code == code


def test_what_was_imported_is_passed_over(run: Any, folder: Path) -> None:
    run(folder / "甲.txt")
    outcome = run(folder, "--resume")
    assert "甲.txt：" in outcome.out
    assert f"已导入过（导入记录 {ImportRun.objects.earliest('pk').pk}），跳过。" in outcome.out
    assert outcome.out.endswith("共 3 个文件：导入 2 个，跳过 1 个，拒绝 0 个。\n")
    assert ImportRun.objects.count() == 3
    assert names() == {"甲", "乙", "丙"}


def test_without_asking_nothing_is_passed_over(run: Any, folder: Path) -> None:
    run(folder)
    assert "共 3 个文件：导入 3 个，跳过 0 个" in run(folder).out


def test_a_dry_run_is_no_import_to_pass_over(run: Any, folder: Path) -> None:
    run(folder, "--dry-run")
    assert "导入 3 个，跳过 0 个" in run(folder, "--resume").out
    assert "试运行 0 个，跳过 3 个" in run(folder, "--resume", "--dry-run").out


@pytest.mark.parametrize("other", [["--year", "2031"], ["--take-source"], ["--layout", "target_form"]])
def test_other_options_are_another_import(run: Any, folder: Path, other: list[str]) -> None:
    run(folder)
    assert "导入 3 个，跳过 0 个" in run(folder, "--resume", *other).out


def test_changed_bytes_are_another_import(run: Any, folder: Path) -> None:
    run(folder)
    (folder / "甲.txt").write_text(form("丁"))
    assert "导入 1 个，跳过 2 个" in run(folder, "--resume").out


def test_a_refused_file_is_tried_again(run: Any, folder: Path) -> None:
    (folder / "坏.txt").write_text("你好")
    assert run(folder).code == 2
    outcome = run(folder, "--resume")
    assert (outcome.code, outcome.err.count("\n")) == (2, 1)
    assert "导入 0 个，跳过 3 个，拒绝 1 个" in outcome.out


def test_json_of_many_files_is_one_list(run: Any, folder: Path) -> None:
    run(folder / "乙.txt")
    reports = json.loads(run(folder, "--resume", "--format", "json").out)
    assert [report["file"] for report in reports] == ["乙.txt", "丙.txt", "甲.txt"]
    assert reports[0]["imported_before"] == ImportRun.objects.earliest("pk").pk


def test_who_stops_it_is_told_how_to_go_on(run: Any, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    imported = import_text.import_file

    def stopped_at_the_last(*arguments: Any, name: str, **options: Any) -> Any:
        if name == "甲.txt":
            raise KeyboardInterrupt
        return imported(*arguments, name=name, **options)

    monkeypatch.setattr(import_text, "import_file", stopped_at_the_last)
    outcome = run(folder, "--format", "json")
    assert outcome.code == 130
    assert outcome.err.startswith("已中断。")
    assert "--resume" in outcome.err
    assert len(json.loads(outcome.out)) == 2
    assert names() == {"乙", "丙"}
    assert "--resume" not in (dry := run(folder, "--dry-run")).err
    assert dry.out.endswith("3 个文件中处理了 2 个：试运行 2 个，跳过 0 个，拒绝 0 个。\n")

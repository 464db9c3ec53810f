"""``measure_targets`` on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

PLAN = """# 临江县人民政府 关于印发绿道建设规划（2029—2031年）的通知

临政发〔2029〕3号

各乡镇人民政府：

现将规划印发给你们，请认真组织实施。到2031年，全县新建绿道86公里，绿道管护率达到95%以上。

临江县人民政府

2029年3月5日
"""
ENTRY = {
    "file": "plan.txt", "line": 7, "text": "全县新建绿道86公里", "indicator": "绿道", "operator": "=", "number": "86", "unit": "公里",
    "target_year": "2031", "note": None,
}  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "plan.txt").write_text(PLAN, encoding="utf-8")
    (tmp_path / "plan_and_gazette_prose_targets.json").write_text(json.dumps([ENTRY]), encoding="utf-8")
    return tmp_path


def measure(folder: Path, *, labelled: Path | None = None) -> None:
    call_command("measure_targets", gold=folder, sources=folder, labelled=labelled or folder / "none.json", errors=True)


def test_a_sample_is_measured(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    measure(folder)
    assert "plan.txt\t1\t1\t1\t100.0%\t100.0%\t1" in capsys.readouterr().out


def test_sentences_are_measured_and_errors_listed(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    label = {"name": "绿道", "operator": "=", "number": "9", "unit": "公里", "year": None}
    (folder / "own.json").write_text(json.dumps([{"text": "新建绿道8公里。", "targets": [label]}]), encoding="utf-8")
    measure(folder, labelled=folder / "own.json")
    printed = capsys.readouterr().out
    assert "own.json\t1\t1\t0\t0.0%\t0.0%\t0" in printed
    assert "漏：绿道 = 9 公里" in printed
    assert "错：绿道 = 8 公里" in printed


def test_without_labels_it_says_so_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="没有可对照的标注"):
        measure(tmp_path)


def test_without_the_source_it_says_so(folder: Path) -> None:
    (folder / "plan.txt").unlink()
    with pytest.raises(CommandError, match="原文不存在"):
        measure(folder)

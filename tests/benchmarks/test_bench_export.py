"""The export benchmark never works on the site's own database, whoever runs one of its steps."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from benchmarks import bench_export


@pytest.mark.parametrize(("given", "home"), [({}, "{}/home"), ({"PERFGOALS_BENCH_HOME": "/elsewhere"}, "/elsewhere")])
def test_a_step_by_hand_works_where_the_whole_benchmark_does(
    given: dict[str, str],
    home: str,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.delenv("PERFGOALS_BENCH_HOME", raising=False)
    for name, value in {"PERFGOALS_HOME": "/site", "DATABASE_URL": "postgresql://site", **given}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "argv", ["bench_export", "--step", "rows", "--folder", str(tmp_path)])
    places: list[tuple[str, str]] = []

    def measure(*_given: object) -> dict[str, float]:
        places.append((bench_export.os.environ["PERFGOALS_HOME"], bench_export.os.environ["DATABASE_URL"]))
        return {}

    monkeypatch.setattr(bench_export, "measure", measure)
    assert bench_export.main() == 0
    assert places == [(home.format(tmp_path), "")]


def test_a_step_without_a_folder_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["bench_export", "--step", "rows"])
    with pytest.raises(SystemExit):
        bench_export.main()

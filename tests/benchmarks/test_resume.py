"""The benchmark of imports that are killed and taken up again says what it saw."""

from pathlib import Path
from typing import Any

import pytest

from benchmarks.bench_resume import Done, told, write
from benchmarks.target_forms import forms

HELD = {"runs": 5, "files": 5, "projects": 50, "indicators": 900, "digest": "a"}
WHOLE = Done(0, 100.0, 110.0)
AGAIN = [Done(-9, 60.0, 110.0), Done(0, 70.0, 110.0)]


def test_the_forms_are_spread_over_the_files(tmp_path: Path) -> None:
    write(tmp_path / "forms", 25, 4)
    files = sorted((tmp_path / "forms").iterdir())
    assert len(files) == 4
    assert "".join(path.read_text() for path in files) == "".join(forms(25, irregular=1 / 8))


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({}, 0),
        ({"found": {**HELD, "digest": "b"}}, 1),
        ({"found": {**HELD, "runs": 6}, "wanted": {**HELD, "runs": 6}}, 1),
        ({"small": Done(0, 10.0, 90.0)}, 1),
        ({"again": [Done(-9, 60.0, 110.0), Done(0, 170.0, 110.0)]}, 1),
        ({"again": [Done(-9, 60.0, 110.0), Done(2, 70.0, 110.0)]}, 1),
    ],
    ids=["kept", "other projects", "a file twice", "memory grows", "too long", "not ended well"],
)
def test_what_is_missed_is_told(change: dict[str, Any], code: int) -> None:
    seen = {"small": Done(0, 10.0, 100.0), "whole": WHOLE, "again": AGAIN, "found": HELD, "wanted": HELD, **change}
    assert told(50, 5, **seen) == code

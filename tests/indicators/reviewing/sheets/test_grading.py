"""The grade that findings propose."""

import pytest

from indicators.checks import Severity
from indicators.reviewing.sheets.grading import overall_grade, proposed_grade


@pytest.mark.parametrize(
    ("must", "should", "hints", "grade"),
    [
        (0, 0, 0, "优"),
        (0, 0, 9, "优"),
        (0, 1, 0, "良"),
        (0, 2, 0, "良"),
        (0, 3, 0, "中"),
        (1, 0, 0, "中"),
        (2, 0, 0, "差"),
    ],
)
def test_grades_follow_the_open_findings(must: int, should: int, hints: int, grade: str) -> None:
    assert proposed_grade([Severity.MUST] * must + [Severity.SHOULD] * should + [Severity.HINT] * hints) == grade


def test_one_more_finding_never_makes_a_grade_better() -> None:
    for given in ([], [Severity.SHOULD] * 2, [Severity.MUST]):
        for more in Severity:
            before, after = proposed_grade(given), proposed_grade([*given, more])
            assert overall_grade([before, after]) == after


def test_overall_is_the_lowest() -> None:
    assert overall_grade(["优", "中", "良", "优"]) == "中"

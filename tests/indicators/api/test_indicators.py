"""Indicators for programs."""

import pytest

from projects.permissions import AUDIT
from tests import factories
from tests.perfgoals.api.reading import Program

pytestmark = pytest.mark.django_db


@pytest.fixture
def program() -> Program:
    return Program(factories.user(AUDIT))


def test_indicators_of_the_projects_found(program: Program) -> None:
    factories.indicator(factories.project("甲"), "改造教室", "≥12间")
    factories.indicator(factories.project("乙", year=2024), "修路", "3公里")
    (read,) = program.rows("indicators/", "year=2025")
    assert (read["level1"], read["level2"], read["level3"], read["value"]) == (
        "产出指标", "数量指标", "改造教室", "≥12间",
    )  # fmt: skip
    assert (read["category"], read["scope"], read["number"]) == ("output.quantity", "annual", None)
    assert read["project"]["name"] == "甲"


def test_filters_on_indicators_find_the_indicators_themselves(program: Program) -> None:
    project = factories.project()
    factories.indicator(project, "师生满意度", "≥95%", category="satisfaction.served", label="服务对象满意度")
    factories.indicator(project, "改造教室", "≥12间")
    for query in ("category=satisfaction", "indicator=满意", "category=satisfaction&indicator=师生"):
        assert [row["level3"] for row in program.rows("indicators/", query)] == ["师生满意度"]
    assert len(program.rows("indicators/", "q=满意")) == 2


def test_all_conditions_hold_for_one_indicator(program: Program) -> None:
    project = factories.project()
    factories.indicator(project, "师生满意度", "高", category="satisfaction.served")
    assert program.rows("indicators/", "category=output&indicator=满意") == []

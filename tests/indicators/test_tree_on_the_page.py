"""The indicator tree on the project page."""

import re

import pytest
from django.test import Client

from tests import factories
from tests.conftest import words_of

pytestmark = pytest.mark.django_db


def test_levels_one_and_two_are_merged_cells(auditor: Client) -> None:
    project = factories.project()
    for position, category in enumerate(["output.quantity", "output.quantity", "output.quality"]):
        factories.indicator(project, f"指标{position}", category=category, label="", position=position)
    html = auditor.get(project.get_absolute_url()).content.decode()
    assert re.findall(r'rowspan="(\d)"\s+class="level\d"', html) == ["3", "2", "1"]


def test_a_lost_value_says_that_it_is_missing_and_why(auditor: Client) -> None:
    project = factories.project()
    factories.indicator(project, "垃圾转运及时性", "")
    response = auditor.get(project.get_absolute_url())
    assert "垃圾转运及时性 缺失" in words_of(response)
    assert "来源文件丢失了这一格的内容" in response.content.decode()


def test_differences_are_marked_with_a_word(auditor: Client) -> None:
    project = factories.project()
    factories.indicator(project, "线路", "4条", scope="period", position=0)
    factories.indicator(project, "线路", "2条", position=0)
    text = words_of(auditor.get(project.get_absolute_url()))
    assert "1 行两期不同" in text
    assert "2条 指标值不同" in text

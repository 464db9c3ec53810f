"""元, 万元 and 亿元."""

import pytest
from django.test import Client
from django.urls import reverse

from tests import factories
from tests.conftest import words_of


@pytest.mark.parametrize(("unit", "shown"), [("元", "12,345,600.00"), ("万元", "1,234.56"), ("亿元", "0.123456")])
def test_amounts_are_shown_in_the_unit_asked_for(auditor: Client, unit: str, shown: str) -> None:
    factories.project(amount="12345600")
    text = words_of(auditor.get(reverse("project-list"), {"unit": unit}))
    assert f"合计 {shown} {unit}" in text
    assert f"年度金额（{unit}）" in text


def test_the_unit_is_remembered(auditor: Client) -> None:
    factories.project(amount="12345600")
    auditor.get(reverse("totals"), {"unit": "元"})
    assert "12,345,600.00 元" in words_of(auditor.get(reverse("project-list")))


def test_an_unknown_unit_is_the_usual_one(auditor: Client) -> None:
    factories.project(amount="12345600")
    assert "1,234.56 万元" in words_of(auditor.get(reverse("project-list"), {"unit": "角"}))


def test_the_switch_keeps_the_rest_of_the_address(auditor: Client) -> None:
    html = auditor.get(reverse("project-list"), {"q": "教室", "sort": "-amount"}).content.decode()
    assert 'href="?q=%E6%95%99%E5%AE%A4&amp;sort=-amount&amp;unit=%E4%BA%BF%E5%85%83"' in html


def test_the_switch_puts_the_amounts_asked_for_into_the_other_unit(auditor: Client) -> None:
    html = auditor.get(reverse("project-list"), {"min": "1.5", "max": "3亿元", "unit": "万元"}).content.decode()
    assert 'href="?min=15000&amp;max=3%E4%BA%BF%E5%85%83&amp;unit=%E5%85%83"' in html
    assert 'href="?min=0.00015&amp;' in html


def test_amounts_without_a_unit_are_in_the_one_in_force(auditor: Client) -> None:
    factories.project("小", amount="100")
    factories.project("大", amount="1000000")
    auditor.get(reverse("project-list"), {"unit": "元"})
    text = words_of(auditor.get(reverse("project-list"), {"max": "100"}))
    assert "共 1 个项目" in text
    assert "≤ 100 元" in text

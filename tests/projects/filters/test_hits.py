"""Where the words of a search stand."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from projects.filters.hits import Hit, excerpt, hits_of, mark_page
from tests import factories


def test_an_excerpt_shows_what_stands_around_the_word() -> None:
    text = "为保障全区义务教育学校\n正常运转，改造教室十二间，" + "后续" * 40
    short = excerpt(text, "教室")
    assert "学校 正常运转，改造教室十二间，" in short
    assert (short[0], short[-1]) == ("…", "…")
    assert len(short) < 60
    assert excerpt("改造教室", "教室") == "改造教室"


def test_marks_stand_in_texts_and_nowhere_else() -> None:
    html = '<a title="教室">教室</a><button>教室</button><p>a &lt;教室&gt; &amp;</p>'
    assert mark_page(html, ["教室"]) == (
        '<a title="教室"><mark>教室</mark></a><button>教室</button><p>a &lt;<mark>教室</mark>&gt; &amp;</p>'
    )


def test_what_is_looked_for_can_make_no_markup() -> None:
    assert mark_page("<p>a&lt;b&gt;c</p>", ["<b>"]) == "<p>a<mark>&lt;b&gt;</mark>c</p>"


@pytest.mark.django_db
def test_a_hit_outside_of_the_name_is_told_with_its_field() -> None:
    by_name, by_text, by_goal, by_indicator = (factories.project(name) for name in ("教室", "甲", "乙", "丙"))
    by_text.overview = "改造教室"
    by_text.save()
    factories.goal(by_goal, "建成教室")
    factories.indicator(by_indicator, "教室数", "≥12间")
    assert hits_of([by_name, by_text, by_goal, by_indicator], ["教室"]) == {
        by_text.pk: Hit("项目概况", "改造教室"), by_goal.pk: Hit("年度目标", "建成教室"),
        by_indicator.pk: Hit("指标", "教室数"),
    }  # fmt: skip


def test_the_list_marks_hits_and_hands_the_words_on(auditor: Client) -> None:
    project = factories.project("教室改造", overview="十二间")
    html = auditor.get(reverse("project-list"), {"q": "教室 十二"}).content.decode()
    assert "<mark>教室</mark>改造" in html
    assert "<b>项目概况</b><mark>十二</mark>间" in html
    assert f'{project.get_absolute_url()}?q=%E6%95%99%E5%AE%A4%20%E5%8D%81%E4%BA%8C"' in html


def test_a_project_opened_from_a_search_shows_its_hits(auditor: Client) -> None:
    project = factories.project(overview="十二间<教室>")
    page: Any = auditor.get(project.get_absolute_url(), {"q": "教室"}).content.decode()
    assert "十二间&lt;<mark>教室</mark>&gt;" in page
    assert "<mark>" not in auditor.get(project.get_absolute_url()).content.decode()


def test_the_share_of_the_whole_is_told_while_a_filter_is_on(auditor: Client) -> None:
    for year, amount in ((2025, "10000"), (2024, "30000"), (2024, None)):
        factories.project(year=year, amount=amount)
    html = auditor.get(reverse("project-list"), {"year": 2025}).content.decode()
    assert "占全部 3 个项目的 <b>33.3%</b>、全部金额的 <b>25.0%</b>" in html
    assert "占全部" not in auditor.get(reverse("project-list")).content.decode()

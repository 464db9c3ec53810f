"""Words that very many projects have: number and sums come after the page, in a real browser."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from decimal import Decimal

import pytest
from django.http import QueryDict
from playwright.sync_api import Error, Locator, Page, Route, expect

from projects.filters import ProjectFilter
from projects.models import Project
from projects.tables import Sort
from tests.projects.words import few_are_many

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

WAITING = "正在统计准确的数目和金额"
BOXES = 'input[name="ids"]'
COUNT = "[data-bulk-count]"


class Held:
    """The requests for number and sums, which wait until they are let go."""

    def __init__(self, page: Page) -> None:
        self.routes: list[Route] = []
        self._waiting: list[Route] = []
        self._page = page
        page.route("**/projects/?*", self._take)

    def _take(self, route: Route) -> None:
        if "x-shown" in route.request.headers:
            self.routes.append(route)
            self._waiting.append(route)
        else:
            route.continue_()

    def let_go(self) -> None:
        """The one that was asked for last, once there is one."""
        for _ in range(500):
            if self._waiting:
                return self._waiting.pop().continue_()
            self._page.wait_for_timeout(20)
        raise TimeoutError("nothing was asked for")


@pytest.fixture
def held(page: Page, monkeypatch: pytest.MonkeyPatch) -> Iterator[Held]:
    """Three projects are very many, and are counted when the test says so."""
    few_are_many(monkeypatch)
    yield Held(page)
    page.unroute_all(behavior="ignoreErrors")


def summary(page: Page) -> Locator:
    return page.locator("#results .summary")


def rows_kept(page: Page) -> bool:
    """Whether the rows are those that `mark_rows` saw: elements of the page, not ones like them."""
    return bool(page.evaluate("document.querySelector('[data-rows]').rows[20].seen === true"))


def mark_rows(page: Page) -> None:
    page.evaluate("document.querySelector('[data-rows]').rows[20].seen = true")


def height_in_window(page: Page) -> float:
    """Where the row stands that has the focus."""
    box = page.locator("[data-row-link]:focus").bounding_box()
    assert box
    return box["y"]


def scrolled(page: Page) -> float:
    return float(page.locator("#results .table-wrap").evaluate("box => box.scrollTop"))


def test_the_page_comes_first_and_its_sums_later(inside: Page, held: Held) -> None:
    words = inside.get_by_label("文字", exact=True)
    words.fill("学")
    expect(summary(inside)).to_contain_text(WAITING)
    expect(inside.locator("[data-row-link]").first).to_be_visible()
    expect(inside.locator("tfoot tr").last).to_have_text(re.compile(r"^\s*全部合计…+\s*$"))
    held.let_go()
    expect(summary(inside)).to_contain_text(re.compile(r"共 \d+ 个项目"))
    expect(inside.locator("tfoot")).to_contain_text("合计")
    # Whoever asks for something else meanwhile gets that, and never the sums of what was asked before.
    words.fill("目")
    expect(summary(inside)).to_contain_text("正在统计")
    words.fill("没有项目含有这句话")
    expect(inside.locator(".empty")).to_be_visible()
    assert len(held.routes) == 2
    with contextlib.suppress(Error):  # nobody waits for it any more
        held.let_go()
    inside.wait_for_timeout(300)
    expect(inside.locator(".empty")).to_be_visible()


def test_the_row_in_hand_and_the_place_in_the_table_stay(inside: Page, held: Held) -> None:
    inside.goto("/projects/?q=市")
    expect(summary(inside)).to_contain_text(WAITING)
    inside.locator("[data-rows] tr").nth(30).locator("[data-row-link]").focus()
    mark_rows(inside)
    before, place = scrolled(inside), height_in_window(inside)
    assert before > 0
    held.let_go()
    expect(summary(inside)).to_contain_text("共 76 个项目")
    expect(inside.locator("[data-row-link]").nth(30)).to_be_focused()
    assert rows_kept(inside)
    assert scrolled(inside) == before
    assert height_in_window(inside) == place
    expect(inside.locator(".pagination")).to_contain_text("第 1–50 条，共 76 个项目")
    inside.locator(".pages a", has_text="2").click()
    expect(inside.locator(".pagination")).to_contain_text("第 51–76 条")


def test_ticks_and_the_range_that_they_began_stay(finance: Page, held: Held) -> None:
    finance.goto("/projects/?q=市")
    finance.locator(BOXES).nth(25).click()
    expect(finance.locator(COUNT)).to_contain_text("已选 1 个")
    mark_rows(finance)
    held.let_go()
    expect(finance.locator(".export-menu")).to_be_visible()
    expect(finance.locator(BOXES).nth(25)).to_be_checked()
    expect(finance.locator(BOXES).nth(25)).to_be_focused()
    assert rows_kept(finance)
    finance.locator(BOXES).nth(27).click(modifiers=["Shift"])
    expect(finance.locator(COUNT)).to_contain_text("已选 3 个")
    finance.locator(".bulk-actions").get_by_role("button", name="归档").click()
    expect(finance.locator(".bulk-sentence")).to_contain_text("将归档 3 个项目")


def test_all_can_be_chosen_before_their_number_is_known(finance: Page, held: Held) -> None:
    finance.goto("/projects/?q=市")
    finance.locator(BOXES).first.check()
    finance.get_by_label("选中全部筛选结果").check()
    expect(finance.locator(COUNT)).to_have_text("已选全部筛选结果")
    held.let_go()
    expect(finance.get_by_label("选中全部 76 个筛选结果")).to_be_checked()
    expect(finance.locator(COUNT)).to_contain_text("已选 76 个，合计")


def test_an_open_panel_learns_how_many_there_are(inside: Page, held: Held) -> None:
    inside.goto("/projects/?q=市")
    inside.locator("[data-rows] tr").nth(2).locator(".col-year").click()
    place = inside.locator("[data-panel-place]")
    expect(place).to_have_text("第 3 个")
    held.let_go()
    expect(place).to_have_text("第 3 个，共 76 个")


LEFT_OF_POINTS = """table => [...table.querySelectorAll("tbody .col-amount, tfoot .col-amount")].flatMap((cell) => {
    const text = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT).nextNode();
    const at = text ? text.data.indexOf(".") : -1;
    if (at < 0) return [];
    const range = document.createRange();
    range.setStart(text, at);
    range.setEnd(text, at + 1);
    return range.getBoundingClientRect().left;
})"""


def test_decimal_points_stand_below_each_other_once_the_sums_have_more(inside: Page, held: Held) -> None:
    Project.objects.update(amount=Decimal(20000))
    found = ProjectFilter(QueryDict("q=市"), Project.objects.all()).qs
    last = Sort().apply(found)[75]
    inside.goto("/projects/?q=市")
    expect(summary(inside)).to_contain_text(WAITING)
    Project.objects.filter(pk=last.pk).update(amount=Decimal("0.01"))
    held.let_go()
    expect(inside.locator("tfoot tr").last.locator(".col-amount")).to_have_text("150.000001")
    expect(inside.locator("tbody .col-amount").first).to_have_text("2.00")
    lefts = inside.locator(".project-table").evaluate(LEFT_OF_POINTS)
    assert len(lefts) == 52
    assert max(lefts) - min(lefts) < 1


def test_where_an_amount_changed_between_the_list_is_shown_anew(inside: Page, held: Held) -> None:
    inside.goto("/projects/?q=市")
    expect(summary(inside)).to_contain_text(WAITING)
    first = inside.locator("[data-rows] tr").first
    Project.objects.filter(pk=int(first.get_attribute("data-project") or "")).update(amount=Decimal(7654321))
    held.let_go()
    expect(summary(inside)).to_contain_text("共 76 个项目")
    expect(first).to_contain_text("765.4321")
    expect(inside).to_have_url(re.compile(r"/projects/\?q=[^&]+$"))


def test_sums_of_a_page_that_is_all_stand_once(inside: Page, held: Held) -> None:
    inside.goto("/projects/?q=目")
    expect(inside.locator("tfoot tr")).to_have_count(2)
    held.let_go()
    expect(inside.locator("tfoot tr")).to_have_count(1)
    expect(inside.locator("tfoot")).to_contain_text(re.compile(r"^\s*合计"))
    expect(inside.locator(".pages")).to_have_count(0)

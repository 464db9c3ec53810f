"""Out and back: filtered, totalled, exported, changed in a spreadsheet, sent in, looked at, confirmed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from imports.exporting import views
from projects.models import Project
from projects.permissions import FINANCE
from tests import factories
from tests.imports.tables.exported import changed, csv_rows
from tests.journeys.test_uploads import PATIENCE, log_in
from tests.workers import worker

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

SUM = "#results .summary .sum"


@pytest.fixture
def working(samples: None) -> Iterator[None]:
    """A worker beside the site."""
    with worker():
        yield


@pytest.fixture
def finance(page: Page) -> Page:
    """The project list as the city's finance bureau sees it."""
    factories.user(FINANCE, factories.city(), name="caizheng")
    log_in(page, "caizheng")
    page.set_default_timeout(PATIENCE)
    return page


def fetched(page: Page, button: Locator, folder: Path) -> Path:
    """The file that a button gives."""
    with page.expect_download() as waiting:
        button.click()
    path = folder / waiting.value.suggested_filename
    waiting.value.save_as(path)
    return path


def exported(page: Page, offer: str, folder: Path) -> Path:
    """The file of an offer of the export menu."""
    page.locator(".export-menu summary").click()
    return fetched(page, page.get_by_role("button", name=offer), folder)


def sent_in(page: Page, path: Path) -> None:
    """Send a file in the site and wait for its preview."""
    page.goto("/runs/")
    page.get_by_role("link", name="导入文件").click()
    page.wait_for_url("**/runs/new/")  # and its scripts: without them one file alone gets a page of its own
    page.locator("input[type=file]").set_input_files(path)
    page.get_by_role("button", name="上传并预检").click()
    page.wait_for_url("**/uploads/batches/**")
    expect(page.get_by_text("预检完成，等待确认")).to_be_visible(timeout=PATIENCE)
    page.get_by_role("link", name=path.name).click()


def differences(page: Page) -> list[list[str]]:
    """The rows of the preview's changes."""
    rows = page.locator("#changes tbody tr")
    rows.first.wait_for()
    return [[cell.strip() for cell in row.locator("th, td").all_inner_texts()] for row in rows.all()]


def test_filter_total_chart_list_export_change_upload_confirm(finance: Page, working: None, tmp_path: Path) -> None:
    # Filter, and its total.
    finance.get_by_label("年度", exact=True).select_option("2025")
    finance.wait_for_url("**year=2025**")
    total = finance.locator(SUM).inner_text()
    finance.locator("#navigation").get_by_role("link", name="汇总").click()
    finance.get_by_label("年度", exact=True).select_option("2025")
    expect(finance.locator(SUM)).to_have_text(total)
    # A bar of the chart leads to its list.
    finance.goto("/charts/?year=2025", wait_until="commit")
    finance.locator('[data-chart="figure-departments"][data-drawn]').wait_for()
    bar = finance.locator(".chart-departments .bars .point path").first.bounding_box()
    figure = finance.locator(".chart-departments tbody tr").first.locator("td").nth(1).text_content()
    assert bar is not None
    finance.mouse.click(bar["x"] + bar["width"] / 2, bar["y"] + bar["height"] / 2)
    finance.wait_for_url("**/projects/?**")
    expect(finance.locator(SUM)).to_have_text(figure or "")
    # Exported, the same sum; three cells are changed.
    given = exported(finance, "Excel，全部栏目和指标", tmp_path)
    book = openpyxl.load_workbook(given)
    heads = {cell.value: cell.column for cell in book["项目"][1]}
    amounts = [row[heads["年度金额（元）"] - 1].value or 0 for row in book["项目"].iter_rows(min_row=2)]
    assert f"{sum(amounts) / 10_000:,.2f}" == figure
    name = book["项目"].cell(2, heads["项目名称"]).value
    cells = {
        ("项目", 2, "实施单位"): "第一实施单位", ("项目", 2, "联系电话"): "0355-1234567", ("指标", 2, "年度指标值"): "≥15间",
    }  # fmt: skip
    before = Project.objects.get(name=name)
    (tmp_path / "修改后.xlsx").write_bytes(changed(given.read_bytes(), cells))
    # Sent in: exactly three differences, and nothing is stored yet.
    sent_in(finance, tmp_path / "修改后.xlsx")
    rows = differences(finance)
    assert [row[0] for row in rows[:2]] == ["实施单位", "联系电话"]
    assert (rows[2][0].endswith("的指标值"), [row[2] for row in rows]) == (True, [*cells.values()])
    expect(finance.locator("#changes h3")).to_contain_text("工作表“项目”第 2 行")
    assert Project.objects.get(pk=before.pk).implementing_unit == before.implementing_unit
    # Confirmed: the project shows it, and its history names the table.
    finance.get_by_role("button", name=re.compile("确认导入")).click()
    expect(finance.locator(".notice-success")).to_contain_text("已导入“修改后.xlsx”：变更 1 个", timeout=PATIENCE)
    finance.get_by_role("link", name=name).click()
    expect(finance.locator(".official")).to_contain_text("第一实施单位")
    expect(finance.locator(".official")).to_contain_text("≥15间")
    finance.goto(f"{before.get_absolute_url()}history/")
    expect(finance.locator("main")).to_contain_text("导入修改过的表格")
    expect(finance.locator("main")).to_contain_text("修改后.xlsx")


def test_what_others_changed_since_the_export_is_decided_one_by_one(
    finance: Page, working: None, tmp_path: Path
) -> None:
    finance.goto("/projects/?year=2025")
    given = exported(finance, "Excel，全部栏目和指标", tmp_path)
    book = openpyxl.load_workbook(given)
    number = {cell.value: cell.column for cell in book["项目"][1]}["编号"]
    project = Project.objects.get(pk=book["项目"].cell(2, number).value)
    Project.objects.filter(pk=project.pk).update(implementing_unit="他人所改", duration="他人所改", amount=None)
    project.funding.filter(scope="annual").update(amount=None)
    cells = {("项目", 2, "实施单位"): "表格所改", ("项目", 2, "项目期"): "表格所改"}
    (tmp_path / "修改后.xlsx").write_bytes(changed(given.read_bytes(), cells))
    sent_in(finance, tmp_path / "修改后.xlsx")
    finance.get_by_role("group", name="实施单位").get_by_role("button", name="采用文件").click()
    expect(finance.locator(".upload-sentence")).to_contain_text("1 处导出以后的修改将被文件的值覆盖")
    finance.get_by_role("button", name=re.compile("确认导入")).click()
    expect(finance.locator(".notice-success")).to_be_visible(timeout=PATIENCE)
    project.refresh_from_db()
    assert (project.implementing_unit, project.duration) == ("表格所改", "他人所改")


def test_a_table_that_is_refused_says_every_wrong_cell(finance: Page, working: None, tmp_path: Path) -> None:
    finance.goto("/projects/?year=2025")
    given = exported(finance, "Excel，全部栏目和指标", tmp_path)
    cells = {("项目", 2, "年度金额（元）"): "很多", ("项目", 3, "年度"): 2026, ("指标", 2, "二级指标"): "好指标"}
    (tmp_path / "错.xlsx").write_bytes(changed(given.read_bytes(), cells))
    finance.goto("/runs/new/")
    finance.locator("input[type=file]").set_input_files(tmp_path / "错.xlsx")
    finance.get_by_role("button", name="上传并预检").click()
    expect(finance.get_by_text("表格里有 3 处不能导入")).to_be_visible(timeout=PATIENCE)
    finance.get_by_role("link", name="查看每一处").click()
    problems = finance.locator(".problems li")
    expect(problems).to_have_count(3)
    expect(problems.first).to_contain_text("工作表“项目”第 2 行“年度金额（元）”：“很多”不是金额")


def test_a_long_export_is_made_behind_and_fetched_from_its_page(
    finance: Page, working: None, live_server: LiveServer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(views, "MOST_OF_TABLES", 1)  # the live server is a thread of this process
    finance.goto("/projects/?year=2025&sort=name")
    finance.locator(".export-menu summary").click()
    finance.get_by_role("button", name="CSV，全部栏目").click()
    finance.wait_for_url(re.compile(r"/exports/[0-9a-f-]{36}/"))
    expect(finance.locator(".job")).to_contain_text("已完成", timeout=PATIENCE)
    path = fetched(finance, finance.get_by_role("link", name=re.compile("下载")), tmp_path)
    names = [row["项目名称"] for row in csv_rows(path.read_bytes())]
    assert len(names) == Project.objects.filter(year=2025).count()
    finance.goto("/exports/")
    expect(finance.get_by_role("link", name=path.name)).to_be_visible()

"""The official tables in a browser: as they look, and as it prints them."""

from __future__ import annotations

import unicodedata
from io import BytesIO

import pytest
from playwright.sync_api import Page
from pypdf import PdfReader

pytestmark = pytest.mark.journey

A4 = (595, 842)
RADICALS = str.maketrans("⻚⻓⻔⻋⺠", "页长门车民")


def _printed(page: Page) -> PdfReader:
    return PdfReader(BytesIO(page.pdf(prefer_css_page_size=True)))


def _words(pdf: PdfReader) -> list[str]:
    """The texts of the pages. The browser writes some characters as the radicals that look like them."""
    texts = (unicodedata.normalize("NFKC", page.extract_text()).translate(RADICALS) for page in pdf.pages)
    return ["".join(text.split()) for text in texts]


def test_forms_begin_pages_of_a4_and_are_numbered(inside: Page) -> None:
    inside.goto("/print/forms/?q=滑坡")
    count = inside.locator(".paper-form").count()
    pdf = _printed(inside)
    words = _words(pdf)
    assert {(round(page.mediabox.width), round(page.mediabox.height)) for page in pdf.pages} == {A4}
    assert sum("项目名称" in page for page in words) == count >= 1
    assert all(f"第{number}页,共{len(words)}页" in page for number, page in enumerate(words, start=1))
    assert "打印时间" in words[-1]
    assert "退出" not in "".join(words)


def test_all_forms_of_a_filter_are_printed_each_on_its_own_page(inside: Page) -> None:
    inside.goto("/print/forms/?year=2025")
    count = inside.locator(".paper-form").count()
    words = _words(_printed(inside))
    assert count > 1
    assert sum("(2025年度)" in page for page in words) == count
    assert all(page.count("(2025年度)") <= 1 for page in words)
    split = [page for page in words if "一级指标" in page and "项目名称" not in page]
    assert len(words) == count + len([page for page in words if "项目名称" not in page])
    assert all("三级指标" in page for page in split)


def test_the_list_is_landscape_with_its_heads_on_every_page(inside: Page) -> None:
    inside.goto("/print/list/?year=2024&unit=万元")
    pdf = _printed(inside)
    words = _words(pdf)
    assert {(round(page.mediabox.width), round(page.mediabox.height)) for page in pdf.pages} == {A4[::-1]}
    assert all("单位:万元" in page and "政策依据及支出内容" in page for page in words)
    assert "共" in words[-1]
    assert "打印时间" in words[-1]


def test_the_project_page_leads_to_the_form_and_its_workbook(inside: Page) -> None:
    inside.locator(".project-table tbody a").first.click()
    inside.get_by_role("link", name="目标表", exact=True).click()
    inside.wait_for_url("**/form/")
    for offer, ending in (("下载 xlsx", "-目标表.xlsx"), ("下载公开版", "-目标表（公开版）.xlsx")):
        inside.get_by_text("下载目标表", exact=True).click()
        with inside.expect_download() as download:
            inside.get_by_role("link", name=offer).click()
        assert download.value.suggested_filename.endswith(ending)
        inside.keyboard.press("Escape")

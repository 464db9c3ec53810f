"""The official tables as LibreOffice prints them."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from pypdf import PageObject, PdfReader

from imports.actions import Options, import_file
from imports.drafts import ProjectDraft
from imports.official.listing import write_list
from imports.opening import open_text
from imports.reading import Defaults
from projects.models import Project
from tests.imports import texts
from tests.imports.official import books
from tests.imports.official.conftest import AsPdf

A4 = (595, 842)


def _size(page: PageObject) -> tuple[int, int]:
    return round(page.mediabox.width), round(page.mediabox.height)


def _words(pdf: PdfReader) -> list[str]:
    return ["".join(page.extract_text().split()) for page in pdf.pages]


def _forms(text: bytes) -> list[ProjectDraft]:
    return list(open_text(text, None).drafts(Defaults()))


def test_each_form_is_a_page_of_a4_with_all_its_text(as_pdf: AsPdf) -> None:
    drafts = _forms(Path(settings.BASE_DIR, "fixtures", "shangdang_target_forms_2025.txt").read_bytes())
    pdf = as_pdf(books.forms(drafts))
    words = _words(pdf)
    assert {_size(page) for page in pdf.pages} == {A4}
    firsts = [page for page in words if "项目名称" in page]
    assert len(firsts) == len(drafts)
    for draft, page in zip(drafts, firsts, strict=True):
        assert "".join(draft.name.split()) in page
        assert "（2025年度）" in page
    assert "".join("".join(draft.goal_annual or "" for draft in drafts).split())[-8:] in "".join(words)
    assert "###" not in "".join(words)


def test_a_long_form_goes_on_on_the_next_page_under_its_title(as_pdf: AsPdf) -> None:
    [draft] = _forms(texts.form().encode())
    many = [one._replace(level3=f"改造第{number}号教室") for number in range(1, 61) for one in draft.indicators[:2]]
    draft = replace(
        draft, indicators=[*many, *draft.indicators[2:]], overview="教室年久失修，亟待改造。" * 400 + "全文完"
    )
    words = _words(as_pdf(books.forms([draft])))
    assert len(words) >= 4
    assert all("项目支出绩效目标表" in page for page in words)
    assert "改造第60号教室" in words[-1] + words[-2]
    assert "全文完" in "".join(words)
    assert "填报日期" in words[-1]


@pytest.mark.django_db
def test_the_list_is_landscape_under_repeated_heads(as_pdf: AsPdf) -> None:
    entries = [(f"第{number}号道路建设工程", "123456.789", "市住建局") for number in range(1, 41)]
    import_file(texts.key_list(*entries).encode(), name="清单.txt", options=Options(), by=None)
    to = BytesIO()
    write_list(Project.objects.all(), to, note="只列大额项目")
    pdf = as_pdf(to.getvalue())
    words = _words(pdf)
    assert len(words) > 1
    assert {_size(page) for page in pdf.pages} == {A4[::-1]}
    assert all("单位：万元" in page and "政策依据及支出内容" in page for page in words)
    assert "合计4,938,271.56" in words[0]
    assert "备注：只列大额项目" in words[-1]
    assert "###" not in "".join(words)
    assert all(f"第{number}号道路建设工程" in "".join(words) for number in range(1, 41))

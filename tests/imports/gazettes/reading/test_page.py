"""The parts of a document's page: what stands where, and what the outline lists."""

import pytest
from django.test import Client

from imports.gazettes.models import OfficialDocument
from imports.gazettes.reading.embedding import read_projects
from imports.gazettes.reading.page import ReadingPage, reading_page
from imports.models import SourceContent, SourceRecord
from projects.permissions import AUDIT, DEPARTMENT, FINANCE
from tests import factories
from tests.imports.gazettes.reading.damaged import taken_in
from tests.imports.gazettes.texts import gazette
from tests.imports.texts import form

pytestmark = pytest.mark.django_db


def page_of(text: str = gazette(), role: str = AUDIT) -> ReadingPage:
    taken_in(text)
    document = OfficialDocument.objects.select_related("source__content").get()
    return reading_page(document, factories.user(role, factories.city()))


def said(page: ReadingPage, kind: str) -> list[str]:
    return [block.text for block in page.blocks if block.kind == kind]


def test_title_number_and_signature_stand_where_they_are_printed() -> None:
    page = page_of()
    assert [block.kind for block in page.blocks][:2] == ["title", "number"]
    assert said(page, "signature") == ["长治市人民政府", "2031年3月9日"]


def test_a_name_below_the_list_of_annexes_is_a_signature_and_no_part_of_it() -> None:
    listed = "附件：校舍修缮重点项目表以及关于它的若干说明"
    page = page_of(gazette().replace("请照此办理。\n", f"请照此办理。\n\n{listed}\n"))
    assert said(page, "signature") == ["长治市人民政府", "2031年3月9日"]
    assert listed in said(page, "paragraph")


def test_an_annex_is_one_heading_with_its_label() -> None:
    assert said(page_of(), "annex") == ["附件　校舍修缮重点项目表"]


def test_the_label_of_an_annex_may_stand_below_its_caption() -> None:
    text = gazette().replace("附件\n\n## 校舍修缮重点项目表\n", "## 校舍修缮重点项目表\n\n附件 1\n")
    listed = "附件：1. 校舍修缮重点项目表\n2. 校舍清单\n"
    page = page_of(text.replace("请照此办理。\n", f"请照此办理。\n\n{listed}"))
    assert said(page, "annex") == ["附件1　校舍修缮重点项目表"]


def test_the_outline_lists_headings_annexes_and_captions_once() -> None:
    outline = page_of().outline
    entries = [*outline, *(below for entry in outline for below in entry.entries)]
    texts = [entry.text for entry in entries]
    assert len(texts) == len(set(texts))
    assert "附件　校舍修缮重点项目表" in texts
    assert "一、目标" in [below.text for entry in entries for below in [entry, *entry.entries]]


def test_every_line_of_the_document_is_in_a_block() -> None:
    page = page_of()
    text = gazette().split("\n")
    covered = {line for block in page.blocks for line in range(block.line, block.last_line + 1)}
    document = page.document
    shown = {line for line in range(document.first_line, document.last_line + 1) if text[line - 1].strip()}
    assert shown <= covered


def test_all_targets_are_placed_and_lead_to_their_review() -> None:
    page = page_of()
    marks = [mark for block in page.blocks for piece in block.pieces for mark in piece.marks]
    assert [mark.pk for mark in marks] == list(page.document.targets.values_list("pk", flat=True))
    assert page.unplaced == []
    assert (page.target_count, page.open_targets) == (2, 2)


def test_a_text_that_is_not_kept_leaves_facts_and_tables() -> None:
    taken_in()
    SourceContent.objects.all().delete()
    page = reading_page(OfficialDocument.objects.get(), factories.user(FINANCE, factories.city()))
    assert "没有保存它的原文" in page.missing_text
    assert [block.kind for block in page.blocks] == ["table", "table"]
    assert page.may_mend


def with_form() -> str:
    """The gazette with a target form as its second annex."""
    return f"{gazette()}\n附件2\n\n## 项目绩效目标表\n\n{form()}".replace("\n附件\n", "\n附件1\n")


def test_a_form_inside_the_document_leads_to_its_project() -> None:
    page = page_of(with_form())
    note = next(block for block in page.blocks if block.kind == "projects")
    assert [record.project.name for record in note.records] == ["教室改造"]
    after = page.blocks[page.blocks.index(note) + 1]
    assert after.last_line >= note.line
    assert page.records == note.records


def test_a_project_that_a_person_may_not_see_is_not_named() -> None:
    taken_in(with_form())
    page = reading_page(OfficialDocument.objects.get(), factories.user(DEPARTMENT))
    assert page.records == []
    assert not any(block.kind == "projects" for block in page.blocks)


def test_records_of_another_document_are_not_shown(auditor: Client) -> None:
    taken_in(with_form())
    first = OfficialDocument.objects.select_related("source").get()
    first.last_line = first.source.records.get().first_line - 1
    assert read_projects(first, factories.user(AUDIT)) == []


def test_the_page_links_to_the_project(auditor: Client) -> None:
    taken_in(with_form())
    body = auditor.get(OfficialDocument.objects.get().get_absolute_url()).content.decode()
    record = SourceRecord.objects.get()
    assert f'href="{record.project.get_absolute_url()}"' in body
    assert f'id="P{record.first_line}"' in body


def test_columns_of_values_with_signs_and_dashes_hold_figures() -> None:
    text = gazette().replace("\t81.5\t≥98\t", "\t—\t≥98\t")
    row = next(row for row in page_of(text).tables[0].rows if row.cells[0].text == "2")
    assert [cell.is_number for cell in row.cells] == [True, False, True, True, False]

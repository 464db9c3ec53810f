from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest
from django.conf import settings
from django.db import transaction
from hypothesis import HealthCheck, given
from hypothesis import settings as rules
from hypothesis import strategies as st

from imports.actions import Options, import_file
from imports.drafts import ProjectDraft
from imports.exporting import interchange_chunks
from imports.official.forms import sheet_name, write_forms
from imports.opening import open_text
from imports.reading import Defaults, SourceError
from perfgoals.jobs.running import RefusedError
from projects.models import Project
from tests.imports import drafts, texts
from tests.imports.official import books

SOURCES = Path(settings.BASE_DIR).parent / "shared" / "sources"


def _draft(**given: object) -> ProjectDraft:
    [draft] = open_text(texts.form(**given).encode(), None).drafts(Defaults())
    return draft


@rules(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(drafts.projects(), min_size=1, max_size=3))
def test_what_is_written_comes_back_identical(projects: list[ProjectDraft]) -> None:
    file, back = books.opened(books.forms(projects))
    assert list(map(books.bare, back)) == list(map(books.bare, projects))
    assert not file.reading.notices
    assert not list(file.reading.unclaimed())


def test_the_sample_forms_come_back_identical_and_the_same_without_the_hidden_sheet() -> None:
    for path in sorted(Path(settings.BASE_DIR, "fixtures").glob("*form*.txt")):
        stated = list(open_text(path.read_bytes(), None).drafts(Defaults()))
        data = books.forms(stated)
        assert list(map(books.bare, books.opened(data)[1])) == list(map(books.bare, stated))
        plain = books.edited(data, lambda book: book.remove(book["表外信息"]))
        read = [(one.name, one.indicators, one.overview, one.amount.yuan) for one in books.opened(plain)[1]]
        assert read == [(one.name, one.indicators, one.overview, one.amount.yuan) for one in stated]


@pytest.mark.skipif(not SOURCES.exists(), reason="the shared source texts are not there")
def test_the_forms_of_the_source_come_back_identical() -> None:
    stated = list(open_text((SOURCES / "shangdang_2025_target_forms.txt").read_bytes(), None).drafts(Defaults()))
    assert len(stated) == 15
    file, back = books.opened(books.forms(stated))
    assert list(map(books.bare, back)) == list(map(books.bare, stated))
    assert not file.reading.notices
    assert not list(file.reading.unclaimed())
    shown = books.opened(books.forms(stated, public=True))[1]
    assert [(one.name, one.indicators, one.amount.yuan, one.overview, one.goal_annual) for one in shown] == [
        (one.name, one.indicators, one.amount.yuan, one.overview, one.goal_annual) for one in stated
    ]


def test_rows_of_halves_that_stand_apart_come_back() -> None:
    draft = _draft()
    rows = list(range(1, len(draft.indicators) + 1))
    [back] = books.opened(books.forms([draft], rows))[1]
    assert back.rows == rows
    assert back.indicators == draft.indicators


def test_a_changed_cell_wins_over_the_hidden_sheet() -> None:
    stated = replace(_draft(), serial=7, content=None, plan=None)

    def edit(book) -> None:
        sheet = book.worksheets[0]
        sheet.cell(*books.find(book, "改造十二间教室。")).value = "=改造二十间"
        sheet.cell(*books.find(book, "≥12间")).value = "≥20间"
        row, column = books.find(book, 300000, 1)
        sheet.cell(row, column).value = 450000.5

    [back] = books.opened(books.edited(books.forms([stated]), lambda book: [edit(book), _as_text(book)]))[1]
    assert back.overview == "=改造二十间"
    assert (back.serial, back.plan) == (7, None)
    assert back.indicators[0].value == "≥20间"
    assert back.indicators[0].number == Decimal(20)
    assert back.indicators[1:] == stated.indicators[1:]
    assert back.funding
    assert back.funding["period"].total.yuan == Decimal("450000.50")
    assert back.amount == stated.amount


def _as_text(book) -> None:
    """openpyxl takes what begins with = for a formula; Excel does not, in a cell formatted as text."""
    for row in book.worksheets[0].iter_rows():
        for cell in row:
            if cell.data_type == "f":
                cell.data_type = "s"


def test_what_is_filled_into_a_blank_row_is_a_new_indicator() -> None:
    def edit(book) -> None:
        row, column = books.find(book, "生态效益", 2)
        book.worksheets[0].cell(row, column + 1).value = "绿化面积"
        book.worksheets[0].cell(row, column + 2).value = "≥300平方米"

    stated = _draft()
    [back] = books.opened(books.edited(books.forms([stated]), edit))[1]
    [new] = [one for one in back.indicators if one not in stated.indicators]
    assert (new.scope, new.category, new.level1, new.level3) == ("annual", "benefit.ecological", "效益指标", "绿化面积")
    assert new.number == Decimal(300)


def test_a_class_written_over_a_blank_half_is_told() -> None:
    def edit(book) -> None:
        book.worksheets[0].cell(*books.find(book, "生态效益", 2)).value = "外来的字"

    stated = _draft()
    file, [back] = books.opened(books.edited(books.forms([stated]), edit))
    assert back.indicators == stated.indicators
    assert ["外来的字" in notice.message for notice in file.reading.notices] == [True]


def test_an_emptied_indicator_is_gone() -> None:
    def edit(book) -> None:
        row, column = books.find(book, "验收合格率")
        book.worksheets[0].cell(row, column).value = None
        book.worksheets[0].cell(row, column + 1).value = None

    stated = _draft()
    [back] = books.opened(books.edited(books.forms([stated]), edit))[1]
    assert len(back.indicators) == len(stated.indicators) - 1


def test_rows_that_a_person_put_in_are_read_by_their_labels() -> None:
    stated = replace(_draft(), serial=7, plan=None)

    def edit(book) -> None:
        sheet = book.worksheets[0]
        row, _ = books.find(book, "验收合格率")
        sheet.insert_rows(row)
        for column, text in {4: "改造走廊", 5: "2条", 7: "改造走廊", 8: "2条"}.items():
            sheet.cell(row, column).value = text

    [back] = books.opened(books.edited(books.forms([stated]), edit))[1]
    new = [one for one in back.indicators if one not in stated.indicators]
    assert [(one.scope, one.category, one.level3) for one in new] == [
        ("period", "output.quantity", "改造走廊"), ("annual", "output.quantity", "改造走廊")
    ]  # fmt: skip
    assert [one for one in back.indicators if one not in new] == stated.indicators
    assert (back.serial, back.plan, back.amount) == (7, None, stated.amount)


def test_a_remark_beside_the_form_is_reported() -> None:
    data = books.edited(books.forms([_draft()]), lambda book: book.worksheets[0].__setitem__("J3", "待核实"))
    file, [back] = books.opened(data)
    [(line, text)] = file.reading.unclaimed()
    assert line == 3
    assert "待核实" in text
    assert back.name == "教室改造"


def test_an_amount_that_is_none_is_refused_with_sheet_and_row() -> None:
    def edit(book) -> None:
        book.worksheets[0].cell(*books.find(book, 300000)).value = "三十万"

    with pytest.raises(SourceError, match="工作表“教室改造”第6行"):
        books.opened(books.edited(books.forms([_draft()]), edit))


def test_damaged_facts_are_not_believed() -> None:
    def edit(book) -> None:
        cell = book["表外信息"]["D1"]
        cell.value = cell.value.replace("output.quantity", "output.nowhere")

    [back] = books.opened(books.edited(books.forms([replace(_draft(), serial=7)]), edit))[1]
    assert back.serial is None
    assert back.name == "教室改造"


def test_a_public_form_holds_what_is_seen_and_nothing_else() -> None:
    stated = replace(_draft(), serial=987654, department_body="某某机构", source_document="原件.txt")
    data = books.forms([stated], public=True)
    book = openpyxl.load_workbook(BytesIO(data))
    [sheet] = book.worksheets
    assert sheet.sheet_state == "visible"
    assert not (book.properties.creator)
    assert not (book.properties.lastModifiedBy)
    assert not book.properties.description
    assert not list(book.custom_doc_props)
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert not any(cell.comment for cell in cells)
    assert [cell.value for cell in cells if isinstance(cell.value, datetime)] == [datetime(2024, 12, 17)]
    with ZipFile(BytesIO(data)) as package:
        everything = "".join(package.read(name).decode() for name in package.namelist())
    assert not any(hidden in everything for hidden in ("表外", "perfgoals", "987654", "某某机构", "原件", "output."))


def test_a_public_form_is_read_by_what_it_shows() -> None:
    stated = _draft()
    file, [back] = books.opened(books.forms([stated], public=True))
    assert (back.name, back.indicators, back.amount.yuan) == (stated.name, stated.indicators, stated.amount.yuan)
    assert (back.filed_at, back.region_code) == (datetime(2024, 12, 17), stated.region_code)
    assert not list(file.reading.unclaimed())


def test_no_text_becomes_a_formula() -> None:
    data = books.forms([replace(_draft(), overview="=1+1", basis="@SUM(A1)", plan="https://example.org")])
    with ZipFile(BytesIO(data)) as package:
        assert b"<f>" not in package.read("xl/worksheets/sheet1.xml")
        assert "xl/worksheets/_rels/sheet1.xml.rels" not in package.namelist()
    assert books.opened(data)[1][0].overview == "=1+1"


def test_the_sheet_is_set_up_to_be_printed() -> None:
    sheet = openpyxl.load_workbook(BytesIO(books.forms([_draft()]))).worksheets[0]
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "portrait")
    assert (sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.page_setup.fitToHeight) == (True, 0)
    assert sheet.print_title_rows == "$1:$2"
    assert sheet.print_area.endswith(f"$A$1:$H${sheet.max_row}")
    assert "A1:H1" in {str(merged) for merged in sheet.merged_cells.ranges}
    assert sheet["C3"].value == "教室改造"
    assert isinstance(sheet["E6"].value, int)


def test_every_row_is_high_enough_and_none_too_high() -> None:
    sheet = openpyxl.load_workbook(BytesIO(books.forms([replace(_draft(), overview="长" * 8000)]))).worksheets[0]
    heights = [sheet.row_dimensions[row].height for row in range(1, sheet.max_row + 1)]
    assert max(heights) <= 409
    assert sum(heights) > 8000 / 46 * 15


def test_names_of_sheets_are_legal_and_differ() -> None:
    taken: set[str] = set()
    names = [
        sheet_name(name, taken)
        for name in ("A/B:C[1]*?\\", "a b c 1", "''", "History", "长" * 40, "长" * 41, "𠀀" * 20)
    ]
    assert names == ["A B C 1", "a b c 1（2）", "项目", "History_", "长" * 31, "长" * 28 + "（2）", "𠀀" * 15]


@pytest.mark.django_db
def test_into_an_empty_database_the_same_interchange_comes_out() -> None:
    def exported() -> list[str]:
        lines = "".join(interchange_chunks(Project.objects.all())).splitlines()
        return [
            line
            for line in lines
            if not line.strip().startswith(('"document":', '"sha256":', '"first_line":', '"last_line":'))
        ]

    with transaction.atomic():
        import_file((texts.form() + texts.form("校车购置")).encode(), name="甲.txt", options=Options(), by=None)
        before, to = exported(), BytesIO()
        write_forms(Project.objects.all(), to)
        again = import_file(to.getvalue(), name="表.xlsx", options=Options(), by=None)
        assert (again.counts.unchanged, again.counts.found, again.counts.unclaimed) == (2, 2, 0)
        assert again.changes == again.conflicts == []
        transaction.set_rollback(True)
    report = import_file(to.getvalue(), name="表.xlsx", options=Options(), by=None)
    assert report.counts.created == 2
    assert exported() == before


@pytest.mark.django_db
def test_contacts_and_times_of_filing_stay() -> None:
    import_file(texts.form().encode(), name="甲.txt", options=Options(), by=None)
    Project.objects.update(contact_lead="王一", contact_phone="")
    to = BytesIO()
    write_forms(Project.objects.all(), to)
    [back] = books.opened(to.getvalue())[1]
    assert (back.contact_lead, back.contact_handler, back.contact_phone) == ("王一", "", "")
    assert back.filed_at == datetime(2024, 12, 17, 9, 7, 9)


@pytest.mark.django_db
def test_nothing_to_write_and_texts_too_long_are_said(imported) -> None:
    with pytest.raises(RefusedError, match="没有可以写成目标表的项目"):
        write_forms(Project.objects.none(), BytesIO())
    Project.objects.update(overview="长" * 40_000)
    with pytest.raises(RefusedError, match="32,767 字"):
        write_forms(Project.objects.all(), BytesIO())

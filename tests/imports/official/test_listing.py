from decimal import Decimal
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest
from django.conf import settings
from django.db import transaction
from django.db.models import Sum

from imports.actions import Options, import_file
from imports.layouts.key_project_list.furniture import find_furniture
from imports.layouts.key_project_list.heading import read_heading
from imports.official.listing import title_of, write_list
from imports.reading import Defaults
from perfgoals.jobs.running import RefusedError
from projects import regions
from projects.models import Project
from tests.imports import texts
from tests.imports.official import books

SOURCES = Path(settings.BASE_DIR).parent / "shared" / "sources"
ENTRIES = (("乡村振兴", "5000", "市乡村振兴局"), ("公共就业", "6000.5", "市人社局"), ("城市更新", "0.0001", "市住建局"))


@pytest.fixture
def listed(db: None) -> None:
    import_file(texts.key_list(*ENTRIES).encode(), name="清单.txt", options=Options(), by=None)


def _written(**given: object) -> bytes:
    to = BytesIO()
    write_list(Project.objects.all(), to, **given)  # type: ignore[arg-type]
    return to.getvalue()


def test_the_list_has_title_unit_heads_and_exact_total(listed: None) -> None:
    sheet = openpyxl.load_workbook(BytesIO(_written(note="只列大额项目"))).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[0][0] == "长治市2024年市本级重大政策重点项目绩效目标"
    assert rows[1][0] == "单位：万元"
    assert rows[2] == ["序号", "项目", "预算安排数", "部门单位", "政策依据及支出内容", "绩效目标"]
    assert (rows[3][0], rows[3][2]) == ("合   计", 11000.5001)
    assert [row[:4] for row in rows[4:7]] == [
        [1, "乡村振兴", 5000, "市乡村振兴局"], [2, "公共就业", 6000.5, "市人社局"], [3, "城市更新", 0.0001, "市住建局"]
    ]  # fmt: skip
    assert rows[7][0] == "备注：只列大额项目"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.print_title_rows == "$1:$3"


@pytest.mark.parametrize("unit", ["元", "万元", "亿元"])
def test_the_list_comes_back_with_the_same_amounts_and_texts(listed: None, unit: str) -> None:
    data = _written(unit=unit)
    stated = {p.name: (p.serial, p.amount, p.department_printed, p.basis, p.content) for p in Project.objects.all()}
    file, back = books.opened(data)
    assert {d.name: (d.serial, d.amount.yuan, d.department_name, d.basis, d.content) for d in back} == stated
    assert file.reading.declared_total
    assert file.reading.declared_total.yuan == Decimal("110005001")
    assert not list(file.reading.unclaimed())


def test_into_the_same_database_nothing_changes(listed: None) -> None:
    report = import_file(_written(), name="清单.xlsx", options=Options(), by=None)
    assert (report.counts.unchanged, report.counts.created, report.difference) == (3, 0, 0)
    assert report.conflicts == []
    assert report.as_text().count("工作表“清单”第 4 行") == 1


def test_into_an_empty_database_the_total_is_the_same(db: None) -> None:
    with transaction.atomic():
        import_file(texts.key_list(*ENTRIES).encode(), name="清单.txt", options=Options(), by=None)
        data, total = _written(), Project.objects.aggregate(total=Sum("amount"))["total"]
        transaction.set_rollback(True)
    import_file(data, name="清单.xlsx", options=Options(), by=None)
    assert Project.objects.aggregate(total=Sum("amount"))["total"] == total == Decimal("110005001")


def test_regions_and_years_have_lists_of_their_own_that_come_back_with_the_whole_total(listed: None) -> None:
    Project.objects.filter(name="城市更新").update(year=2025)
    data = _written()
    book = openpyxl.load_workbook(BytesIO(data))
    assert {sheet.title: sheet["A1"].value for sheet in book} == {
        "长治市2024年": "长治市2024年市本级重大政策重点项目绩效目标",
        "长治市2025年": "长治市2025年市本级重大政策重点项目绩效目标",
    }
    file, back = books.opened(data)
    assert {(draft.name, draft.year) for draft in back} == set(Project.objects.values_list("name", "year"))
    assert file.reading.declared_total
    assert file.reading.declared_total.yuan == Decimal("110005001")


def test_every_division_is_read_back_from_its_title() -> None:
    for region in regions._all().values():
        title = title_of(region.code, region.name, 2025)
        heading = read_heading(find_furniture([title, "单位：万元"]), Defaults())
        assert (heading.region_code, heading.year) == (region.code, 2025), title


def test_a_published_list_holds_what_is_printed_and_nothing_else(imported) -> None:
    Project.objects.update(contact_lead="王一", contact_phone="13800000000", necessity="内部说明")
    data = _written()
    book = openpyxl.load_workbook(BytesIO(data))
    assert book.sheetnames == ["清单"]
    assert not (book.properties.creator)
    assert not (book.properties.lastModifiedBy)
    assert not book.properties.description
    assert not any(sheet.sheet_state != "visible" for sheet in book)
    with ZipFile(BytesIO(data)) as package:
        everything = "".join(package.read(name).decode() for name in package.namelist())
    assert "改造十二间教室" in everything
    assert not any(hidden in everything for hidden in ("王一", "13800000000", "内部说明", "合格率", "perfgoals"))


@pytest.mark.skipif(not SOURCES.exists(), reason="the shared source texts are not there")
def test_the_list_of_the_source_comes_back_without_a_change(db: None) -> None:
    source = (SOURCES / "changzhi_2024_key_projects.txt").read_bytes()
    import_file(source, name="清单.txt", options=Options(), by=None)
    report = import_file(_written(), name="清单.xlsx", options=Options(), by=None)
    assert (report.counts.found, report.counts.unchanged, report.counts.unclaimed) == (69, 69, 0)
    assert (report.changes, report.conflicts, report.difference) == ([], [], 0)
    assert report.declared_total == Decimal("13762740000.00")


def test_nothing_to_list_is_said(db: None) -> None:
    with pytest.raises(RefusedError, match="没有可以列入清单的项目"):
        _written()


def test_a_changed_cell_of_the_list_changes_that_alone(listed: None) -> None:
    def edit(book) -> None:
        book["清单"]["C5"].value = 5100.5
        book["清单"]["F5"].value = "改好农村。"

    report = import_file(books.edited(_written(), edit), name="清单.xlsx", options=Options(), by=None)
    [change] = report.changes
    assert {field["field"] for field in change["fields"]} == {"年度金额（元）", "年度目标"}
    assert Project.objects.get(name="乡村振兴").amount == Decimal(51_005_000)

from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest
from django.db import transaction
from django.db.models import Sum

from imports.actions import Options, import_file
from imports.official.listing import list_head, write_list
from perfgoals.jobs.running import RefusedError
from projects.models import Project
from tests.imports import texts
from tests.imports.official import books

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


def test_what_the_projects_do_not_have_in_common_is_not_in_the_title(listed: None) -> None:
    Project.objects.filter(name="城市更新").update(year=2025)
    assert list_head(Project.objects.all(), title=None, unit="元").title == "重大政策重点项目绩效目标"


def test_nothing_to_list_is_said(db: None) -> None:
    with pytest.raises(RefusedError, match="没有可以列入清单的项目"):
        _written()


def test_what_the_list_has_no_column_for_is_not_lost(imported) -> None:
    report = import_file(_written(), name="清单.xlsx", options=Options(), by=None)
    assert (report.counts.unchanged, report.changes, report.conflicts) == (1, [], [])
    assert Project.objects.get().overview == "改造十二间教室。"


def test_a_changed_cell_of_the_list_changes_that_alone(imported) -> None:
    def edit(book) -> None:
        book["清单"]["C5"].value = 31.5
        book["清单"]["F5"].value = "改好教室。"

    report = import_file(books.edited(_written(), edit), name="清单.xlsx", options=Options(), by=None)
    [change] = report.changes
    assert {field["field"] for field in change["fields"]} == {"年度金额（元）", "年度目标"}
    project = Project.objects.get()
    assert (project.amount, project.serial, project.indicators.count()) == (Decimal(315_000), None, 12)

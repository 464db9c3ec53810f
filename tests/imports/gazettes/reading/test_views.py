"""The pages of official documents."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from imports.gazettes.models import OfficialDocument, ProseTarget, TableRow, TargetState
from imports.gazettes.reading.actions import mend_row
from projects.permissions import ADMIN, DEPARTMENT, FINANCE
from tests import factories
from tests.conftest import LogIn, words_of
from tests.imports.gazettes.reading.damaged import DAMAGED, SOUND_CELLS, damaged_row, seen, taken_in
from tests.imports.gazettes.texts import NUMBER, gazette

pytestmark = pytest.mark.django_db
LIST = reverse("official-document-list")


def again(number: int) -> str:
    """The same gazette as another issue, with a document of its own."""
    return gazette().replace("7号", f"{number}号").replace("第2期", f"第{number}期")


def statements(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_the_list_names_documents_with_what_stands_in_them(auditor: Client) -> None:
    taken_in()
    said = words_of(auditor.get(LIST))
    assert "份文件： 表格 2 张，规划项目 3 个，文中目标 2 条（待审 2 条），损坏的表格行 1 行" in said
    assert NUMBER in said
    assert "2031-03-09 2031年第2期" in said


def test_an_empty_list_leads_to_the_import(log_in: LogIn) -> None:
    response = log_in(ADMIN).get(LIST)
    assert "还没有公报和文件" in words_of(response)
    assert reverse("run-new") in response.content.decode()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=校舍 政府", 1), ("q=长政发(2031)7号", 1), ("q=没有的词", 0), ("year=2031", 1), ("region=140400", 1),
        ("damaged=1", 1), ("open=1", 1), ("year=2031&q=图书", 0),
    ],
)  # fmt: skip
def test_filters_find_documents(auditor: Client, query: str, found: int) -> None:
    taken_in()
    response = auditor.get(f"{LIST}?{query}")
    assert len(response.context["rows"]) == found
    assert len(response.context["found"].chips()) == query.count("&") + 1


def test_sound_and_reviewed_documents_are_not_waiting(auditor: Client) -> None:
    taken_in(gazette())
    ProseTarget.objects.update(state=TargetState.ACCEPTED, reviewed_at="2031-05-01T00:00Z")
    assert "没有符合条件的文件" in words_of(auditor.get(f"{LIST}?damaged=1"))
    assert "没有符合条件的文件" in words_of(auditor.get(f"{LIST}?open=1"))


def test_the_region_of_a_document_is_found_from_the_one_above_it(auditor: Client) -> None:
    document = taken_in()
    OfficialDocument.objects.filter(pk=document.pk).update(region=factories.county())
    assert len(auditor.get(f"{LIST}?region=140404").context["rows"]) == 1
    document.region = factories.city()
    document.save()
    assert len(auditor.get(f"{LIST}?region=140400").context["rows"]) == 1


def test_an_issue_is_a_filter(auditor: Client) -> None:
    first, second = taken_in(), taken_in(again(3), "又一期.txt")
    rows = auditor.get(f"{LIST}?issue={second.issue_id}").context["rows"]
    assert [document for document, _ in rows] == [second]
    assert first.issue_id != second.issue_id


def test_a_value_that_is_no_choice_finds_nothing_and_is_said(auditor: Client) -> None:
    taken_in()
    said = words_of(auditor.get(f"{LIST}?year=abc"))
    assert "“abc”不在年份的可选范围内" in said
    assert NUMBER not in said


def test_a_document_printed_again_leads_to_the_first_and_counts_once(auditor: Client) -> None:
    first = taken_in()
    second = taken_in(gazette(DAMAGED).replace("第2期", "第3期"), "又一期.txt")
    response = auditor.get(LIST)
    assert "重复刊印 见首次刊印的文件" in words_of(response)
    assert "其中 1 份为重复刊印" in words_of(response)
    assert "规划项目 3 个" in words_of(response)
    assert f'href="{first.get_absolute_url()}"' in auditor.get(second.get_absolute_url()).content.decode()


def test_statements_of_the_list_do_not_grow_with_its_rows(auditor: Client) -> None:
    taken_in()
    auditor.get(LIST)
    few = statements(auditor, LIST)
    for number in range(8, 12):
        taken_in(again(number), f"{number}.txt")
    assert statements(auditor, LIST) == few


def test_a_document_is_read_with_headings_table_and_targets(auditor: Client) -> None:
    document = taken_in()
    response = auditor.get(document.get_absolute_url())
    html, said = response.content.decode(), words_of(response)
    heading = document.headings[0]
    assert f'<a href="#L{heading["line"]}"' in html
    assert f'id="L{heading["line"]}"' in html
    assert "校舍修缮重点项目表 项目表，3 行，单位：万元" in said
    assert html.count("<mark") == 2
    assert "目标：校舍抗震达标率 ≥98%（2035年）" in said


def test_declared_totals_stand_below_the_table_with_their_difference(auditor: Client) -> None:
    document = taken_in(gazette().replace("10160.5", "10160"))
    assert "10,160 10,160.5 +0.5" in words_of(auditor.get(document.get_absolute_url()))


def test_blocks_lead_to_the_source_for_those_who_may_open_it(auditor: Client, log_in: LogIn) -> None:
    document = taken_in()
    line = f"{reverse('document-detail', args=[document.source_id])}?line={document.first_line}"
    assert line in auditor.get(document.get_absolute_url()).content.decode()
    assert line not in log_in(DEPARTMENT).get(document.get_absolute_url()).content.decode()


def test_only_those_who_may_mend_are_offered_it(log_in: LogIn) -> None:
    row = damaged_row()
    address = reverse("table-row-mend", args=[row.pk])
    pages = [
        log_in(role, factories.city()).get(row.table.document.get_absolute_url()).content.decode()
        for role in (FINANCE, DEPARTMENT)
    ]
    assert [address in page for page in pages] == [True, False]
    assert all(row.damage in page for page in pages)


def test_statements_of_a_document_do_not_grow_with_its_text(auditor: Client) -> None:
    document = taken_in()
    few = statements(auditor, document.get_absolute_url())
    rows = "".join(f"{at}\t书屋{at}\t十间\t{at}\t全市\t2031\t市文旅局\n" for at in range(4, 60))
    long = taken_in(gazette(DAMAGED.replace("合计", f"{rows}合计")).replace("第2期", "第4期"), "长.txt")
    long.duplicate_of = None
    long.save()
    assert statements(auditor, long.get_absolute_url()) == few


@pytest.mark.parametrize("name", ["official-document", "table-row-mend"])
@pytest.mark.parametrize("pk", [0, 999, 10**30])
def test_what_does_not_exist_is_not_found(log_in: LogIn, name: str, pk: int) -> None:
    client = log_in(FINANCE, factories.city())
    assert client.get(reverse(name, args=[pk])).status_code == 404


def test_section_rows_are_not_mended(log_in: LogIn) -> None:
    taken_in()
    group = TableRow.objects.get(kind="group")
    assert log_in(FINANCE, factories.city()).get(reverse("table-row-mend", args=[group.pk])).status_code == 404


def test_pages_to_read_are_not_written_to(auditor: Client) -> None:
    document = taken_in()
    assert auditor.post(LIST).status_code == 405
    assert auditor.post(document.get_absolute_url()).status_code == 405
    assert auditor.put(reverse("table-row-mend", args=[1])).status_code == 405


class TestMending:
    @pytest.fixture
    def row(self) -> TableRow:
        return damaged_row()

    @pytest.fixture
    def finance(self, log_in: LogIn) -> Client:
        return log_in(FINANCE, factories.city())

    def typed(self, row: TableRow, **more: object) -> dict[str, object]:
        cells = {f"cell{place}": cell for place, cell in enumerate(SOUND_CELLS)}
        return {**cells, **seen(row), "sound": "on", **more}

    def test_the_form_shows_the_printed_cells_and_the_lines_around(self, finance: Client, row: TableRow) -> None:
        said = words_of(finance.get(reverse("table-row-mend", args=[row.pk])))
        assert row.damage in said
        assert "表头 7 栏，这一行印刷 9 格" in said
        assert "东街小学改造" in said
        assert "书屋建设" in said

    def test_a_row_is_mended_and_the_total_said(self, finance: Client, row: TableRow) -> None:
        response = finance.post(reverse("table-row-mend", args=[row.pk]), self.typed(row), follow=True)
        assert response.redirect_chain[0][0].endswith(f"#L{row.line}")
        assert "各行之和 10,160.5，与印刷的相符" in words_of(response)

    def test_a_sentence_refuses_other_regions(self, log_in: LogIn, row: TableRow) -> None:
        client = log_in(FINANCE, factories.county())
        response = client.post(reverse("table-row-mend", args=[row.pk]), self.typed(row))
        assert response.status_code == 403
        assert "不在您负责的行政区划内" in words_of(response)

    def test_other_roles_are_told_who_mends(self, auditor: Client, row: TableRow) -> None:
        response = auditor.get(reverse("table-row-mend", args=[row.pk]))
        assert response.status_code == 403
        assert "由财政人员进行，您可以查看，不能修改" in words_of(response)

    def test_the_draft_is_brought_back_and_the_history_told(self, finance: Client, row: TableRow) -> None:
        address = reverse("table-row-mend", args=[row.pk])
        finance.post(address, self.typed(row))
        said = words_of(finance.get(address))
        assert "修正" in said
        assert "建设地点 ： 77 → 上党区" in said
        finance.post(address, {**self.typed(row), "restore": "1"})
        row.refresh_from_db()
        assert (row.cells, row.mended_by) == (row.draft["cells"], None)
        assert "恢复为读取的内容" in words_of(finance.get(address))

    def test_what_came_between_is_shown_and_what_was_typed_kept(self, finance: Client, row: TableRow) -> None:
        mine = self.typed(row)
        theirs = [*SOUND_CELLS[:4], "沁县", *SOUND_CELLS[5:]]
        mend_row(row=row, cells=theirs, sound=True, by=factories.user(FINANCE), **seen(row))
        response = finance.post(reverse("table-row-mend", args=[row.pk]), mine)
        assert response.status_code == 409
        assert "建设地点： 沁县" in words_of(response)
        assert response.context["form"].data["cell4"] == "上党区"
        again = {**mine, "seen": response.context["form"].data["seen"]}
        assert finance.post(reverse("table-row-mend", args=[row.pk]), again).status_code == 302
        row.refresh_from_db()
        assert row.cells == SOUND_CELLS

    def test_a_missing_version_is_asked_again_with_all_that_was_typed(self, finance: Client, row: TableRow) -> None:
        response = finance.post(reverse("table-row-mend", args=[row.pk]), {**self.typed(row), "seen": ""})
        assert response.status_code == 422
        assert "北塬中学迁建" in response.content.decode()

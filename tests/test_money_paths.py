"""No way through the program loses or invents a fen: what goes in by a form or a file comes out of every other way.

Reading and printing are in `tests.perfgoals.test_money`; totals, charts, csv, xlsx and API by filters in
`tests.imports.exporting.test_same_totals`; exported tables that come back in `tests.imports.tables`; kept totals in
`tests.projects.rollups`.
"""

from __future__ import annotations

import json
from decimal import Decimal
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from imports.actions import Options, import_file
from imports.exporting.files import write_file
from indicators.bulk.changes import BulkChange, Copy, SetAttribute
from indicators.bulk.execution import execute
from indicators.bulk.planning import Shown, plan_of
from indicators.bulk.selection import Selection
from indicators.state import load_state
from perfgoals.money import UNITS, format_amount, parse_amount
from projects.funding_sources import SOURCES
from projects.models import Project
from projects.permissions import AUDIT, FINANCE
from tests import factories
from tests.conftest import LogIn
from tests.imports.tables.exported import csv_rows
from tests.imports.texts import form, key_list
from tests.indicators.editing import sheets
from tests.perfgoals.api.reading import Program

pytestmark = pytest.mark.django_db

MOST = 10**14
yuan = st.decimals(min_value=0, max_value=MOST, places=2)
funding = st.dictionaries(st.sampled_from(list(SOURCES)), st.none() | yuan, min_size=1)
tried = settings(
    max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
Money = dict[str, Decimal | None]


def stored(amount: Decimal | None, cells: Money, unit: str) -> Project:
    """A project as a person would have entered it in this unit."""
    project = factories.project(
        amount=amount, printed_unit=unit, amount_printed=_typed(amount, unit), has_funding_table=True
    )
    for code in SOURCES:
        made = factories.funding(project, code, None if cells.get(code) is None else str(cells[code]))
        type(made).objects.filter(pk=made.pk).update(printed=_typed(cells.get(code), unit))
    return project


def _typed(amount: Decimal | None, unit: str) -> str:
    return "" if amount is None else format_amount(amount, unit)


def money_of(project: Project) -> Money:
    """What stands of a project's year, in yuan."""
    state = load_state(project.pk)
    cells = {code: state.funding[scope, code].amount for scope, code in state.funding if scope == "annual"}
    return {"amount": state.fields["amount"], **cells}


@tried
@given(amount=yuan)
def test_texts(amount: Decimal) -> None:
    with transaction.atomic():
        import_file(
            form("甲", amount=f"{amount:,.2f}", local=str(amount)).encode(), name="a.txt", options=Options(), by=None
        )
        entry = ("乙工程", f"{amount / 10_000:f}", "市教育局")
        import_file(key_list(entry, declared=entry[1]).encode(), name="b.txt", options=Options(), by=None)
        assert money_of(Project.objects.get(name="甲"))["local"] == amount
        assert list(Project.objects.values_list("amount", flat=True)) == [amount, amount]
        transaction.set_rollback(True)


@tried
@given(amount=st.none() | yuan, cells=funding, unit=st.sampled_from(list(UNITS)))
def test_files_and_programs(amount: Decimal | None, cells: Money, unit: str) -> None:
    with transaction.atomic():
        project = stored(amount, cells, unit)
        money = money_of(project)
        files = {kind: BytesIO() for kind in ("csv", "xlsx", "json")}
        for kind, file in files.items():
            write_file(kind, Project.objects.all(), file)
        assert _of_table(csv_rows(files["csv"].getvalue())[0]) == money
        sheet = openpyxl.load_workbook(files["xlsx"])["项目"]
        heads, values = ([cell.value for cell in row] for row in sheet.iter_rows(max_row=2))
        assert _of_table(dict(zip(heads, values, strict=True))) == money
        [written] = json.loads(files["json"].getvalue())["projects"]
        assert _decimal(written["amount"]) == amount
        read = Program(factories.user(AUDIT, name="程序")).read(f"projects/{project.pk}/")
        assert {"amount": _decimal(read["amount"])} | {
            code: _decimal(read["funding"]["annual"][code]) for code in SOURCES
        } == money  # fmt: skip
        transaction.set_rollback(True)


def _of_table(row: dict[str, Any]) -> Money:
    names = {f"年度{name}（元）": code for code, (name, _) in SOURCES.items()}
    cells = {code: _decimal(row[head]) for head, code in names.items()}
    return {"amount": _decimal(row["年度金额（元）"]), **cells}


def _decimal(value: object) -> Decimal | None:
    return None if value in (None, "") else Decimal(str(value)).quantize(Decimal("0.01"))


@tried
@example(amount=Decimal("0.00"), cells={"central": None}, unit="元", other=Decimal("0.01"))
@given(amount=yuan, cells=funding, unit=st.sampled_from(list(UNITS)), other=yuan)
def test_the_form(log_in: LogIn, amount: Decimal, cells: Money, unit: str, other: Decimal) -> None:
    with transaction.atomic():
        client: Client = log_in(FINANCE, factories.county())
        project = stored(amount, cells, unit)
        money = money_of(project)
        sheet, version = sheets.opened(project)
        assert parse_amount(sheet.funding["annual.total"], unit) == amount
        sheet.head["plan"], sheet.head["funding_note"] = "三月开工", "口径不同"  # sources need not add up
        client.post(f"/projects/{project.pk}/edit/", sheets.post_of(sheet, version))
        assert load_state(project.pk).fields["plan"] == "三月开工"
        assert money_of(project) == money
        sheet, version = sheets.opened(project)
        sheet.head["funding_note"] = "口径不同"  # a note is dropped where sources do add up
        sheet.funding["annual.local"] = format_amount(other, unit)
        client.post(f"/projects/{project.pk}/edit/", sheets.post_of(sheet, version))
        assert money_of(project) == {**money, "local": other}
        transaction.set_rollback(True)


@tried
@given(amount=st.none() | yuan, cells=funding, unit=st.sampled_from(list(UNITS)))
def test_bulk_changes(amount: Decimal | None, cells: Money, unit: str) -> None:
    with transaction.atomic():
        by = factories.user(FINANCE, factories.city(), name="财政")
        project = stored(amount, cells, unit)
        money = money_of(project)
        for change in (SetAttribute("经常性项目"), Copy(2026, zeroed=False)):
            selection = Selection([project.pk], "")
            _do(change, selection, by)
        assert money_of(project) == money
        assert money_of(Project.objects.get(year=2026)) == money
        transaction.set_rollback(True)


def _do(change: BulkChange, selection: Selection, by: Any) -> None:
    execute(change, Shown.of(plan_of(change, type(change), selection, by), change, by), selection, by=by, reason="整理")

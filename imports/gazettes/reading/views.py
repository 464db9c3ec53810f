"""The pages of official documents: the list, a document to read, and a row of its tables to mend."""

from __future__ import annotations

from typing import Any, Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from imports.gazettes.models import OfficialDocument, RowKind, TableRow
from imports.gazettes.permissions import document_to_mend, require_texts
from imports.gazettes.reading.actions import Mended, MendedMeanwhileError, mend_row, unmend_row, version_of
from imports.gazettes.reading.around import surroundings
from imports.gazettes.reading.counting import counts_of, summary_of
from imports.gazettes.reading.filtering import TextFilter, newest_first
from imports.gazettes.reading.forms import RowForm
from imports.gazettes.reading.page import reading_page
from imports.gazettes.reading.past import past_of
from imports.gazettes.reading.tables import total_of
from perfgoals.pagination import SIZES, Page
from perfgoals.requests import SiteRequest, wants_part
from projects.actions import ActionError

MOST_TOTALS: Final = 4


@require_safe
def document_list(request: SiteRequest) -> HttpResponse:
    """Official documents, the newest first, with what stands in each."""
    require_texts(request.user)
    found = TextFilter(request.GET)
    summary = summary_of(found.qs)
    page = Page.asked(request.GET, summary.documents)
    documents = list(newest_first(found.qs).select_related("issue", "duplicate_of").defer(
        "headings", "contents", "issue__entries", "duplicate_of__headings", "duplicate_of__contents"
    )[page.span])  # fmt: skip
    counts = counts_of([document.pk for document in documents])
    rows = [(document, counts[document.pk]) for document in documents]
    context = {"found": found, "summary": summary, "page": page, "sizes": SIZES, "rows": rows}
    part = "gazettes/_document_list.html" if wants_part(request) else "gazettes/document_list.html"
    return render(request, part, context)


@require_safe
def document_detail(request: SiteRequest, pk: int) -> HttpResponse:
    """An official document to read: facts, outline, text, tables, targets."""
    require_texts(request.user)
    known = OfficialDocument.objects.select_related("source", "issue", "region", "duplicate_of")
    document = get_object_or_404(known, pk=pk)
    return render(request, "gazettes/document.html", {"page": reading_page(document, request.user)})


@require_http_methods(["GET", "HEAD", "POST"])
def row_mend(request: SiteRequest, pk: int) -> HttpResponse:
    """Mend a row: what is printed beside a field for each column."""
    require_texts(request.user)
    known = TableRow.objects.select_related("table__document__source", "mended_by")
    row = get_object_or_404(known.exclude(kind=RowKind.GROUP), pk=pk)
    document_to_mend(request.user, row.table.document_id)
    version = version_of(row)
    if request.method != "POST":
        return _row_page(request, row, RowForm(row, version))
    form = RowForm(row, version, request.POST)
    if not form.is_valid():
        return _row_page(request, row, form, status=422)
    try:
        mended = _mended(request, row, form)
    except MendedMeanwhileError as error:
        return _came_between(request, row, error)
    except ActionError as error:
        form.add_error(None, str(error))
        return _row_page(request, row, form, status=422)
    messages.success(request, _said(mended))
    return redirect(f"{row.table.document.get_absolute_url()}#L{row.line}")


def _mended(request: SiteRequest, row: TableRow, form: RowForm) -> Mended:
    seen = form.cleaned_data["seen"]
    if "restore" in request.POST:
        return unmend_row(row=row, seen=seen, by=request.user)
    return mend_row(row=row, cells=form.cells, sound=form.cleaned_data["sound"], seen=seen, by=request.user)


def _came_between(request: SiteRequest, row: TableRow, error: MendedMeanwhileError) -> HttpResponse:
    """What was typed beside what somebody else saved meanwhile; saving again is then meant."""
    typed = request.POST.copy()
    version = version_of(row)
    typed["seen"] = str(version)
    form = RowForm(row, version, typed)
    form.is_valid()
    return _row_page(request, row, form, came_between=error.row, message=str(error), status=409)


def _row_page(request: SiteRequest, row: TableRow, form: RowForm, status: int = 200, **more: Any) -> HttpResponse:
    context = {
        "row": row, "table": row.table, "document": row.table.document, "form": form, "past": past_of(row),
        "around": surroundings(row), **more,
    }  # fmt: skip
    if between := more.get("came_between"):
        context["theirs"] = [
            (field.label, cell)
            for field, cell in zip(form.columns, between.cells, strict=False)
            if cell != form.data.get(field.html_name, "")
        ]
    return render(request, "gazettes/row_mend.html", context, status=status)


def _said(mended: Mended) -> str:
    """What was saved, and what became of the declared totals."""
    row, table = mended.row, mended.row.table
    done = "已修正" if row.mended_by_id else "已恢复为读取的内容："
    said = f"{done}第 {row.line} 行{'' if not row.damage else '，仍标为损坏'}。"
    known = {(entry["line"], entry["column"]): entry["computed"] for entry in mended.before}
    totals = [
        total_of(table, entry)
        for entry in mended.after
        if entry["computed"] != known.get((entry["line"], entry["column"]))
    ]
    for total in totals[:MOST_TOTALS]:
        where = f"{total.label}（{total.column}）" if total.column else total.label
        if total.computed is None:
            said += f"{where}：各行之和现在算不出。"
        elif total.difference:
            said += f"{where}：各行之和 {total.computed:,}，与印刷的 {total.declared:,} 相差 {total.difference:+,}。"
        else:
            said += f"{where}：各行之和 {total.computed:,}，与印刷的相符。"
    return said

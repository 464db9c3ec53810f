"""The working paper as a page and as a workbook."""

from __future__ import annotations

from io import BytesIO
from typing import Any, Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from indicators.reviewing.sheets.paper import MOST, Drawing, drawn, paper_of, paper_rows
from indicators.reviewing.sheets.paper_forms import DrawForm, another_seed, shown_form
from indicators.reviewing.sheets.printable import write_printable
from indicators.reviewing.sheets.sampling import EXPLAINED, METHODS, Sample
from perfgoals.requests import SiteRequest
from perfgoals.spreadsheets import CellTooLongError, Head, Kind, Sheet
from projects.filters import ProjectFilter
from projects.models import Project
from projects.permissions import require, sees_sources

CLOSED: Final = "审计底稿含有各部门的来源文件，供财政、审计和管理员查看。"
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HEADS: Final = (
    Head("项目编号", Kind.NUMBER, 7), Head("行政区划", width=10), Head("年度", Kind.NUMBER, 7), Head("主管部门", width=16),
    Head("项目名称", width=22), Head("年度金额（元）", Kind.MONEY, 17), Head("入样机会", width=8),
    Head("来源文件", width=18), Head("来源行", width=10), Head("项目版本", Kind.NUMBER, 8), Head("严重程度", width=10),
    Head("规则", width=18), Head("审核意见", width=46), Head("位置", width=22), Head("最后改动", width=20),
    Head("认可", width=18), Head("规则标识", width=22),
)  # fmt: skip


@require_safe
def paper(request: SiteRequest) -> HttpResponse:
    """The findings of the projects found, or of a sample of them, with source and history."""
    require(sees_sources(request.user), CLOSED)
    found, form = _asked(request)
    how, sample = _sample(found, form)
    context = {
        "found": found, "form": form, "how": how, "sample": sample, "facts": _facts(found, how, sample),
        "paper": paper_of(sample), "most": MOST, "seed": another_seed(), "kept": _kept(request),
    }  # fmt: skip
    return render(request, "indicators/reviewing/paper.html", context)


@require_safe
def paper_xlsx(request: SiteRequest) -> HttpResponse:
    """The same as a workbook, with how it was drawn on a sheet of its own."""
    require(sees_sources(request.user), CLOSED)
    found, form = _asked(request)
    how, sample = _sample(found, form)
    projects = paper_of(sample)
    if how is None or not projects:
        messages.error(request, "没有可以下载的底稿，请检查抽取方式和筛选条件。")
        return redirect(f"{reverse('paper')}?{request.GET.urlencode()}")
    to = BytesIO()
    facts = Sheet(
        "抽取说明", (Head("事项", width=16), Head("内容", width=90)), [list(one) for one in _facts(found, how, sample)]
    )
    try:
        write_printable([Sheet("底稿", HEADS, list(paper_rows(projects))), facts], to)
    except CellTooLongError as error:
        messages.error(request, str(error))
        return redirect(f"{reverse('paper')}?{request.GET.urlencode()}")
    disposition = content_disposition_header(as_attachment=True, filename="审计底稿.xlsx") or "attachment"
    return HttpResponse(to.getvalue(), content_type=XLSX, headers={"Content-Disposition": disposition})


def _kept(request: SiteRequest) -> list[tuple[str, str]]:
    """The filters of the address, which the form of the drawing takes along."""
    others = [name for name in request.GET if name not in DrawForm.base_fields]
    return [(name, str(value)) for name in others for value in request.GET.getlist(name)]


def _asked(request: SiteRequest) -> tuple[ProjectFilter, DrawForm]:
    return ProjectFilter(request.GET, Project.objects.visible_to(request.user)), shown_form(request.GET)


def _sample(found: ProjectFilter, form: DrawForm) -> tuple[Drawing | None, Sample]:
    if not form.is_valid():
        return None, Sample({}, 0)
    how = form.drawing()
    return how, drawn(found, how)


def _facts(found: ProjectFilter, how: Drawing | None, sample: Sample) -> list[tuple[str, Any]]:
    """How it was drawn: enough for whoever wants to draw it again."""
    if how is None:
        return []
    conditions = "；".join(f"{chip.label}：{chip.value}" for chip in found.chips()) or "没有筛选条件"
    facts = [
        ("筛选条件", conditions), ("筛选到的项目", f"{sample.population:,} 个"), ("抽取方式", METHODS[how.method]),
        ("方式说明", EXPLAINED[how.method]), ("列入的项目", f"{len(sample.chances):,} 个"),
    ]  # fmt: skip
    if how.method != "all":
        facts.append(("种子", f"{how.seed}（同样的项目和种子，抽到的相同）"))
    return [*facts, ("制作时间", f"{timezone.localtime():%Y-%m-%d %H:%M}")]

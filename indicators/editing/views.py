"""The editing page: opening, keeping, changing the tree, saving; for stored projects and for new ones."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, Final
from uuid import UUID, uuid4

import msgspec
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from indicators.editing.actions import Outcome, blank_state, create, save_project, shown_again, shown_before
from indicators.editing.drafts import close_draft, draft_sheet, drafts_of, keep_draft, lines_of, open_drafts
from indicators.editing.merging import Side
from indicators.editing.operations import OPERATIONS, Cell, OperationError, paste, reclassify_row
from indicators.editing.page import WHO, EditPage, reading_of
from indicators.editing.posting import sheet_from
from indicators.editing.sheet import Sheet
from indicators.editing.showing import sheet_of
from indicators.models import EditDraft
from indicators.state import load_state, version_of
from perfgoals.observing.refusals import FORGED, note
from perfgoals.requests import SiteRequest
from projects.access import departments_to_give, project_to_edit, project_to_see, regions_to_give
from projects.models import Project
from projects.permissions import edits_projects, require

KEPT_BYTES: Final = 500_000
"""What a log-in that ran out may leave behind in the session."""
NO_NEW: Final = "新建项目由财政和部门人员进行。"
View = Callable[..., HttpResponse]


def keeps_typed(view: View) -> View:
    """A page whose form survives a log-in that ran out: what was posted waits in the session until the person is back."""

    # Never from a cache: the way back after a save must show what is saved now, not the form as it once was.
    @login_not_required
    @never_cache
    @wraps(view)
    def wrapped(request: SiteRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated:
            _forget_typed(request)
            return view(request, *args, **kwargs)
        who = _signed_person(request)
        if request.method == "POST" and "token" in request.POST and who is not None:
            typed = {
                "who": who,
                "path": request.path,
                "token": request.POST["token"],
                "version": request.POST.get("version", ""),
                "sheet": sheet_from(request.POST).as_json(),
            }
            if len(msgspec.json.encode(typed)) <= KEPT_BYTES:
                request.session["typed"] = typed
            return redirect_to_login(request.path)
        return redirect_to_login(request.get_full_path())

    return wrapped


@keeps_typed
@require_http_methods(["GET", "HEAD", "POST"])
def project_edit(request: SiteRequest, pk: int) -> HttpResponse:
    """The form of a stored project."""
    if request.method == "POST":
        return _posted(request, pk)
    project = project_to_edit(request.user, pk)
    if typed := _typed_before_login(request, project):
        return redirect(f"{request.path}?draft={typed.token}")
    draft = _draft_asked(request, project)
    version = draft.version if draft else version_of(pk)
    sheet = draft_sheet(draft) if draft else sheet_of(load_state(pk))
    return _page(request, EditPage(project, sheet, version, draft.token if draft else uuid4(), request.user, draft))


@keeps_typed
@require_http_methods(["GET", "HEAD", "POST"])
def project_new(request: SiteRequest) -> HttpResponse:
    """The form of a project that does not exist yet: empty, or from an earlier year's project (``?from=``)."""
    require(edits_projects(request.user), NO_NEW)
    if request.method == "POST":
        return _posted(request, None)
    if typed := _typed_before_login(request, None):
        return redirect(f"{request.path}?draft={typed.token}")
    draft = _draft_asked(request, None)
    sheet = draft_sheet(draft) if draft else _first_sheet(request)
    return _page(request, EditPage(None, sheet, 0, draft.token if draft else uuid4(), request.user, draft))


@require_POST
def draft_discard(request: SiteRequest, token: UUID) -> HttpResponse:
    """Throw a draft of one's own away."""
    draft = get_object_or_404(open_drafts(request.user).select_related("project"), token=token)
    close_draft(token=token, project=draft.project, by=request.user)
    messages.success(request, "草稿已丢弃。")
    return redirect("project-edit", draft.project_id) if draft.project_id else redirect("project-new")


@require_GET
def draft_list(request: SiteRequest) -> HttpResponse:
    """The person's unfinished edits; also those of projects that they can no longer change, whose text is theirs still."""
    drafts = list(open_drafts(request.user).select_related("project"))
    projects = [draft.project_id for draft in drafts if draft.project_id]
    editable = set(
        Project.objects.current().editable_by(request.user).filter(pk__in=projects).values_list("pk", flat=True)
    )
    return render(request, "indicators/editing/drafts.html", {"drafts": drafts, "editable": editable})


@require_GET
def draft_text(request: SiteRequest, token: UUID) -> HttpResponse:
    """What a draft of one's own holds, as plain text: to be had also where the form cannot be opened any more."""
    draft = get_object_or_404(open_drafts(request.user), token=token)
    return HttpResponse("\n".join(lines_of(draft_sheet(draft))), content_type="text/plain; charset=utf-8")


@dataclass(slots=True)
class _Post:
    """What a window sends with every step."""

    sheet: Sheet
    version: int
    token: UUID
    before: int | None = None
    """The version that the person had seen before the conflicts that the page shows."""
    choices: dict[str, Side | None] = field(default_factory=dict)

    @property
    def rests_on(self) -> int:
        """The version that a draft rests on: conflicts that are not decided must come up again."""
        return self.version if self.before is None else self.before


def _posted(request: SiteRequest, pk: int | None) -> HttpResponse:
    """One step of a window: keep what is typed, change the tree, or save."""
    post = _read_post(request)
    try:
        return _step(request, pk, post)
    except (PermissionDenied, Http404):
        _keep_refused(request, pk, post)
        raise


def _keep_refused(request: SiteRequest, pk: int | None, post: _Post) -> None:
    """Keep what was typed into a project that was archived or given away meanwhile."""
    project = Project.objects.editable_by(request.user).filter(pk=pk or 0).first()
    if project is None:
        # Only a draft that was begun before: nobody makes one of a project that was never theirs.
        own = open_drafts(request.user).filter(token=post.token, project=pk).select_related("project").first()
        project = own.project if own else None
    if project is not None:
        keep_draft(token=post.token, project=project, version=post.rests_on, sheet=post.sheet, by=request.user)


def _step(request: SiteRequest, pk: int | None, post: _Post) -> HttpResponse:
    project = project_to_edit(request.user, pk) if pk is not None and not _saves(request) else None
    if "autosave" in request.POST:
        return _keep(request, project, post)
    if not _saves(request):
        return _operate(request, project, post)
    if pk is None:
        outcome = create(sheet=post.sheet, token=post.token, by=request.user)
    else:
        outcome = save_project(
            pk=pk, sheet=post.sheet, version=post.version, choices=post.choices, token=post.token, by=request.user
        )
    return _saved(request, outcome) if outcome.is_saved else _refused(request, outcome, post, pk)


def _saves(request: SiteRequest) -> bool:
    return not {"autosave", "op", "paste"} & request.POST.keys()


def _read_post(request: SiteRequest) -> _Post:
    choices: dict[str, Side | None] = {}
    for key in request.POST.getlist("conflict"):
        side = request.POST.get(f"choose.{key}")
        choices[key] = "mine" if side == "mine" else "theirs" if side == "theirs" else None
    before = _number(request.POST.get("before", "")) if choices else None
    token = _uuid(request.POST.get("token", "")) or uuid4()
    return _Post(sheet_from(request.POST), _number(request.POST.get("version", "")) or 0, token, before, choices)


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _keep(request: SiteRequest, project: Project | None, post: _Post) -> HttpResponse:
    """Keep the draft, and answer with what the server makes of what is typed."""
    draft = keep_draft(token=post.token, project=project, version=post.rests_on, sheet=post.sheet, by=request.user)
    token = draft.token if draft else uuid4()  # a window that goes on after its draft was closed gets another
    page = EditPage(project, post.sheet, post.version, token, request.user, draft)
    context = {"page": page, "touched": request.POST.getlist("touched"), "readings": _readings(request, post.sheet)}
    response = render(request, "indicators/editing/_kept.html", context)
    if draft is not None:
        response["HX-Replace-Url"] = f"{request.path}?draft={draft.token}"
    return response


def _readings(request: SiteRequest, sheet: Sheet) -> Mapping[str, str]:
    """What is made of the values that were touched since the last time, by the number of their place."""
    readings = {}
    for path in request.POST.getlist("touched"):
        key, _, scope = path.partition(".")
        row = sheet.row(key)
        if row is not None and scope in ("period", "annual"):
            readings[f"{key}-{scope}"] = reading_of(row.half(scope))
    return readings


def _operate(request: SiteRequest, project: Project | None, post: _Post) -> HttpResponse:
    """Change the tree as a button or a pasted block says."""
    sheet, focus, problem = post.sheet, None, ""
    try:
        focus = _apply(request, sheet)
    except OperationError as error:
        problem = str(error)
    draft = _kept_anyway(request, project, post)
    token = draft.token if draft else post.token
    page = EditPage(project, sheet, post.version, token, request.user, draft, focus=focus, problem=problem)
    if request.htmx:
        return render(request, "indicators/editing/_tree.html", {"page": page, "part": True})
    if project is not None and post.before is not None:
        page.before, page.choices = post.before, post.choices
        page.came_between = shown_again(project, sheet, post.before, post.version, post.choices, request.user)
    return _page(request, page)


def _kept_anyway(request: SiteRequest, project: Project | None, post: _Post) -> EditDraft | None:
    """Keep the draft; of a window that goes on after its draft was closed (a tab that was doubled), as a new one."""
    for token in (post.token, uuid4()):
        if draft := keep_draft(token=token, project=project, version=post.rests_on, sheet=post.sheet, by=request.user):
            return draft
    return None  # pragma: no cover - a new number is nobody's


def _apply(request: SiteRequest, sheet: Sheet) -> Cell | None:
    if "paste" in request.POST:
        at = Cell(request.POST.get("at.row", ""), request.POST.get("at.column", ""))
        return paste(sheet, at, request.POST["paste"])
    name, *words = request.POST["op"].split(":")
    if name == "class":
        return reclassify_row(sheet, words[0], request.POST.get(f"to.{words[0]}", ""))
    if name not in OPERATIONS or (not words and name != "copy"):
        raise OperationError("没有这个操作。")
    return OPERATIONS[name](sheet, words)


def _saved(request: SiteRequest, outcome: Outcome) -> HttpResponse:
    if outcome.project is None:  # pragma: no cover - what is saved has a project
        raise RuntimeError("saved without a project")
    now = timezone.localtime().strftime("%H:%M:%S")
    count = len(outcome.changes)
    messages.success(request, f"已保存（{now}）{f'，改动 {count} 处' if count else ''}。")
    if "stay" in request.POST:
        return redirect("project-edit", outcome.project.pk)
    return redirect(outcome.project)


def _refused(request: SiteRequest, outcome: Outcome, post: _Post, pk: int | None) -> HttpResponse:
    """Show what stands in the way, with everything that was typed; it is kept as the draft as well."""
    project = project_to_edit(request.user, pk) if pk is not None else None
    draft = _kept_anyway(request, project, post)
    page = EditPage(
        project, post.sheet, outcome.version, draft.token if draft else post.token, request.user, draft,
        errors=outcome.errors,
        choices=post.choices, before=post.before,
    )  # fmt: skip
    if outcome.came_between is not None:
        page.came_between, page.before = outcome.came_between, post.rests_on
        page.sheet = sheet_of(outcome.came_between.state)
        page.sheet.reason = post.sheet.reason
    elif pk is not None and post.before is not None and outcome.reading is not None:
        page.came_between = shown_before(pk, post.before, post.version, outcome.reading.state, post.choices)
    if post.choices and outcome.came_between is None:
        shown = {conflict.key for conflict in page.came_between.conflicts} if page.came_between else set()
        if shown != set(post.choices):
            # A conflict that cannot be shown beside these errors must come up again with the next save.
            page.version, page.before, page.came_between = post.rests_on, None, None
    return _page(request, page)


def _page(request: SiteRequest, page: EditPage) -> HttpResponse:
    return render(request, "indicators/editing/edit.html", {"page": page, "project": page.project})


def _draft_asked(request: SiteRequest, project: Project | None) -> EditDraft | None:
    token = _uuid(request.GET.get("draft", ""))
    return drafts_of(request.user, project).filter(token=token).first() if token else None


def _typed_before_login(request: SiteRequest, project: Project | None) -> EditDraft | None:
    """What was posted when the log-in had run out, made a draft of the person who is back."""
    typed = request.session.get("typed")
    if not typed or typed["path"] != request.path:
        return None
    del request.session["typed"]
    if typed["who"] != request.user.pk:
        return None  # somebody else sat here before
    token = _uuid(typed["token"]) or uuid4()
    before = EditDraft.objects.filter(token=token).first()
    messages.info(request, "登录已过期，您刚才填写的内容已保留，请核对后保存。")
    return keep_draft(
        token=uuid4() if before and before.is_closed else token,
        project=project, version=_number(typed["version"]) or 0, sheet=Sheet.from_json(typed["sheet"]),
        by=request.user,
    )  # fmt: skip


def _signed_person(request: SiteRequest) -> int | None:
    """Whose form this was, by the signature that it was shown with: nobody else's text waits in a session."""
    who = request.POST.get("who", "")
    try:
        return int(signing.loads(who, salt=WHO))
    except signing.BadSignature:
        if who:
            note(FORGED)
        return None


def _forget_typed(request: SiteRequest) -> None:
    """A window that sends again holds everything itself: what it had sent before the log-in is out of date."""
    typed = request.session.get("typed")
    if typed and request.method == "POST" and typed["token"] == request.POST.get("token"):
        del request.session["typed"]


def _first_sheet(request: SiteRequest) -> Sheet:
    """What a new project's form begins with."""
    source = request.GET.get("from", "")
    region = regions_to_give(request.user).values_list("code", flat=True).first() or ""
    if not (source.isascii() and source.isdigit() and len(source) < 19):
        sheet = sheet_of(blank_state(region, timezone.localdate().year))
        sheet.head.update(region=region, year=str(timezone.localdate().year))
        only = departments_to_give(request.user, [region])[:2]
        if len(only) == 1:
            sheet.head["department"] = str(only[0].pk)
        return sheet
    former = project_to_see(request.user, int(source))
    state = load_state(former.pk)
    state.fields["printed_unit"] = blank_state(region, former.year).fields["printed_unit"]  # the new form's own
    sheet = sheet_of(state)
    sheet.head.update(region=former.region_id, year=str(former.year + 1), serial="", filed_at="", funding_note="")
    for row in sheet.rows:
        row.period.id = row.annual.id = None
    return sheet

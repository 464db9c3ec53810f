"""Importing one file: read all of it, then store all of it in one transaction, or refuse it and store nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from functools import partial
from typing import Any, Final, NamedTuple

from django.db import DataError, IntegrityError, transaction
from django.utils import timezone

from imports.applying import FILLED, apply
from imports.content import Content
from imports.documents import Documents, keep
from imports.drafts import ProjectDraft
from imports.gazettes.citing.remembering import remember_texts
from imports.gazettes.linking import propose_links_of
from imports.gazettes.storing import store_texts
from imports.layouts import gazette, interchange
from imports.layouts.gazette.drafts import DocumentDraft, IssueDraft
from imports.layouts.interchange_texts import SourceTexts
from imports.limits import refuse_unstorable
from imports.models import ImportRun, SourceDocument
from imports.opening import OpenFile, open_text, open_workbook, rows_named
from imports.permissions import ImportScope
from imports.planning import Filing, Places, ProjectKey, Taking, group, plan
from imports.reading import Defaults, SourceError
from imports.recognise import TABLE
from imports.reporting import Report
from imports.spool import Spool
from imports.tables import import_table, recognise_table, recognise_table_text
from imports.workbooks import is_workbook, read_workbook
from indicators.reviewing.refreshing import refresh
from perfgoals.bulk import Growth, store_alone
from perfgoals.history import change
from perfgoals.models import User
from perfgoals.rules import broken_rule, check_deferred_rules
from projects.actions import ActionError
from projects.department_names import full_form
from projects.models import Department

BATCH: Final = 1000
_HEAD: Final = 64 * 1024
"""Bytes by which workbooks and exported tables are known."""
WITHOUT_PROJECTS: Final = frozenset({interchange.NAME, gazette.NAME})
"""Layouts of files that need not hold a budget project."""
NO_TABLE: Final = (
    "这份文件不是导出的项目表：第一行里没有“编号”和“版本”这两列。请用列表“导出”得到的 Excel 或 CSV 文件，保留第一行。"
)


@dataclass(frozen=True, slots=True)
class Options:
    """What the person asked for. ``take`` are the ids of conflicts (see `Report`) in which the file's value is taken."""

    layout: str | None = None
    defaults: Defaults = field(default_factory=Defaults)
    take_source: bool = False
    dry_run: bool = False
    take: frozenset[str] = frozenset()


Progress = Callable[[str, int, int], None]
"""Called with the stage (读取, then 比对 in a dry run, and 入库 and 审核 otherwise), how much is done and how much there is."""

Expect = Callable[[Report], None]
"""Called with the finished report before anything is kept; what it raises undoes the import."""


def import_file(
    data: bytes | Content, *, name: str, options: Options, by: User | None, progress: Progress | None = None,
    expect: Expect | None = None,
) -> Report:  # fmt: skip
    """Import one file and report on it. ``name`` is the file's name without its folder.

    Raises `SourceError` when the file cannot be taken in, or when it touches a project that ``by`` may not import
    (None, the command line, may import all); the database is then as it was. A dry run does everything
    and rolls it back, so that its report is what the import would say. Whoever showed that report passes ``expect`` to
    the import, to compare the two while nobody else can store: what it raises undoes everything and is passed on.
    """
    started = timezone.now()
    content = Content.of(data)
    head = content.part(0, _HEAD)
    workbook = read_workbook(content.whole()) if is_workbook(head) else None
    if options.layout in (None, TABLE) and (recognise_table(workbook) if workbook else recognise_table_text(head)):
        data = content.whole()
        return import_table(workbook, data, name=name, options=options, by=by, progress=progress, expect=expect)
    if options.layout == TABLE:
        raise SourceError(NO_TABLE)
    file = open_workbook(workbook, options.layout) if workbook else open_text(content, options.layout)
    scope = ImportScope(by)
    scope.check_layout(file.layout, file.title)
    report = Report(name, content.sha256, file.encoding, file.layout, dry_run=options.dry_run)
    line_count = len(file.reading.lines)
    with Spool(ProjectDraft) as spool, Spool(DocumentDraft) as texts, rows_named(file.reading.sheets):
        found = Found(spool, [], texts, [])
        _read(file, options.defaults, found, report, progress or _silent)
        report.add_reading(file.reading)
        # The cells of a large workbook would take more memory than all that follows.
        del file, workbook
        _store(content, found, report, options, by, scope, started, line_count, progress or _silent, expect)
    return report


class Found(NamedTuple):
    """What a reader gave: projects, and the issues and documents of a gazette."""

    projects: Spool[ProjectDraft]
    issues: list[IssueDraft]
    documents: Spool[DocumentDraft]
    cited: list[SourceTexts]
    """Of an interchange file: the texts of other sources."""


def _read(file: OpenFile, defaults: Defaults, found: Found, report: Report, progress: Progress) -> None:
    """Read the whole file to the spools, so that a fault at its end refuses it before anything is stored."""
    reading = file.reading
    for draft in file.drafts(defaults):
        if isinstance(draft, ProjectDraft):
            refuse_unstorable(draft, reading.current_line or draft.first_line)
            found.projects.append(draft)
            report.add_record(draft)
        elif isinstance(draft, DocumentDraft):
            found.documents.append(draft)
            report.texts.add_document(draft)
        elif isinstance(draft, IssueDraft):
            found.issues.append(draft)
            report.texts.add_issue(draft)
        else:
            found.cited.append(draft)
            continue
        progress("读取", min(draft.last_line, len(reading.lines)), len(reading.lines))
    if not report.counts.found and file.layout not in WITHOUT_PROJECTS:
        raise SourceError(f"按“{file.title}”的版式没有读到任何项目，请检查文件内容或用 --layout 指定版式。")


def _store(
    content: Content, found: Found, report: Report, options: Options, by: User | None, scope: ImportScope,
    started: datetime, line_count: int, progress: Progress, expect: Expect | None,
) -> None:  # fmt: skip
    try:
        with change(by=by, action="import") as group, transaction.atomic():
            store_alone()
            document = keep(
                content, name=report.file, encoding=report.encoding, layout=report.layout, line_count=line_count
            )
            run = ImportRun.objects.create(
                document=document, file_name=report.file, layout=report.layout, options=options_as_json(options), by=by,
                started_at=started, finished_at=started, found=0, created=0, changed=0, unchanged=0, duplicates=0,
                conflicts=0, unclaimed=0, total=0, report={},
            )  # fmt: skip
            group.metadata["run"] = run.pk
            documents = Documents(document, cites=report.layout == interchange.NAME)
            _store_projects(found.projects, report, options, run, documents, by, scope, progress)
            _store_texts(found, document, by)
            propose_links_of(run)
            if not options.dry_run:
                remember_texts()  # here, and not when the first person looks
                refresh(partial(progress, "审核"))
            _finish(run, report)
            check_deferred_rules()
            if expect:
                expect(report)
            if options.dry_run:
                transaction.set_rollback(True)
    except ActionError as error:
        raise SourceError(str(error)) from error
    except IntegrityError as error:
        raise SourceError(f"入库时违反了数据规则，整份文件未导入：{broken_rule(error)}") from error
    except DataError as error:
        reason = str(error).splitlines()[0]
        raise SourceError(f"有内容超出数据库能保存的范围，整份文件未导入（{reason}）。") from error
    report.run = None if options.dry_run else run.pk


def _store_projects(
    spool: Spool[ProjectDraft], report: Report, options: Options, run: ImportRun, documents: Documents, by: User | None,
    scope: ImportScope, progress: Progress,
) -> None:  # fmt: skip
    places, taking = Places(by), Taking(everywhere=options.take_source, ids=options.take)
    stage = "比对" if options.dry_run else "入库"
    keys = [places.key(spool[ordinal]) for ordinal in range(len(spool))]
    groups, in_file = group(keys, spool), frozenset(keys)
    done, growth = 0, Growth(*FILLED)
    for batch in _batches(groups, BATCH):
        planned = plan(list(_filings(batch, keys, spool)), in_file, places, taking, layout=report.layout)
        scope.check(planned)
        growth.note(apply(planned, run, documents, dry_run=options.dry_run))
        for one in planned:
            report.add_planned(one)
        done += len(batch)
        progress(stage, done, len(groups))
    report.department_hints = _department_hints(places.departments())


def _store_texts(found: Found, document: SourceDocument, by: User | None) -> None:
    if found.issues or len(found.documents):
        drafts = (found.documents[ordinal] for ordinal in range(len(found.documents)))
        store_texts(document, found.issues, drafts, by)
    for cited in found.cited:
        source, _ = SourceDocument.objects.get_or_create(sha256=cited.sha256, defaults={"name": cited.name})
        # What was read from the text itself is never replaced by what a file says about it.
        if not source.runs.exists():
            store_texts(source, cited.issues, cited.documents, by)


def _filings(batch: Iterable[list[int]], keys: Sequence[ProjectKey], spool: Spool[ProjectDraft]) -> Iterator[Filing]:
    for ordinals in batch:
        *others, counts = ordinals
        yield Filing(counts, spool[counts], keys[counts], [(ordinal, spool[ordinal]) for ordinal in others])


def _finish(run: ImportRun, report: Report) -> None:
    for name, count in asdict(report.counts).items():
        setattr(run, name, count)
    run.total, run.declared_total = report.total, report.declared_total
    run.finished_at = timezone.now()
    report.run = run.pk
    run.report = report.as_json()
    run.save()


def _department_hints(departments: Sequence[Department]) -> list[dict[str, object]]:
    """Other departments of the same region that are very likely the same body, for a person to join."""
    hints: list[dict[str, object]] = []
    known: dict[str, dict[str, list[Department]]] = {}
    for department in departments:
        forms = known.setdefault(department.region_id, _forms(department.region_id))
        same = [other for other in forms[_form(department)] if other.pk != department.pk]
        for other in same:
            if other not in departments or other.pk > department.pk:
                message = f"“{department.name}”与“{other.name}”可能是同一部门，确认后可在“部门”页面合并"
                hints.append({"message": message})
    return hints


def _forms(region: str) -> dict[str, list[Department]]:
    forms: dict[str, list[Department]] = {}
    for department in Department.objects.filter(region=region).select_related("region"):
        forms.setdefault(_form(department), []).append(department)
    return forms


def _form(department: Department) -> str:
    return full_form(department.name, (department.region.name, department.region.short_name))


def options_as_json(options: Options) -> dict[str, object]:
    """The options as they are kept with a run."""
    return {**asdict(options), "defaults": asdict(options.defaults), "take": sorted(options.take)}


def options_of(stored: Mapping[str, Any]) -> Options:
    """Options as they were kept by `options_as_json`."""
    return Options(**{**stored, "defaults": Defaults(**stored["defaults"]), "take": frozenset(stored.get("take", ()))})


def _batches(groups: Sequence[list[int]], size: int) -> Iterator[Sequence[list[int]]]:
    for start in range(0, len(groups), size):
        yield groups[start : start + size]


def _silent(stage: str, done: int, total: int) -> None:
    """No progress is shown."""

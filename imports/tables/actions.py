"""Taking a table in: every row is understood before any is stored, in one transaction and one group of the history."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from django.db import DataError, IntegrityError, transaction
from django.utils import timezone

from imports.decoding import decode
from imports.documents import keep, sha256_of
from imports.models import ImportRun
from imports.opening import XLSX
from imports.reading import SourceError
from imports.recognise import TABLE
from imports.reporting import FieldChange, FieldConflict, Report
from imports.tables.grids import Grids, grids_of, grids_of_text
from imports.tables.merging import Planned, conflict_id, plan_line
from imports.tables.problems import Problem, TableError
from imports.tables.stored import Places, Stored
from imports.tables.table import Table, read_table
from imports.workbooks import Workbook
from indicators.editing.actions import same_project, taken
from indicators.editing.merging import Difference
from indicators.state import write_state
from perfgoals.bulk import store_alone
from perfgoals.history import change
from perfgoals.models import User
from perfgoals.rules import broken_rule, check_deferred_rules
from projects.permissions import edits_projects

if TYPE_CHECKING:
    from imports.actions import Expect, Options

Progress = Callable[[str, int, int], None]
NOT_FOR_ROLE: Final = "导入修改过的表格就是修改项目，您的角色不修改项目。请交给项目所属的财政或部门人员导入。"
ACTION: Final = "table"


def import_table(
    workbook: Workbook | None, data: bytes, *, name: str, options: Options, by: User | None,
    progress: Progress | None = None, expect: Expect | None = None,
) -> Report:  # fmt: skip
    """Take an exported table back in: a workbook, or without one the csv file of ``data``, the bytes that are kept.

    Raises `SourceError` (a `TableError` with all problems where rows are wrong); nothing is stored then.
    """
    if workbook is not None:
        return _import(grids_of(workbook), data, XLSX, name, options, by, progress or _silent, expect)
    decoded = decode(data)
    return _import(grids_of_text(decoded.text), data, decoded.encoding, name, options, by, progress or _silent, expect)


def _import(
    grids: Grids, data: bytes, encoding: str, name: str, options: Options, by: User | None, progress: Progress,
    expect: Expect | None,
) -> Report:  # fmt: skip
    started = timezone.now()
    if by is not None and not edits_projects(by):
        raise SourceError(NOT_FOR_ROLE)
    report = Report(name, sha256_of(data), encoding, TABLE, dry_run=options.dry_run)
    progress("读取", 0, 0)
    table = read_table(grids)
    report.notices, report.sheets = table.notices, grids.sheets
    try:
        # No run in the context: these are people's edits, and are told from what sources state.
        with change(by=by, action=ACTION, reason=name), transaction.atomic():
            store_alone()
            run = _begin(data, encoding, table, report, options, by, started)
            _store(table, report, options, by, progress)
            _finish(run, report)
            check_deferred_rules()
            if expect:
                expect(report)
            if options.dry_run:
                transaction.set_rollback(True)
    except IntegrityError as error:
        raise SourceError(f"入库时违反了数据规则，整份文件未导入：{broken_rule(error)}") from error
    except DataError as error:
        reason = str(error).splitlines()[0]
        raise SourceError(f"有内容超出数据库能保存的范围，整份文件未导入（{reason}）。") from error
    report.run = None if options.dry_run else run.pk
    return report


def _begin(
    data: bytes, encoding: str, table: Table, report: Report, options: Options, by: User | None, started: datetime
) -> ImportRun:
    document = keep(data, name=report.file, encoding=encoding, layout=TABLE, line_count=table.rows)
    kept = {"take_source": options.take_source, "take": sorted(options.take), "dry_run": options.dry_run}
    return ImportRun.objects.create(
        document=document, file_name=report.file, layout=TABLE, options=kept, by=by, started_at=started,
        finished_at=started, found=0, created=0, changed=0, unchanged=0, duplicates=0, conflicts=0, unclaimed=0, total=0,
        report={},
    )  # fmt: skip


def _finish(run: ImportRun, report: Report) -> None:
    for name, count in asdict(report.counts).items():
        setattr(run, name, count)
    run.total, run.finished_at = report.total, timezone.now()
    report.run = run.pk
    run.report = report.as_json()
    run.save()


def _store(table: Table, report: Report, options: Options, by: User | None, progress: Progress) -> None:
    places = Places(by)
    plans, problems = _plans(table, options, by, places, progress)
    if problems:
        order = {sheet.name: at for at, sheet in enumerate(report.sheets)}
        raise TableError(sorted(problems, key=lambda problem: (order.get(problem.sheet, 0), problem.row)))
    wanted = [planned for planned in plans if planned.changes]
    stage = "比对" if options.dry_run else "入库"
    for done, planned in enumerate(wanted, start=1):
        write_state(planned.line.pk, planned.current, planned.wanted)
        progress(stage, done, len(wanted))
    for planned in sorted(plans, key=lambda planned: planned.line.place.line):
        _report(planned, report)
        _note(report, planned, places)


def _plans(
    table: Table, options: Options, by: User | None, places: Places, progress: Progress
) -> tuple[list[Planned], list[Problem]]:
    stored = Stored(by)
    plans: list[Planned] = []
    for done, pair in enumerate(stored.pairs(table.lines), start=1):
        line, region = pair.line, pair.current.fields["region_id"]
        planned = plan_line(
            line, table.targets.get(line.pk, []), pair.base, pair.current, places.names(pair.base, region),
            places.finder(region), lambda key: options.take_source or key in options.take,
        )  # fmt: skip
        planned.problems += _twin(planned)
        plans.append(planned if planned.changes or planned.conflicts or planned.problems else _light(planned))
        progress("核对", done, len(table.lines))
    problems = [problem for planned in plans for problem in planned.problems]
    return plans, [*table.problems, *stored.problems, *problems]


def _light(planned: Planned) -> Planned:
    """A row that changes nothing, without the texts of its project: there may be very many."""
    for state in (planned.current, planned.wanted):
        state.indicators, state.goals = {}, {}
        for key, value in state.fields.items():
            state.fields[key] = None if isinstance(value, str) and len(value) > 100 and key != "name" else value
    return planned


def _twin(planned: Planned) -> list[Problem]:
    """Another project that already has the name that the row gives."""
    before, after = planned.current.fields, planned.wanted.fields
    if (before["name"], before["department_id"]) == (after["name"], after["department_id"]):
        return []
    department = "" if after["department_id"] is None else str(after["department_id"])
    twin = same_project(after["region_id"], after["year"], department, after["name"], planned.line.pk)
    return [planned.line.place.problem("项目名称", taken(twin))] if twin else []


def _report(planned: Planned, report: Report) -> None:
    fields, line = planned.wanted.fields, planned.line
    report.counts.found += 1
    amount = fields["amount"] or Decimal(0)
    report.total += amount
    report.rows_total += amount
    report.amount_change += amount - (planned.current.fields["amount"] or Decimal(0))
    if planned.is_kept:
        report.counts.conflicts += 1
    elif planned.changes:
        report.counts.changed += 1
    else:
        report.counts.unchanged += 1
    subject = {"line": line.place.line, "project": fields["name"], "project_id": line.pk}
    disputed = {one.key for one in planned.conflicts}
    if changes := [
        FieldChange(field=one.label, old=one.base, new=one.theirs) for one in planned.changes if one.key not in disputed
    ]:
        report.changes.append({**subject, "fields": changes})
    if planned.conflicts:
        report.conflicts.append({**subject, "fields": [_conflict(planned, one) for one in planned.conflicts]})


def _conflict(planned: Planned, one: Difference) -> FieldConflict:
    conflict = FieldConflict(
        id=conflict_id(planned.line, one.key), field=one.label, current=one.theirs, source=one.mine,
        taken="source" if one.key in planned.taken else "current",
    )  # fmt: skip
    if one.key == "amount":
        conflict["moves"] = f"{planned.moved:.2f}"
    return conflict


def _note(report: Report, planned: Planned, places: Places) -> None:
    fields = planned.wanted.fields
    region = fields["region_id"]
    if region not in report.region_codes:
        report.region_codes.append(region)
        report.regions.append(places.region_name(region))
    if fields["year"] not in report.years:
        report.years.append(fields["year"])
    if fields["printed_unit"] not in report.units:
        report.units.append(fields["printed_unit"])


def _silent(_stage: str, _done: int, _total: int) -> None:
    """No progress is shown."""

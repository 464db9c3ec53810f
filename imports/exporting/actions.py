"""Exports as jobs: asked for, made outside the request, kept for a week, given to whoever asked."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import BinaryIO, Final

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from imports.exporting.asking import file_name, wanted, wanted_totals
from imports.exporting.files import write_file, write_totals
from imports.models import Export, ExportKind, ExportPart
from perfgoals.jobs.model import JobState
from perfgoals.jobs.running import Progress, RefusedError
from perfgoals.models import RoleEvent, User
from perfgoals.replicas import read_at_length
from perfgoals.replicas.connection import writing
from perfgoals.spreadsheets import CellTooLongError
from projects.models import MembershipEvent
from projects.totals import UnknownLayoutError

KEPT: Final = timedelta(days=7)
PART: Final = 1024 * 1024
"""Bytes of a piece of a file."""
MOST_WAITING: Final = 5
TOO_MANY: Final = f"您已有 {MOST_WAITING} 个导出正在进行，请等它们完成，或先取消一些。"
NOT_UNDERSTOOD: Final = "筛选条件或汇总方式已经无效，请回到原来的页面检查，再导出。"
SAVING: Final = "保存"
COUNTING: Final = "汇总"


@transaction.atomic
def ask_for(*, kind: ExportKind, query: str, by: User) -> Export:
    """Have a file made; the same that is being made already is not made twice. Raises `RefusedError`."""
    from imports.tasks import do_export  # which needs this module to do the work

    forget_old()
    User.objects.select_for_update().get(pk=by.pk)  # one at a time, so that two clicks are one export
    open_ones = Export.objects.filter(user=by, state__in=(JobState.WAITING, JobState.RUNNING))
    same = open_ones.filter(kind=kind, query=query).first()
    if same is not None:
        return same
    if open_ones.count() >= MOST_WAITING:
        raise RefusedError(TOO_MANY)
    export = Export.objects.create(user=by, kind=kind, query=query, file_name=file_name(kind, query))
    do_export.defer(pk=str(export.pk))
    return export


def make(export: Export, progress: Progress) -> None:
    """Make the file. Whatever was there of an attempt that died is replaced: no half file is ever to be seen."""
    write = _writing(export, User.objects.get(pk=export.user_id), _on_primary(progress))
    with tempfile.TemporaryFile() as file:  # without a name: nothing stays where the process is killed
        try:
            read_at_length(lambda: write(file), again=lambda: _empty(file))
        except CellTooLongError as error:
            raise RefusedError(str(error)) from error
        _keep(export, file, progress)


def parts_of(export: Export) -> Iterator[bytes]:
    """The file piece by piece."""
    numbers = export.parts.order_by("number").values_list("number", flat=True)
    for number in list(numbers):
        yield bytes(ExportPart.objects.get(export=export, number=number).data)


def exports_of(user: User) -> QuerySet[Export]:
    """The exports that a person may fetch: their own of the last week, made with the rights that they have now.

    Rights are taken when a file is made. Who was given another role or place since, or lost one, makes a new file.
    """
    since = timezone.now() - KEPT
    found = Export.objects.filter(user=user, asked_at__gt=since)
    events = (
        events.objects.filter(user=user.pk).order_by("-pgh_id").values_list("pgh_created_at", flat=True).first()
        for events in (RoleEvent, MembershipEvent)
    )
    changed = max(filter(None, events), default=None)
    return found if changed is None else found.filter(asked_at__gte=changed)


def discard(*, export: Export) -> None:
    """Forget an export; work that goes on finds nothing to do for."""
    export.delete()


def forget_old() -> None:
    """Delete what nobody may fetch any more."""
    Export.objects.filter(asked_at__lte=timezone.now() - KEPT).delete()


def _writing(export: Export, by: User, progress: Progress) -> Callable[[BinaryIO], None]:
    """What writes the file, seeing what the person sees. Raises `RefusedError` where the query is not understood any more."""
    if export.kind == ExportKind.TOTALS:
        return lambda file: _write_totals(export.query, by, file, progress)
    asked = wanted(export.query, by)
    if (projects := asked.projects) is None:
        raise RefusedError(NOT_UNDERSTOOD)
    return lambda file: write_file(export.kind, projects, file, look=asked.look, progress=progress)


def _write_totals(query: str, by: User, file: BinaryIO, progress: Progress) -> None:
    try:
        asked = wanted_totals(query, by)  # anew for each attempt: it keeps what it has found
    except UnknownLayoutError:  # asked for before an update
        asked = None
    if asked is None:
        raise RefusedError(NOT_UNDERSTOOD)
    progress(COUNTING, 0, 0)
    write_totals(asked.found, asked.layout, file, unit=asked.unit)


def _on_primary(progress: Progress) -> Progress:
    """Progress is written while a replica is read."""

    def tell(stage: str, done: int, total: int) -> None:
        with writing():
            progress(stage, done, total)

    return tell


def _empty(file: BinaryIO) -> None:
    file.seek(0)
    file.truncate()


def _keep(export: Export, file: BinaryIO, progress: Progress) -> None:
    size = file.tell()
    file.seek(0)
    progress(SAVING, 0, 0)  # and no more: who says it waits for the row, which is locked from here on
    with transaction.atomic():
        if not Export.objects.select_for_update().filter(pk=export.pk).exists():
            return  # given up meanwhile
        ExportPart.objects.filter(export=export).delete()
        for number, data in enumerate(iter(lambda: file.read(PART), b"")):
            ExportPart.objects.create(export=export, number=number, data=data)
        Export.objects.filter(pk=export.pk).update(size=size)

"""What must be true after every fault, asked of the database as it then is."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal

from django.db import connection, transaction
from django.db.models import Sum

from imports.models import ImportRun, SourceRecord, Upload
from indicators.editing.drafts import draft_sheet
from indicators.models import EditDraft
from indicators.state import load_states, state_at, version_of
from perfgoals.jobs.model import JobState
from projects.models import Funding, Project, ProjectText
from projects.rollups.checking import Wrong, compare
from tests.faults.acting import FORMS


class WrongError(AssertionError):
    """Something is otherwise than it must be."""


def check_all(pks: Collection[int] | None = None) -> None:
    """History, texts, sums and kept totals. ``pks`` are the projects whose history is replayed; all where it is None."""
    check_history(pks if pks is not None else list(Project.objects.values_list("pk", flat=True)))
    check_texts()
    check_sums()
    if (wrong := compare()) != Wrong(0, 0):
        raise WrongError(f"kept totals: {wrong}")


def check_history(pks: Collection[int]) -> None:
    """History replays to what stands."""
    for pk, state in load_states(list(pks)).items():
        if state_at(pk, version_of(pk)) != state:
            raise WrongError(f"history of project {pk} replays to another state")


def check_texts(pks: Collection[int] | None = None) -> None:
    """The texts that searches look through are those of the fields; of all projects where ``pks`` is None."""
    texts = ProjectText.objects.all() if pks is None else ProjectText.objects.filter(project__in=pks)
    numbers = list(Project.objects.values_list("pk", flat=True) if pks is None else pks)
    stored = dict(texts.values_list("project_id", "text"))
    with transaction.atomic(), connection.cursor() as cursor:
        texts.delete()
        cursor.execute("SELECT indicators_write_texts(%s)", [numbers])
        anew = dict(texts.values_list("project_id", "text"))
        transaction.set_rollback(True)
    if stored != anew:
        raise WrongError(f"texts of {sum(stored.get(pk) != text for pk, text in anew.items())} projects are stale")


def check_sums() -> None:
    """The database's sums are those of the single amounts, to the fen."""
    for rows in (Project.objects.all(), Funding.objects.all()):
        added = sum((amount for amount in rows.values_list("amount", flat=True) if amount is not None), Decimal(0))
        if (rows.aggregate(total=Sum("amount"))["total"] or Decimal(0)) != added:
            raise WrongError("a sum in SQL is not that of its rows")


def check_file(tag: str, *, done: bool, runs: int = 1) -> bool:
    """All of a file is there, with one run, or nothing of it. Returns which; ``done`` says that it must be there."""
    found = Project.objects.filter(name__startswith=f"{tag}第").count()
    known = ImportRun.objects.filter(file_name=f"{tag}.txt").count()
    records = SourceRecord.objects.filter(run__file_name=f"{tag}.txt").count()
    if (
        found not in (0, FORMS)
        or (found == 0) != (known == 0)
        or known > runs
        or records not in (0, FORMS * known, FORMS)
    ):
        raise WrongError(f"{tag}: {found} of {FORMS} projects, {known} runs, {records} records")
    if done and not found:
        raise WrongError(f"{tag}: was done and is gone")
    return bool(found)


def check_saves(pk: int, tag: str, notes: list[str]) -> None:
    """The last save that was acknowledged stands, or the one after it; a draft that was kept and not saved is there."""
    drafts = [line.split() for line in notes if line.startswith("draft ")]
    saved = [line.split() for line in notes if line.startswith("saved ")]
    least = int(saved[-1][2]) if saved else -1
    stands = str(Project.objects.get(pk=pk).basis or "")
    number = int(stands.rpartition("-")[2]) if stands.startswith(f"{tag}-") else -1
    if number not in (least, least + 1):
        raise WrongError(f"project {pk}: save {least} was acknowledged and {number} stands")
    for _, token, which in drafts:
        draft = EditDraft.objects.filter(token=token).first()
        if draft is None:
            raise WrongError(f"draft {token} is gone")
        if int(which) > number and (draft.is_closed or draft_sheet(draft).head.get("basis") != f"{tag}-{which}"):
            raise WrongError(f"draft {token} is not what was typed")


def check_bulk(pks: list[int], attribute: str, *, done: bool) -> bool:
    """A bulk change reached all of its projects, or none."""
    count = Project.objects.filter(pk__in=pks, attribute=attribute).count()
    if count not in (0, len(pks)) or (done and not count):
        raise WrongError(f"bulk change reached {count} of {len(pks)} projects")
    return bool(count)


def check_upload(upload: Upload, tag: str) -> None:
    """The work was done, and once."""
    now = Upload.objects.get(pk=upload.pk)
    if now.state != JobState.DONE or now.run_id is None:
        raise WrongError(f"{tag}: the work ended as {now.state} after {now.attempts} attempts: {now.problem}")
    check_file(tag, done=True)

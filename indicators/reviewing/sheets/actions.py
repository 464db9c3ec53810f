"""Filling in and signing review sheets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final, NamedTuple

from django.db import transaction
from django.utils import timezone

from indicators.models import ProjectReview, ProjectReviewEvent
from indicators.reviewing.sheets.grading import GRADES
from indicators.reviewing.sheets.sheet import CRITERIA
from indicators.state import version_of
from perfgoals.history import change
from perfgoals.models import User
from projects.models import Project

BETWEEN: Final = "没有保存：您打开审核表以后，别人改过它。您填写的还在下面，请对照各项“现在保存的”，再保存一次。"
MOVED: Final = "您打开审核表以后，项目有改动，没有签字。填写的内容已保存，请看过新的审核意见再签字。"
UNGRADED: Final = "没有签字，填写的内容已保存：签字前请给出四项和总评的等级。"


class ReviewError(ValueError):
    """What was not done, as one Chinese sentence for the person."""


class Written(NamedTuple):
    """What a reviewer wrote on a sheet."""

    opinions: Mapping[str, Mapping[str, str]]
    """Family → grade and opinion."""
    grade: str
    opinion: str

    @property
    def is_graded(self) -> bool:
        """Whether every grade is given."""
        given = [self.grade, *(self.opinions.get(family.value, {}).get("grade", "") for family in CRITERIA)]
        return all(grade in GRADES for grade in given)


def fill_in(*, project: Project, written: Written, base: int, by: User) -> ProjectReview:
    """Keep what a reviewer wrote. A signature under another text goes: what is signed is what stands there.

    ``base`` is the number of the sheet's last change that the reviewer saw. Raises `ReviewError`.
    """
    with _locked(project, base), change(by=by, action="review"):
        return _kept(project, written, by)


def sign(*, project: Project, written: Written, base: int, version: int, by: User) -> ProjectReview:
    """Keep what a reviewer wrote and sign it, for the version of the project that the reviewer saw.

    Raises `ReviewError`. Where a grade is missing or the project changed meanwhile, what was written is kept all the
    same, unsigned.
    """
    with _locked(project, base):
        problem = UNGRADED if not written.is_graded else MOVED if version_of(project.pk) != version else ""
        with change(by=by, action="review" if problem else "sign-review"):
            review = _kept(project, written, by)
            if not problem:
                review.signed_by, review.signed_at, review.version = by, timezone.now(), version
                review.save(update_fields=["signed_by", "signed_at", "version"])
    if problem:
        raise ReviewError(problem)
    return review


@contextmanager
def _locked(project: Project, base: int) -> Iterator[None]:
    """Nobody else changes the project or its sheet meanwhile, and nobody did since it was seen."""
    with transaction.atomic():
        Project.objects.select_for_update(no_key=True).get(pk=project.pk)
        if _last(project) != base:
            raise ReviewError(BETWEEN)
        yield


def _kept(project: Project, written: Written, by: User) -> ProjectReview:
    kept = ProjectReview.objects.filter(pk=project.pk).first()
    said = {
        "opinions": {name: dict(one) for name, one in written.opinions.items()},
        "grade": written.grade,
        "opinion": written.opinion,
    }
    if kept is not None and all(getattr(kept, name) == value for name, value in said.items()):
        return kept
    values: dict[str, Any] = {**said, "by": by, "at": timezone.now(), "version": version_of(project.pk)}
    values |= {"signed_by": None, "signed_at": None}
    return ProjectReview.objects.update_or_create(project=project, defaults=values)[0]


def _last(project: Project) -> int:
    events = ProjectReviewEvent.objects.filter(project=project.pk).order_by("-pgh_id")
    return events.values_list("pgh_id", flat=True).first() or 0

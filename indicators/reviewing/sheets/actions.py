"""Filling in and signing review sheets."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from indicators.models import ProjectReview, ProjectReviewEvent
from indicators.reviewing.sheets.grading import GRADES
from indicators.reviewing.sheets.sheet import CRITERIA
from indicators.state import version_of
from perfgoals.history import change
from perfgoals.models import User
from projects.models import Project

BETWEEN: Final = "您打开审核表以后，别人改过它。请对照下面现在的内容，再填写一次。"
MOVED: Final = "您打开审核表以后，项目有改动，没有签字。填写的内容已保存，请看过新的审核意见再签字。"
UNGRADED: Final = "签字前请给出四项和总评的等级。"


class ReviewError(ValueError):
    """What was not done, as one Chinese sentence for the person."""


def fill_in(
    *, project: Project, opinions: Mapping[str, Mapping[str, str]], grade: str, opinion: str, base: int, by: User
) -> ProjectReview:
    """Keep what a reviewer wrote. A signature under another text goes: what is signed is what stands there.

    ``base`` is the number of the sheet's last change that the reviewer saw. Raises `ReviewError`.
    """
    with change(by=by, action="review"), transaction.atomic():
        Project.objects.select_for_update(no_key=True).get(pk=project.pk)
        if _last(project) != base:
            raise ReviewError(BETWEEN)
        kept = ProjectReview.objects.filter(pk=project.pk).first()
        said = {"opinions": {name: dict(one) for name, one in opinions.items()}, "grade": grade, "opinion": opinion}
        if kept is not None and all(getattr(kept, name) == value for name, value in said.items()):
            return kept
        values: dict[str, Any] = {**said, "by": by, "at": timezone.now(), "version": version_of(project.pk)}
        values |= {"signed_by": None, "signed_at": None}
        return ProjectReview.objects.update_or_create(project=project, defaults=values)[0]


def sign(*, project: Project, version: int, by: User) -> ProjectReview:
    """Sign the sheet as it stands, for the version of the project that the reviewer saw. Raises `ReviewError`."""
    with change(by=by, action="sign-review"), transaction.atomic():
        Project.objects.select_for_update(no_key=True).get(pk=project.pk)
        review = ProjectReview.objects.filter(pk=project.pk).first()
        if review is None or not _is_graded(review):
            raise ReviewError(UNGRADED)
        if version_of(project.pk) != version:
            raise ReviewError(MOVED)
        review.signed_by, review.signed_at, review.version = by, timezone.now(), version
        review.save(update_fields=["signed_by", "signed_at", "version"])
        return review


def _is_graded(review: ProjectReview) -> bool:
    given = [review.grade, *(review.opinions.get(family.value, {}).get("grade", "") for family in CRITERIA)]
    return all(grade in GRADES for grade in given)


def _last(project: Project) -> int:
    events = ProjectReviewEvent.objects.filter(project=project.pk).order_by("-pgh_id")
    return events.values_list("pgh_id", flat=True).first() or 0

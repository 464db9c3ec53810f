"""A project's review sheet: the findings by criterion, the grades they propose, and what reviewers wrote and signed."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from django.db.models import Max
from django.utils import timezone

from indicators.checks import Family, Severity
from indicators.models import ProjectFinding, ProjectReview, ProjectReviewEvent
from indicators.reviewing.listing import Line, lines_of
from indicators.reviewing.sheets.grading import overall_grade, proposed_grade
from indicators.state import newest_event
from projects.models import Project

CRITERIA: Final = (Family.COMPLETE, Family.RELEVANT, Family.FIT, Family.FEASIBLE)
"""What is graded; the soundness of the data stands beside."""
TONES: Final = {Severity.MUST: "must", Severity.SHOULD: "should", Severity.HINT: "hint"}


class Criterion(NamedTuple):
    """One of the criteria with its findings."""

    family: Family
    lines: Sequence[Line]
    """Open findings first."""
    proposed: str
    grade: str
    """What the reviewer gave; empty while nobody did."""
    opinion: str

    @property
    def open(self) -> list[Line]:
        """Findings that nobody accepted."""
        return [line for line in self.lines if line.reason is None]


@dataclass(frozen=True)
class ReviewSheet:
    """The sheet as it stands."""

    project: Project
    criteria: Sequence[Criterion]
    data: Criterion
    review: ProjectReview | None
    version: int
    """The project's version now."""
    base: int
    """Number of the sheet's last change; what is typed rests on it."""

    @property
    def proposed(self) -> str:
        """The overall grade that the findings propose."""
        return overall_grade(one.proposed for one in self.criteria)

    @property
    def grade(self) -> str:
        """What the reviewer gave overall."""
        return self.review.grade if self.review else ""

    @property
    def opinion(self) -> str:
        """What the reviewer wrote overall."""
        return self.review.opinion if self.review else ""

    @property
    def is_signed(self) -> bool:
        """Whether somebody signed it as it is."""
        return self.review is not None and self.review.signed_by_id is not None

    @property
    def is_outdated(self) -> bool:
        """Whether the project changed since it was signed."""
        return self.is_signed and self.review is not None and self.review.version != self.version

    @property
    def state(self) -> str:
        """Where it is, in words."""
        if self.review is None:
            return "未填写"
        if not self.is_signed:
            return "未签字"
        return "签字后项目有改动" if self.is_outdated else "已签字"

    @property
    def signature(self) -> str:
        """Who signed, when, and which version; empty where nobody did."""
        one = self.review
        if one is None or one.signed_by is None or one.signed_at is None:
            return ""
        return f"{one.signed_by.display_name} {timezone.localtime(one.signed_at):%Y-%m-%d %H:%M}（版本 {one.version}）"


def sheets_of(projects: Sequence[Project]) -> list[ReviewSheet]:
    """The sheets of projects, in their order and in as many statements for many as for one."""
    numbers = [project.pk for project in projects]
    lines = lines_of(ProjectFinding.objects.all(), numbers)
    reviews = ProjectReview.objects.select_related("signed_by", "by").in_bulk(numbers)
    versions = dict(Project.objects.filter(pk__in=numbers).annotate(v=newest_event()).values_list("pk", "v"))
    bases = _bases(numbers)
    return [
        _sheet(one, lines.get(one.pk, []), reviews.get(one.pk), versions[one.pk], bases.get(one.pk, 0))
        for one in projects
    ]


def _bases(numbers: Collection[int]) -> dict[int, int]:
    events = ProjectReviewEvent.objects.filter(project__in=list(numbers)).order_by()
    return dict(events.values_list("project_id").annotate(Max("pgh_id")))


def _sheet(
    project: Project, lines: Sequence[Line], review: ProjectReview | None, version: int, base: int
) -> ReviewSheet:
    written: Mapping[str, Mapping[str, str]] = review.opinions if review else {}
    every = {family: _criterion(family, lines, written.get(family.value, {})) for family in Family}
    criteria = [every[family] for family in CRITERIA]
    return ReviewSheet(project, criteria, every[Family.DATA], review, version, base)


def _criterion(family: Family, lines: Sequence[Line], written: Mapping[str, str]) -> Criterion:
    mine = sorted((line for line in lines if line.family == family), key=lambda line: line.reason is not None)
    proposed = proposed_grade(line.severity for line in mine if line.reason is None)
    return Criterion(family, mine, proposed, written.get("grade", ""), written.get("opinion", ""))


def signatures_of(project: Project) -> list[str]:
    """Who signed the sheet and what became of it, the latest first: a signature under what was changed later is told."""
    found = ProjectReviewEvent.objects.filter(project=project.pk).order_by("pgh_id")
    told: list[str] = []
    signed = None
    for event in found.select_related("signed_by", "by"):
        at = f"{timezone.localtime(event.pgh_created_at):%Y-%m-%d %H:%M}"
        if event.signed_by is not None and event.signed_at != signed:
            told.append(f"{event.signed_by.display_name} {at} 签字（版本 {event.version}，总评 {event.grade}）")
        elif event.signed_by is None and signed is not None:
            told.append(f"{event.by.display_name} {at} 签字后改动了审核表，原签字不再有效")
        signed = event.signed_at
    return told[::-1]

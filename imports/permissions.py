"""Which source documents and reports a person may read, and what they may import."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Final

from django.db.models import Exists, OuterRef, Q, QuerySet

from imports.completing import LISTS
from imports.layouts import gazette, interchange
from imports.models import ImportRun, OfficialDocument, SourceDocument, SourceRecord, Upload
from imports.planning import Planned
from imports.reading import SourceError
from imports.recognise import TABLE
from perfgoals.models import User
from projects.models import Project, Region
from projects.permissions import (
    ADMIN,
    DEPARTMENT,
    FINANCE,
    Places,
    manages_people,
    places_of,
    require,
    roles_of,
    sees_everything,
    sees_sources,
)

NOT_FOR_DEPARTMENTS: Final = LISTS | {interchange.NAME, gazette.NAME}
"""Layouts that state the projects of many departments, or everybody's documents."""
NOTHING: Final = Places(frozenset(), frozenset())


def documents_visible_to(user: User) -> QuerySet[SourceDocument]:
    """The documents that a person may read whole: every project that they state is one the person may see.

    Gazettes and plans are published: one that states no project at all is everybody's.
    None for people whose role reads no source texts at all (`require_sources`).
    """
    if not sees_sources(user):
        return SourceDocument.objects.none()
    documents = SourceDocument.objects.all()
    if sees_everything(user):
        return documents
    records = SourceRecord.objects.filter(document=OuterRef("pk")).order_by()
    visible = Project.objects.visible_to(user).order_by().values("pk")
    texts = OfficialDocument.objects.filter(source=OuterRef("pk")).order_by()
    stated = Q(Exists(records.filter(project__in=visible))) | Q(Exists(texts))
    return documents.filter(stated, ~Exists(records.exclude(project__in=visible)))


def require_sources(user: User) -> None:
    """Close the list of documents to roles that read no source texts. Raises ``PermissionDenied``."""
    require(sees_sources(user), "来源文件包含各部门的项目，部门人员不能查看。")


def require_runs(user: User) -> None:
    """Close the list of runs to roles that neither read source texts nor import. Raises ``PermissionDenied``."""
    require(sees_sources(user) or imports_files(user), "您的角色不能查看导入记录。")


def imports_files(user: User) -> bool:
    """Whether the person's role imports anything at all; what exactly, `ImportScope` says."""
    return user.is_superuser or bool(roles_of(user) & {ADMIN, FINANCE, DEPARTMENT})


def runs_visible_to(user: User) -> QuerySet[ImportRun]:
    """The runs whose reports a person may read: over documents that they may read, and their own.

    Tables that came back state no projects. 财政 reads the reports of those that have projects of their regions alone.
    """
    documents = documents_visible_to(user).order_by().values("pk")
    reach = Q(document__in=documents) | Q(by=user)
    if FINANCE in roles_of(user):
        regions = Region.objects.filter(_within(places_of(user).regions)).values_list("pk", flat=True)
        reach |= Q(layout=TABLE, report__region_codes__contained_by=list(regions))
    return ImportRun.objects.filter(reach)


def uploads_of(user: User) -> QuerySet[Upload]:
    """The uploads that a person may see: their own, for administrators everybody's."""
    uploads = Upload.objects.select_related("by", "run")
    if manages_people(user):
        return uploads
    return uploads.filter(by=user) if imports_files(user) else uploads.none()


class ImportScope:
    """What a person may import: 管理员 all, 财政 for their regions and departments, 部门 forms for their departments."""

    def __init__(self, by: User | None) -> None:
        """``by`` None is the command line, which may import all."""
        self._all = by is None or by.is_superuser or ADMIN in roles_of(by)
        self._roles = frozenset() if by is None else roles_of(by)
        self._places = NOTHING if by is None else places_of(by)
        self._regions: dict[str, bool] = {}
        self._cites = False

    def check_layout(self, layout: str, title: str) -> None:
        """Raises `SourceError` for a layout that the person's role does not import."""
        self._cites = layout == interchange.NAME
        if self._all or FINANCE in self._roles:
            return
        if DEPARTMENT not in self._roles:
            raise SourceError("您的角色不能导入文件。")
        if layout in NOT_FOR_DEPARTMENTS:
            raise SourceError(f"“{title}”由财政人员或管理员导入；部门人员可以导入本部门的项目支出绩效目标表。")

    def check(self, batch: Iterable[Planned]) -> None:
        """Raises `SourceError` for the first filing of a project that is not the person's."""
        if self._all:
            return
        foreign = (planned for planned in batch if not self._may(planned))
        if (first := min(foreign, key=lambda planned: planned.filing.ordinal, default=None)) is not None:
            draft = first.filing.draft
            owner = draft.department_name or draft.region_name
            raise SourceError(
                f"“{draft.name}”（{owner}）不在您负责的{self._reach}内，整份文件没有导入。"
                "请去掉不归您的项目再上传，或请财政人员、管理员导入。",
                None if self._cites else draft.first_line,  # its lines are those of the texts that it cites
            )

    @property
    def _reach(self) -> str:
        return "行政区划" if FINANCE in self._roles else "部门"

    def _may(self, planned: Planned) -> bool:
        place, project = planned.place, planned.project
        if not self._reaches(place.region, place.department.pk if place.department else None):
            return False
        return project is None or self._reaches(project.region, project.department_id)

    def _reaches(self, region: Region, department: int | None) -> bool:
        if department in self._places.departments:
            return True
        if FINANCE not in self._roles:
            return False
        if region.pk not in self._regions:
            found = Region.objects.filter(_within(self._places.regions), pk=region.pk)
            self._regions[region.pk] = found.exists()
        return self._regions[region.pk]


def _within(regions: Collection[str]) -> Q:
    """Regions that are among the given ones, or lie in them."""
    return Q(pk__in=regions) | Q(parent__in=regions) | Q(parent__parent__in=regions)

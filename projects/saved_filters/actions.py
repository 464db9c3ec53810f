"""Every write to saved filters: keyword-only, atomic, and by their owner."""

from __future__ import annotations

from typing import Final

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import QueryDict

from perfgoals.models import User
from projects.actions import ActionError
from projects.filters import ProjectFilter
from projects.models import Project, Region, SavedFilter
from projects.saved_filters.places import Place, own_places, place_key

LONGEST: Final = 8000
NOT_YOURS: Final = "这个筛选是别人保存的，您可以打开，不能修改。"
NAME_TAKEN: Final = "您已经有一个同名的筛选，请换一个名称，或在列表中覆盖原来的。"
NOTHING_ON: Final = "还没有筛选条件，请先在列表中选好条件再保存。"
TOO_LONG: Final = "筛选条件太多，无法保存，请减少选中的项。"
NOT_YOUR_PLACE: Final = "只能共享给您所属的部门或行政区划。"


@transaction.atomic
def save_filter(*, name: str, query: str, place: Place | None, by: User) -> SavedFilter:
    """Keep the filters of an address under a name. Raises `ActionError`: name taken, no filters, no place of one's own."""
    _refuse_foreign(place, by)
    made = SavedFilter(user=by, name=name, query=_filters_of(query))
    _share(made, place)
    return _stored(made)


@transaction.atomic
def change_filter(*, saved: SavedFilter, name: str, place: Place | None, by: User) -> SavedFilter:
    """Call a filter otherwise and share it with a place, or with nobody. Raises `ActionError` or `PermissionDenied`."""
    _refuse_others(saved, by)
    if place not in (saved.region, saved.department):
        _refuse_foreign(place, by)
    saved.name = name
    _share(saved, place)
    return _stored(saved)


@transaction.atomic
def overwrite_filter(*, saved: SavedFilter, query: str, by: User) -> SavedFilter:
    """Put other filters under the name. Raises `ActionError` or `PermissionDenied`."""
    _refuse_others(saved, by)
    saved.query = _filters_of(query)
    return _stored(saved)


@transaction.atomic
def delete_filter(*, saved: SavedFilter, by: User) -> None:
    """Forget a filter, also for those with whom it was shared. Raises `PermissionDenied`."""
    _refuse_others(saved, by)
    saved.delete()


def _filters_of(query: str) -> str:
    """The filters among an address's parameters, as every page writes them; amounts with their unit."""
    filters = ProjectFilter(QueryDict(query), Project.objects.none()).query
    if not filters:
        raise ActionError(NOTHING_ON)
    if len(filters) > LONGEST:
        raise ActionError(TOO_LONG)
    return filters


def _share(saved: SavedFilter, place: Place | None) -> None:
    saved.region = place if isinstance(place, Region) else None
    saved.department = None if isinstance(place, Region) else place


def _stored(saved: SavedFilter) -> SavedFilter:
    try:
        with transaction.atomic():
            saved.save()
    except IntegrityError as error:
        raise ActionError(NAME_TAKEN) from error
    return saved


def _refuse_others(saved: SavedFilter, by: User) -> None:
    if saved.user_id != by.pk:
        raise PermissionDenied(NOT_YOURS)


def _refuse_foreign(place: Place | None, by: User) -> None:
    if place is not None and place_key(place) not in own_places(by):
        raise ActionError(NOT_YOUR_PLACE)

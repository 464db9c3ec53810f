"""With which places a person may share a filter, and which filters reach a person."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from perfgoals.models import User
from projects.models import Department, Region, SavedFilter
from projects.permissions import places_of

Place = Region | Department


def own_places(user: User) -> dict[str, Place]:
    """The person's departments and regions, by a key for forms."""
    places = places_of(user)
    found: list[Place] = list(Department.objects.filter(pk__in=places.departments))
    found += Region.objects.filter(pk__in=places.regions)
    return {place_key(place): place for place in found}


def place_key(place: Place) -> str:
    """A place as one value of a form."""
    return f"{'region' if isinstance(place, Region) else 'department'}-{place.pk}"


def filters_for(user: User) -> QuerySet[SavedFilter]:
    """The filters that the person saved, and those that others share with one of their places."""
    places = places_of(user)
    shared = Q(region__in=places.regions) | Q(department__in=places.departments)
    found = SavedFilter.objects.filter(Q(user=user) | shared)
    return found.select_related("user", "region", "department")

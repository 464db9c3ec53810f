"""Addresses made without asking all routes."""

import pytest
from django.test.utils import override_script_prefix
from django.urls import NoReverseMatch, reverse

from perfgoals.addresses import fixed, numbered


@pytest.mark.parametrize("route", ["project-detail", "project-panel", "document-detail"])
@pytest.mark.parametrize("prefix", ["/", "/perfgoals/"])
def test_they_are_what_the_routes_say(route: str, prefix: str) -> None:
    with override_script_prefix(prefix):
        assert numbered(route, 4711) == reverse(route, args=[4711])
        assert fixed("project-list") == reverse("project-list")


def test_an_unknown_route_is_an_error() -> None:
    with pytest.raises(NoReverseMatch):
        numbered("nowhere", 1)

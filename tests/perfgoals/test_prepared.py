"""Statements that are put together once."""

from collections.abc import Sequence

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from perfgoals.prepared import KEYS, Prepared
from projects.models import ListLayout, Project
from projects.tables.loading import load
from tests import factories


@pytest.mark.django_db
def test_one_statement_serves_whatever_is_asked(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    one, two, three = (factories.project(name) for name in ("甲", "乙", "丙"))
    names = Prepared(lambda: Project.objects.filter(pk__among=KEYS).order_by("pk").values_list("name", "amount"))

    def asked(keys: Sequence[int]) -> list[tuple[object, ...]]:
        return names.rows(keys)

    with django_assert_num_queries(2):
        assert asked([one.pk, three.pk]) == list(
            Project.objects.filter(pk__in=[one.pk, three.pk]).order_by("pk").values_list("name", "amount")
        )
    with django_assert_num_queries(1):
        assert [name for name, _ in asked([two.pk])] == ["乙"]
    with django_assert_num_queries(0):
        assert asked([]) == []


@pytest.mark.django_db
def test_a_relation_is_looked_up_by_its_key(auditor: Client) -> None:
    user = factories.user(None)
    ListLayout.objects.create(user=user, columns=["name"])
    kept = Prepared(lambda: ListLayout.objects.filter(pk__among=KEYS).values_list("columns"))
    assert kept.rows([user.pk, user.pk + 1]) == [(["name"],)]


@pytest.mark.django_db
def test_loaded_projects_are_those_of_the_database(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with_department, without = factories.project("甲", amount="12.30"), factories.project("乙", department=None)
    fields = [
        "serial",
        "amount",
        "name",
        "region__short_name",
        "region__name",
        "department__name",
        "filed_at",
        "created_at",
    ]
    stored = {project.pk: project for project in Project.objects.select_related("region", "department")}
    with django_assert_num_queries(1):
        loaded = load([with_department.pk, without.pk], fields)
        assert len(loaded) == 2
        for project in loaded:
            same = stored[project.pk]
            for field in ("serial", "amount", "name", "filed_at", "created_at"):
                assert getattr(project, field) == getattr(same, field)
            assert (project.region.name, project.region.short_name) == (same.region.name, same.region.short_name)
            assert (project.department and project.department.name) == (same.department and same.department.name)
    assert {project.department for project in loaded} == {with_department.department, None}

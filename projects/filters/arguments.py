"""The list's filters as options of a command."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Collection, Mapping
from typing import Any

from django.http import QueryDict

from perfgoals.commands import PerfGoalsCommand
from projects.filters.filterset import ProjectFilter
from projects.models import Project
from projects.querysets import ProjectQuerySet


def add_filter_arguments(parser: ArgumentParser, *, but: Collection[str] = ()) -> None:
    """An option for every filter, save those whose names the command has for itself."""
    for name in _names(but):
        label = ProjectFilter.base_filters[name].label
        parser.add_argument(f"--{name}", action="append", metavar="值", help=f"筛选：{label}")


def filtered(command: PerfGoalsCommand, options: Mapping[str, Any], *, but: Collection[str] = ()) -> ProjectQuerySet:
    """The projects that the options find; the command refuses a value that is not understood."""
    query = QueryDict(mutable=True)
    for name in _names(but):
        query.setlist(name, options[name] or [])
    found = ProjectFilter(query, queryset=Project.objects.all())
    if not found.is_valid():
        problems = "；".join(
            f"--{name}：{'、'.join(str(message) for message in messages)}"
            for name, messages in found.form.errors.items()
        )
        command.refuse(f"筛选条件有误：{problems}")
    projects: ProjectQuerySet = found.qs
    return projects


def is_filtered(options: Mapping[str, Any]) -> bool:
    """Whether any filter is on."""
    return any(options[name] for name in ProjectFilter.base_filters)


def _names(but: Collection[str]) -> list[str]:
    return [name for name in ProjectFilter.base_filters if name not in but]

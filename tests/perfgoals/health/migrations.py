"""Migrations of the program as it is now, for tests that pretend that one was not applied."""

from __future__ import annotations

from django.db.migrations.loader import MigrationLoader

from perfgoals.health.schema import Key, name
from tests.databases import Database


def last_of_all() -> Key:
    """One that no other rests on."""
    graph = MigrationLoader(None).graph
    ends = [key for key in graph.nodes if not graph.node_map[key].children]
    return max((app, end) for app, end in ends if app in {"imports", "indicators", "projects"})


def one_that_others_rest_on() -> Key:
    """One that others rest on, of the same app."""
    graph = MigrationLoader(None).graph
    return max(key for key in graph.nodes if key[0] == "projects" and graph.node_map[key].children)


def forget(on: Database, migration: Key) -> str:
    """Take a migration out of the record, and return how it is called."""
    with on.connect() as link:
        link.execute("DELETE FROM django_migrations WHERE app = %s AND name = %s", migration)
    return name(migration)

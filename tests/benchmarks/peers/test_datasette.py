"""The SQLite file for Datasette has our projects, and is another one where its tables are others."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from benchmarks.peers import datasette
from tests import factories

HOME = Path("home-10x5")


@pytest.fixture(autouse=True)
def bench(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where benchmarks keep what they make."""
    monkeypatch.setenv("PERFGOALS_BENCH_FOLDER", str(tmp_path))
    return tmp_path


@pytest.mark.parametrize(
    ("name", "value"),
    [("_INDEXES", ("year",)), ("_TABLE", "CREATE TABLE projects (id)"), ("_ROWS", "SELECT 1"), ("_SEARCH", ())],
)
def test_a_file_with_other_tables_lies_elsewhere(name: str, value: object, monkeypatch: pytest.MonkeyPatch) -> None:
    before = datasette.place_of(HOME)
    assert datasette.place_of(HOME) == before
    monkeypatch.setattr(datasette, name, value)
    assert datasette.place_of(HOME) != before


def test_what_other_tables_left_is_deleted_and_nothing_else(bench: Path) -> None:
    own, others = (
        datasette.place_of(HOME),
        ("home-10x5", "home-10x5-history", "home-10x5-history-perfgoals-1", "home-100x5-perfgoals-1"),
    )
    for name in (own.name, "home-10x5-perfgoals", "home-10x5-perfgoals-0123456789ab", *others):
        (bench / name).mkdir()
    datasette.remove_outdated(HOME)
    assert {place.name for place in bench.iterdir()} == {own.name, *others}


@pytest.mark.django_db
def test_the_file_has_the_projects_and_finds_them_by_three_characters(bench: Path) -> None:
    project = factories.project("城乡道路养护", amount="12.50")
    datasette._write(bench / "perfgoals.db")
    with closing(sqlite3.connect(bench / "perfgoals.db")) as file:
        assert file.execute("SELECT id, name, amount FROM projects").fetchall() == [(project.pk, "城乡道路养护", 12.5)]
        found = file.execute("SELECT rowid FROM projects_fts WHERE projects_fts MATCH ?", ("道路养",)).fetchall()
    assert found == [(project.pk,)]

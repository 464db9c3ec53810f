"""A backup is one file that proves itself, made while the site goes on."""

from __future__ import annotations

import hashlib
import re
import stat
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from perfgoals.keeping import archive, backing_up, programs
from perfgoals.keeping.backing_up import back_up
from perfgoals.keeping.contents import difference
from perfgoals.keeping.errors import KeepingError
from perfgoals.keeping.lent import WARNING
from perfgoals.keeping.restoring import restore
from tests.databases import Database, at

from .conftest import held


def test_its_sums_are_right_and_only_its_owner_reads_it(made_backup: Path) -> None:
    assert stat.S_IMODE(made_backup.stat().st_mode) == 0o600
    with tarfile.open(made_backup) as tar:
        sums = tar.extractfile("SHA256SUMS").read().decode().splitlines()
        assert [line.split("  ")[1] for line in sums] == ["database.dump", "manifest.json"]
        for line in sums:
            value, name = line.split("  ")
            assert hashlib.sha256(tar.extractfile(name).read()).hexdigest() == value


def test_in_a_folder_it_is_named_by_the_time(made_backup: Path) -> None:
    assert re.fullmatch(r"perfgoals-\d{8}-\d{6}\.tar", made_backup.name)
    assert [path.name for path in made_backup.parent.iterdir()] == [made_backup.name]


def test_it_tells_what_it_holds(made_backup: Path, filled: Database) -> None:
    manifest = archive.checked(made_backup).manifest
    assert difference(manifest.contents, held(filled)) is None
    assert manifest.facts["history"]["projects"] == "2"
    assert "projects.0001_initial" in manifest.migrations
    sha256 = filled.ask("SELECT sha256 FROM imports_sourcedocument")
    assert manifest.facts["sources"] == {sha256: sha256}


def test_what_people_store_meanwhile_is_in_neither_dump_nor_manifest(
    own: Database, empty: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = held(own)
    manifest_of = backing_up._manifest

    def later(*given: object) -> object:
        own.execute("UPDATE projects_project SET basis = '此间'")
        return manifest_of(*given)

    monkeypatch.setattr(backing_up, "_manifest", later)
    with at(own):
        made = back_up(tmp_path / "b.tar")
    with at(empty):
        restore(made.path, replace=False)
    assert held(empty).tables == before.tables != held(own).tables


def test_numbers_given_while_it_is_made_do_no_harm(
    own: Database, empty: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dumped = backing_up._dumped

    def meanwhile(dumper: Path) -> Iterator[bytes]:
        own.execute("SELECT nextval('history_event')")
        yield from dumped(dumper)

    monkeypatch.setattr(backing_up, "_dumped", meanwhile)
    with at(own):
        made = back_up(tmp_path / "b.tar")
    with at(empty):
        restore(made.path, replace=False)
    assert held(empty).sequences["history_event"] == made.manifest.sequences["history_event"] + 1


def test_a_file_that_is_there_is_never_overwritten(own: Database, tmp_path: Path) -> None:
    there = tmp_path / "b.tar"
    there.write_text("重要")
    with pytest.raises(KeepingError, match="已经存在"):
        back_up(there)
    assert there.read_text() == "重要"


def test_a_place_that_cannot_be_written_is_said(own: Database, tmp_path: Path) -> None:
    with pytest.raises(KeepingError, match="不能写入（不存在）"):
        back_up(tmp_path / "none" / "b.tar")


def test_a_dump_that_fails_leaves_no_file(own: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(programs, "target", lambda: "dbname=nothing host=/nowhere")
    with pytest.raises(KeepingError, match="数据库没有导出成功"):
        back_up(tmp_path / "b.tar")
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_leaves_no_file(own: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_given: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(archive.Writer, "add", full)
    with pytest.raises(KeepingError, match="磁盘已满"):
        back_up(tmp_path / "b.tar")
    assert list(tmp_path.iterdir()) == []


def test_what_is_wrong_already_is_told(own: Database, tmp_path: Path) -> None:
    own.execute(
        "SET session_replication_role = replica; UPDATE projects_project SET basis = '未记录' WHERE name = '乙';"
        "UPDATE imports_sourcecontent SET data = 'x'"
    )
    facts = back_up(tmp_path / "b.tar").manifest.facts
    assert facts["history"][WARNING] == "1 个项目与它的修改记录推出的不一致"
    assert facts["sources"][WARNING] == "1 个来源文件的内容与登记的 sha256 不一致"


def test_commands_say_what_they_did(own: Database, migrated: Database, tmp_path: Path) -> None:
    done = own.manage("backup", tmp_path, home=tmp_path / "home")
    assert done.returncode == 0, done.stderr
    made = next(tmp_path.glob("*.tar"))
    assert f"已备份到 {made}" in done.stdout
    done = own.manage("restore", made, home=tmp_path / "home")
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "数据库不是空的" in done.stderr
    done = own.manage("restore", "--replace", made, home=tmp_path / "home")
    assert done.returncode == 0, done.stderr
    assert "与备份时逐表一致" in done.stdout

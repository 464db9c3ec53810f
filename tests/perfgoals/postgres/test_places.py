"""Paths that are hard on sockets, shells and configuration files."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from perfgoals.postgres.places import Cluster, socket_folder

from .processes import User, is_gone, query, soon


@pytest.mark.parametrize("name", ['it\'s a "home"', "绩效 $HOME `x`", "a,b", "back\\slash 100%"])
def test_any_name_of_the_home_works(place: Path, copy: Callable[[Path], Path], name: str) -> None:
    home = copy(place / name)
    with User(home) as user:
        assert query(user.ready()) == 1
        user.end()
    assert is_gone(home)


def test_a_new_home_may_have_any_name_too(place: Path) -> None:
    home = place / '新 "家" $x\'s'
    with User(home) as user:
        assert query(user.ready()) == 1


def test_a_long_path_puts_the_socket_into_the_temporary_folder(place: Path, copy: Callable[[Path], Path]) -> None:
    home = copy(place / ("长" * 40))
    with User(home) as user:
        folder = user.ready()
        assert folder == socket_folder(Cluster(home))
        assert not folder.is_relative_to(home)
        assert folder.stat().st_mode & 0o777 == 0o700
        assert query(folder) == 1
        user.end()
    assert is_gone(home)
    assert soon(lambda: not folder.exists())


def test_a_temporary_folder_that_is_open_to_others_is_refused(place: Path, copy: Callable[[Path], Path]) -> None:
    home = copy(place / ("长" * 40))
    folder = socket_folder(Cluster(home))
    folder.mkdir()
    folder.chmod(0o755)
    with User(home) as user:
        assert "不是只属于本用户的文件夹" in user.refusal()
    with suppress(FileNotFoundError):  # the guard of the refused user tidies up as well
        folder.rmdir()


def test_a_link_to_the_home_leads_to_the_same_server(place: Path, home: Path) -> None:
    (place / "link").symlink_to(home)
    with User(home) as one, User(place / "link") as other:
        assert one.ready() == other.ready()


def test_a_comma_is_kept_from_the_client_library(tmp_path: Path) -> None:
    assert "," not in str(socket_folder(Cluster(tmp_path / "a,b")))

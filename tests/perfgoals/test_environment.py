"""Settings from the environment: typed, and refused loudly."""

import stat
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from perfgoals.environment import flag, home_folder, number, secret_key, words


def test_a_flag_is_yes_or_no(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("X", "yes")
    assert flag("X")
    monkeypatch.setenv("X", "0")
    assert not flag("X")
    monkeypatch.delenv("X")
    assert not flag("X")


def test_a_flag_of_another_value_stops_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("X", "maybe")
    with pytest.raises(ImproperlyConfigured, match="环境变量 X 的值“maybe”无法识别"):
        flag("X")


def test_a_number_is_whole_and_not_negative(monkeypatch: pytest.MonkeyPatch) -> None:
    assert number("X", default=0) == 0
    monkeypatch.setenv("X", "2")
    assert number("X", default=0) == 2
    monkeypatch.setenv("X", "-1")
    with pytest.raises(ImproperlyConfigured, match="请写 0 或正整数"):
        number("X", default=0)


def test_words_are_separated_by_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("X", "a.example, b.example,")
    assert words("X", default=[]) == ["a.example", "b.example"]


def test_the_home_folder_is_absolute(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PERFGOALS_HOME", "data")
    assert home_folder(default=Path("/x")) == tmp_path / "data"


def test_a_secret_is_made_once_and_readable_by_its_owner_only(tmp_path: Path) -> None:
    first = secret_key(tmp_path / "home")
    assert len(first) >= 50
    assert secret_key(tmp_path / "home") == first
    assert stat.S_IMODE((tmp_path / "home" / "secret_key").stat().st_mode) == 0o600
    assert [path.name for path in (tmp_path / "home").iterdir()] == ["secret_key"]


def test_a_short_secret_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PERFGOALS_SECRET_KEY", "short")
    with pytest.raises(ImproperlyConfigured, match="少于 50 个字符"):
        secret_key(tmp_path)

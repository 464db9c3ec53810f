"""``DATABASE_URL``: what is understood and what is refused."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from perfgoals.postgres import database_settings


def read(url: str) -> dict:
    return database_settings("unused", url)


def test_a_full_url() -> None:
    settings = read("postgresql://jx:secret@db.example:6543/targets")
    assert settings["ENGINE"] == "django.db.backends.postgresql"
    assert [settings[key] for key in ("USER", "PASSWORD", "HOST", "PORT", "NAME")] == [
        *("jx", "secret", "db.example", "6543", "targets")
    ]
    assert settings["OPTIONS"] == {}


def test_the_short_scheme_and_libpqs_defaults() -> None:
    settings = read("postgres:///targets")
    assert [settings[key] for key in ("USER", "PASSWORD", "HOST", "PORT")] == [""] * 4


def test_percent_encoding() -> None:
    settings = read("postgres://%E8%B4%A2%E6%94%BF:p%40s%2Fs%3A%25@h/%E7%BB%A9%E6%95%88")
    assert [settings[key] for key in ("USER", "PASSWORD", "NAME")] == ["财政", "p@s/s:%", "绩效"]


@pytest.mark.parametrize(
    "url", ["postgres:///n?host=/run/Pg", "postgres://%2Frun%2FPg/n", "postgres://u@:6/n?host=/run/Pg"]
)
def test_a_socket(url: str) -> None:
    assert read(url)["HOST"] == "/run/Pg"


def test_options_go_to_the_driver() -> None:
    settings = read("postgres://h/n?sslmode=verify-full&connect_timeout=3")
    assert settings["OPTIONS"] == {"sslmode": "verify-full", "connect_timeout": "3"}


def test_an_address_in_brackets() -> None:
    assert read("postgres://[::1]:5433/n")["HOST"] == "::1"


@pytest.mark.parametrize(
    "url",
    [
        "mysql://u:geheim@h/n",
        "sqlite:///n.db",
        "h/n",
        "postgres://u:geheim@h",
        "postgres://u:geheim@h:port/n",
        "postgres://u:geheim@h:70000/n",
        "postgres://u:geheim@h/n?sslmod=require",
        "postgres://u:geheim%zz@h/n",
        "postgres://u:geheim@[::1/n",
    ],
)
def test_a_bad_url_is_refused_in_one_sentence_that_keeps_the_password(url: str) -> None:
    with pytest.raises(ImproperlyConfigured) as refused:
        read(url)
    sentence = str(refused.value)
    assert sentence.startswith("环境变量 DATABASE_URL ")
    assert sentence.count("。") == 1
    assert "geheim" not in sentence

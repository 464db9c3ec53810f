"""Which passwords are taken."""

from __future__ import annotations

import warnings
from pathlib import Path

import pytest
from django.conf import global_settings, settings
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.core.exceptions import ValidationError

from perfgoals.models import User
from projects.accounts.forms import generate_password

pytestmark = pytest.mark.django_db


def problems(word: str) -> list[str]:
    """What is wrong with a password."""
    try:
        validate_password(word, User(username="liming"))
    except ValidationError as error:
        return list(error.messages)
    return []


@pytest.mark.parametrize(
    ("word", "problem"),
    [
        ("nine-char", "密码太短，至少要 10 个字符。"),
        ("1qaz2wsx", "这个密码太常见，或在别处泄露过，请换一个。"),
        ("woaini1314", "这个密码太常见，或在别处泄露过，请换一个。"),
        ("Q1W2E3R4T5Y6", "这个密码太常见，或在别处泄露过，请换一个。"),
        ("liming1xyz", "密码跟 用户名 太相似了。"),
        ("19900101123", "只有数字的密码至少要 15 位，较短的多是日期和电话号码。"),
    ],
)
def test_what_is_easily_guessed_is_refused_with_its_reason(word: str, problem: str) -> None:
    assert problem in problems(word)


@pytest.mark.parametrize(
    "word",
    ["tencharsab", "马到成功万事如意天天", "correct horse battery staple", "x" * 127 + "y", " a b c d e ", "849302175566018", "x" * 4999 + "y"],
)  # fmt: skip
def test_any_characters_and_any_length_from_ten_on_are_taken(word: str) -> None:
    assert problems(word) == []


def test_a_short_one_is_looked_up_nowhere() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert problems("short") == ["密码太短，至少要 10 个字符。"]


def test_given_passwords_keep_the_rules() -> None:
    assert [problems(generate_password()) for _ in range(50)] == [[]] * 50


def test_every_rule_is_told_in_chinese_beforehand() -> None:
    texts = password_validators_help_texts()
    assert len(texts) == len(settings.AUTH_PASSWORD_VALIDATORS) == 5
    assert not [text for text in texts if not text.startswith(("密码", "只有数字的密码"))]


def test_they_are_kept_by_a_slow_function() -> None:
    # Tests themselves hash quickly (`tests/conftest.py`).
    assert global_settings.PASSWORD_HASHERS[0].endswith(".PBKDF2PasswordHasher")
    assert PBKDF2PasswordHasher.iterations >= 600_000
    assert "PASSWORD_HASHERS" not in Path(settings.BASE_DIR, "perfgoals", "settings.py").read_text(encoding="utf-8")

"""Which passwords are taken."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import global_settings, settings
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from perfgoals.models import User


@pytest.mark.parametrize("word", ["short7!", "1qaz2wsx", "iloveyou", "19900101123", "liming1x"])
def test_what_is_easily_guessed_is_refused(word: str) -> None:
    with pytest.raises(ValidationError):
        validate_password(word, User(username="liming"))


@pytest.mark.parametrize(
    "word", ["eightchr", "马到成功万事如意", "correct horse battery staple", "x" * 63 + "y", " a b c d e "]
)
def test_any_characters_and_any_length_from_eight_on_are_taken(word: str) -> None:
    validate_password(word, User(username="liming"))


def test_they_are_kept_by_a_slow_function() -> None:
    # Tests themselves hash quickly (`tests/conftest.py`).
    assert global_settings.PASSWORD_HASHERS[0].endswith(".PBKDF2PasswordHasher")
    assert PBKDF2PasswordHasher.iterations >= 600_000
    assert "PASSWORD_HASHERS" not in Path(settings.BASE_DIR, "perfgoals", "settings.py").read_text(encoding="utf-8")

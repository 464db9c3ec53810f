"""Codes: the published examples, clocks that differ, what people type."""

from __future__ import annotations

import re
from base64 import b32encode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfgoals.logins.codes import digest_of, new_key, new_recovery_codes, normalised, picture, step_of

KEY = b32encode(b"12345678901234567890").decode()
"""Of the examples of RFC 6238, whose codes have eight digits: six are their last."""


@pytest.mark.parametrize(
    ("now", "code"), [(59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (20000000000, "353130")]
)
def test_the_examples_of_the_standard(now: int, code: str) -> None:
    assert step_of(KEY, code, now=now, after=0) == now // 30


@pytest.mark.parametrize(("seconds", "taken"), [(-60, False), (-30, True), (0, True), (30, True), (60, False)])
def test_a_clock_may_be_half_a_minute_wrong(seconds: int, taken: bool) -> None:
    assert (step_of(KEY, "005924", now=1234567890 + seconds, after=0) is not None) == taken


def test_a_code_is_not_taken_after_itself_or_a_later_one() -> None:
    step = 1234567890 // 30
    assert step_of(KEY, "005924", now=1234567890, after=step - 1) == step
    assert step_of(KEY, "005924", now=1234567890, after=step) is None


@pytest.mark.parametrize("typed", ["005 924", " 005-924 ", "００５９２４", "0 0 5 9 2 4"])
def test_spaces_and_wide_digits_do_no_harm(typed: str) -> None:
    assert step_of(KEY, typed, now=1234567890, after=0) is not None


@given(st.text())
def test_nothing_else_is_a_code(typed: str) -> None:
    found = step_of(KEY, typed, now=1234567890, after=0)
    assert found is None or re.fullmatch("[0-9]{6}", normalised(typed))


def test_recovery_codes_are_different_and_typed_as_one_likes() -> None:
    codes = new_recovery_codes()
    assert len(set(codes)) == 10
    assert digest_of(codes[0]) == digest_of(codes[0].upper().replace("-", " "))
    assert digest_of(codes[0]) != digest_of(codes[1])


def test_the_picture_has_neither_style_nor_script_and_no_text() -> None:
    drawn = picture(new_key(), username='"><script>')
    assert set(re.findall(r"<([a-z]+)", drawn)) == {"svg", "g", "path"}
    assert " style=" not in drawn

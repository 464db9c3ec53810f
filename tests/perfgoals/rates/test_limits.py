"""What is counted as what."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from perfgoals.rates.limits import EXPORTS, LIMITS, window_of
from tests.perfgoals.test_access import addresses

NAMES = {str(pattern.name) for pattern in addresses()}
ONE_FORM = {"export-list", "export-detail", "export-discard", "project-form", "sheet-print"}
"""Addresses that sound like a file and are a light page, or give away less than the page they stand beside."""


def test_every_address_that_makes_a_file_or_a_print_is_counted() -> None:
    sounds_like_a_file = {name for name in NAMES if re.search(r"export|xlsx|print|-form$|^paper", name)}
    assert sounds_like_a_file - ONE_FORM - {"project-restore-printed"} == EXPORTS.addresses - {"sheet-list"}


def test_every_address_of_a_limit_is_one_of_the_sites_and_of_no_other_limit() -> None:
    named = [name for limit in LIMITS for name in limit.addresses]
    assert set(named) <= NAMES
    assert len(named) == len(set(named))


def test_windows_are_tens_of_minutes_of_the_clock() -> None:
    assert window_of(datetime(2025, 3, 1, 12, 39, 59, 5, tzinfo=UTC)) == datetime(2025, 3, 1, 12, 30, tzinfo=UTC)
    assert window_of(datetime(2025, 3, 1, 12, 30, tzinfo=UTC)) == datetime(2025, 3, 1, 12, 30, tzinfo=UTC)

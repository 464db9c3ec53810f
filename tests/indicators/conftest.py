"""What tests of projects and their trees share."""

import pytest


@pytest.fixture
def without_review(monkeypatch: pytest.MonkeyPatch) -> None:
    """Changes are not checked: for tests that count what the change itself costs."""
    monkeypatch.setattr("perfgoals.history._before_end", [])

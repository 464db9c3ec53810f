"""Words that very many projects have, in tests with a handful of projects."""

import pytest

from projects.filters import texts


def few_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three projects are very many, and what else is asked for leaves as many."""
    monkeypatch.setattr(texts, "FEWER", -1)
    monkeypatch.setattr(texts, "FREQUENT", 0)
    monkeypatch.setattr(texts, "MOST_NUMBERS", 1)
    monkeypatch.setattr(texts, "MOST_LOOKED_AT", 2)

"""What is told, line by line."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from perfgoals.observing.lines import LOGGER, REFUSALS, JsonLines


class Told(logging.Handler):
    """Keeps the lines as they would be written."""

    def __init__(self) -> None:
        super().__init__()
        self.setFormatter(JsonLines())
        self.raw: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.raw.append(self.format(record))

    def of(self, event: str) -> list[dict[str, Any]]:
        """The facts of each line of an event."""
        return [line for line in map(json.loads, self.raw) if line["event"] == event]


@contextmanager
def heard(logger: logging.Logger) -> Iterator[Told]:
    handler = Told()
    logger.addHandler(handler)
    yield handler
    logger.removeHandler(handler)


@pytest.fixture
def told() -> Iterator[Told]:
    """Lines about what is slow."""
    with heard(LOGGER) as lines:
        yield lines


@pytest.fixture
def refused() -> Iterator[Told]:
    """Lines about what was refused."""
    with heard(REFUSALS) as lines:
        yield lines


@pytest.fixture
def everything_is_slow(settings: Any) -> None:
    settings.SLOW_REQUEST_SECONDS = settings.SLOW_STATEMENT_SECONDS = 1e-9

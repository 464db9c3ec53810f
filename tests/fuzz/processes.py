"""Processes of their own for work that may die, hang or fill the memory. Nothing of the program is loaded here."""

from __future__ import annotations

import importlib
import multiprocessing
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.process import BaseProcess
from typing import Any

CONTEXT = multiprocessing.get_context("spawn")


@contextmanager
def process(module: str, function: str, *arguments: Any) -> Iterator[BaseProcess]:
    """A process that runs a function of a module of this folder, ended with the block at the latest."""
    made = CONTEXT.Process(target=_call, args=(module, function, arguments))
    made.start()
    try:
        yield made
    finally:
        made.kill()
        made.join()


def _call(module: str, function: str, arguments: tuple[Any, ...]) -> None:
    import django

    django.setup()
    getattr(importlib.import_module(f"tests.fuzz.{module}"), function)(*arguments)

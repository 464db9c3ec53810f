"""Thousands of mutations of a layout, each within its time and memory; in a process that may die of one and is begun again."""

from __future__ import annotations

import resource
import time
from collections import Counter
from dataclasses import dataclass, field
from multiprocessing.process import BaseProcess
from multiprocessing.sharedctypes import Synchronized
from pathlib import Path
from queue import Empty
from typing import Any, Final

from tests.fuzz.findings import Findings
from tests.fuzz.making import mutation
from tests.fuzz.processes import CONTEXT, process
from tests.fuzz.starting import SOURCES
from tests.fuzz.trying import BrokenPromiseError, Count, try_one

SECONDS: Final = 10.0
"""Of the processor, for one input."""
MEMORY: Final = 500 * 1024
"""Kilobytes, the program itself included."""
_TOLD: Final = 200
_STUCK: Final = 120.0
"""Seconds after which a process that goes on with one input is ended."""
_SPACE: Final = 8 * 1024**3


@dataclass(slots=True)
class Swept:
    """The outcome of many inputs."""

    outcomes: Counter[str] = field(default_factory=Counter)
    refusals: Counter[str] = field(default_factory=Counter)
    slowest: float = 0.0
    memory: int = 0
    """Kilobytes, at most."""

    def add(self, other: Swept) -> None:
        """Take over the outcome of others."""
        self.outcomes.update(other.outcomes)
        self.refusals.update(other.refusals)
        self.slowest, self.memory = max(self.slowest, other.slowest), max(self.memory, other.memory)


def sweep_here(
    layout: str, numbers: range, findings: Findings, swept: Swept, seed: int = 1, sources: Path = SOURCES
) -> None:
    """Try the mutations with these numbers in this process."""
    count = Count(swept.outcomes, swept.refusals)
    for number in numbers:
        data = mutation(layout, number, seed=seed, sources=sources)
        swept.slowest = max(swept.slowest, _try(data, layout, number, findings, count))
        swept.memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def _try(data: bytes, layout: str, number: int, findings: Findings, count: Count) -> float:
    begun = time.process_time()
    try:
        count.add(try_one(data))
        if (seconds := time.process_time() - begun) > SECONDS:
            raise BrokenPromiseError(f"took {seconds:.1f} s")
    except Exception as error:
        count.outcomes["failed"] += 1
        findings.add(data, error, f"{layout}-{number}")
    return time.process_time() - begun


def sweep(layout: str, total: int, findings: Findings, *, seed: int = 1, sources: Path = SOURCES) -> Swept:
    """Try mutations 0 to ``total`` of a layout; what kills, stops or fills the process is a finding as well."""
    swept, begin = Swept(), 0
    while begin < total:
        begin = _one_process(layout, range(begin, total), findings, swept, seed, sources)
    return swept


def _one_process(layout: str, numbers: range, findings: Findings, swept: Swept, seed: int, sources: Path) -> int:
    at, results = CONTEXT.Value("q", numbers.start), CONTEXT.Queue()
    with process("sweeping", "child", layout, numbers, findings.folder, seed, sources, at, results) as running:
        died = _watched(running, at, results, swept, findings)
    if died:
        what = f"the process {died}"
        findings.add_text(mutation(layout, at.value, seed=seed, sources=sources), what, f"{layout}-{at.value}")
        swept.outcomes["failed"] += 1
    return int(at.value) + 1


def _watched(running: BaseProcess, at: Synchronized[int], results: Any, swept: Swept, findings: Findings) -> str:
    """Take what the process tells until it is done; how it ended if it did not tell that."""
    last, since = -1, time.monotonic()
    while True:
        try:
            told = results.get(timeout=2)
        except Empty:
            if not running.is_alive():
                return "died"
        else:
            if told is None:
                return ""
            swept.add(told[0])
            findings.seen.update(told[1])
        if at.value != last:
            last, since = at.value, time.monotonic()
        if time.monotonic() - since > _STUCK:
            return "is stuck"


def child(
    layout: str, numbers: range, folder: Path, seed: int, sources: Path, at: Synchronized[int], results: Any
) -> None:
    """Try mutations in this process, until its memory is full."""
    resource.setrlimit(resource.RLIMIT_AS, (_SPACE, _SPACE))
    findings, swept = Findings(folder), Swept()
    for number in numbers:
        at.value = number
        if (number - numbers.start) % _TOLD == 0:  # a process may die at any of them
            results.put((swept, findings.seen))
            swept, findings.seen = Swept(memory=swept.memory), Counter()
        sweep_here(layout, range(number, number + 1), findings, swept, seed, sources)
        if swept.memory > MEMORY:  # the next ones get a process that has not been filled
            what = f"{layout}: memory of {swept.memory // 1024} MB"
            findings.add_text(mutation(layout, number, seed=seed, sources=sources), what, f"{layout}-{number}-memory")
            swept.outcomes["failed"] += 1
            break
    results.put((swept, findings.seen))
    results.put(None)

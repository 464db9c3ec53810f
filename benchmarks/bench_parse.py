"""How fast target forms are read, on one core: MB of UTF-8 text a second, best of several runs.

    python benchmarks/bench_parse.py --forms 2000 --runs 5

Prints the speed for regular forms and for forms with every eighth indicator row irregular, the floor that reading
bytes, decoding and splitting into lines alone would take, and the ratio of the two.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.target_forms import forms
from imports.layouts import target_form
from imports.reading import Defaults, Reading

_IRREGULAR = 1 / 8


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="测量绩效目标表的读取速度")
    parser.add_argument("--forms", type=int, default=2000)
    parser.add_argument("--runs", type=int, default=5)
    given = parser.parse_args()
    for title, irregular in (("regular", 0.0), ("1 row in 8 irregular", _IRREGULAR)):
        data = "".join(forms(given.forms, irregular=irregular)).encode()
        floor = best(partial(decode, data), given.runs)
        taken = best(partial(parse, data), given.runs)
        size = len(data) / 1e6
        print(
            f"{title}: {size:.1f} MB, {given.forms} forms, {size / taken:.1f} MB/s, "
            f"{taken / given.forms * 1e3:.3f} ms a form; decode only {size / floor:.0f} MB/s, ratio {taken / floor:.0f}"
        )
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def best(run: Callable[[], int], runs: int) -> float:
    """Seconds of the fastest of several runs."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    return min(times)


def decode(data: bytes) -> int:
    """What every reader has to do at least: bytes to lines."""
    return len(data.decode().split("\n"))


def parse(data: bytes) -> int:
    """The whole way from bytes to drafts, which are counted and dropped."""
    reading = Reading(data.decode().split("\n"))
    return sum(1 for _ in target_form.read(reading, Defaults()))


if __name__ == "__main__":
    main()

"""Searching a million projects for words that stand in them.

    ./run bench search --projects 1000000 --indicators 5 --words 200

Words of one to eight characters are cut at random, by a seed, out of names, goals and indicators, so that they are as frequent
as what people read there: half of them stand in thousands of projects. Each is looked for as the list does, in one process:

- *page*: until the first page of projects is known, and how many they are wherever that is not left for later;
- *counted*: until number and sums are known as well, of all.

Each is measured three times, by turns with the others, and its middle time counts. Promised for the page: the median of all
words is at most 50 ms, and the 95th of a hundred at most 200 ms. Exits 1 when that is missed. The database is kept between runs
(`benchmarks.homes`) and read once before.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import time
from collections.abc import Sequence
from random import Random
from typing import Any, Final

from benchmarks.homes import home, read_through, run

MEDIAN: Final = 50.0
WORST: Final = 200.0
"""Milliseconds, the 95th of a hundred words."""
TURNS: Final = 3
LONGEST: Final = 8
TEXTS: Final = (
    "SELECT name FROM projects_project WHERE id = %s",
    "SELECT text FROM indicators_goal WHERE project_id = %s LIMIT 1",
    "SELECT name FROM indicators_indicator WHERE project_id = %s LIMIT 1",
)
Line = dict[str, Any]
"""A word, how many projects have it, and its milliseconds: ``word``, ``count``, ``page``, ``counted``."""


def main() -> int:
    """Measure and print; the exit code says whether the promise was kept."""
    parser = argparse.ArgumentParser(description="测量搜索：随机截取的词")
    parser.add_argument("--projects", type=int, default=1_000_000)
    parser.add_argument("--indicators", type=int, default=5)
    parser.add_argument("--words", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--step", choices=["measure"], help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.step:
        print(json.dumps(measure(given.words, given.seed)))
        return 0
    place = home(given.projects, given.indicators)
    read_through(place)
    step = ("--step", "measure", "--words", str(given.words), "--seed", str(given.seed))
    lines: list[Line] = json.loads(run(place, "-m", "benchmarks.bench_search", *step))
    print(
        f"{os.cpu_count()} cores; {given.projects} projects with {given.indicators} indicators each, {len(lines)} words"
    )
    print(f"{'characters':<12}{'words':>6}{'found':>9}{'page':>9}{'95 %':>9}{'counted':>9}{'95 %':>9}   (median; ms)")
    for length in range(1, LONGEST + 1):
        print_line(str(length), [line for line in lines if len(line["word"]) == length])
    print_line("all", lines)
    pages = [line["page"] for line in lines]
    kept = statistics.median(pages) <= MEDIAN and highest(pages) <= WORST
    print(f"promise (page: median {MEDIAN:.0f} ms, 95 % {WORST:.0f} ms): {'kept' if kept else 'missed'}")
    return 0 if kept else 1


def print_line(name: str, lines: Sequence[Line]) -> None:
    """The middle and the 95th of a hundred."""
    if not lines:
        return
    found = statistics.median(line["count"] for line in lines)
    times = [[line[key] for line in lines] for key in ("page", "counted")]
    figures = "".join(f"{statistics.median(one):9.1f}{highest(one):9.1f}" for one in times)
    print(f"{name:<12}{len(lines):6}{found:9.0f}{figures}")


def highest(times: Sequence[float]) -> float:
    """What 95 of a hundred do not exceed."""
    ordered = sorted(times)
    return ordered[max(0, -(-len(ordered) * 95 // 100) - 1)]


def measure(number: int, seed: int) -> list[Line]:
    """What each word took."""
    import django

    django.setup()
    words = words_of_texts(number, Random(seed))
    times: dict[str, dict[str, list[float]]] = {word: {"page": [], "counted": []} for word in words}
    counts: dict[str, int] = {}
    for _ in range(TURNS):
        for word in words:
            for key, action in (("page", page_of), ("counted", counted)):
                started = time.perf_counter()
                counts[word] = action(word)
                times[word][key].append((time.perf_counter() - started) * 1000)
    return [
        {
            "word": word,
            "count": counts[word],
            **{key: statistics.median(own) for key, own in times[word].items()},
        }
        for word in words
    ]


def page_of(word: str) -> int:
    """Look for a word until the first page is known, as the list does; how many have it, 0 where that is counted later."""
    return _looked_for(word, may_wait=True)


def counted(word: str) -> int:
    """The same until they are counted and summed."""
    return _looked_for(word, may_wait=False)


def _looked_for(word: str, *, may_wait: bool) -> int:
    from django.http import QueryDict
    from django.utils.http import urlencode

    from perfgoals.pagination import Page
    from projects.filters import ProjectFilter
    from projects.models import Project
    from projects.tables import Sort, are_met_soon, keys_found
    from projects.totals import summary_of
    from projects.views import UNCOUNTED

    found = ProjectFilter(QueryDict(urlencode({"q": word})), Project.objects.all())
    count = UNCOUNTED if (uncounted := may_wait and are_met_soon(found, Sort())) else summary_of(found).count
    page = Page.asked(QueryDict(), count)
    if not keys_found(found, Sort(), page):
        raise RuntimeError(f"{word!r} stands in a text and was not found")
    return 0 if uncounted else count


def words_of_texts(number: int, source: Random) -> list[str]:
    """Different words cut out of the texts of projects chosen at random."""
    from django.db import connection

    from projects.models import Project

    last = Project.objects.order_by("-pk").values_list("pk", flat=True)[0]
    words: dict[str, None] = {}
    with connection.cursor() as cursor:
        while len(words) < number:
            cursor.execute(source.choice(TEXTS), [source.randint(1, last)])
            row = cursor.fetchone()
            length = source.randint(1, LONGEST)
            if row and row[0] and len(row[0]) >= length:
                start = source.randint(0, len(row[0]) - length)
                if (word := row[0][start : start + length]).isalnum():
                    words[word] = None
    return list(words)


if __name__ == "__main__":
    sys.exit(main())

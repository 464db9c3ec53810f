"""Pages at the size of a country: beside those of a small database, beside their floor, and beside other programs.

    ./run bench pages --large 1000000 --indicators 5

Three tables, all measured in one run:

- *size*: a page's time at the large database over that at the small one, at most 1.5;
- *floor*: the same over its statements alone and its template alone (`benchmarks.inside`), at most 1.5;
- *peers*: the same pages over HTTP from PerfGoals, from Datasette with its suggestions of facets off, and from a plain
  Django admin list, each with one process and one client: never slower than Datasette, in the geometric mean at least 3
  times as fast as it and 10 times as fast as the admin.

Exits 1 when one of them is missed. Databases are kept between runs (`benchmarks.homes`).
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import re
import statistics
import subprocess
import sys
from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode

from benchmarks.homes import ROOT, environment, home, run
from benchmarks.peers import datasette
from benchmarks.served import Asked, Served, free_port, gunicorn, times_of
from benchmarks.timing import Times, geometric_mean

SMALL: Final = 10_000
LARGE: Final = 1_000_000
RATIO: Final = 1.5
OVER_DATASETTE: Final = 3.0
OVER_ADMIN: Final = 10.0
TURNS: Final = 3
OURS, DATASETTE, ADMIN = "PerfGoals", "Datasette", "Django admin"
SAID: Final = {
    OURS: r'class="count">([\d,]+)<', DATASETTE: r"<title>[^<]*?([\d,]+) rows?\b",
    ADMIN: r'class="paginator".*?([\d,]+)\s*项目',
}  # fmt: skip
"""Where a page says how many projects it has found."""


def main() -> int:
    """Measure and print; the exit code says whether every promise was kept."""
    parser = argparse.ArgumentParser(description="测量页面：随数据量的变化、与下限之比、与其他程序之比")
    parser.add_argument("--small", type=int, default=SMALL)
    parser.add_argument("--large", type=int, default=LARGE)
    parser.add_argument("--indicators", type=int, default=5)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--parts", nargs="+", choices=["sizes", "peers"], default=["sizes", "peers"])
    parser.add_argument("--step", choices=["prepare"], help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.step:
        print(json.dumps(prepare()))
        return 0
    small, large = (home(projects, given.indicators) for projects in (given.small, given.large))
    print(f"{os.cpu_count()} cores; {given.small} and {given.large} projects with {given.indicators} indicators each")
    kept = []
    if "sizes" in given.parts:
        kept += sizes(small, large, given.rounds)
    if "peers" in given.parts:
        kept += peers(large, given.rounds)
    print(f"promises kept: {sum(kept)} of {len(kept)}")
    return 0 if all(kept) else 1


def sizes(small: Path, large: Path, rounds: int) -> list[bool]:
    """Page by page: the large database beside the small one and beside the floor, measured by turns."""
    found: dict[str, list[dict[str, dict[str, float]]]] = {"small": [], "large": []}
    for _ in range(TURNS):
        for name, place in (("small", small), ("large", large)):
            found[name].append(json.loads(run(place, "-m", "benchmarks.inside", "--rounds", str(rounds))))
    print(f"\n{'ms':<28}{'small':>8}{'large':>9} ±{'':<7}{'ratio':>6}{'floor':>9}{'ratio':>7}{'queries':>9}{'KB':>6}")
    kept = []
    for page in found["large"][0]:
        before = statistics.median(turn[page]["page"] for turn in found["small"])
        now = [turn[page]["page"] for turn in found["large"]]
        floor = statistics.median(turn[page]["statements"] + turn[page]["drawing"] for turn in found["large"])
        last, middle = found["large"][-1][page], statistics.median(now)
        grown, over = middle / before, middle / floor
        print(
            f"{page:<28}{before:8.1f}{middle:9.1f} ±{max(now) - min(now):<7.1f}{grown:6.2f}{floor:9.1f}{over:7.2f}"
            f"{last['queries']:9.0f}{last['bytes'] / 1e3:6.0f}"
        )
        kept += [grown <= RATIO, over <= RATIO]
    return kept


def peers(place: Path, rounds: int) -> list[bool]:
    """Page by page: three programs on the same rows, asked by turns."""
    prepared = json.loads(run(place, "-m", "benchmarks.bench_pages", "--step", "prepare"))
    with ExitStack() as stack:
        ours, other, admin = (stack.enter_context(one) for one in _servers(place, prepared))
        pages = _pages(prepared, ours, other, admin)
        found = {page: {name: _found(name, asked) for name, asked in one.items()} for page, one in pages.items()}
        times = times_of(pages, rounds)
    programs = (OURS, DATASETTE, ADMIN)
    print(f"\n{'ms (projects found)':<28}" + "".join(f"{name:>28}" for name in programs))
    for page, of_programs in times.items():
        cells = (f"{of_programs[name]} ({found[page][name]})" if name in of_programs else "–" for name in programs)
        print(f"{page:<28}" + "".join(f"{cell:>28}" for cell in cells))
    _refuse_others(found)
    return _verdict(times.values())


def _found(program: str, asked: tuple[Served, str]) -> str:
    """How many projects a page says that it has found; ``-`` where it says none: counts beside choices are numbers only."""
    server, address = asked
    body = server.get(address)
    page = (gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body).decode()
    said = re.search(SAID[program], page, re.DOTALL)
    return said[1].replace(",", "") if said else "-"


def _refuse_others(found: Mapping[str, Mapping[str, str]]) -> None:
    """Raises `RuntimeError` where programs answer other questions: lists must have the same projects, searches some.

    The admin searches names alone, as plain ones do, and may find none.
    """
    for page, said in found.items():
        numbers = {number for name, number in said.items() if name != ADMIN or page.startswith("list")}
        if "0" in numbers or (page.startswith("list") and (len(numbers) != 1 or "-" in numbers)):
            raise RuntimeError(f"{page}: {said}")


def _verdict(times: Iterable[dict[str, Times]]) -> list[bool]:
    over = {name: [one[name].median / one[OURS].median for one in times if name in one] for name in (DATASETTE, ADMIN)}
    means = {name: geometric_mean(ratios) for name, ratios in over.items()}
    print(f"as fast as Datasette {means[DATASETTE]:.1f} times, at least {min(over[DATASETTE]):.1f} times")
    print(f"as fast as Django admin {means[ADMIN]:.1f} times, at least {min(over[ADMIN]):.1f} times")
    return [min(over[DATASETTE]) >= 1, means[DATASETTE] >= OVER_DATASETTE, means[ADMIN] >= OVER_ADMIN]


def prepare() -> dict[str, Any]:
    """The other programs' data and accounts, and what the addresses need. Works on the home of the environment."""
    import django

    django.setup()
    from django.conf import settings

    from benchmarks.generating.store import PERSON
    from benchmarks.pages import FREQUENT, RARE, TWO, usual_place
    from benchmarks.sessions import session_of
    from perfgoals.models import User

    place = Path(os.environ["PERFGOALS_HOME"])
    user, _ = User.objects.get_or_create(username="bench", defaults={"is_staff": True, "is_superuser": True})
    cookies = {}
    for name, person in (("ours", User.objects.get(username=PERSON)), ("admin", user)):
        cookies[name] = f"{settings.SESSION_COOKIE_NAME}={session_of(person)}"
    where = usual_place()._asdict()
    return {**where, "cookies": cookies, "file": str(datasette.file_of(place)), "words": [FREQUENT, TWO, RARE]}


def _servers(place: Path, prepared: dict[str, Any]) -> tuple[Served, Served, Served]:
    ports = [free_port() for _ in range(3)]
    config = ("-c", str(ROOT / "perfgoals" / "gunicorn_config.py"))
    bind = ("--bind", f"127.0.0.1:{ports[2]}", "--workers", "1", "--threads", "4")
    ours = gunicorn(place, "perfgoals.wsgi", ports[0], prepared["cookies"]["ours"], *config)
    return (
        ours,
        Served(datasette.command(Path(prepared["file"]), ports[1]), ports[1], environment(place)),
        gunicorn(place, "benchmarks.peers.wsgi", ports[2], prepared["cookies"]["admin"], *bind),
    )


def _pages(prepared: dict[str, Any], ours: Served, other: Served, admin: Served) -> dict[str, Asked]:
    region, department, year = prepared["region"], prepared["department"], prepared["year"]
    frequent, two, rare = prepared["words"]

    def three(own: dict[str, object], theirs: dict[str, object], plain: dict[str, object] | None) -> Asked:
        found = {
            OURS: (ours, _address("/projects/", own)),
            DATASETTE: (other, _address("/perfgoals/projects", {"_size": 50, **theirs})),
        }
        return found if plain is None else {**found, ADMIN: (admin, _address("/admin/projects/project/", plain))}

    sums = {"sort": "-amount"}, {"_sort_desc": "amount"}, {"o": "-5"}
    return {
        "list, no filter": three({}, {}, {}),
        "list, region and year": three(
            {"region": region, "year": year, **sums[0]}, {"region": region, "year": year, **sums[1]},
            {"region__exact": region, "year": year, **sums[2]},
        ),
        "list, department and year": three(
            {"department": department, "year": year, **sums[0]}, {"department": department, "year": year, **sums[1]},
            {"department__id__exact": department, "year": year, **sums[2]},
        ),
        "list, year": three({"year": year, **sums[0]}, {"year": year, **sums[1]}, {"year": year, **sums[2]}),
        "search, frequent word": three({"q": frequent}, {"_search": frequent}, {"q": frequent}),
        "search, two characters": three({"q": two}, {"name__contains": two}, {"q": two}),
        "search, rare word": three({"q": rare}, {"_search": rare}, {"q": rare}),
        "counts, region and year": {
            OURS: (ours, _address("/projects/facets/", {"region": region, "year": year})),
            DATASETTE: (other, _address("/perfgoals/projects", {"region": region, "year": year, "_facet": "department"})),
        },
        "counts, all": {
            OURS: (ours, "/projects/facets/"),
            DATASETTE: (other, _address("/perfgoals/projects", {"_facet": "department"})),
        },
    }  # fmt: skip


def _address(path: str, query: dict[str, object]) -> str:
    return f"{path}?{urlencode(query)}" if query else path


if __name__ == "__main__":
    try:
        sys.exit(main())
    except subprocess.CalledProcessError as error:
        sys.exit(f"{error.cmd}: {error.returncode}")

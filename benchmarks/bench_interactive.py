"""How long until a page can be worked with, in a browser whose processor is four times as slow as this machine's.

    ./run bench interactive

A page can be worked with when it is loaded and no task of its browser takes longer than 50 ms any more: from the start of
the navigation until then, the server's time included. Once with an empty cache, as on the first visit, and once with what
the visit before has left. Exits 1 when a page takes a second or longer.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Mapping
from typing import Any, Final

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.homes import ROOT, home, run
from benchmarks.served import free_port, gunicorn

SLOWED: Final = 4
MOST: Final = 1000.0
"""Milliseconds."""
QUIET: Final = 1.5
"""Seconds in which nothing more happens to a page that is finished."""
PROGRAMS: Final = ("chromium", "chromium-browser", "google-chrome")
PAGES: Final = ("list, no filter", "search, frequent word", "project", "totals by department")
WATCH: Final = """
    window.ends = [];
    new PerformanceObserver((list) => {
      for (const task of list.getEntries()) window.ends.push(task.startTime + task.duration);
    }).observe({ type: "longtask", buffered: true });
"""
SAID: Final = """() => {
    const [load] = performance.getEntriesByType("navigation");
    return { usable: Math.max(load.loadEventEnd, ...window.ends), answered: load.responseEnd, tasks: window.ends.length,
             elements: document.getElementsByTagName("*").length };
}"""


def main() -> int:
    """Measure and print; the exit code says whether the promise was kept."""
    parser = argparse.ArgumentParser(description="测量页面在慢四倍的浏览器中多久可以操作")
    parser.add_argument("--projects", type=int, default=10_000)
    parser.add_argument("--indicators", type=int, default=5)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--step", choices=["prepare"], help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.step:
        print(json.dumps(prepare()))
        return 0
    os.environ["PERFGOALS_COLLECTED_STATIC"] = "1"  # as ./run serve has it: compressed, and kept by browsers
    place = home(given.projects, given.indicators)
    run(place, "manage.py", "collectstatic", "--noinput", "--verbosity", "0")
    prepared = json.loads(run(place, "-m", "benchmarks.bench_interactive", "--step", "prepare"))
    port = free_port()
    config = ("-c", str(ROOT / "perfgoals" / "gunicorn_config.py"))
    with gunicorn(place, "perfgoals.wsgi", port, "", *config), sync_playwright() as playwright:
        program = next(filter(None, map(shutil.which, PROGRAMS)), None)
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        kept = measure(browser, f"http://127.0.0.1:{port}", prepared, given.rounds)
        browser.close()
    return 0 if kept else 1


def measure(browser: Browser, site: str, prepared: Mapping[str, Any], rounds: int) -> bool:
    """Visit every page, print its line, and say whether all can be worked with soon enough."""
    print(
        f"{'ms, browser ' + str(SLOWED) + ' times slower':<28}{'first':>8}{'again':>8}{'answered':>10}{'long tasks':>12}{'elements':>10}"
    )
    kept = True
    for name, address in prepared["addresses"].items():
        visits = [_visits(browser, site, address, prepared["cookie"]) for _ in range(rounds)]
        first, again = (statistics.median(visit[at]["usable"] for visit in visits) for at in (0, 1))
        last = visits[-1][1]
        print(
            f"{name:<28}{first:8.0f}{again:8.0f}{last['answered']:10.0f}{last['tasks']:12}{last['elements']:10}",
            flush=True,
        )
        kept = kept and max(first, again) < MOST
    print(f"promise kept: {'yes' if kept else 'no'}")
    return kept


def prepare() -> dict[str, Any]:
    """A person who is logged in, and the addresses. Works on the home of the environment."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "perfgoals.settings")
    django.setup()
    from django.conf import settings
    from django.test import Client

    from benchmarks.generating.store import PERSON
    from benchmarks.pages import addresses, usual_place
    from perfgoals.models import User

    client = Client()
    client.force_login(User.objects.get(username=PERSON))
    found = addresses(usual_place())
    name = settings.SESSION_COOKIE_NAME
    return {
        "cookie": {"name": name, "value": client.cookies[name].value},
        "addresses": {page: found[page] for page in PAGES},
    }


def _visits(browser: Browser, site: str, address: str, cookie: Mapping[str, str]) -> list[dict[str, Any]]:
    """What was seen at the first and at the second visit of somebody with an empty cache."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    context.add_cookies([{"name": cookie["name"], "value": cookie["value"], "url": site}])
    page = context.new_page()
    page.add_init_script(WATCH)
    context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWED})
    seen = [_visit(page, site + address) for _ in range(2)]
    context.close()
    return seen


def _visit(page: Page, url: str) -> dict[str, Any]:
    answer = page.goto(url, wait_until="load")
    if answer is None or answer.status != 200:
        raise RuntimeError(f"{url}: {answer and answer.status}")
    time.sleep(QUIET)
    found: dict[str, Any] = page.evaluate(SAID)
    return found


if __name__ == "__main__":
    try:
        sys.exit(main())
    except subprocess.CalledProcessError as error:
        sys.exit(f"{error.cmd}: {error.returncode}")

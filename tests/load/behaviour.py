"""What one person does, again and again until the time is over: the file that locust runs, in its own environment.

It knows nothing of the program: pages, links and forms are read as a browser would. Every answer goes into
``answers.jsonl`` and everything about saves and files into ``ledger.jsonl``, both in ``PERFGOALS_LOAD_FOLDER``.
"""

from __future__ import annotations

import json
import os
import re
import time
from collections.abc import Collection
from html import unescape
from itertools import count
from pathlib import Path
from random import Random
from typing import Any, Final
from urllib.parse import urlencode

import gevent
from locust import FastHttpUser, events, task
from requests.cookies import create_cookie

from tests.load.forms import Typing, errors_of

FOLDER: Final = Path(os.environ["PERFGOALS_LOAD_FOLDER"])
WORLD: Final = json.loads((FOLDER / "world.json").read_text())
LOW, HIGH = WORLD["think"]
WORDS: Final = ("改造工程", "道路", "第二实验小学", "补助", "养护", "学校")
SORTS: Final = ("", "", "-amount", "amount", "name", "-year")
ROUNDS: Final = 6
"""Times that a person saves again after others came between, before leaving it for later."""
POLL: Final = 3.0
"""Seconds between two looks at a file that is being made. The page itself looks every second."""
IDLE: Final = 1.5
"""Seconds after which a connection is not used again. The server closes idle ones after two, and may do so in the very
moment in which something is sent: browsers then send it again, which would hide here that an answer was lost."""
_PROJECT: Final = re.compile(r'href="/projects/(\d+)/"')
_FILE: Final = re.compile(r"^/exports/([0-9a-f-]{36})/$")
_STATIC: Final = re.compile(r'(?:href|src)="(/static/[^"]+\.(?:css|js))"')
_TOKEN: Final = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
_people = iter(WORLD["people"])
_saves = count(1)
_lines = {name: (FOLDER / f"{name}.jsonl").open("ab", buffering=0) for name in ("answers", "ledger")}


def note(name: str, **entry: Any) -> None:
    """A line that stands in the file at once."""
    _lines[name].write(json.dumps(entry, ensure_ascii=False).encode() + b"\n")


@events.request.add_listener
def _answered(name: str, response_time: float, exception: Exception | None, **_: Any) -> None:
    note("answers", kind=name, ms=response_time, problem=str(exception)[:200] if exception else "")


class Person(FastHttpUser):
    """Somebody at work."""

    host = WORLD["site"]
    network_timeout = connection_timeout = 60.0

    def wait_time(self) -> float:
        """Seconds until the next thing."""
        return self.random.uniform(LOW, HIGH)

    def on_start(self) -> None:
        """Be logged in, and open the list for the first time: with all that belongs to a page."""
        self.who, self.asked_at = next(_people), time.monotonic()
        self.random = Random(self.who["name"])
        self.links: list[int] = self.who["own"][:10]
        self.client.cookiejar.set_cookie(create_cookie(WORLD["cookie"], self.who["cookie"], domain="127.0.0.1"))
        page = self.ask("列表", "/projects/")
        for address in sorted(set(_STATIC.findall(page))):
            self.ask("静态文件", address)

    # --- Asking --------------------------------------------------------------------------------------------------

    def answer(
        self, kind: str, path: str, posted: list[tuple[str, str]] | None = None, expected: Collection[int] = (200,),
        headers: dict[str, str] | None = None,
    ) -> tuple[int, str, str]:  # fmt: skip
        """Status, text and where it leads to. Any status that is not expected is an error."""
        given = dict(headers or {})
        if posted is not None:
            given["Content-Type"] = "application/x-www-form-urlencoded"
        data = None if posted is None else urlencode(posted)
        method = "GET" if posted is None else "POST"
        if time.monotonic() - self.asked_at > IDLE:
            self.client.client.close()
        with self.client.request(
            method, path, name=kind, data=data, headers=given, allow_redirects=False, catch_response=True
        ) as response:
            status = int(response.status_code or 0)
            text = response.text or ""
            to = (response.headers.get("location") or "") if response.headers else ""
            if status in expected:
                response.success()
            else:
                response.failure(f"{status} {to} {getattr(response, 'error', '') or ''}".strip())
        self.asked_at = time.monotonic()
        return status, text, to

    def ask(self, kind: str, path: str, **asked: Any) -> str:
        """The text of a page."""
        return self.answer(kind, path, **asked)[1]

    def think(self, low: float = LOW, high: float = HIGH) -> None:
        """What a person takes to read or to type."""
        gevent.sleep(self.random.uniform(low, high))

    def filters(self) -> dict[str, Any]:
        """Some filters of the list."""
        drawn = self.random.random()
        found: dict[str, Any] = {}
        if drawn < 0.6:
            found["year"] = self.random.choice(self.who["years"])
        if self.who["many"] and drawn > 0.3:
            found["region"] = self.random.choice((self.who["region"], self.who["province"]))
        if self.random.random() < 0.2:
            found["min"] = str(self.random.randint(1, 200))
        return found

    # --- What people do ------------------------------------------------------------------------------------------

    @task(10)
    def browse(self) -> None:
        """Filter and sort the list, and go through some pages of it; the panel's counts come along."""
        asked = self.filters()
        if sort := self.random.choice(SORTS):
            asked["sort"] = sort
        page = self.ask("列表", f"/projects/?{urlencode(asked)}")
        self.ask("筛选计数", f"/projects/facets/?{urlencode({**asked, 'only': 'usual'})}")
        self.links = [int(pk) for pk in dict.fromkeys(_PROJECT.findall(page))][:50] or self.links
        if self.random.random() < 0.4:
            self.think()
            deep = self.random.choice((2, 3, 10, 50, 400))
            self.ask("列表翻页", f"/projects/?{urlencode({**asked, 'page': deep})}")

    @task(4)
    def search(self) -> None:
        """Look for a word."""
        page = self.ask("搜索", f"/projects/?{urlencode({'q': self.random.choice(WORDS)})}")
        self.links = [int(pk) for pk in dict.fromkeys(_PROJECT.findall(page))][:50] or self.links

    @task(8)
    def open_project(self) -> None:
        """Read a project of the list, sometimes with its history."""
        if not self.links:
            return
        pk = self.random.choice(self.links)
        self.ask("项目", f"/projects/{pk}/")
        if self.random.random() < 0.2:
            self.think()
            self.ask("项目历史", f"/projects/{pk}/history/")

    @task(2)
    def totals(self) -> None:
        """Sums in rows and columns."""
        layout = self.random.choice(({}, {"rows": "year", "columns": "source"}, {"rows": "department"}))
        self.ask("汇总", f"/totals/?{urlencode({**self.filters(), **layout})}")

    @task(1)
    def charts(self) -> None:
        """The same as pictures."""
        self.ask("图表", f"/charts/?{urlencode(self.filters())}")

    @task(5)
    def edit(self) -> None:
        """Open a form, type, let it keep drafts, and save; decide where others came between."""
        if not self.who["edits"] or not self.who["own"]:
            return
        is_hot = self.who["hot"] and self.random.random() < 0.6
        pk = self.random.choice(self.who["hot"] if is_hot else self.who["own"])
        path = f"/projects/{pk}/edit/"
        status, page, _ = self.answer("打开表单", path)
        if status != 200:
            return
        typing = Typing(page, self.random, f"{WORLD['run']}-{self.who['name']}")
        typing.write(next(_saves))
        for _ in range(self.random.randint(1, 3)):
            self.think(LOW / 3, HIGH / 3)
            self.answer("保留草稿", path, [*typing.posted, ("autosave", "1")], headers={"HX-Request": "true"})
        met = 0
        for _ in range(ROUNDS):
            status, page, to = self.save(pk, path, typing)
            if status != 200:
                break
            asked = typing.decide(page)
            note(
                "ledger",
                kind=asked or "error",
                project=pk,
                said="" if asked else errors_of(page) or "the form came back",
            )
            met += asked == "met"
            if not asked:
                return
            self.think(LOW / 2, HIGH / 2)
        if status == 302:
            if met:
                note("ledger", kind="resolved", project=pk, rounds=met)
            self.ask("项目", to)

    def save(self, pk: int, path: str, typing: Typing) -> tuple[int, str, str]:
        """One press of 保存, noted before and after."""
        number = f"s{next(_saves)}"
        note("ledger", kind="sent", save=number, project=pk, fields=typing.wants, at=time.monotonic())
        status, page, to = self.answer("保存", path, [*typing.posted, ("save", "1")], expected=(200, 302))
        if status:
            said = "saved" if status == 302 else "refused"
            note("ledger", kind=said, save=number, at=time.monotonic())
        return status, page, to

    @task(1)
    def export(self) -> None:
        """Have a file made: mostly of few projects, sometimes of many."""
        year = {"year": self.random.choice(self.who["years"])}
        asked = {"region": self.who["region"], **year} if self.who["many"] else year
        if self.who["many"] and self.random.random() < 0.6:
            asked = self.random.choice(({"region": self.who["province"]}, year, {}))
        query = urlencode(asked)
        page = self.ask("列表", f"/projects/?{query}")
        token = _TOKEN.search(page)
        if token is None:
            return
        self.think()
        posted = [("csrfmiddlewaretoken", unescape(token[1])), ("kind", self.random.choice(("csv", "xlsx")))]
        status, _, to = self.answer("导出", f"/exports/new/?{query}&columns=all", posted, expected=(200, 302))
        if status != 302:
            return
        if found := _FILE.match(to):
            note("ledger", kind="export", token=found[1])
            self.wait_for(to)
        else:
            note("ledger", kind="error", project=0, said=f"an export was refused: {to}")

    def wait_for(self, to: str) -> None:
        """Look how far a file is, and fetch it."""
        for _ in range(200):
            page = self.ask("导出进度", to)
            if "job-failed" in page or not page:
                note("ledger", kind="error", project=0, said=f"an export failed: {to}")
                return
            if f"{to}file/" in page:
                self.ask("下载", f"{to}file/")
                return
            gevent.sleep(POLL)

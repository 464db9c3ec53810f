"""One person at work: asks for pages, reads them, and goes on at once.

It knows nothing of the program: pages, links and forms are read as a browser without scripts would. What a browser asks for by
itself is asked for too: the counts beside the choices with a list, the project's page after a save. Each thing that a person
does begins with a connection of its own, as with people, who think for longer than connections are kept; otherwise whichever
process took a person first would have them for good.
"""

from __future__ import annotations

import gzip
import http.client
import re
import time
from collections.abc import Callable, Mapping
from html import unescape
from random import Random
from types import MappingProxyType
from typing import Any, Final
from urllib.parse import urlencode

from benchmarks.edit_forms import EditForm
from benchmarks.people.figures import Answer
from benchmarks.people.saves import FIELD, Saved

PATIENCE: Final = 30.0
"""Seconds until an answer must come."""
SORTS: Final = ("-amount", "amount", "name", "-year")
PIVOTS: Final = (
    {"rows": "year", "columns": "source"}, {"rows": "source", "columns": "year"}, {"rows": "attribute", "columns": "year"},
    {"rows": "region", "columns": "year"},
)  # fmt: skip
MOST_PAGES: Final = 3
"""Pages that are turned of one list."""
_PROJECT: Final = re.compile(r'href="/projects/(\d+)/"')
_COUNTED: Final = re.compile(r'id="counting"\s+hx-get="([^"]+)"\s+hx-headers=\'{"(X-Shown)": "(\w+)"}\'')
"""What the page asks for by itself, and what it says that it shows."""
_NEXT: Final = re.compile(r'<a href="(\?[^"]+)"\s+rel="next"')
_PROBLEMS: Final = re.compile(r'(?s)id="problems".*?<ul>(.*?)</ul>')

Fields = list[tuple[str, str]]


class Person:
    """Somebody who is logged in. ``answers`` and ``saves`` grow as they work."""

    def __init__(self, port: int, who: Mapping[str, Any], cookie: str, run: str) -> None:
        self._port, self._who, self._run = port, who, run
        self._cookies = {cookie: who["cookie"]}
        self._random = Random(who["name"])
        self._link: http.client.HTTPConnection | None = None
        self._links: list[int] = who["own"][:10]
        self.answers: list[Answer] = []
        self.saves: list[Saved] = []

    def work(self, until: float) -> None:
        """One thing after another, until the clock (`time.monotonic`) is there; what was begun is done to its end."""
        things = EDITING if self._who["own"] else BROWSING
        while time.monotonic() < until:
            (thing,) = self._random.choices(list(things), list(things.values()))
            self.do(thing)

    def do(self, thing: Callable[[Person], None]) -> None:
        """One of the things that people do, over a connection of its own."""
        try:
            thing(self)
        finally:
            self._leave()

    # --- Asking ------------------------------------------------------------------------------------------------------

    def _ask(
        self,
        kind: str,
        address: str,
        posted: Fields | None = None,
        expected: int = 200,
        said: Mapping[str, str] = MappingProxyType({}),
    ) -> tuple[str, str]:
        """The page, and where the answer leads to. Anything else than what is expected is noted as a problem."""
        started, status, page, to, problem = time.perf_counter(), 0, "", "", ""
        try:
            status, page, to = self._exchange(address, posted, said)
        except (OSError, http.client.HTTPException) as error:
            self._leave()
            problem = repr(error)
        taken = time.perf_counter() - started
        if not problem and status != expected:
            problem = f"{status} {to}{_problems_of(page)}"
        who = f"{self._who['name']} {self._who['role']}"
        self.answers.append(Answer(kind, taken, who, address, problem))
        return ("", "") if problem else (page, to)

    def _exchange(self, address: str, posted: Fields | None, said: Mapping[str, str]) -> tuple[int, str, str]:
        self._link = self._link or http.client.HTTPConnection("127.0.0.1", self._port, timeout=PATIENCE)
        cookies = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        headers = {"Cookie": cookies, "Accept-Encoding": "gzip", **said}
        if posted is None:
            self._link.request("GET", address, headers=headers)
        else:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            self._link.request("POST", address, urlencode(posted), headers)
        answer = self._link.getresponse()
        body = answer.read()
        for cookie in answer.headers.get_all("Set-Cookie", []):
            name, _, rest = cookie.partition("=")
            self._cookies[name] = rest.partition(";")[0]
        page = gzip.decompress(body) if answer.headers.get("Content-Encoding") == "gzip" else body
        return answer.status, page.decode(), answer.headers.get("Location", "")

    def _leave(self) -> None:
        if self._link is not None:
            self._link.close()
            self._link = None

    def _list(self, kind: str, asked: Mapping[str, object]) -> None:
        """A list with the counts beside its choices, and sometimes the pages that follow."""
        query = urlencode(asked)
        page, _ = self._ask(kind, f"/projects/?{query}" if query else "/projects/")
        self._links = [int(pk) for pk in dict.fromkeys(_PROJECT.findall(page))] or self._links
        self._ask("counts beside choices", f"/projects/facets/?{urlencode({**asked, 'only': 'usual'})}")
        page = self._counted(page)
        for _ in range(self._random.choice((0, 0, 1, MOST_PAGES))):
            onward = _NEXT.search(page)
            if onward is None:
                return
            page, _ = self._ask("list, next page", f"/projects/{unescape(onward[1])}")
            page = self._counted(page)

    def _counted(self, page: str) -> str:
        """What brings number and sums to a list that is shown before them; else the list itself."""
        if later := _COUNTED.search(page):
            said = {"HX-Request": "true", later[2]: later[3]}
            page, _ = self._ask("search, counted", f"/projects/{unescape(later[1])}", said=said)
        return page

    def _filters(self) -> dict[str, object]:
        """One or two of region, year and department: 财政 ask within their county, 审计 within the country."""
        who, draw = self._who, self._random
        places = [*who["regions"], *who["provinces"]]
        drawn: dict[str, object] = {"year": draw.choice(who["years"])} if draw.random() < 0.7 else {}
        if who["provinces"] and (not drawn or draw.random() < 0.6):
            return {**drawn, "region": draw.choice(places)}
        return drawn if drawn and draw.random() < 0.6 else {**drawn, "department": draw.choice(who["departments"])}

    # --- What people do ----------------------------------------------------------------------------------------------

    def list_all(self) -> None:
        """Everything that one may see."""
        self._list("list, no filter", {})

    def list_some(self) -> None:
        """Filtered and sorted."""
        self._list("list, filtered", {**self._filters(), "sort": self._random.choice(SORTS)})

    def search(self) -> None:
        """A word that many projects have, or few."""
        kind = self._random.choice(("frequent", "rare"))
        self._list(f"search, {kind} word", {"q": self._random.choice(self._who[kind])})

    def read(self) -> None:
        """A project or two of the last list."""
        for pk in self._random.sample(self._links, min(2, len(self._links))):
            self._ask("project", f"/projects/{pk}/")

    def total(self) -> None:
        """By department, of what a filter finds."""
        self._ask("totals", f"/totals/?{urlencode(self._filters())}")

    def pivot(self) -> None:
        """In rows and columns, of all or some."""
        asked = self._random.choice(({}, self._filters()))
        self._ask("pivot", f"/totals/?{urlencode({**asked, **self._random.choice(PIVOTS)})}")

    def charts(self) -> None:
        """The same as pictures."""
        self._ask("charts", f"/charts/?{urlencode(self._filters())}")

    def edit(self) -> None:
        """Open a form, change a text, let it be kept as a draft as browsers do, save it, and see the project."""
        pk = self._random.choice(self._who["own"])
        address = f"/projects/{pk}/edit/"
        page, _ = self._ask("form, opened", address)
        if not page:
            return
        text = f"按月检查进度，季末核对资金（{self._run}-{self._who['name']}-{len(self.saves) + 1}）"
        typed = typed_into(page, text)
        self._ask("form, draft kept", address, [*typed, ("autosave", "1")])
        _, to = self._ask("form, saved", address, [*typed, ("save", "1")], expected=302)
        self.saves.append(Saved(pk, text, bool(to)))
        if to:
            self._ask("project", to)


Thing = Callable[[Person], None]
BROWSING: Final[Mapping[Thing, int]] = {
    Person.list_all: 3, Person.list_some: 5, Person.search: 6, Person.read: 6, Person.total: 4, Person.pivot: 4,
    Person.charts: 4,
}  # fmt: skip
"""What is done → how often, one with the other: every kind often enough for a 95th percentile."""
EDITING: Final[Mapping[Thing, int]] = {**BROWSING, Person.edit: 8}


def typed_into(page: str, text: str) -> Fields:
    """What the editing page sends when the text is changed to this. Raises `ValueError` where it has no such field."""
    form = EditForm()
    form.feed(page)
    name = f"head.{FIELD}"
    if name not in dict(form.fields):
        raise ValueError(f"no {name} on the page")
    return [(key, text if key == name else value) for key, value in form.fields]


def _problems_of(page: str) -> str:
    """What a form that came back says is wrong with it."""
    found = _PROBLEMS.search(page)
    return " " + " ".join(unescape(re.sub(r"<[^>]+>", " ", found[1])).split()) if found else ""

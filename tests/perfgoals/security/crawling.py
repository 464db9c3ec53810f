"""Goes through the site as one person would: every link, every form; notes what must not be.

``PERFGOALS_CRAWL=3 ./run test tests/perfgoals/security/test_crawl.py`` asks for more addresses of each kind, more oddly.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import Resolver404, resolve

from tests.perfgoals.security.markup import Form, Markup, query_of

MOST_OF_A_ROUTE = int(os.environ.get("PERFGOALS_CRAWL", "1"))
"""Addresses of one route that are asked for: another project's page shows little that is new."""
HEADERS = ("Content-Security-Policy", "X-Content-Type-Options", "Cross-Origin-Resource-Policy", "Permissions-Policy")
HARMFUL = "<i id=harm>"
"""Stands in texts of the world and in parameters; nowhere may it come back as markup."""
TOGETHER = f"-1\"'>{HARMFUL}' OR 1=1 --{{{{7*7}}}}{{%debug%}}%s[]../../etc/passwd\r\nSet-Cookie:x\u202e"
ODD = ["\x00", TOGETHER]
if MOST_OF_A_ROUTE > 1:
    ODD += [
        "'",
        "長" * 4000,
        "[]",
        "../../etc/passwd",
        "%0d%0aX:y",
        "-1",
        "１２",
        "NaN",
        "1e999",
        "{{7*7}}",
        "\ud83d\ude00",
    ]


@dataclass
class Crawl:
    """One person's way through the site."""

    browser: Client
    faults: list[str] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)
    parameters: dict[str, set[str]] = field(default_factory=dict)
    """Of each path, the names that links and forms give it."""

    def run(self, start: str = "/") -> Crawl:
        """Follow everything from ``start``."""
        waiting, asked, routes, sent = [start], set[str](), Counter[str](), set[str]()
        while waiting:
            address = waiting.pop(0)
            route = route_of(address)
            if address in asked or routes[route] >= MOST_OF_A_ROUTE:
                continue
            asked.add(address)
            routes[route] += 1
            markup = self._open(address)
            waiting += self._next(address, markup)
            self._try_without_token(address, markup, sent)
        return self

    def _open(self, address: str) -> Markup:
        response = self.browser.get(address)
        markup, body = Markup(), body_of(response)
        if response.status_code not in (200, 302):
            self.faults.append(f"{address} → {response.status_code}")
        self.faults += [f"{address}: no {name}" for name in HEADERS if name not in response.headers]
        if "no-store" not in response.headers.get("Cache-Control", ""):
            self.faults.append(f"{address}: may be kept")
        if response.status_code == 302:
            markup.links.append(response.headers["Location"])
        elif is_page(response):
            markup.feed(body)
            self.faults += [f"{address}: {fault}" for fault in markup.faults]
        self.texts[address] = body
        return markup

    def _next(self, address: str, markup: Markup) -> list[str]:
        found = [*markup.links, *(f"{form.action or path(address)}?{query_of(form)}" for form in gets(markup))]
        inside = [
            urljoin(address, link).partition("#")[0] for link in found if not link.startswith(("mailto:", "tel:"))
        ]
        self.faults += [f"{address} leads outside: {link}" for link in inside if not link.startswith("/")]
        for link in inside:
            self.parameters.setdefault(path(link), set()).update(dict(parse_qsl(urlsplit(link).query)))
        for form in gets(markup):
            self.parameters.setdefault(path(urljoin(address, form.action)), set()).update(dict(form.fields))
        return [link for link in inside if link.startswith("/") and not link.startswith("/static/")]

    def _try_without_token(self, address: str, markup: Markup, sent: set[str]) -> None:
        """Every form that does something, once a route, without the token against forged requests."""
        for action in (urljoin(address, form.action) for form in markup.forms if form.method == "post"):
            if route_of(action) in sent:
                continue
            sent.add(route_of(action))
            if (status := self.browser.post(action).status_code) != 403:
                self.faults.append(f"{action}: {status} without a token")

    def ask_oddly(self, below: tuple[str, ...] = ("/",)) -> int:
        """One address of each route with odd values of all its parameters, one kind after another. Returns how many."""
        tried, routes = 0, set[str]()
        for place, names in self.parameters.items():
            if route_of(place) in routes or not names or not place.startswith(below):
                continue
            routes.add(route_of(place))
            for value in ODD:
                tried += 1
                self._ask(place, dict.fromkeys(sorted(names), value))
        return tried

    def _ask(self, place: str, said: dict[str, str]) -> None:
        response = self.browser.get(f"{place}?{urlencode(said, errors='replace')}")
        if response.status_code >= 500:
            self.faults.append(f"{place}?{said} → {response.status_code}")
        body = body_of(response)
        if is_page(response) and HARMFUL in body:
            self.faults.append(f"{place}?{said}: not escaped")
        self.faults += [f"{place}: {name} in a header" for name in response.headers if name.lower() == "set-cookie"]


def gets(markup: Markup) -> list[Form]:
    return [form for form in markup.forms if form.method == "get"]


def path(address: str) -> str:
    return urlsplit(address).path


def route_of(address: str) -> str:
    try:
        return str(resolve(path(address)).url_name)
    except Resolver404:
        return path(address)


def is_page(response: HttpResponseBase) -> bool:
    return response.headers.get("Content-Type", "").startswith("text/html")


def body_of(response: HttpResponseBase) -> str:
    body = b"".join(response).decode(errors="replace")  # type: ignore[arg-type]  # read to its end, a file is closed
    return re.sub(r"(?s)<svg\b.*?</svg>", "", body) if is_page(response) else body

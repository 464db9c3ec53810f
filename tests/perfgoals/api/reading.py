"""Programs that read: with a token, or with nothing."""

from __future__ import annotations

import csv
from datetime import timedelta
from io import StringIO
from typing import Any

from django.http import HttpResponse
from django.test import Client

from perfgoals.api.models import ApiToken
from perfgoals.models import User


class Program:
    """Something that reads the API for a person, or for nobody."""

    def __init__(self, user: User | None = None, token: str | None = None) -> None:
        if user is not None:
            token = ApiToken.objects.issue(user=user, name="程序", lifetime=timedelta(days=1))[1]
        self.client = Client(headers={"Authorization": f"Bearer {token}"} if token else {})

    def ask(self, path: str, query: str = "", **headers: str) -> HttpResponse:
        """The answer to GET."""
        return self.client.get(f"/api/v1/{path}" + (f"?{query}" if query else ""), headers=headers)

    def read(self, path: str, query: str = "") -> Any:
        """The JSON of an answer that must be 200."""
        answer = self.ask(path, query)
        assert answer.status_code == 200, answer.content.decode()
        return answer.json()

    def rows(self, path: str, query: str = "") -> list[dict[str, Any]]:
        """The rows of a page."""
        return self.read(path, query)["results"]

    def table(self, path: str, query: str = "") -> list[dict[str, str]]:
        """The rows of a csv."""
        answer = self.ask(path, query, Accept="text/csv")
        assert answer.status_code == 200, answer.content.decode()
        return list(csv.DictReader(StringIO(answer.content.decode("utf-8-sig"))))

"""Parameters of an address: described for the API's page, and checked before anything is read.

A parameter that is misspelled, empty or given twice would be passed over, and the answer would hold more than was asked
for without saying so. The API refuses it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, Final, NamedTuple

from django.http import QueryDict
from drf_spectacular.utils import OpenApiParameter

from perfgoals.api.errors import ParametersRefusedError

FORMAT: Final = "format"
TEXT: Final[Mapping[str, Any]] = {"type": "string", "minLength": 1}


class Parameter(NamedTuple):
    """One parameter of the query, with Chinese words, its OpenAPI schema (of one value) and an example."""

    name: str
    words: str
    schema: Mapping[str, Any] = TEXT
    example: str | int | None = None
    many: bool = False
    """It may be given several times."""

    def documented(self) -> OpenApiParameter:
        """The parameter for the description of the API."""
        schema = {"type": "array", "minItems": 1, "items": dict(self.schema)} if self.many else dict(self.schema)
        return OpenApiParameter(
            self.name,
            schema,
            OpenApiParameter.QUERY,
            # An example of its own would fill in the field of the page, and everything would be filtered at once.
            description=self.words if self.example is None else f"{self.words}例：{self.example}",
            explode=True if self.many else None,
        )


def choice(name: str, words: str, choices: Mapping[str, str], *, many: bool = False) -> Parameter:
    """A parameter whose values are known: value → what it means."""
    meanings = "；".join(f"{value} {meaning}" for value, meaning in choices.items())
    schema = {"type": "string", "enum": list(choices)}
    return Parameter(name, f"{words}：{meanings}。", schema, many=many)


def format_of(formats: Collection[str]) -> Parameter:
    """The parameter that chooses a format."""
    return Parameter(FORMAT, "返回的格式；也可用 Accept 头选择。", {"type": "string", "enum": list(formats)})


def check_parameters(query: QueryDict, known: Collection[Parameter]) -> None:
    """Refuse what nobody would read. Raises `ParametersRefusedError`."""
    many = {one.name: one.many for one in known}
    problems = {name: [problem] for name in query if (problem := _problem(query.getlist(name), many.get(name)))}
    if problems:
        raise ParametersRefusedError(problems)


def _problem(values: list[str], many: bool | None) -> str | None:
    if many is None:
        return "没有这个参数。"
    if any(not value.strip() for value in values):
        return "参数是空的，请写上值或去掉它。"
    return "这个参数只能写一次。" if len(values) > 1 and not many else None

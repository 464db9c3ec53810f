"""Answers as JSON or as a table in csv.

The csv has a column a value, named by the keys of the JSON joined with points (``region.code``). What a cell cannot
hold, a list within a row, stands in it as JSON.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any, Final

from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.renderers import BaseRenderer
from rest_framework.renderers import JSONRenderer as RestJSONRenderer
from rest_framework.request import Request
from rest_framework.serializers import Serializer

from perfgoals.api.errors import ParametersRefusedError
from perfgoals.api.fields import Money, Number
from perfgoals.api.parameters import FORMAT
from perfgoals.spreadsheets import Head, csv_chunks

POINT: Final = "."


class JSONRenderer(RestJSONRenderer):
    """UTF-8, as it is read by people too."""

    charset = "utf-8"
    ensure_ascii = False


class CSVRenderer(BaseRenderer):
    """UTF-8 with BOM; texts that a spreadsheet would run as a formula are guarded, numbers stay numbers."""

    media_type = "text/csv"
    format = "csv"
    charset = "utf-8"

    def render(
        self, data: Any, accepted_media_type: str | None = None, renderer_context: Mapping[str, Any] | None = None
    ) -> bytes:
        """The rows of a page, or the one thing asked for, below its header."""
        del accepted_media_type
        view = (renderer_context or {})["view"]
        if hasattr(view, "table"):  # an answer that is no list of rows knows its own table
            names, lines = view.table(data)
            return b"".join(csv_chunks([Head(name) for name in names], lines))
        columns = dict(_columns(view.get_serializer()))
        rows = data[ROWS] if isinstance(data, Mapping) and ROWS in data else [data]
        cells = ([_cell(row, path, field) for path, field in columns.items()] for row in rows)
        return b"".join(csv_chunks([Head(POINT.join(path)) for path in columns], cells))


ROWS: Final = "results"
"""Key of the list that becomes the rows of a table."""


class Negotiation(DefaultContentNegotiation):
    """Which format; one that is asked for by name and not known is a parameter that is not understood."""

    def filter_renderers(self, renderers: Iterable[BaseRenderer], format: str) -> list[BaseRenderer]:
        """The renderers of a format. Raises `ParametersRefusedError`."""
        offered = list(renderers)
        found = [renderer for renderer in offered if renderer.format == format]
        if not found:
            known = "、".join(str(renderer.format) for renderer in offered)
            raise ParametersRefusedError({FORMAT: [f"没有这种格式，请选 {known}。"]})
        return found

    def select_renderer(self, request: Request, renderers: Any, format_suffix: str | None = None) -> Any:
        """The renderer; a format by name wins over what browsers accept."""
        if request.query_params.get(FORMAT):
            found = self.filter_renderers(list(renderers), request.query_params[FORMAT])[0]
            return found, found.media_type
        return super().select_renderer(request, renderers, format_suffix)


def _columns(serializer: Serializer[Any], above: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    for name, field in serializer.fields.items():
        if isinstance(field, Serializer):
            yield from _columns(field, (*above, name))
        else:
            yield (*above, name), field


def _cell(row: Any, path: tuple[str, ...], field: Any) -> Any:
    for name in path:
        row = row.get(name) if isinstance(row, Mapping) else None
    if isinstance(row, str) and isinstance(field, Money | Number):
        return Decimal(row)  # a negative number is no formula
    return json.dumps(row, ensure_ascii=False) if isinstance(row, list | Mapping) else row

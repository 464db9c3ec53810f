"""Pages by key: the next one begins where this one ended, whatever was added or removed meanwhile, and nothing is counted."""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Any, Final

from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param
from rest_framework.views import APIView

from perfgoals.api.errors import ParametersRefusedError
from perfgoals.api.parameters import Parameter

USUAL_SIZE: Final = 100
LARGEST_SIZE: Final = 500
CURSOR: Final = "cursor"
PAGE_SIZE: Final = "page_size"
PARAMETERS: Final = [
    Parameter(
        CURSOR, "从哪里继续：取自上一页的 next，原样使用。", {"type": "string", "pattern": "^[A-Za-z0-9_-]{2,40}$"}
    ),
    Parameter(
        PAGE_SIZE,
        f"每页条数，1 至 {LARGEST_SIZE}。",
        {"type": "integer", "minimum": 1, "maximum": LARGEST_SIZE, "default": USUAL_SIZE},
    ),
]
_BAD_CURSOR: Final = "无法识别，请使用上一页 next 中的值。"
_LARGEST_KEY: Final = 2**63 - 1


class KeyPages(BasePagination):
    """Rows in the order of their keys. The address of the next page is also in the header ``Link``, for csv."""

    def paginate_queryset(self, queryset: Any, request: Request, view: APIView | None = None) -> list[Any]:
        """One page. Raises `ParametersRefusedError`."""
        del view
        size, after = _size(request), _position(request)
        rows = list(queryset.order_by("pk").filter(pk__gt=after)[: size + 1])
        self._next = None
        if len(rows) > size:
            url = request.build_absolute_uri()
            self._next = replace_query_param(url, CURSOR, cursor_after(rows[size - 1].pk))
        return rows[:size]

    def get_paginated_response(self, data: Any) -> Response:
        """The page with the address of the next one."""
        headers = {"Link": f'<{self._next}>; rel="next"'} if self._next else {}
        return Response({"next": self._next, "results": data}, headers=headers)

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        """What a page looks like."""
        following = {
            "type": "string",
            "format": "uri",
            "nullable": True,
            "description": "下一页的地址；最后一页为 null。",
        }
        return {
            "type": "object",
            "required": ["next", "results"],
            "properties": {"next": following, "results": schema},
        }

    def get_schema_operation_parameters(self, view: APIView) -> list[dict[str, Any]]:
        """None here: views name all their parameters themselves."""
        del view
        return []

    @property
    def parameters(self) -> list[Parameter]:
        """The parameters that choose a page."""
        return PARAMETERS


def cursor_after(key: int) -> str:
    """The place after a row, as an address says it."""
    return urlsafe_b64encode(str(key).encode()).decode().rstrip("=")


def _position(request: Request) -> int:
    text = request.query_params.get(CURSOR)
    if text is None:
        return 0
    try:
        key = int(urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode("ascii"))
    except ValueError:
        raise ParametersRefusedError({CURSOR: [_BAD_CURSOR]}) from None
    if not 0 <= key <= _LARGEST_KEY or cursor_after(key) != text:
        raise ParametersRefusedError({CURSOR: [_BAD_CURSOR]})
    return key


def _size(request: Request) -> int:
    text = request.query_params.get(PAGE_SIZE, str(USUAL_SIZE))
    # Longer digits are too many in any case, and slow to read.
    size = int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0
    if not 1 <= size <= LARGEST_SIZE:
        raise ParametersRefusedError({PAGE_SIZE: [f"请写 1 至 {LARGEST_SIZE} 的整数。"]})
    return size

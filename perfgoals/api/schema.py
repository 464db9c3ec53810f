"""The description of the API (OpenAPI), made from its views by drf-spectacular."""

from __future__ import annotations

from typing import Any, Final

from django.conf import settings
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiResponse

from perfgoals.api.errors import ProblemSerializer

JSON: Final = "application/json"
CSV: Final = "text/csv"
REFUSALS: Final = {
    400: "参数有误：fields 里逐个说明。",
    401: "没有接口令牌，或令牌无效、已过期、已撤销。",
    403: "角色不能查看这些内容，或须先修改密码，或没有用 HTTPS。",
    404: "没有找到，或者不能查看。",
    405: "只能用 GET（或 HEAD）。",
    406: "没有 Accept 头要的格式。",
    429: "一分钟内请求过多；Retry-After 头说明还要等几秒。",
}


class Schema(AutoSchema):
    """Describes a view in its own Chinese words, with all that it may refuse."""

    view: Any  # `perfgoals.api.views.ReadView`, which needs this module

    def get_override_parameters(self) -> Any:
        """The parameters that the view itself checks."""
        return [one.documented() for one in self.view.parameters()]

    def get_tags(self) -> list[str]:
        """The group that the view names."""
        return [self.view.tag]

    def get_summary(self) -> str:
        """The view's Chinese title."""
        return str(self.view.title)

    def get_description(self) -> str:  # type: ignore[override]  # as the package has it
        """The view's Chinese words."""
        return str(self.view.words)

    def get_auth(self) -> list[dict[str, Any]]:
        """Token or session; nothing is needed where published data is open."""
        return [*super().get_auth(), *([{}] if settings.PUBLIC else [])]

    def get_response_serializers(self) -> Any:
        """What is answered, and every refusal."""
        refused = {(status, JSON): OpenApiResponse(ProblemSerializer, words) for status, words in REFUSALS.items()}
        if "{id}" not in self.path:
            del refused[404, JSON]
        return {200: super().get_response_serializers(), **refused}


class TokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]  # registers itself
    """How a program says who it is."""

    target_class = "perfgoals.api.authentication.TokenAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, Any]:
        """A bearer token."""
        del auto_schema
        words = "在网站右上角菜单“接口令牌”里创建。请求头：Authorization: Bearer pgt_…"
        return {"type": "http", "scheme": "bearer", "description": words}


class SessionScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]  # as above
    """How the page of the API says who looks at it."""

    target_class = "perfgoals.api.authentication.SessionAuthentication"
    name = "session"

    def get_security_definition(self, auto_schema: Any) -> dict[str, Any]:
        """The cookie of the site."""
        del auto_schema
        words = "已登录网站的浏览器自动带上。"
        return {"type": "apiKey", "in": "cookie", "name": settings.SESSION_COOKIE_NAME, "description": words}


def with_details(result: dict[str, Any], **_context: Any) -> dict[str, Any]:
    """What drf-spectacular cannot know: csv is text, and which headers come along."""
    for operations in result["paths"].values():
        for operation in operations.values():
            responses = operation["responses"]
            answered = responses["200"]
            if CSV in answered.get("content", {}):
                answered["content"][CSV] = {"schema": {"type": "string", "description": "首行为列名，UTF-8 带 BOM。"}}
            if any(one["name"] == "cursor" for one in operation.get("parameters", ())):
                answered["headers"] = {"Link": _header("下一页的地址，rel=next；最后一页没有。")}
            responses["405"]["headers"] = {"Allow": _header("允许的方法。", required=True)}
            responses["429"]["headers"] = {"Retry-After": _header("还要等几秒。", required=True)}
    return result


def _header(words: str, *, required: bool = False) -> dict[str, Any]:
    return {"description": words, "required": required, "schema": {"type": "string"}}

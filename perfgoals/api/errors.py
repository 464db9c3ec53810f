"""What the API says when it refuses: one form for everything, with Chinese sentences."""

from __future__ import annotations

from typing import Any, Final

from django.core.exceptions import PermissionDenied as DjangoPermissionDenied
from rest_framework import exceptions, serializers, status
from rest_framework.response import Response
from rest_framework.views import exception_handler

CODES: Final = {
    status.HTTP_400_BAD_REQUEST: "invalid",
    status.HTTP_401_UNAUTHORIZED: "unauthorized",
    status.HTTP_403_FORBIDDEN: "forbidden",
    status.HTTP_404_NOT_FOUND: "not_found",
    status.HTTP_405_METHOD_NOT_ALLOWED: "method_not_allowed",
    status.HTTP_406_NOT_ACCEPTABLE: "not_acceptable",
    status.HTTP_429_TOO_MANY_REQUESTS: "too_many_requests",
}
SENTENCES: Final = {
    "invalid": "请求参数有误，没有返回任何数据。",
    "unauthorized": "请带上接口令牌：在 Authorization 头里写“Bearer 接口令牌”。",
    "forbidden": "您的角色不能查看这些内容。",
    "not_found": "没有找到，或者您不能查看。",
    "method_not_allowed": "接口只供读取，请用 GET。",
    "not_acceptable": "没有这种格式，请用 application/json 或 text/csv。",
    "too_many_requests": "请求过于频繁，请稍后再试。",
}


class ParametersRefusedError(exceptions.APIException):
    """Parameters of the address that are not understood: name → Chinese sentences (400)."""

    status_code = status.HTTP_400_BAD_REQUEST

    def __init__(self, fields: dict[str, list[str]]) -> None:
        super().__init__(SENTENCES["invalid"])
        self.fields = fields


class ProblemSerializer(serializers.Serializer[Any]):
    """Every refusal."""

    code = serializers.ChoiceField(choices=sorted(CODES.values()), help_text="原因的代码，供程序判断。")
    message = serializers.CharField(help_text="一句中文说明。")
    fields_ = serializers.DictField(
        child=serializers.ListField(child=serializers.CharField()),
        help_text="参数名 → 该参数的问题；与参数无关时为空。",
    )

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        """The last one is called ``fields``, which a serializer's class body cannot say."""
        declared = super().get_fields()
        declared["fields"] = declared.pop("fields_")
        return declared


def answer(error: Exception, context: dict[str, Any]) -> Response | None:
    """The answer to what a view raised; ``None`` for what is a fault of the site."""
    response = exception_handler(error, context)
    if response is None:
        return None
    code = CODES.get(response.status_code, "invalid")
    response.data = {"code": code, "message": _sentence(error, code), "fields": getattr(error, "fields", {})}
    return response


def _sentence(error: Exception, code: str) -> str:
    if wait := getattr(error, "wait", None):
        return f"请求过于频繁，请 {int(wait)} 秒后再试。"
    if isinstance(error, DjangoPermissionDenied):
        return str(error) or SENTENCES[code]
    own = isinstance(error, (exceptions.AuthenticationFailed, exceptions.PermissionDenied))
    return str(error.detail) if own else SENTENCES[code]  # type: ignore[attr-defined]  # both have it

"""What all views of the API have in common. They read, and do nothing else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.decorators import method_decorator
from rest_framework import exceptions
from rest_framework.generics import GenericAPIView, ListAPIView, RetrieveAPIView
from rest_framework.parsers import BaseParser
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from perfgoals.api import errors, parameters
from perfgoals.api.access import MayRead, is_public, require_tls
from perfgoals.api.authentication import SessionAuthentication, TokenAuthentication
from perfgoals.api.pagination import KeyPages
from perfgoals.api.parameters import Parameter
from perfgoals.api.renderers import CSVRenderer, JSONRenderer, Negotiation
from perfgoals.api.schema import Schema
from perfgoals.api.throttling import PerMinute, count_refusal
from perfgoals.replicas import reads_replica

ExceptionHandler = Callable[[Exception, dict[str, Any]], Response | None]


class ReadView(GenericAPIView[Any]):
    """Answers GET. Checks the parameters of the address before anything is read."""

    http_method_names = ["get", "head"]
    authentication_classes = [TokenAuthentication, SessionAuthentication]
    permission_classes = [MayRead]
    throttle_classes = [PerMinute]
    renderer_classes: list[type[BaseRenderer]] = [JSONRenderer, CSVRenderer]
    parser_classes: list[type[BaseParser]] = []
    content_negotiation_class = Negotiation
    pagination_class = KeyPages
    metadata_class = None
    schema = Schema()
    tag = ""
    """Chinese name of the group in which the API's page shows the view."""
    title = ""
    words = ""
    """What it answers, in Chinese, for the API's page."""

    def parameters(self) -> list[Parameter]:
        """All parameters that the address may have."""
        return [parameters.format_of([str(renderer.format) for renderer in self.renderer_classes])]

    def get_exception_handler(self) -> ExceptionHandler:
        """One form for everything that is refused."""
        return errors.answer

    @property
    def is_public(self) -> bool:
        """Whether published data only is shown (`perfgoals.api.access`)."""
        return is_public(getattr(self, "request", None))

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Everything that may refuse the request, before it is answered."""
        # Said to everybody: whoever may not read may not write either.
        if request.method not in self.allowed_methods:
            raise exceptions.MethodNotAllowed(str(request.method))
        require_tls(request)
        try:
            super().initial(request, *args, **kwargs)
        except (exceptions.AuthenticationFailed, exceptions.NotAuthenticated):
            count_refusal(request)
            raise
        parameters.check_parameters(request.query_params, self.parameters())

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        """A refusal is JSON, whatever format was asked for."""
        response = super().finalize_response(request, response, *args, **kwargs)
        if isinstance(response, Response) and response.exception:
            response.accepted_renderer, response.accepted_media_type = JSONRenderer(), JSONRenderer.media_type
        return response


class ReadList(ReadView, ListAPIView[Any]):
    """Pages of rows."""

    @method_decorator(reads_replica)
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """A page. Who asks, and how often, was asked of the primary."""
        return super().get(request, *args, **kwargs)

    def parameters(self) -> list[Parameter]:
        """Those of a page, and what the list adds."""
        return [*self.paginator.parameters, *super().parameters()]  # type: ignore[union-attr]  # `KeyPages`


class ReadOne(ReadView, RetrieveAPIView[Any]):
    """One thing by its number."""


class NothingHere(ReadView):
    """Whatever address below the API there is not: refused in the API's own form."""

    schema = None  # type: ignore[assignment]  # how an address is left out of the description

    def get(self, _request: Request, *_args: Any, **_kwargs: Any) -> Response:
        """404 to whoever may read, 401 to others."""
        raise exceptions.NotFound

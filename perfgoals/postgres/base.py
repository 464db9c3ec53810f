"""Django's PostgreSQL backend on the embedded server, which the first connection of a process starts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.db.backends.postgresql import base
from django.db.utils import OperationalError

from perfgoals.postgres import server
from perfgoals.postgres.client import DatabaseClient
from perfgoals.postgres.errors import ServerError


class EmbeddedServerError(OperationalError, CommandError):
    """No embedded server: a database error to programs, a sentence without a traceback in a terminal."""


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection to the embedded server."""

    client_class = DatabaseClient

    def get_connection_params(self) -> dict[str, Any]:
        """The parameters, with the socket's folder that the starter of the server has really chosen."""
        return {**super().get_connection_params(), "host": self._running(server.socket_folder)}

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Connect; a server that died since the last time is started again."""
        try:
            return super().get_new_connection(conn_params)
        except self.Database.OperationalError:
            conn_params = {**conn_params, "host": self._running(server.ensure_running)}
        return super().get_new_connection(conn_params)

    def _running(self, ensure: Callable[[Path], Path]) -> str:
        try:
            return str(ensure(self.settings_dict["PERFGOALS_HOME"]))
        except ServerError as error:
            raise EmbeddedServerError(str(error)) from error

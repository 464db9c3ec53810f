"""``manage.py dbshell`` with the wheel's psql, as the machine may have none."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.backends.postgresql.client import DatabaseClient as PostgresClient

from perfgoals.postgres.binaries import program


class DatabaseClient(PostgresClient):
    """Django's, on the embedded server."""

    @classmethod
    def settings_to_cmd_args_env(
        cls, settings_dict: dict[str, Any], parameters: Iterable[str]
    ) -> tuple[list[str], dict[str, str] | None]:
        """The command line, with the path of our psql."""
        arguments, environment = super().settings_to_cmd_args_env(settings_dict, list(parameters))
        return [str(program("psql")), *arguments[1:]], environment

    def runshell(self, parameters: Iterable[str]) -> None:
        """Run psql while this process keeps the server running."""
        self.connection.ensure_connection()
        super().runshell(parameters)

from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "perfgoals.api"
    label = "api"
    verbose_name = "接口"

    def ready(self) -> None:
        """Make the description of the API know how people prove who they are."""
        from perfgoals.api import schema  # noqa: F401  # extensions are known by being loaded

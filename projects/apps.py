from django.apps import AppConfig
from django.conf import settings


class ProjectsConfig(AppConfig):
    name = "projects"
    verbose_name = "项目"

    def ready(self) -> None:
        """Refuse to start where a second factor is demanded of a role that is none, hence of nobody."""
        from projects.permissions import require_known_roles

        require_known_roles(settings.SECOND_FACTOR_FOR)

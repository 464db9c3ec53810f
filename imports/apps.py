from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "imports"
    verbose_name = "文件与导入"

    def ready(self) -> None:
        """Lend the filter set what finds the projects that differ from their source."""
        from imports.differing import differing
        from projects.filters.above import lend_differing

        lend_differing(lambda projects: [one.pk for one in differing(projects)])

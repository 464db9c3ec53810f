from django.apps import AppConfig


class PerfGoalsConfig(AppConfig):
    name = "perfgoals"
    verbose_name = "绩效目标库"

    def ready(self) -> None:
        """See the statements of every connection."""
        from django.db.backends.signals import connection_created

        from perfgoals.observing.statements import watch

        connection_created.connect(watch, dispatch_uid="perfgoals.observing")

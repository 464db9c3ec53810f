from django.apps import AppConfig


class PerfGoalsConfig(AppConfig):
    name = "perfgoals"
    verbose_name = "绩效目标库"

    def ready(self) -> None:
        """See the statements of every connection, and when people log in."""
        from django.contrib.auth.signals import user_logged_in
        from django.db.backends.signals import connection_created

        from perfgoals.observing.statements import watch
        from perfgoals.security.sessions import begin

        user_logged_in.connect(begin, dispatch_uid="perfgoals.security")
        connection_created.connect(watch, dispatch_uid="perfgoals.observing")

from django.apps import AppConfig


class PerfGoalsConfig(AppConfig):
    name = "perfgoals"
    verbose_name = "绩效目标库"

    def ready(self) -> None:
        """See the statements of every connection, and when people log in and out."""
        from django.contrib.auth.signals import user_logged_in, user_logged_out
        from django.db.backends.signals import connection_created

        from perfgoals.logins.keeping import forget, note
        from perfgoals.observing.statements import watch
        from perfgoals.security.sessions import begin

        user_logged_in.connect(begin, dispatch_uid="perfgoals.security")
        user_logged_in.connect(note, dispatch_uid="perfgoals.logins")
        user_logged_out.connect(forget, dispatch_uid="perfgoals.logins")
        connection_created.connect(watch, dispatch_uid="perfgoals.observing")

from django.apps import AppConfig


class LoginsConfig(AppConfig):
    name = "perfgoals.logins"
    label = "logins"
    verbose_name = "登录"

from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "perfgoals.api"
    label = "api"
    verbose_name = "接口"

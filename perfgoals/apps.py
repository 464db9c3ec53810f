from django.apps import AppConfig


class PerfGoalsConfig(AppConfig):
    name = "perfgoals"
    verbose_name = "绩效目标库"

from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    name = "indicators"
    verbose_name = "绩效指标"

    def ready(self) -> None:
        """Lend the filter set the classes of indicators, each class of level 1 before those below it."""
        from indicators.categories import LEVEL1, LEVEL2
        from projects.filters.above import ClassChoice, lend_classes

        lend_classes(
            ClassChoice(*one)
            for top in LEVEL1
            for one in (top, *(below for below in LEVEL2 if below.parent == top.code))
        )

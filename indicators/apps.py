from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    name = "indicators"
    verbose_name = "绩效指标"

    def ready(self) -> None:
        """Lend the filter set the classes of indicators and the findings of the review, and keep findings current with every change."""
        from indicators.categories import LEVEL1, LEVEL2
        from indicators.history.keeping import replayed
        from indicators.reviewing.filtering import filters_of_findings
        from indicators.reviewing.refreshing import refresh
        from perfgoals.history import before_end
        from perfgoals.keeping.lent import lend_facts
        from projects.filters.above import ClassChoice, lend_classes, lend_findings

        lend_classes(
            ClassChoice(*one)
            for top in LEVEL1
            for one in (top, *(below for below in LEVEL2 if below.parent == top.code))
        )
        lend_findings(filters_of_findings())
        before_end(refresh)
        lend_facts("history", replayed)

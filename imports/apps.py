from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from django.apps import AppConfig

if TYPE_CHECKING:
    from projects.querysets import ProjectQuerySet


class ImportsConfig(AppConfig):
    name = "imports"
    verbose_name = "文件与导入"

    def ready(self) -> None:
        """Lend the filter set what finds the projects that differ from their source and documents themselves, the list
        where their lines are shown, and the review what was filed twice."""
        from imports.filings import filings_of
        from imports.keeping import sums_of_sources
        from imports.models import SourceDocument
        from imports.texts import line_url
        from indicators.reviewing.neighbouring import lend_filings
        from perfgoals.keeping.lent import lend_facts
        from projects.filters.above import lend_differing, lend_documents, lend_line_address

        lend_differing(_differing)
        lend_documents(SourceDocument.objects.all)
        lend_line_address(line_url)
        lend_filings(filings_of)
        lend_facts("sources", sums_of_sources)


def _differing(projects: ProjectQuerySet) -> Collection[int]:
    from imports.differing import differing  # with all readers of sources, which few commands need

    return [one.pk for one in differing(projects)]

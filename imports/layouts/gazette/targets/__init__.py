"""Quantified targets in running text: 到2030年,…覆盖率达到95%以上 (`finding` puts the parts together)."""

from imports.layouts.gazette.targets.finding import find_targets

__all__ = ["find_targets"]

"""What a process that answers requests does before the first of them, so that nobody waits for it."""

from __future__ import annotations

import gc
from pathlib import Path

from django.conf import settings
from django.template.loader import get_template
from django.urls import get_resolver


def warm() -> None:
    """Load every view and template, and let the collector of garbage pass over all that is there from now on.

    Otherwise the first request loads the views, the first of each page its templates, and whatever makes tens of thousands
    of objects (a table of totals) makes the collector look through the whole program, which is never garbage.

    Raises what a template that cannot be read raises: the site then does not start.
    """
    get_resolver().reverse_dict  # noqa: B018  # made of all addresses, and these name all views
    folder: Path = settings.BASE_DIR / "templates"
    for path in sorted(folder.rglob("*.html")):
        get_template(str(path.relative_to(folder)))
    gc.collect()
    gc.freeze()

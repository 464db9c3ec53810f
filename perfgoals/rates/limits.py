"""What is counted, and how much of it is too much. Each limit is a setting; 0 is none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.http import HttpRequest

WINDOW: Final = timedelta(minutes=10)
"""Long enough for the many files of one piece of work, short enough to be waited for."""
_SENDING: Final = frozenset({"POST"})
_ANY: Final = frozenset({"GET", "HEAD", "POST"})


@dataclass(frozen=True, slots=True)
class Limit:
    """Requests that are counted together, for each person, in windows of `WINDOW`."""

    name: str
    setting: str
    addresses: frozenset[str]
    """Names of addresses."""
    methods: frozenset[str]
    words: str
    """What there was too much of, in Chinese."""

    @property
    def most(self) -> int:
        """How many there may be in a window; 0: any number."""
        return int(getattr(settings, self.setting))


EXPORTS: Final = Limit(
    "exports", "EXPORT_RATE",
    frozenset({
        "export-new", "export-file", "totals-export", "history-export", "project-history-export", "finding-export",
        "target-export", "plan-project-export", "plan-indicator-export", "print-forms", "print-forms-xlsx",
        "print-list", "print-list-xlsx", "project-form-xlsx", "sheet-list", "sheet-list-xlsx", "sheet-xlsx", "paper",
        "paper-xlsx",
    }),
    _ANY, "导出和打印过于频繁",
)  # fmt: skip
"""Everything that makes or gives away a file, and pages of hundreds of forms that are made to be printed."""
UPLOADS: Final = Limit("uploads", "UPLOAD_RATE", frozenset({"run-new"}), _SENDING, "上传文件过于频繁")
BULK: Final = Limit(
    "bulk", "BULK_RATE",
    frozenset({
        "bulk-department", "bulk-attribute", "bulk-copy", "bulk-archive", "bulk-unarchive", "department-join",
        "findings-accept", "rule-detail", "target-accept",
    }),
    _SENDING, "批量操作过于频繁",
)  # fmt: skip
"""What goes through thousands of projects at once, the look ahead included."""
LIMITS: Final = (EXPORTS, UPLOADS, BULK)


def limit_of(request: HttpRequest) -> Limit | None:
    """The limit under which a request falls, if any."""
    name = request.resolver_match.url_name if request.resolver_match else None
    found = (limit for limit in LIMITS if name in limit.addresses and request.method in limit.methods)
    return next(found, None)


def window_of(now: datetime) -> datetime:
    """When the window began in which ``now`` lies."""
    return now.replace(minute=now.minute - now.minute % 10, second=0, microsecond=0)

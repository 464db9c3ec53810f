"""The icons of the pages: what is drawn of each, on a square of 20 units.

They stand in the page itself. Taken from a file of its own by ``<use>``, the eighty of a list made the browser lay the page out
once more when the file came, and took an eighth of the time until a page could be worked with on the first visit.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

ICONS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "brand": (
            '<g stroke-width="1.75"><circle cx="10" cy="10" r="7.25"/><circle cx="10" cy="10" r="3.25"/>'
            '<path d="M10 10 17 3"/></g>'
        ),
        "projects": '<path d="M7.5 5h9M7.5 10h9M7.5 15h9M3.5 5h.01M3.5 10h.01M3.5 15h.01"/>',
        "totals": '<path d="M15.5 5.5v-2h-11l6 6.5-6 6.5h11v-2"/>',
        "history": '<path d="M3.75 6.5A7.25 7.25 0 1 1 2.75 10M3.5 3v3.75h3.75M10 6v4.25l2.75 1.75"/>',
        "documents": '<path d="M11.5 2.75h-6v14.5h9V5.75l-3-3zM11.5 2.75v3h3M8 9.5h4M8 12.5h4"/>',
        "runs": '<path d="M10 3v8.5M6.5 8.25 10 11.75l3.5-3.5M3.5 12.5v3.75h13V12.5"/>',
        "search": '<circle cx="8.75" cy="8.75" r="5.25"/><path d="m12.75 12.75 4 4"/>',
        "menu": '<path d="M3.5 5.5h13M3.5 10h13M3.5 14.5h13"/>',
        "fold": '<path d="M3.5 4v12M16.5 10H7.5M11 6.5 7.5 10l3.5 3.5"/>',
        "light": (
            '<circle cx="10" cy="10" r="3.25"/>'
            '<path d="M10 2.5v1.5M10 16v1.5M2.5 10H4M16 10h1.5M4.7 4.7l1.05 1.05M14.25 14.25l1.05 1.05M4.7'
            ' 15.3l1.05-1.05M14.25 5.75l1.05-1.05"/>'
        ),
        "dark": '<path d="M16.5 11.75A6.75 6.75 0 0 1 8.25 3.5a6.75 6.75 0 1 0 8.25 8.25z"/>',
        "system": '<path d="M3 4h14v9.5H3zM7.5 16.5h5M10 13.5v3"/>',
        "person": '<circle cx="10" cy="7" r="3.25"/><path d="M3.75 16.5c.9-2.9 3.3-4.25 6.25-4.25s5.35 1.35 6.25 4.25"/>',
        "people": (
            '<circle cx="7.5" cy="7" r="2.75"/>'
            '<path d="M2.25 16c.7-2.6 2.7-3.75 5.25-3.75s4.55 1.15 5.25 3.75M13 4.4a2.75 2.75 0 0 1 0 5.2M14.75'
            ' 12.6c1.6.5 2.6 1.65 3 3.4"/>'
        ),
        "archive": '<path d="M3 4h14v3.5H3zM4.25 7.5v8.75h11.5V7.5M8 10.75h4"/>',
        "departments": (
            '<path d="M4 16.75V4.25L11.5 3v13.75M11.5 7.5 16 8.5v8.25M2.5 16.75h15M6.75 7.25h2M6.75 10h2M6.75 12.75h2"/>'
        ),
        "down": '<path d="m6 8 4 4 4-4"/>',
        "up": '<path d="m6 12 4-4 4 4"/>',
        "columns": '<path d="M3 4h14v12H3zM7.67 4v12M12.33 4v12"/>',
        "panel": '<path d="M3 4h14v12H3zM11 4v12M13.5 7h1M13.5 9.5h1"/>',
        "left": '<path d="m12 6-4 4 4 4"/>',
        "right": '<path d="m8 6 4 4-4 4"/>',
        "close": '<path d="m6 6 8 8M14 6l-8 8"/>',
        "ascending": '<g stroke-width="1.75"><path d="M10 15.5v-11M6 8.5l4-4 4 4"/></g>',
        "descending": '<g stroke-width="1.75"><path d="M10 4.5v11M6 11.5l4 4 4-4"/></g>',
        "rows": '<path d="M3.5 4.5h13M3.5 8.17h13M3.5 11.83h13M3.5 15.5h13"/>',
        "print": '<path d="M6 7V3h8v4M6 14H3.5V7h13v7H14M6 11.5h8V17H6z"/>',
        "warning": '<path d="M10 3 2.75 16h14.5zM10 8v3.75M10 13.9v.01"/>',
        "differs": '<path d="M4.5 8h11M4.5 12h11M12.75 4l-5.5 12"/>',
        "compare": '<path d="M8.5 4H3.5v12h5M11.5 4h5v12h-5M10 2.5v15M6 8h.01M6 11.5h.01M13.5 8h1M13.5 11.5h1"/>',
        "restore": '<path d="M7 4 3.5 7.5 7 11M3.75 7.5H12a4.25 4.25 0 0 1 0 8.5H7.5"/>',
        "check": '<g stroke-width="1.75"><path d="m4.5 10.5 3.75 3.75 7.25-8"/></g>',
        "plus": '<path d="M10 4.5v11M4.5 10h11"/>',
        "copy": '<path d="M7.5 7.5h9v9h-9zM7.5 12.5h-4v-9h9v4"/>',
        "more": '<g stroke-width="2"><path d="M5 10h.01M10 10h.01M15 10h.01"/></g>',
        "swap": '<path d="M3.5 7h12M12.5 4l3 3-3 3M16.5 13h-12M7.5 10l-3 3 3 3"/>',
        "download": '<path d="M10 3v9M6.5 8.75 10 12.25l3.5-3.5M3.5 16.5h13"/>',
        "charts": '<path d="M3.5 3v13.5h13M7 13.5v-4M10.5 13.5V6M14 13.5V8.5"/>',
        "edit": '<path d="m4 13-.75 3.75L7 16l9-9-3-3zM11 6l3 3"/>',
        "saved": '<path d="M5.5 3.25h9v13.5L10 13.25l-4.5 3.5z"/>',
        "gazette": (
            '<path d="M3 4h11v12.5H4.5A1.5 1.5 0 0 1 3 15zM14 8h3v7a1.5 1.5 0 0 1-3 0M5.75 7h5.5M5.75 10h5.5M5.75 13h3"/>'
        ),
        "plan": (
            '<path d="M3.5 16.5v-6h4v6M8.5 16.5v-13h5v13M14.5 16.5v-9h2v9M2.5 16.5h15M11 6.5h.01M11 9.5h.01M11'
            ' 12.5h.01"/>'
        ),
        "aim": (
            '<circle cx="10" cy="10" r="7"/><circle cx="10" cy="10" r="3"/>'
            '<path d="M10 1.75v3M10 15.25v3M1.75 10h3M15.25 10h3"/>'
        ),
        "review": '<path d="M4 3.5h12v13H4zM6.75 10.25l2.25 2.25 4.25-4.75"/>',
        "cite": (
            '<path d="M8.5 11.5a3 3 0 0 0 4.25 0l2.75-2.75a3 3 0 0 0-4.25-4.25L10 5.75M11.5 8.5a3 3 0 0 0-4.25 0L4.5'
            ' 11.25a3 3 0 0 0 4.25 4.25L10 14.25"/>'
        ),
    }
)
"""Name → shapes, whose lines have the colour of the text around them (``.icon`` of base.css)."""

"""The Content-Security-Policy: what a page of the site may load and run. django-csp sends it with every answer.

Everything comes from the site itself, as files: no page has a script, a style or a handler in its markup, so that
markup which somebody smuggles into a text would do nothing. Two pages show what a library draws and need a little more.
"""

from __future__ import annotations

from typing import Final

from csp.constants import NONE, SELF

DIRECTIVES: Final = {
    "default-src": [NONE],
    "script-src": [SELF],
    "style-src": [SELF],
    "img-src": [SELF],
    "connect-src": [SELF],
    "object-src": [NONE],
    "base-uri": [NONE],
    "form-action": [SELF],
    "frame-ancestors": [NONE],
}
"""Everywhere."""

CHARTS: Final = {
    "style-src": [
        "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='",  # an empty sheet, to which the script adds its rules
        "'sha256-ji27qzEtxXZW+7dun6UwjHXJ18e6WAin1VvNtkzIE/o='",  # the sheet of its maps, which it brings at any rate
    ],
    "img-src": ["blob:"],  # a chart on its way to the file that it is downloaded as
}
"""Besides, where Plotly draws. The digests are those of its present version: the journeys complain about any other."""

API_DESCRIPTION: Final = {"img-src": ["data:"]}
"""Besides, where Swagger UI describes the API: its icons stand in its style sheet."""

ALONE: Final = {"sandbox": [True]}
"""Besides, for every answer that is no page: opened by itself it runs nothing and is of no site."""

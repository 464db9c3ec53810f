"""The one filter set of list, totals, charts, exports and the API: from the address to projects, and into words.

``words`` and ``bounds`` read what people type (pure), ``form`` checks it, ``conditions`` says it to the database,
``choices`` knows what may be chosen, ``facets`` how many projects each choice would find, ``chips`` puts what is on into
words, ``hits`` shows where a text was found. ``above`` holds what apps above this one lend to it.
"""

from projects.filters.conditions import has_money_of
from projects.filters.filterset import ProjectFilter

__all__ = ["ProjectFilter", "has_money_of"]

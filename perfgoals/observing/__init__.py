"""Seeing what is slow and what is refused: one line of JSON for each such request, and counts for Prometheus.

- `perfgoals.observing.accounts`: what one request has cost so far.
- `perfgoals.observing.requests`: the middleware that keeps the account of each request.
- `perfgoals.observing.statements`: what every statement over Django's cursors adds to it.
- `perfgoals.observing.refusals`: why a request was refused.
- `perfgoals.observing.lines`: the lines.  `perfgoals.observing.metrics`: the counts, at ``/metrics``.

No line holds what people typed into a form or a query: addresses are told by the names of their routes, those that were
refused by their paths too, statements without their values, people by their keys.
"""

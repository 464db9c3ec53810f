"""Seeing what is slow: one line of JSON for each slow request and slow statement, and counts for Prometheus.

- `perfgoals.observing.accounts`: what one request has cost so far.
- `perfgoals.observing.requests`: the middleware that keeps the account of each request.
- `perfgoals.observing.statements`: what every statement over Django's cursors adds to it.
- `perfgoals.observing.lines`: the lines.  `perfgoals.observing.metrics`: the counts, at ``/metrics``.

No line holds what people typed: addresses are told by the names of their routes, statements without their values,
people by their keys.
"""

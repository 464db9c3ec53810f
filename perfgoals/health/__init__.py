"""Whether the site can work, told to programs that watch it and to whoever starts it.

- `perfgoals.health.schema`: whether program and database fit.
- `perfgoals.health.checks`: what ``/readyz`` looks at.
- `perfgoals.health.starting`: what stands in the way of a start, in one sentence.
"""

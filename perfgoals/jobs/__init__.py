"""Long work outside the request: a row that says how far it is, and a queue in PostgreSQL that does it (procrastinate).

- `perfgoals.jobs.model.Job`: what every piece of long work has in common, an abstract model.
- `perfgoals.jobs.running.run_job`: does the work of one row, says how far it is, and ends it cleanly.
- `perfgoals.jobs.workers`: the process that takes work from the queue, and whether there is one.

A model's task stands in its app's ``tasks.py``, which procrastinate finds by its name.
"""

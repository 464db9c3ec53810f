"""Backups that prove themselves, and bringing them back whole or not at all.

A backup is one tar file of three: ``database.dump`` (pg_dump's own format), ``manifest.json`` (what stood in the
database at the very moment of the dump) and ``SHA256SUMS``. Nothing of PerfGoals lies outside the database but the
secret key, which is left out on purpose: who finds a backup shall not be able to forge sessions.

- `perfgoals.keeping.contents`: what a database holds, as counts and digests that can be compared.
- `perfgoals.keeping.archive`, `perfgoals.keeping.manifest`: the file.
- `perfgoals.keeping.backing_up`, `perfgoals.keeping.restoring`: the two ways.
- `perfgoals.keeping.lent`: what the apps above compare besides.
"""

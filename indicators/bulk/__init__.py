"""Bulk changes: chosen projects are shown with what would become of them, then changed all at once or not at all.

`selection` reads what was chosen, `changes` are the kinds of change, `planning` says what each would do to each
project, `execution` does what was shown and nothing else.
"""

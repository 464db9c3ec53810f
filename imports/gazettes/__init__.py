"""Gazettes and plans: the official documents that texts print, the tables and targets in them, and what people make of them.

`imports.layouts.gazette` reads the texts; here they are stored, shown, mended, reviewed and linked to budget projects.
"""

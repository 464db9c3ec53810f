"""The review of targets over stored projects: findings kept current, accepted, mended, and the rules as administrators set them.

The rules themselves are `indicators.checks`, which knows no database.
"""

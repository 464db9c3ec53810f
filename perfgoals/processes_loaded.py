"""Loads the site when it is imported: what `processes` forks from imports this first, then the modules of the work."""

import django

django.setup()

"""The site's settings with Django's admin, for comparison only."""

from perfgoals.settings import *  # noqa: F403  # these settings, and two more things
from perfgoals.settings import INSTALLED_APPS, MIDDLEWARE

INSTALLED_APPS = ["django.contrib.admin", *INSTALLED_APPS]
ROOT_URLCONF = "benchmarks.peers.admin_urls"
# What a plain admin site has.
MIDDLEWARE = [name for name in MIDDLEWARE if name.startswith("django.")]
MIDDLEWARE.remove("django.contrib.auth.middleware.LoginRequiredMiddleware")
STORAGES = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}

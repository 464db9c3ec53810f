#!/usr/bin/env python
"""Django's command line, with PerfGoals' settings."""

import os
import sys

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line


def main() -> None:
    """Run a command; a setting that is wrong is one sentence."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "perfgoals.settings")
    try:
        settings.INSTALLED_APPS  # noqa: B018  # reads the settings
    except ImproperlyConfigured as error:
        sys.exit(str(error))
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()

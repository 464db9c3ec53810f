"""The settings behind TLS, as Django itself looks at them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

ASKED = """
import json, django
from django.conf import settings
django.setup()
from perfgoals.display import UNIT_COOKIE
from perfgoals.replicas.views import COOKIE
from perfgoals.security.cookies import MessageCookie
print(json.dumps({
    "cookies": [settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, UNIT_COOKIE, COOKIE,
                MessageCookie.cookie_name],
    "flags": [settings.SESSION_COOKIE_SECURE, settings.CSRF_COOKIE_SECURE, settings.SESSION_COOKIE_HTTPONLY],
    "debug": settings.DEBUG,
}))
"""


@pytest.fixture
def production(tmp_path: Path) -> dict[str, str]:
    """An environment as operations.md asks for."""
    # Journeys in the same process let Django be used beside their browser's event loop.
    kept = {
        name: value for name, value in os.environ.items()
        if not name.startswith("PERFGOALS_") and name != "DJANGO_ALLOW_ASYNC_UNSAFE"
    }  # fmt: skip
    return kept | {
        "PERFGOALS_HOME": str(tmp_path), "PERFGOALS_HTTPS": "1", "PERFGOALS_ALLOWED_HOSTS": "jixiao.example.org",
        "DJANGO_SETTINGS_MODULE": "perfgoals.settings",
    }  # fmt: skip


def run(environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        env=environment,
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )


def test_django_finds_nothing_to_complain_about(production: dict[str, str]) -> None:
    done = run(production, "manage.py", "check", "--deploy", "--fail-level", "DEBUG")
    assert done.returncode == 0, done.stderr


def test_it_would_complain_without_tls(production: dict[str, str]) -> None:
    done = run(production | {"PERFGOALS_HTTPS": "0"}, "manage.py", "check", "--deploy", "--fail-level", "WARNING")
    assert done.returncode == 1
    assert "security.W004" in done.stderr


def test_every_cookie_is_bound_to_the_host(production: dict[str, str]) -> None:
    said = json.loads(run(production, "-c", ASKED).stdout)
    names = said["cookies"]
    assert names == ["__Host-sessionid", "__Host-csrftoken", "__Host-unit", "__Host-seen", "__Host-messages"]
    assert said["flags"] == [True, True, True]
    assert said["debug"] is False

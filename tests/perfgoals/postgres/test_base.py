"""The Django backend, in a Django of its own so that the project's database is not involved."""

import subprocess
import sys
from pathlib import Path

from perfgoals.postgres import cluster as clusters
from perfgoals.postgres import database_settings
from perfgoals.postgres.places import Cluster

from .processes import PROJECT, is_gone

SETUP = """
import os, signal, sys
from pathlib import Path
import django
from django.conf import settings
from perfgoals.postgres import cluster, database_settings
from perfgoals.postgres.places import Cluster
home = Path(sys.argv[1])
settings.configure(DATABASES={"default": database_settings(home, None)}, USE_TZ=True)
django.setup()
from django.core.management import execute_from_command_line
from django.db import connection

def ask(sql="SELECT 1"):
    with connection.cursor() as cursor:
        cursor.execute(sql)
        print(cursor.fetchone()[0], flush=True)
"""


def django(home: Path, code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", SETUP + code, str(home)],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )


def test_settings_touch_nothing(tmp_path: Path) -> None:
    settings = database_settings(tmp_path / "home", None)
    assert settings["ENGINE"] == "perfgoals.postgres"
    assert settings["NAME"] == "perfgoals"
    assert not list(tmp_path.iterdir())


def test_the_first_query_starts_the_server_and_the_end_stops_it(home: Path) -> None:
    done = django(home, "print(cluster.is_alive(Cluster(home)) if home.exists() else None)\nask()")
    assert done.stdout == "False\n1\n", done.stderr
    assert not clusters.is_alive(Cluster(home))


def test_test_databases_can_be_made(home: Path) -> None:
    done = django(
        home,
        """
name = connection.creation.create_test_db(verbosity=0)
ask("SELECT current_database()")
connection.creation.destroy_test_db("perfgoals", verbosity=0)
""",
    )
    assert done.stdout == "test_perfgoals\n", done.stderr


def test_a_server_that_died_is_started_again_for_the_next_connection(home: Path) -> None:
    done = django(
        home,
        """
ask()
connection.close()
os.kill(cluster.postmaster(Cluster(home)).pid, signal.SIGKILL)
ask()
""",
    )
    assert done.stdout == "1\n1\n", done.stderr


def test_forked_workers_connect_on_their_own(home: Path) -> None:
    done = django(
        home,
        """
children = []
for _ in range(3):
    child = os.fork()
    if not child:
        ask()
        connection.close()
        sys.exit()
    children.append(child)
for child in children:
    os.waitpid(child, 0)
""",
    )
    assert "".join(sorted(done.stdout)) == "\n\n\n111", done.stderr  # three write at once
    assert is_gone(home)


def test_a_refusal_is_one_sentence_on_the_command_line(place: Path) -> None:
    (place / "postgres/data").mkdir(parents=True)
    (place / "postgres/data/PG_VERSION").write_text("17\n")
    done = django(place, "execute_from_command_line(['manage.py', 'migrate'])")
    assert done.returncode == 1
    assert "是 PostgreSQL 17 的数据" in done.stderr
    assert done.stderr.count("\n") == 1


def test_dbshell_uses_the_wheels_psql(home: Path) -> None:
    code = "execute_from_command_line(['manage.py', 'dbshell', '--', '-Atc', 'SELECT 6 * 7'])"
    assert django(home, code).stdout == "42\n"

"""What a process of the site has done before its first request."""

import subprocess
import sys

from django.conf import settings

WARM = """
import gc, sys
import django
from django.template import Template, engines
django.setup()
from perfgoals import gunicorn_config
if sys.argv[1] == "told":
    gunicorn_config.post_worker_init(None)
compiled = []
compile_as_before = Template.compile_nodelist
Template.compile_nodelist = lambda template: compiled.append(template) or compile_as_before(template)
for name in sys.stdin.read().split():
    engines["django"].get_template(name)
print(len(compiled), "projects.views" in sys.modules, gc.get_freeze_count() > 100_000)
"""


def left_to_do(way: str) -> list[str]:
    """How many templates are compiled when they are asked for, whether views are loaded, and the program set aside."""
    folder = settings.BASE_DIR / "templates"
    names = [str(path.relative_to(folder)) for path in folder.rglob("*.html")]
    done = subprocess.run(
        [sys.executable, "-c", WARM, way], input="\n".join(names), capture_output=True, text=True, check=False,
        cwd=settings.BASE_DIR,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


def test_views_and_templates_are_loaded_and_set_aside_from_garbage() -> None:
    assert left_to_do("told") == ["0", "True", "True"]
    compiled, has_views, is_frozen = left_to_do("untold")
    assert int(compiled) > 200
    assert (has_views, is_frozen) == ("False", "False")

"""Imports point one way: imports → indicators → projects → perfgoals."""

import subprocess
import sys

LINT = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"


def test_imports_point_one_way() -> None:
    # In a process of its own: it sets up logging anew, which would silence the loggers that other tests listen to.
    done = subprocess.run([sys.executable, "-c", LINT], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr

"""What gunicorn's processes are told."""

import subprocess
import sys

import pytest

COUNT = """
import ctypes, sys, threading
from perfgoals import gunicorn_config
library = ctypes.CDLL(None)
if not hasattr(library, "malloc_info"):
    sys.exit(77)  # not the GNU library
if sys.argv[1] == "told":
    gunicorn_config.post_fork(None, None)
library.malloc.restype = ctypes.c_void_p
together = threading.Barrier(8)
def work():
    together.wait()
    for _ in range(200):
        library.malloc(2000)
    together.wait()
threads = [threading.Thread(target=work) for _ in range(8)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
library.fdopen.restype = ctypes.c_void_p
out = ctypes.c_void_p(library.fdopen(1, b"w"))
library.malloc_info(0, out)
library.fflush(out)
"""


def heaps(way: str) -> int:
    done = subprocess.run([sys.executable, "-c", COUNT, way], capture_output=True, text=True, check=False)
    if done.returncode == 77:
        pytest.skip("the C library has no malloc_info")
    assert done.returncode == 0, done.stderr
    return done.stdout.count("<heap nr=")


def test_threads_of_a_worker_share_two_heaps() -> None:
    assert heaps("told") <= 2
    assert heaps("untold") > 2

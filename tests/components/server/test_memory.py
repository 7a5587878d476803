"""All threads of the explorer take memory from one heap."""

import subprocess
import sys

import pytest

#: Lets threads take memory, and counts the heaps that the C library of Linux then has.
COUNT = """
import ctypes, sys, threading
from components.server.memory import use_one_heap
if sys.argv[1] == "one":
    use_one_heap()
library = ctypes.CDLL(None)
library.fopen.restype = ctypes.c_void_p
meet = threading.Barrier(4)

def take():
    held = [bytes(2_000) for _ in range(1_000)]
    meet.wait()
    del held

threads = [threading.Thread(target=take) for _ in range(4)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
file = ctypes.c_void_p(library.fopen(sys.argv[2].encode(), b"w"))
library.malloc_info(0, file)
library.fclose(file)
"""


def heaps(how, path):
    subprocess.run([sys.executable, "-c", COUNT, how, str(path)], check=True)  # noqa: S603 (our own lines)
    return path.read_text().count("<heap nr=")


@pytest.mark.skipif(sys.platform != "linux", reason="the C library of Linux has heaps by thread")
def test_threads_share_one_heap(tmp_path):
    assert heaps("one", tmp_path / "one.xml") == 1
    assert heaps("many", tmp_path / "many.xml") > 1

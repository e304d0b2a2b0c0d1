"""Work shared out among processes comes back in its order."""

import subprocess
import sys

import pytest

from documents.sharing import shared_out

ORDERED = "from documents.sharing import shared_out; print(list(shared_out(abs, list(range(-9, 0)), {})))"


LIKE_THE_WORKER = """
import os, signal, sys, time
from documents.sharing import shared_out

def told_to_stop(thing):
    os.kill(os.getpid(), signal.SIGTERM)
    os.kill(os.getpid(), signal.SIGINT)
    time.sleep(0.01)
    return thing

for one in (signal.SIGTERM, signal.SIGINT):
    signal.signal(one, lambda *_: print("stopping", flush=True))
results = shared_out(told_to_stop, range(40), 2)
first = next(results)
results.close()
print([first, *shared_out(told_to_stop, range(1, 5), 2)])
"""


@pytest.mark.parametrize("processes", [1, 2, 20])
def test_the_results_stand_in_the_order_of_the_things(processes):
    """In a program of its own: the test run has threads, which a copied process would not."""
    done = subprocess.run(
        [sys.executable, "-c", ORDERED.format(processes)], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == "[9, 8, 7, 6, 5, 4, 3, 2, 1]"


def test_a_worker_that_ends_its_task_before_it_stops_never_waits_for_ever():
    """What the background worker does on a signal, which its copies would do as well; also when nobody wants more."""
    done = subprocess.run(
        [sys.executable, "-c", LIKE_THE_WORKER], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == "[0, 1, 2, 3, 4]"


def test_few_things_are_done_here():
    here = []
    assert list(shared_out(here.append, [1, 2, 3], processes=8)) == [None, None, None]
    assert here == [1, 2, 3]

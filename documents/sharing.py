"""The same work on many things, shared out among processes: printing many sheets uses every core."""

import multiprocessing
import signal
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

Thing = TypeVar("Thing")
Result = TypeVar("Result")

FEWEST = 4  # things; for fewer, starting processes takes longer than they save


def shared_out(work: Callable[[Thing], Result], things: Sequence[Thing], processes: int) -> Iterator[Result]:
    """Yield `work(thing)` for each thing, in their order, made by that many copies of this process.

    Only for a program of one thread (a command, the background worker): a copy has none of the other threads. Things
    and results are pickled; `work` uses no database. Where a process can't be copied, this one does it all.
    """
    if processes < 2 or len(things) < FEWEST or "fork" not in multiprocessing.get_all_start_methods():
        yield from map(work, things)
        return
    pool = multiprocessing.get_context("fork").Pool(min(processes, len(things)), _finish_what_is_begun)
    try:
        yield from pool.imap(work, things)
    finally:
        pool.close()
        pool.join()


def _finish_what_is_begun() -> None:
    """Leave it to the first process when to stop: it tells the copies when there is nothing more to do.

    A signal may reach all of them (Ctrl-C, a service that is stopped), and the background worker answers it by ending
    its task first. A copy with the worker's own answer, told by a signal to go, would stay, and be waited for for ever:
    hence no signal here, and no `Pool.terminate`.
    """
    for one in (signal.SIGINT, signal.SIGTERM):
        signal.signal(one, signal.SIG_IGN)

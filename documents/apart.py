"""A call in a thread of its own: pyHanko starts an event loop, and none may run already where it does."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Made = TypeVar("Made")


def apart(call: Callable[[], Made]) -> Made:
    """Return what `call` returns, called where no event loop runs; what it raises is raised here."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(call).result()

"""Whose rows the work at hand may see, where the database keeps entities apart itself (operations.isolation).

It is said once, where the work begins: for each request by the middleware, for a command by `manage.py`. Nobody who
says nothing sees anything. Without row-level security nothing asks for it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True)
class Sight:
    """Everything; or the entities a person belongs to; or the entity of that short name; or, as it stands, nothing."""

    everything: bool = False
    person: int | None = None
    slug: str | None = None


NOTHING = Sight()
EVERYTHING = Sight(everything=True)
_now: ContextVar[Sight] = ContextVar("sight", default=NOTHING)


def sight() -> Sight:
    """Return what the work at hand may see."""
    return _now.get()


@contextmanager
def seeing(what: Sight) -> Iterator[None]:
    """Let the block see this, and what was seen before again after it, whatever `see` said in between."""
    token = _now.set(what)
    try:
        yield
    finally:
        _now.reset(token)


def see(what: Sight) -> None:
    """Let the rest of the block of `seeing`, a request, see this."""
    _now.set(what)

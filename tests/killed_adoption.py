"""Registers an act in processes that are killed on the way; prints what is on record before, and after each of them.

    python -m tests.killed_adoption PROPOSAL PERSON MOMENT…

A MOMENT is the number of the statement before which the process is killed; 0 lets it finish, and kills it then.
`test_killed.py` runs it, on a database that is not needed any more.
"""

import json
import os
import signal
import sys
from collections.abc import Callable
from typing import Any

import django
from django.urls import get_resolver


def main(proposal: str, person: str, *moments: str) -> None:
    """Try at each moment, one after the other, and print the states as JSON."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "caluso_perf.settings"
    django.setup()
    get_resolver().url_patterns  # noqa: B018 - all pages are loaded once, not by each process that writes an e-mail
    states = [state(int(proposal))]
    for moment in moments:
        attempt(int(proposal), int(person), int(moment))
        states.append(state(int(proposal)))
    print(json.dumps(states))


def attempt(proposal: int, person: int, moment: int) -> None:
    """Register the act in a process of its own that does not live to tell."""
    child = os.fork()  # with all modules loaded, and no connection open
    if child == 0:
        try:
            register(proposal, person, moment)
        finally:
            die()
    _, status = os.waitpid(child, 0)
    if not os.WIFSIGNALED(status):
        raise AssertionError(f"The process was not killed: {status}")


def register(proposal: int, person: int, moment: int) -> None:
    """Adopt, and die before the statement number `moment`."""
    from django.db import connection

    from deliberations.models import Deliberation
    from objectives.workflow import adopt
    from organisation.models import User
    from tests.sessions import SESSION

    act, by, left = Deliberation.objects.get(pk=proposal), User.objects.get(pk=person), moment

    def count(execute: Callable[..., Any], *args: Any) -> Any:
        nonlocal left
        left -= 1
        if left == 0:
            die()
        return execute(*args)

    with connection.execute_wrapper(count):
        adopt(act, SESSION, by=by)


def die() -> None:
    """At once, with nothing said to the database."""
    os.kill(os.getpid(), signal.SIGKILL)


def state(proposal: int) -> dict[str, Any]:
    """All that an adoption changes, as a new connection sees it."""
    from django.db import connection

    from deliberations.models import Attendance, Deliberation
    from objectives.models import Passage, Sheet
    from organisation.models import Notice

    act = Deliberation.objects.get(pk=proposal)
    told: dict[str, Any] = {
        "number": act.number,
        "in force": act.in_force_from is not None,
        "sheets": sorted(Sheet.objects.filter(deliberation=act).values_list("state", flat=True)),
    }
    for model in (Attendance, Passage, Notice, Deliberation.history.model, Sheet.history.model):
        told[model._meta.model_name or ""] = model.objects.count()
    connection.close()
    return told


if __name__ == "__main__":
    main(*sys.argv[1:])

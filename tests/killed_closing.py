"""Closes a verification in processes that are killed on the way; prints what is on record before, and after each.

    python -m tests.killed_closing VERIFICATION PERSON MOMENT…

As tests.killed_adoption; `tests/evaluations/rounds/test_killed.py` runs it.
"""

import json
import os
import sys
from collections.abc import Callable
from typing import Any

import django
from django.urls import get_resolver

from tests.killed_adoption import die


def main(verification: str, person: str, *moments: str) -> None:
    """Try at each moment, one after the other, and print the states as JSON."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "caluso_perf.settings"
    django.setup()
    get_resolver().url_patterns  # noqa: B018 - all pages are loaded once
    states = [state(int(verification))]
    for moment in moments:
        child = os.fork()  # with all modules loaded, and no connection open
        if child == 0:
            try:
                close_until(int(verification), int(person), int(moment))
            finally:
                die()
        _, status = os.waitpid(child, 0)
        if not os.WIFSIGNALED(status):
            raise AssertionError(f"The process was not killed: {status}")
        states.append(state(int(verification)))
    print(json.dumps(states))


def close_until(verification: int, person: int, moment: int) -> None:
    """Close, and die before the statement number `moment`."""
    from django.db import connection

    from evaluations.models import Round
    from evaluations.rounds import close
    from organisation.models import User

    round, by, left = Round.objects.get(pk=verification), User.objects.get(pk=person), moment  # noqa: A001

    def count(execute: Callable[..., Any], *args: Any) -> Any:
        nonlocal left
        left -= 1
        if left == 0:
            die()
        return execute(*args)

    with connection.execute_wrapper(count):
        close(round, by=by)


def state(verification: int) -> dict[str, Any]:
    """All that closing changes, as a new connection sees it."""
    from django.db import connection

    from evaluations.models import Round, RoundPassage, SheetReview
    from organisation.models import Notice

    now = Round.objects.get(pk=verification)
    told: dict[str, Any] = {"closed": now.is_closed, "outcome": bool(now.outcome)}
    for model in (RoundPassage, Notice, SheetReview, Round.history.model, SheetReview.history.model):
        told[model._meta.model_name or ""] = model.objects.count()
    connection.close()
    return told


if __name__ == "__main__":
    main(*sys.argv[1:])

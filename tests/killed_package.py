"""Prepares a package in processes that are killed on the way; prints what is on record before, and after each of them.

    python -m tests.killed_package VALIDATION MOMENT…

A MOMENT is a table, and how many rows are written there before the process is killed ("documents_document 1"); "-"
lets it finish, and kills it then.
`tests/evaluations/packages/test_killed.py` runs it.
"""

import json
import os
import sys
import traceback
from collections.abc import Callable
from importlib import import_module
from typing import Any

import django
from django.urls import get_resolver

from tests.killed_adoption import die


def main(validation: str, *moments: str) -> None:
    """Try at each moment, one after the other, and print the states as JSON."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "caluso_perf.settings"
    django.setup()
    get_resolver().url_patterns  # noqa: B018 - all pages are loaded once
    import_module("weasyprint")
    states = [state(int(validation))]
    for moment in moments:
        child = os.fork()  # with all modules loaded, and no connection open
        if child == 0:
            try:
                prepare_until(int(validation), moment)
            except BaseException:  # noqa: BLE001 - told to whoever runs this, which then sees that nobody was killed
                traceback.print_exc()
                os._exit(1)
            die()
        _, status = os.waitpid(child, 0)
        if not os.WIFSIGNALED(status):
            raise AssertionError(f"The process was not killed: {status}")
        states.append(state(int(validation)))
    print(json.dumps(states))


def prepare_until(validation: int, moment: str) -> None:
    """Do the worker's job, and die at the `moment`."""
    from django.db import connection

    from evaluations.packages.jobs import freeze_package

    table, _, written = moment.partition(" ")
    left = int(written or 0)

    def watch(execute: Callable[..., Any], sql: str, *args: Any) -> Any:
        nonlocal left
        if sql.startswith((f'INSERT INTO "{table}"', f'UPDATE "{table}"')):
            if left == 0:
                die()
            left -= 1
        return execute(sql, *args)

    with connection.execute_wrapper(watch):
        freeze_package.call(validation)


def state(validation: int) -> dict[str, Any]:
    """All that freezing a package changes, as a new connection sees it; `kept` are the files made so far, by hash."""
    from django.db import connection

    from documents.models import Document
    from evaluations.models import PackageFile, Validation
    from organisation.models import Notice

    now = Validation.objects.get(pk=validation)
    told: dict[str, Any] = {
        "state": now.state,
        "whole": bool(now.bound_id and now.archive_id and now.package_sha256),
        "problem": now.problem,
        "files": PackageFile.objects.count(),
        "notices": Notice.objects.count(),
        "kept": [(one.subject, one.sha256, len(one.read())) for one in Document.objects.order_by("pk")],
    }
    connection.close()
    return told


if __name__ == "__main__":
    main(*sys.argv[1:])

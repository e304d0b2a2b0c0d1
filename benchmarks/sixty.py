"""Adopting and importing 60 sheets, against the bare rows they write and the reading alone; and with 10 and 100."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from typing import Any

from django.apps import apps
from django.db import models, transaction
from django.db.models import Max, QuerySet
from django.utils import timezone

from benchmarks.importing import REAL_ACT, read_and_save, with_sheets
from benchmarks.many_towns.town import begin_changes, person
from benchmarks.measuring import Figure, Line, medians
from benchmarks.towns import found_town
from deliberations.choices import OpinionKind, OpinionOutcome
from objectives.importing.reading import read_document
from objectives.models import Plan, Sheet
from objectives.workflow import Member, Registration, adopt, give_opinion, propose
from organisation.models import User
from organisation.roles import Role

FEW, SHEETS, MANY = 10, 60, 100
TIMES = 5
NOTE = "Presa d'atto."
OURS = ("organisation", "documents", "deliberations", "objectives", "evaluations")
Act = Callable[[], Any]


def measure() -> list[Line]:
    """Adopt the same proposals again and again, each time taken back; then the act that is imported."""
    few, sixty, many = (proposal_of(count) for count in (FEW, SHEETS, MANY))
    rows = rows_written(sixty)
    adopted = [partial(taken_back, one) for one in (few, sixty, many)]
    little, ours, much, bare = medians(TIMES, *adopted, partial(taken_back, partial(insert, rows)))
    text = with_sheets(REAL_ACT.read_text(encoding="utf-8"), SHEETS)
    imported, read = medians(TIMES, partial(read_and_save, text), partial(read_only, text))
    ten, hundred = (with_sheets(REAL_ACT.read_text(encoding="utf-8"), count) for count in (FEW, MANY))
    import_few, import_many = medians(TIMES, partial(read_and_save, ten), partial(read_and_save, hundred))
    count = sum(len(some) for some in rows)
    return [
        Figure(
            f"adoption of {SHEETS} sheets", f"{ours:.2f} s", f"inserting its {count} new rows {bare:.2f} s", ours / bare
        ),
        Figure(f"adoption of {SHEETS} sheets", f"{ours:.2f} s", f"{FEW} sheets {little:.2f} s", ours / little, limit=6),
        Figure(f"adoption of {MANY} sheets", f"{much:.2f} s", f"{FEW} sheets {little:.2f} s", much / little, limit=10),
        Figure(f"import of {SHEETS} sheets", f"{imported:.2f} s", f"reading them {read:.2f} s", imported / read),
        Figure(
            f"import of {MANY} sheets", f"{import_many:.2f} s", f"{FEW} sheets {import_few:.2f} s",
            import_many / import_few, limit=10,
        ),
    ]  # fmt: skip


MEMBERS = tuple(Member(f"Assessore {n}", "Assessore", present=True) for n in range(5))
SESSION = Registration(
    number=900, year=0, session_on=dt.date.min, members=MEMBERS, secretary="Il Segretario", vote="UNANIME",
    votes_for=5, votes_against=0, abstained=0, immediately_enforceable=True, immediate_reason="Scadenze vicine.",
    immediate_for=5, immediate_against=0, immediate_abstained=0,
)  # fmt: skip


def proposal_of(count: int) -> Act:
    """A proposal that changes every sheet of a town's plan of this year, with both opinions; what adopts it."""
    plan = found_town(f"adozione-{count}", count, timezone.localdate().year)
    return adoption(plan, {role: person(plan.entity, role) for role in Role}, count)


def adoption(plan: Plan, people: dict[Role, User], count: int) -> Act:
    """Change so many sheets of the plan and gather them in a proposal with both opinions; what adopts it."""
    return adopting(plan, begin_changes(plan, people, (2,) * count), people[Role.SEGRETARIO])


def adopting(plan: Plan, approved: Iterable[Sheet], by: User) -> Act:
    """Gather approved changes in a proposal with both opinions; what adopts it."""
    proposal = propose(plan, approved, by=by)
    for kind in (OpinionKind.TECNICA, OpinionKind.CONTABILE):
        give_opinion(proposal, kind=kind, outcome=OpinionOutcome.FAVOREVOLE, signer="Il Segretario", by=by)
    session = replace(SESSION, year=plan.year, session_on=timezone.localdate())
    return partial(adopt, proposal, session, by=by, note=NOTE)


def taken_back(deed: Act) -> None:
    """Do it, and have the database forget it."""
    with transaction.atomic():
        deed()
        transaction.set_rollback(True)


def rows_written(deed: Act) -> list[list[models.Model]]:
    """The new rows that it writes, of each table; taken back."""
    tables = [model for model in apps.get_models() if model._meta.app_label in OURS and model._meta.pk.name != "name"]
    before = {model: model._base_manager.aggregate(most=Max("pk"))["most"] or 0 for model in tables}
    with transaction.atomic():
        deed()
        found = [list(model._base_manager.filter(pk__gt=most)) for model, most in before.items()]
        transaction.set_rollback(True)
    return [rows for rows in found if rows]


def insert(rows: list[list[models.Model]]) -> None:
    """Insert them with plain Django, each table's at once: no rule, no history of their own, no ledger."""
    for some in rows:
        QuerySet(type(some[0])).bulk_create(some)


def read_only(text: str) -> None:
    """Read an act, and put nothing on record. Raises AssertionError where it can't be read."""
    reading = read_document(text.encode(), "atto.txt")
    if reading.data is None:
        raise AssertionError([str(finding) for finding in reading.findings])

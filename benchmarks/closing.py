"""Closing a verification of a plan with 60 sheets, against measuring it, which any page of its scores does."""

import datetime as dt
import statistics
from collections.abc import Iterator
from functools import partial

from benchmarks.measuring import Figure, Line, seconds
from benchmarks.towns import found_town
from evaluations.choices import RoundKind
from evaluations.measuring import measure as measure_round
from evaluations.models import Round
from evaluations.rounds import Change, close, confirm, enter, open_round, reopen
from evaluations.rounds.active import active_sheets
from objectives.models import Sheet
from organisation.models import Membership, User
from organisation.recording import recording
from organisation.roles import Role

SHEETS = 60
IN_FORCE = dt.date(2026, 2, 28)
TIMES = 5


def measure() -> list[Line]:
    """Close and reopen a verification with all its results, and measure it, in turn."""
    verification, by = confirmed()

    whole, alone = [], []
    for _ in range(TIMES):
        alone.append(seconds(partial(measure_round, verification)))
        whole.append(seconds(partial(close, verification, by=by, note="Deroga: prova.")))
        reopen(verification, by=by, note="Prova.")
    closing, measuring = statistics.median(whole), statistics.median(alone)
    return [
        Figure(
            "closing a verification of 60 sheets", f"{closing:.2f} s", f"measuring it {measuring:.2f} s",
            closing / measuring,
            limit=4,
        ),
        Figure("the same, in seconds", f"{closing:.2f} s", "", closing, unit="s", limit=2),
    ]  # fmt: skip


def confirmed() -> tuple[Round, User]:
    """A verification with every result entered and every settore confirmed, and the person who did it all."""
    plan = found_town("verifica", SHEETS)
    with recording(by=None, why="Misura"):
        by = User.objects.create_user("chi-verifica", password=None)
        for role in (Role.SEGRETARIO, Role.RESPONSABILE):
            Membership(user=by, entity=plan.entity, role=role).save()
    verification = open_round(plan, RoundKind.INTERMEDIA, on=IN_FORCE, by=by)
    for sheet in active_sheets(verification).with_rows():
        enter(verification, [*all_of(sheet)], by=by)
    for review in verification.sectors.select_related("sector__entity"):
        confirm(verification, review.sector, by=by)
    return verification, by


def all_of(sheet: Sheet) -> Iterator[Change]:
    """What was expected was achieved, the phases are done, and what went wrong is said."""
    for indicator in sheet.indicators.all():
        judged = {"percent": "100"} if indicator.target_kind == "TEXT" else {}
        yield Change("result", sheet.objective_id, indicator.key, {"achieved": indicator.expected, **judged})
    for phase in sheet.phases.all():
        yield Change("phase", sheet.objective_id, phase.key, {"percent": "100"})
    words = {"causes": "Ritardi", "effects": "Pochi", "taken": "Solleciti", "to_take": "Nuova gara"}
    yield Change("review", sheet.objective_id, None, words)

"""What was entered in a verification, read in a constant number of queries and ready to be looked up."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Flag, auto
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from evaluations.choices import RoundKind
from evaluations.models import (
    EvidenceFile,
    PhaseProgress,
    Result,
    Round,
    ScoreOverride,
    ScoreRules,
    SectorReview,
    SheetReview,
    StaffShare,
)
from evaluations.outcomes import stored_criteria, stored_sheets
from evaluations.scoring import Criteria
from evaluations.scoring.criteria import ordered
from objectives.models import Plan, Sheet, SheetQuerySet

RowKey = tuple[int, UUID | None]


class Beside(Flag):
    """What is read of a verification beside its scores."""

    NOTHING = 0
    PHASES = auto()
    STAFF = auto()
    FILES = auto()
    ALL = PHASES | STAFF | FILES


LINES = ((Beside.NOTHING, "indicators"), (Beside.PHASES, "phases"), (Beside.STAFF, "participations"))
"""The rows of a sheet, and when they are read."""


@dataclass(frozen=True)
class Rows:
    """All that was entered in a verification, ready to be looked up."""

    criteria: Criteria
    beside: Beside
    sheets: Sequence[Sheet]
    results: dict[RowKey, Result]
    earlier: dict[RowKey, Result]
    progress: dict[RowKey, PhaseProgress]
    shares: dict[RowKey, StaffShare]
    files: dict[RowKey, list[EvidenceFile]]
    reviews: dict[int, SheetReview]
    overrides: dict[tuple[int, str], ScoreOverride]
    confirmations: dict[int, SectorReview]


def rows_of(verification: Round, beside: Beside = Beside.ALL, **only: Any) -> Rows:
    """Read it: all of the verification, or what belongs to its sheets of which these facts are true."""
    lines = [name for part, name in LINES if part in beside]
    wanted = _sheets_of(verification).filter(**only).with_rows().prefetch_related(None).prefetch_related(*lines)
    sheets = list(wanted.order_by("number", "pk"))
    mine: dict[str, Any] = {"objective__in": [sheet.objective_id for sheet in sheets]} if only else {}

    def here(model: Any) -> "QuerySet[Any]":
        found: QuerySet[Any] = model.objects.filter(round=verification, **mine)
        return found

    results = _with_their_sheets(Result.objects.filter(round__plan=verification.plan_id, **mine), sheets)
    overrides = here(ScoreOverride).select_related("by").order_by("pk")
    return Rows(
        criteria=stored_criteria(verification) or criteria_of(verification.plan),
        beside=beside,
        sheets=sheets,
        results=_by_row(row for row in results if row.round_id == verification.pk),
        earlier=_by_row(row for row in results if _is_earlier(row, verification)),
        progress=_by_row(here(PhaseProgress)) if Beside.PHASES in beside else {},
        shares=_by_row(here(StaffShare)) if Beside.STAFF in beside else {},
        files=_files(here(EvidenceFile)) if Beside.FILES in beside else {},
        reviews={row.objective_id: row for row in here(SheetReview)},
        overrides={(row.objective_id, row.measure): row for row in overrides},
        confirmations={row.sector_id: row for row in verification.sectors.select_related("confirmed_by", "sector")},
    )


def left_out(rows: Rows) -> list[Sheet]:
    """The versions on which something was entered of objectives that are not in the verification on its day."""
    inside = {sheet.objective_id for sheet in rows.sheets}
    return list({key: row.sheet for (key, _), row in rows.results.items() if key not in inside}.values())


def criteria_of(plan: Plan) -> Criteria:
    """Return the criteria of a plan as they are now."""
    return read_criteria(getattr(plan, "score_rules", None))


def read_criteria(rules: ScoreRules | None) -> Criteria:
    """Return stored criteria as plain values: the defaults where a plan has none of its own."""
    if rules is None:
        return Criteria()
    return Criteria(rules.cap, rules.partial, rules.late, ordered(rules.late_steps), rules.indicator_weights)


def _sheets_of(verification: Round) -> SheetQuerySet:
    """The sheets of a verification: those in force on its day, or those with which it was closed."""
    of_plan = Sheet.objects.of(verification.plan)
    stored = stored_sheets(verification)
    acts = verification.plan.entity.deliberations.in_force_on(verification.on)
    sheets: SheetQuerySet = of_plan.in_force(acts) if stored is None else of_plan.filter(pk__in=stored)
    return sheets


def _files(found: "QuerySet[EvidenceFile]") -> dict[RowKey, list[EvidenceFile]]:
    files: dict[RowKey, list[EvidenceFile]] = defaultdict(list)
    for file in found.filter(aside=None).select_related("document", "by"):
        files[file.objective_id, file.key].append(file)
    return files


def _with_their_sheets(results: "QuerySet[Result]", sheets: Sequence[Sheet]) -> list[Result]:
    """The results, each with the version it was measured on: most with one of `sheets`, the rest are read at once."""
    rows = list(results)
    known = {sheet.pk: sheet for sheet in sheets}
    if others := {row.sheet_id for row in rows} - known.keys():
        known |= Sheet.objects.select_related("deliberation__entity", "sector").in_bulk(others)
    for row in rows:
        row.sheet = known[row.sheet_id]
    return rows


def _by_row(rows: Iterable[Any]) -> dict[RowKey, Any]:
    return {(row.objective_id, row.key): row for row in rows}


def _is_earlier(result: Result, verification: Round) -> bool:
    """Whether a result of the plan is of the verifica intermedia, seen from the finale: a plan has one of each."""
    return verification.kind == RoundKind.FINALE and result.round_id != verification.pk

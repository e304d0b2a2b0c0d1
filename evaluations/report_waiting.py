"""Which Relazione waits for whom: the Segretario's next step, the texts that the settori still have to write (R33)."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from deliberations.calendar import on_the
from evaluations.choices import ReportState, RoundKind
from evaluations.models import Report, ReportText, SectorReview, Validation
from evaluations.papers.report.checks import due_on
from objectives.inbox import Item
from objectives.models import Plan, Sheet

NEXT_STEP = {
    "": "Da iniziare.",
    ReportState.BOZZA: "Da preparare e rendere definitiva.",
    ReportState.CONGELATA: "Definitiva: registrare l'atto che la approva.",
    ReportState.APPROVATA: "Approvata: trasmetterla al Nucleo di Valutazione.",
}


def to_prepare(entities: Iterable[int]) -> "QuerySet[Plan]":
    """Return the plans whose Relazione waits for the Segretario, the earliest year first.

    A year's Relazione waits from 1 January of the next: last year's also where nobody began it, once an act adopted the
    plan. Those of years before were perhaps made without this program: they wait only if somebody began them here.
    """
    last_year = timezone.localdate().year - 1
    adopted = Sheet.objects.adopted().filter(objective__plan=OuterRef("pk")).order_by()
    sent = Validation.objects.filter(report__plan=OuterRef("pk")).order_by()
    waiting = (
        Q(Exists(adopted), report=None, year=last_year)
        | Q(report__state=ReportState.BOZZA, year__lte=last_year)
        | Q(report__state=ReportState.CONGELATA)
        | Q(~Exists(sent), report__state=ReportState.APPROVATA)
    )
    found: QuerySet[Plan] = Plan.objects.filter(waiting, entity__in=entities)
    return found.select_related("entity", "report").order_by("year", "pk")


def to_word(entities: Iterable[int]) -> "QuerySet[SectorReview]":
    """Return the settori of final verifications that have no text yet in a Relazione that is a draft."""
    written = ReportText.objects.filter(report__plan=OuterRef("round__plan"), sector=OuterRef("sector"))
    drafts = SectorReview.objects.filter(round__kind=RoundKind.FINALE, round__plan__report__state=ReportState.BOZZA)
    found: QuerySet[SectorReview] = drafts.filter(~Exists(written.exclude(text="")), round__plan__entity__in=entities)
    return found.select_related("round__plan__entity", "sector").order_by("round__plan__year", "sector__match_key")


def step(plan: Plan) -> Item:
    """Return what the Segretario does next for the Relazione of a plan, and by when."""
    report: Report | None = getattr(plan, "report", None)
    due = due_on(plan.year)
    late = " È in ritardo." if timezone.localdate() > due and not (report and report.act_id) else ""
    return Item(
        name=f"Relazione sulla performance {plan.year}",
        url=reverse("report", args=[plan.entity.slug, plan.year]),
        since=dt.date(plan.year + 1, 1, 1),
        detail=f"{NEXT_STEP[report.state if report else '']} Va approvata e validata entro {on_the(due)}.{late}",
    )


def missing_text(review: SectorReview) -> Item:
    """Return the text that a settore still has to write."""
    plan = review.round.plan
    return Item(
        name=f"Relazione sulla performance {plan.year}: {review.sector.short_name}",
        url=reverse("report_sector", args=[plan.entity.slug, plan.year, review.sector_id]),
        since=review.round.on,
        detail="Il testo del settore è da scrivere.",
    )

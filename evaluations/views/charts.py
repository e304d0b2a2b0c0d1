"""The pictures of a plan: how far it is, results against what was expected, weights."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from deliberations.calendar import to_the
from evaluations import plan_charts as charts
from evaluations.charts import SectorProgress, progress_chart, results_chart, weights_chart
from evaluations.entered import Beside
from evaluations.measures import RoundMeasure
from evaluations.measuring import measure
from evaluations.models import Round
from evaluations.permissions import why_not_read
from evaluations.plan_charts import Pictured, pictured, said
from objectives.models import Plan
from objectives.moments import today
from objectives.overview import Overview, acts_of, overview
from objectives.permissions import Standing, standing_at
from objectives.views.finding import find_plan, no_plan
from objectives.weights import written
from organisation.access import get_place
from organisation.models import Sector


class ChartForm(forms.Form):
    """Which settore, and which verification."""

    settore = forms.TypedChoiceField(label="Settore", required=False, coerce=int, empty_value=None)
    verifica = forms.ChoiceField(label="Verifica", required=False)

    def __init__(self, data: Any, *, view: Overview, rounds: Sequence[Round]) -> None:
        super().__init__(data)
        settori = [(block.sector.pk, block.sector.short_name) for block in view.blocks if block.sheets]
        kinds = [(one.slug, f"{one.get_kind_display()} {to_the(one.on)}") for one in rounds]
        self.fields["settore"].choices = [("", "tutti i settori"), *settori]  # type: ignore[attr-defined]
        self.fields["verifica"].choices = [("", "l'ultima"), *kinds]  # type: ignore[attr-defined]


@never_cache
@require_safe
def plan_charts(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """Show the pictures of the plan of `year`; ?settore= leaves one settore, ?verifica= takes an earlier one.

    While a verification is open, what single sheets reached is for those who may read it in its settore.
    """
    place = get_place(request, slug)
    plan = find_plan(place, year)
    if plan is None:
        return no_plan(request, place, year)
    plan.entity = place.entity
    rounds = list(plan.rounds.order_by("-on", "-pk"))
    view = overview(plan, today(place.entity), acts_of(plan))
    form = ChartForm(request.GET, view=view, rounds=rounds)
    asked = form.cleaned_data if form.is_valid() else {}
    shown = next((one for one in rounds if asked.get("verifica") in {one.slug, "", None}), None)
    context = {
        "plan": plan,
        "form": form,
        "round": shown,
        "rounds": rounds,
        "pictures": _pictures(plan, view, shown, asked.get("settore"), standing_at(place)),
    }
    return render(request, "evaluations/plan_charts.html", context)


def _pictures(
    plan: Plan, view: Overview, shown: Round | None, sector: int | None, person: Standing
) -> dict[str, Pictured | None]:
    """The pictures by name; None for one that has nothing to show."""
    if shown is not None:
        shown.plan = plan
    measured = measure(shown, Beside.PHASES) if shown else None
    phases = [one for one in charts.phases_of(measured) if sector in {None, one.sheet.sector_id}] if measured else []
    blocks = [block for block in view.blocks if sector in {None, block.sector.pk} and block.sheets]
    return {
        "progress": _progress(phases, min(timezone.localdate(), shown.on)) if shown and phases else None,
        "results": _results(measured, sector, person) if measured else None,
        "weights": _weights(blocks) if blocks else None,
    }


def _reads(person: Standing, shown: Round, sector: Sector) -> bool:
    return shown.is_closed or why_not_read(person, sector) is None


def _progress(phases: Sequence[charts.PhaseState], on: dt.date) -> Pictured:
    bars = charts.progress_of(phases, on)
    return pictured(
        progress_chart,
        bars,
        title="Avanzamento delle fasi per settore",
        columns=("Settore", "Fasi misurate", "Fatto", "Previsto dai mesi"),
        rows=[
            (bar.name, bar.measured or _all_or_none(bar), said(bar.done), said(bar.due, "mesi non scritti"))
            for bar in bars
        ],
    )


def _all_or_none(bar: SectorProgress) -> str:
    return "nessuna" if bar.done is None else "tutte"


def _results(measured: RoundMeasure, sector: int | None, person: Standing) -> Pictured | None:
    """Of a settore its sheets, to who may read them; else the settori."""
    mine = [one for one in measured.sectors if one.sector.pk == sector]
    of_sheets = sector and all(_reads(person, measured.round, one.sector) for one in mine)
    bars = charts.sheet_results(mine) if of_sheets else charts.sector_results(measured)
    if not bars:
        return None
    return pictured(
        results_chart,
        bars,
        title="Risultati rispetto agli attesi",
        columns=("Obiettivo" if of_sheets else "Settore", "Valore raggiunto", "Rispetto dei tempi"),
        rows=[(bar.name, said(bar.value, bar.note), said(bar.time, bar.note)) for bar in bars],
    )


def _weights(blocks: Sequence[Any]) -> Pictured:
    bars = charts.sector_weights(blocks)
    return pictured(
        weights_chart,
        bars,
        title="Pesi degli obiettivi per settore",
        columns=("Settore", "Obiettivi e pesi", "Somma"),
        rows=[
            (bar.name, ", ".join(f"n° {piece.number}: {written(piece.weight)}" for piece in bar.pieces), bar.sentence)
            for bar in bars
        ],
    )

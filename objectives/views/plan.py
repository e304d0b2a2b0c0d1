"""The plan of a year: in force today, on a day, after an act."""

from collections.abc import Callable

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from deliberations.calendar import from_the
from deliberations.models import Deliberation
from objectives.moments import Moment, after, last_in_force, on, steps, today
from objectives.overview import acts_of, overview
from objectives.proposing import open_to_new
from objectives.views.finding import find_plan, get_act, no_plan
from organisation.access import Place, get_place
from organisation.models import Entity

WRITTEN_DAYS = ["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y"]


class DayForm(forms.Form):
    """The day on which somebody wants to see the plan, as browsers send it or as people type it."""

    giorno = forms.DateField(
        label="al giorno",
        input_formats=WRITTEN_DAYS,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "form-control"}),
        error_messages={
            "invalid": "Questo giorno non esiste: scriverlo come 31/10/2022.",
            "required": "Indicare il giorno, per esempio 31/10/2022.",
        },
    )


@require_safe
def current_plan(request: HttpRequest, slug: str, page: str = "plan") -> HttpResponse:
    """Lead to the entity's most recent plan, or to another page of it."""
    place = get_place(request, slug)
    plan = place.entity.plans.first()
    if plan is None:
        return render(request, "objectives/no_plan.html", {"plans": []})
    return redirect(page, slug, plan.year)


@require_safe
def plan_today(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """Show the plan in force today; with ?giorno= or ?atto= lead to the address that says that moment."""
    place = get_place(request, slug)
    if request.GET.get("atto"):
        return redirect("plan_after", slug, year, get_act(place, request.GET["atto"]).slug)
    if "giorno" not in request.GET:
        return _page(request, place, year, today)
    form = DayForm(request.GET)
    if form.is_valid():
        return redirect("plan_on", slug, year, form.cleaned_data["giorno"].isoformat())
    return _page(request, place, year, today, form)


@require_safe
def plan_on(request: HttpRequest, slug: str, year: int, day: str) -> HttpResponse:
    """Show the plan in force on `day`, written as 2022-10-31; a day that doesn't exist is answered with a sentence."""
    place = get_place(request, slug)
    form = DayForm({"giorno": day})
    if not form.is_valid():
        return _page(request, place, year, today, form, status=404)
    wanted = form.cleaned_data["giorno"]
    if wanted.isoformat() != day:
        return redirect("plan_on", slug, year, wanted.isoformat())
    return _page(request, place, year, lambda entity: on(entity, wanted), form)


@require_safe
def plan_after(request: HttpRequest, slug: str, year: int, act: str) -> HttpResponse:
    """Show the plan as it results when `act` and those before it have effect."""
    place = get_place(request, slug)
    adopted = get_act(place, act)
    return _page(request, place, year, lambda _: after(adopted))


def _page(
    request: HttpRequest,
    place: Place,
    year: int,
    at: Callable[[Entity], Moment],
    form: DayForm | None = None,
    status: int = 200,
) -> HttpResponse:
    plan = find_plan(place, year)
    if plan is None:
        return no_plan(request, place, year)
    plan.entity = place.entity
    moment, acts = at(place.entity), acts_of(plan)
    context = {
        "plan": plan,
        "moment": moment,
        "acts": acts,
        "chosen": moment.act or last_in_force(acts, moment.day or timezone.localdate()),
        "form": form or DayForm(initial={"giorno": moment.day}),
        "view": overview(plan, moment, acts),
        "steps": steps(moment, acts),
        "first_day": _first_day(acts),
        "new_in": open_to_new(place) if moment.is_today else [],
    }
    return render(request, "objectives/plan.html", context, status=status)


def _first_day(acts: list[Deliberation]) -> str:
    """Say from which day there is something to show, for who looked before it."""
    days = [(act.in_force_from, act.short) for act in acts if act.in_force_from]
    if not days:
        return "Nessuno dei suoi atti ha ancora effetto."
    day, act = min(days)
    return f"Il suo primo atto noto, {act}, è in vigore {from_the(day)}."

"""The cronoprogramma of a plan: every phase in its months, by settore, to read, to filter and to print on A3."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from evaluations.charts import months_head, shared
from evaluations.timetable import Asked, sheets_of, timetable
from objectives.moments import today
from objectives.permissions import standing_at
from objectives.views.finding import find_plan, no_plan
from organisation.access import get_place


class TimetableForm(forms.Form):
    """What to see of a cronoprogramma: everything, where nothing is chosen."""

    settore = forms.TypedChoiceField(label="Settore", required=False, coerce=int, empty_value=None)
    responsabile = forms.ChoiceField(label="Responsabile", required=False)
    in_corso = forms.BooleanField(label="Solo fasi in corso", required=False)

    def __init__(self, data: Any, *, sheets: Iterable[Any]) -> None:
        super().__init__(data)
        sectors = {one.sector_id: one.sector.short_name for one in sheets}
        managers = sorted({one.manager.name for one in sheets if one.manager})
        fields: dict[str, Any] = self.fields
        fields["settore"].choices = [("", "tutti i settori"), *sectors.items()]
        fields["responsabile"].choices = [("", "tutti"), *((name, name) for name in managers)]

    @property
    def asked(self) -> Asked:
        """What is chosen; everything where a choice is not there."""
        if not self.is_valid():
            return Asked()
        chosen = self.cleaned_data
        return Asked(chosen["settore"], chosen["responsabile"] or None, chosen["in_corso"])


@never_cache
@require_safe
def plan_timetable(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """Show the phases of the plan of `year`, as it is in force today, over the months."""
    place = get_place(request, slug)
    plan = find_plan(place, year)
    if plan is None:
        return no_plan(request, place, year)
    moment = today(place.entity)
    sheets = sheets_of(plan, moment, standing_at(place))
    form = TimetableForm(request.GET, sheets=sheets)
    shown = timetable(plan, sheets, form.asked, timezone.localdate())
    context = {
        "plan": plan,
        "form": form,
        "any": bool(sheets),
        "timetable": shown,
        "head": months_head(shown.calendar),
        "shared": shared(shown.calendar),
    }
    return render(request, "evaluations/timetable.html", context)

"""What offices take along: a plan at a moment, and the registers, as files that Word and Excel open."""

from dataclasses import replace

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from documents.table_files import attachment, table_response
from objectives.exchange import plan_to_dict, to_json
from objectives.models import Sheet
from objectives.moments import Moment, after, on, today
from objectives.papers.act_docx import MIME
from objectives.papers.plan_docx import plan_docx
from objectives.plan_tables import file_stem, plan_tables
from objectives.registers import acts_register, changes_register
from objectives.views.acts import ActsAsked
from objectives.views.finding import find_plan, get_act
from objectives.views.plan import DayForm
from organisation.access import Place, get_place

ONLY = "tabella"


@never_cache
@require_safe
def plan_file(request: HttpRequest, slug: str, year: int, form: str) -> HttpResponse:
    """Send the plan in force today: .xlsx, .csv (?tabella= names the table), .json (exchange format) or .docx."""
    place = get_place(request, slug)
    dated = replace(today(place.entity), is_today=False)  # a file is read on other days
    return _plan(request, place, year, dated, form)


@never_cache
@require_safe
def plan_on_file(request: HttpRequest, slug: str, year: int, day: str, form: str) -> HttpResponse:
    """Send the plan in force on a day."""
    place = get_place(request, slug)
    asked = DayForm({"giorno": day})
    if not asked.is_valid():
        raise Http404(asked.errors["giorno"][0])
    return _plan(request, place, year, on(place.entity, asked.cleaned_data["giorno"]), form)


@never_cache
@require_safe
def plan_after_file(request: HttpRequest, slug: str, year: int, act: str, form: str) -> HttpResponse:
    """Send the plan as it results after an act."""
    place = get_place(request, slug)
    return _plan(request, place, year, after(get_act(place, act)), form)


@never_cache
@require_safe
def acts_file(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    """Send the register of acts, of those that the list of acts shows: ?anno=, ?giorno=, ?atto=."""
    asked = ActsAsked(request, get_place(request, slug))
    return table_response(acts_register(asked.place.entity, asked.acts), form, request.GET.get(ONLY, ""))


@never_cache
@require_safe
def changes_file(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    """Send the register of what those acts did to the plans, sheet by sheet."""
    asked = ActsAsked(request, get_place(request, slug))
    return table_response(changes_register(asked.place.entity, asked.acts), form, request.GET.get(ONLY, ""))


def _plan(request: HttpRequest, place: Place, year: int, moment: Moment, form: str) -> HttpResponse:
    plan = find_plan(place, year)
    if plan is None:
        raise Http404(f"Non c'è un piano per il {year}.")
    plan.entity = place.entity
    name = f"{file_stem(plan, moment)}.{form}"
    if form == "docx":
        return attachment(plan_docx(plan, moment), name, MIME)
    if form == "json":
        as_of = {
            "on": moment.day.isoformat() if moment.day else None,
            "after": moment.act.short if moment.act else None,
        }
        content = to_json(plan_to_dict(plan, Sheet.objects.of(plan).in_force(moment.acts).with_rows(), **as_of))
        return attachment(content.encode(), name, "application/json")
    return table_response(plan_tables(plan, moment), form, request.GET.get(ONLY, ""))

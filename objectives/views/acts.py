"""The acts: a list, and one with all that is known of it."""

from django import forms
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from deliberations.forms.registration import lacks_dates
from deliberations.naming import full_name
from objectives.act_content import citations, citing, content_of, day_before
from objectives.change_sets import acknowledgements_of
from objectives.choices import Change, State
from objectives.forms.when import WhenForm
from objectives.views.finding import get_act
from organisation.access import get_place
from organisation.roles import Deed

PER_PAGE = 25


class YearForm(forms.Form):
    """The year of the acts to list, among those that have one."""

    anno = forms.TypedChoiceField(label="Anno", required=False, coerce=int, empty_value=None)

    def __init__(self, *args: object, years: list[int], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["anno"].choices = [("", "tutti gli anni"), *((year, year) for year in years)]  # type: ignore[attr-defined]


@require_safe
def acts(request: HttpRequest, slug: str) -> HttpResponse:
    """List the acts of the entity, the latest first, with what each did to the plan.

    ?anno= leaves one year, ?giorno= those in force on a day, ?atto= those up to an act.
    """
    place = get_place(request, slug)
    registered = place.entity.deliberations.registered()
    years = list(registered.order_by("-year").values_list("year", flat=True).distinct())
    form, when = YearForm(request.GET, years=years), WhenForm(request.GET, entity=place.entity)
    year = form.cleaned_data["anno"] if form.is_valid() else None
    moment = when.moment if when.is_valid() else None
    shown = registered.filter(year=year) if year else registered
    if moment:
        shown = shown.filter(pk__in=moment.acts.order_by().values("pk"))
    counted = shown.annotate(**{f"count_{change.lower()}": _count(change) for change in Change.values})
    listed = Paginator(counted.select_related("entity").order_by("-session_on", "-year", "-number"), PER_PAGE)
    page = listed.get_page(request.GET.get("pagina"))
    query = urlencode(({"anno": year} if year else {}) | when.query)
    context = {"page": page, "form": form, "year": year, "years": years, "query": query, "when": when, "moment": moment}
    return render(request, "deliberations/acts.html", context)


@require_safe
def act(request: HttpRequest, slug: str, act: str) -> HttpResponse:
    """Show an act: its data, its days in words, and what it did to the plan."""
    place = get_place(request, slug)
    adopted = get_act(place, act)
    content = content_of(adopted)
    context = {
        "act": adopted,
        "full_name": full_name(adopted),
        "days": adopted.days.explain() if adopted.on_file else [],
        "attendances": list(adopted.attendances.all()),
        "opinions": list(adopted.opinions.all()),
        "citations": citations(adopted),
        "cited_by": citing(adopted),
        "content": content,
        "day_before": day_before(adopted),
        "acknowledgements": acknowledgements_of(adopted),
        "may_date": adopted.on_file and place.may(Deed.PROPOSE) and lacks_dates(adopted),
    }
    return render(request, "deliberations/act.html", context)


def _count(change: str) -> Count:
    return Count("sheets", filter=Q(sheets__change=change, sheets__state=State.ADOTTATA))

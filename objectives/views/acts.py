"""The acts: a list, and one with all that is known of it."""

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from deliberations.forms.registration import lacks_dates
from deliberations.models import DeliberationQuerySet
from deliberations.naming import full_name
from objectives.act_content import citations, citing, content_of, day_before
from objectives.change_sets import acknowledgements_of
from objectives.forms.when import WhenForm
from objectives.registers import with_counts
from objectives.views.finding import get_act
from organisation.access import Place, get_place
from organisation.roles import Deed

PER_PAGE = 25


class YearForm(forms.Form):
    """The year of the acts to list, among those that have one."""

    anno = forms.TypedChoiceField(label="Anno", required=False, coerce=int, empty_value=None)

    def __init__(self, *args: object, years: list[int], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["anno"].choices = [("", "tutti gli anni"), *((year, year) for year in years)]  # type: ignore[attr-defined]


class ActsAsked:
    """Which acts an address asks for: ?anno= leaves one year, ?giorno= those in force on a day, ?atto= those up to an
    act."""

    def __init__(self, request: HttpRequest, place: Place) -> None:
        self.place = place
        self.registered = place.entity.deliberations.registered()
        self.years = list(self.registered.order_by("-year").values_list("year", flat=True).distinct())
        self.form, self.when = YearForm(request.GET, years=self.years), WhenForm(request.GET, entity=place.entity)
        self.year = self.form.cleaned_data["anno"] if self.form.is_valid() else None
        self.moment = self.when.moment if self.when.is_valid() else None

    @property
    def acts(self) -> DeliberationQuerySet:
        """The acts."""
        shown = self.registered.filter(year=self.year) if self.year else self.registered
        return shown.filter(pk__in=self.moment.acts.order_by().values("pk")) if self.moment else shown

    @property
    def query(self) -> str:
        """What stands after the ? of the address, of whatever page of the list."""
        return urlencode(({"anno": self.year} if self.year else {}) | self.when.query)


@require_safe
def acts(request: HttpRequest, slug: str) -> HttpResponse:
    """List the acts of the entity, the latest first, with what each did to the plan."""
    asked = ActsAsked(request, get_place(request, slug))
    in_order = with_counts(asked.acts).select_related("entity").order_by("-session_on", "-year", "-number")
    page = Paginator(in_order, PER_PAGE).get_page(request.GET.get("pagina"))
    told = {name: getattr(asked, name) for name in ("form", "year", "years", "query", "when", "moment")}
    return render(request, "deliberations/acts.html", {"page": page, **told})


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

"""The criteria of a plan's scores: what they are, examples of what they make, who changed them when."""

import datetime as dt

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from evaluations.entered import read_criteria
from evaluations.forms.score_rules import ScoreRulesForm
from evaluations.score_rules import changes_of, rules_of, save_rules
from evaluations.scoring import Criteria, Score, read_achieved, score_indicator
from objectives.choices import Family
from objectives.targets import read_target
from objectives.views.finding import find_plan, no_plan, signed_in
from objectives.workflow import Refused, Stale
from organisation.access import get_place
from organisation.roles import Deed

EXAMPLES = (
    ("Servizi attivati", Family.QUANTITA, "12", "9"),
    ("Servizi attivati", Family.QUANTITA, "12", "15"),
    ("Tempo medio di risposta", Family.TEMPO, "10 giorni", "12 giorni"),
    ("Reclami ricevuti", Family.QUALITA, "nessuno", "1"),
    ("Avvio del servizio", Family.TEMPO, "30 settembre", "20 ottobre"),
)
"""An indicator each: text, family, expected, achieved."""


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def score_rules(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """Show the criteria of a plan's scores to everybody, and let the Segretario change them."""
    place = get_place(request, slug, Deed.RULES if request.method == "POST" else Deed.READ)
    plan = find_plan(place, year)
    if plan is None:
        return no_plan(request, place, year)
    plan.entity = place.entity
    rules = rules_of(plan)
    form = ScoreRulesForm(request.POST if request.method == "POST" else None, rules=rules)
    if form.is_valid():
        try:
            version = form.cleaned_data["row_version"]
            changed = save_rules(plan, form.settings(), by=signed_in(request), row_version=version)
        except Stale as stale:
            form.add_error(None, str(stale))
            form.read_again(stale.stored)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Criteri salvati." if changed else "Nessun criterio è cambiato.")
            return redirect("score_rules", slug, year)
    criteria = read_criteria(rules)
    context = {
        "plan": plan,
        "form": form,
        "may_change": place.may(Deed.RULES),
        "criteria": criteria,
        "examples": [(label, *_example(criteria, year, *one)) for label, *one in EXAMPLES],
        "changes": changes_of(plan),
        "closed": [one for one in plan.rounds.select_related("plan") if one.is_closed],
    }
    return render(request, "evaluations/score_rules.html", context, status=422 if form.errors else 200)


def _example(criteria: Criteria, year: int, family: str, expected: str, achieved: str) -> tuple[str, str, Score]:
    target = read_target(expected, family=family, plan_year=year)
    read = read_achieved(achieved, kind=target.kind, family=family, plan_year=year)
    score = score_indicator(target, read, criteria, plan_year=year, on=dt.date(year, 12, 31))
    return expected, achieved, score

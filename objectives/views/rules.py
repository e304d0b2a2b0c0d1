"""The rules of a plan: which are on, with which parameters, and who changed them when."""

from dataclasses import dataclass

from django.contrib import messages
from django.forms import BoundField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from objectives.forms.rules import RulesForm
from objectives.models import Plan
from objectives.rule_settings import SettingsRefused, changes_of, set_rules, setting_written
from objectives.rules import RULES, Rule
from objectives.views.finding import find_plan, no_plan, signed_in
from organisation.access import get_place
from organisation.roles import Deed

SUBJECTS = {
    "numbering": "Pesi e numeri",
    "texts": "Testo delle schede",
    "motives": "Motivi e atti citati",
    "indicators": "Valori attesi",
    "staff": "Personale",
    "approval": "Approvazione",
    "session": "Pareri e voti",
    "days": "Tempi e date",
    "copied": "Obiettivi di più settori",
}
"""What the modules of objectives.rules speak of, in the order of the page."""
FORCES = {"E": "blocca", "W": "avvisa", "I": "informa", "W/E": "avvisa o blocca"}


@dataclass(frozen=True)
class RuleLine:
    """A rule as the page shows it: whether it is on, and its parameters, to change or only to read."""

    rule: Rule
    is_on: bool
    fields: list[BoundField]
    parameters: list[tuple[str, str]]

    @property
    def force(self) -> str:
        """What it does with what it finds."""
        return FORCES[self.rule.severity]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def plan_rules(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """Show the rules of a plan to everybody, and let the Segretario change what can be."""
    place = get_place(request, slug, Deed.RULES if request.method == "POST" else Deed.READ)
    plan = find_plan(place, year)
    if plan is None:
        return no_plan(request, place, year)
    plan.entity = place.entity
    form = RulesForm(request.POST if request.method == "POST" else None, plan=plan)
    if form.is_valid():
        try:
            changed = set_rules(plan, form.settings(), by=signed_in(request), version=form.cleaned_data["version"])
        except SettingsRefused as refusal:
            form.add_error(None, str(refusal))
            form.read_again(plan)
        else:
            messages.success(request, "Regole salvate." if changed else "Nessuna regola è cambiata.")
            return redirect("plan_rules", slug, year)
    context = {
        "plan": plan,
        "form": form,
        "may_change": place.may(Deed.RULES),
        "subjects": _subjects(plan, form),
        "changes": changes_of(plan),
    }
    return render(request, "objectives/plan_rules.html", context, status=422 if form.errors else 200)


def _subjects(plan: Plan, form: RulesForm) -> list[tuple[str, list[RuleLine]]]:
    on = form["on"].value()
    lines: dict[str, list[RuleLine]] = {}
    for rule in sorted(RULES.values(), key=lambda rule: rule.id):
        fields = [form[name] for name in rule.parameters]
        written = [(str(field.label), setting_written(field.name, getattr(plan, field.name))) for field in fields]
        module = rule.check.__module__.rpartition(".")[2]
        lines.setdefault(module, []).append(RuleLine(rule, bool(rule.always) or rule.id in on, fields, written))
    return [(subject, lines[module]) for module, subject in SUBJECTS.items()]

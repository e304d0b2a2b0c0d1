"""The decision of the Nucleo: what the minutes say, what will happen, the confirmation."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from evaluations import validating
from evaluations.choices import ValidationState
from evaluations.desk import Desk, desk_of
from evaluations.forms.validation import DecisionForm
from evaluations.models import Validation
from evaluations.packages.conflicts import warnings, why_exception
from evaluations.views.validations import get_validation
from objectives.views.finding import signed_in
from objectives.workflow import Refused, Stale
from organisation.access import get_place
from organisation.roles import Deed

CONFIRM, BACK = "conferma", "correggi"
CHANGED = "La validazione è cambiata dopo che la pagina è stata aperta: rileggerla. Ciò che è stato scritto è rimasto."


@dataclass(frozen=True)
class Sitting:
    """Somebody of the Nucleo before a package that is to be decided."""

    request: HttpRequest
    validation: Validation

    @cached_property
    def desk(self) -> Desk:
        """The package with its remarks."""
        return desk_of(self.validation, with_remarks=True)

    def form(self, posted: Any = None, initial: dict[str, Any] | None = None) -> DecisionForm:
        """The form of the decision, with the written exception where this person needs one (R20)."""
        exception = why_exception(self.validation, signed_in(self.request))
        remarks = self.desk.remarks
        return DecisionForm(
            posted, validation=self.validation, remarks=remarks, why_exception=exception, initial=initial or {}
        )

    def typed(self) -> DecisionForm:
        """What was typed, not judged yet, to go on with on the validation as it is now."""
        form = self.form()
        fields = [(name, field) for name, field in form.fields.items() if name != "versione"]
        data = self.request.POST
        return self.form(initial={name: field.widget.value_from_datadict(data, {}, name) for name, field in fields})

    def ask(self, form: DecisionForm, status: int = 200) -> HttpResponse:
        """Show the form."""
        context = {"validation": self.validation, "desk": self.desk, "form": form}
        return render(self.request, "evaluations/validation_decide.html", context, status=status)

    def preview(self, form: DecisionForm) -> HttpResponse:
        """Show what will happen, with all that was typed, to be confirmed."""
        said = form.cleaned_data
        context = {"validation": self.validation, "desk": self.desk, "form": form, "said": said}
        context["outcome"] = ValidationState(said["esito"]).label
        context["warnings"] = warnings(self.validation, said["componenti"])
        return render(self.request, "evaluations/validation_confirm.html", context)

    def decide(self, form: DecisionForm) -> HttpResponse:
        """Record the decision; else show why not, with what was typed."""
        said = form.cleaned_data
        try:
            validating.decide(
                self.validation,
                said["esito"],
                minutes_number=said["numero"],
                minutes_on=said["giorno"],
                members=said["componenti"],
                reasons=said["motivi"],
                exception=said.get("deroga", ""),
                by=signed_in(self.request),
                row_version=said["versione"],
            )
        except Refused as refusal:
            messages.error(self.request, str(refusal))
            return self.ask(self.typed(), 409 if isinstance(refusal, Stale) else 422)
        messages.success(self.request, "La decisione del Nucleo è registrata.")
        return redirect("validation", self.validation.plan.entity.slug, self.validation.pk)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def validation_decide(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take what the minutes say, show what will happen, and record the decision when that is confirmed."""
    place = get_place(request, slug, Deed.VALIDATE)
    sitting = Sitting(request, get_validation(place, pk))
    if sitting.validation.state != ValidationState.DA_VALIDARE:
        messages.info(request, _too_early_or_late(sitting.validation))
        return redirect("validation", slug, pk)
    if request.method != "POST":
        return sitting.ask(sitting.form(initial=_offered(sitting)))
    action = request.POST.get("azione")
    form = sitting.form(request.POST)
    if action == BACK:
        return sitting.ask(sitting.typed())
    if not form.is_valid():
        return sitting.ask(form, 422)
    if form.cleaned_data["versione"] != sitting.validation.row_version:
        messages.warning(request, CHANGED)
        return sitting.ask(sitting.typed(), 409)
    return sitting.decide(form) if action == CONFIRM else sitting.preview(form)


def _too_early_or_late(shown: Validation) -> str:
    if shown.is_decided:
        return f"Il Nucleo ha già deciso: {shown.get_state_display()}, verbale n. {shown.minutes_number}."
    return "Il fascicolo è ancora in preparazione: si decide quando è congelato (R22)."


def _offered(sitting: Sitting) -> dict[str, Any]:
    """What the remarks and the last minutes let one expect."""
    decided = Validation.objects.filter(plan__entity=sitting.validation.plan.entity, decided_at__isnull=False)
    last = decided.order_by("-decided_at").first()
    outcome = {"esito": ValidationState.CON_RILIEVI} if sitting.desk.remarks else {}
    return {**outcome, "giorno": timezone.localdate(), "componenti": "\n".join(last.members) if last else ""}

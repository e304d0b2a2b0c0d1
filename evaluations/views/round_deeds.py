"""The pages of the deeds of a verification: what will happen, a note or a date, one button."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from evaluations import rounds
from evaluations.choices import RoundKind
from evaluations.entered import criteria_of
from evaluations.forms.rounds import AverageForm, ConfirmForm, MoveForm, OpenForm, StepForm
from evaluations.models import Round, SectorReview
from evaluations.permissions import closed, needs_exception, why_not_confirm, why_not_take_back
from evaluations.rounds.active import sectors_of
from evaluations.rounds.closing import why_exception, why_not_reopened, why_not_yet
from evaluations.rounds.confirming import state_now
from evaluations.views.finding import get_measured, get_round, get_sector
from objectives.permissions import Standing, standing_at
from objectives.views.finding import find_plan, no_plan, signed_in
from objectives.workflow import Refused, Stale
from organisation.access import Place, get_place
from organisation.roles import Deed

page = require_http_methods(["GET", "HEAD", "POST"])
LOG = "Resta tra i passaggi della verifica."


@dataclass(frozen=True)
class DeedPage:
    """A deed with its page. `effect` says what will happen, `run` does it with what was written, `done` says it.

    `is_done` tells of a deed that was refused whether somebody, or the first of two clicks, has just done it.
    """

    title: str
    button: str
    effect: str
    done: str
    form: Form
    run: Callable[[Mapping[str, Any]], object]
    lead: str = ""
    undoes: bool = False
    more: Mapping[str, Any] = field(default_factory=dict)
    is_done: Callable[[], bool] = bool
    read: Callable[[], str] = str
    """Tells what the person reads before the deed, as it is now; a form that can be stale sends it back as `letto`."""


def _answer(request: HttpRequest, deed: DeedPage, back: tuple[Any, ...], verification: Round | None) -> HttpResponse:
    """Do the deed and go back, or show its page, with what stands in the way."""
    missing: list[str] = []
    if request.method == "POST" and deed.form.is_valid():
        try:
            deed.run(deed.form.cleaned_data)
        except Refused as refusal:
            if deed.is_done():
                messages.info(request, str(refusal))
                return redirect(*back)
            deed.form.add_error(None, str(refusal))
            if isinstance(refusal, Stale):
                deed.form.data = {**request.POST.dict(), "letto": deed.read()}
            missing = getattr(refusal, "missing", [])
        else:
            messages.success(request, deed.done)
            return redirect(*back)
    context = {"deed": deed, "form": deed.form, "round": verification, "missing": missing, **deed.more}
    return render(request, "evaluations/round_deed.html", context, status=422 if deed.form.errors else 200)


def _sent(request: HttpRequest) -> Any:
    """What was sent, also where it is nothing at all; None where the page is only opened."""
    return request.POST if request.method == "POST" else None


def _back(verification: Round) -> tuple[Any, ...]:
    plan = verification.plan
    return "round", plan.entity.slug, plan.year, verification.slug


def _turned_back(request: HttpRequest, verification: Round, why: str) -> HttpResponse:
    """Back to the verification, with the sentence that says why the page is not for now."""
    messages.info(request, why)
    return redirect(*_back(verification))


@never_cache
@page
def round_open(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """Open a verification of a plan."""
    place = get_place(request, slug, Deed.EVALUATE)
    plan = find_plan(place, year)
    if plan is None:
        return no_plan(request, place, year)
    plan.entity = place.entity
    there = set(plan.rounds.values_list("kind", flat=True))
    kinds = [choice for choice in RoundKind.choices if choice[0] not in there]
    if not kinds:
        messages.info(request, f"Le due verifiche del {plan} sono già state aperte.")
        return redirect("rounds", slug)
    kind = request.GET.get("tipo") or kinds[0][0]
    day = dt.date(year, 12, 31) if kind == RoundKind.FINALE else dt.date(year, 6, 30)
    form = OpenForm(_sent(request), kinds=kinds, initial={"tipo": kind, "giorno": day})
    deed = DeedPage(
        title=f"Aprire una verifica del {plan}",
        button="Apri la verifica",
        effect="Uffici e responsabili ricevono un avviso e possono inserire i risultati delle schede in vigore alla "
        "data scelta. La data si può spostare finché la verifica è aperta.",
        done="La verifica è aperta: gli uffici possono inserire i risultati.",
        form=form,
        run=lambda said: rounds.open_round(plan, said["tipo"], on=said["giorno"], by=signed_in(request)),
    )
    return _answer(request, deed, ("round", slug, year, str(form.data.get("tipo", "")).lower()), None)


@never_cache
@page
def round_move(request: HttpRequest, slug: str, year: int, kind: str) -> HttpResponse:
    """Move an open verification to another day."""
    verification = get_round(get_place(request, slug, Deed.EVALUATE), year, kind)
    if verification.is_closed:
        return _turned_back(request, verification, closed(verification))
    deed = DeedPage(
        title="Spostare la data della verifica",
        button="Sposta la data",
        effect="Si misureranno le schede in vigore alla nuova data. I risultati inseriti restano; un settore le cui "
        "schede a quella data sono altre perde la conferma.",
        done="La data della verifica è spostata.",
        form=MoveForm(_sent(request), initial={"giorno": verification.on}),
        run=lambda said: rounds.move_round(verification, on=said["giorno"], note=said["nota"], by=signed_in(request)),
        lead=verification.dated,
    )
    return _answer(request, deed, _back(verification), verification)


@never_cache
@page
def round_close(request: HttpRequest, slug: str, year: int, kind: str) -> HttpResponse:
    """Close a verification whose settori are all confirmed."""
    place = get_place(request, slug, Deed.EVALUATE)
    verification = get_round(place, year, kind)
    if verification.is_closed:
        return _turned_back(request, verification, closed(verification))
    if words := why_not_yet(verification):
        return _turned_back(request, verification, words)
    reviews = list(verification.sectors.filter(sector__in=sectors_of(verification)).select_related("sector"))
    why = why_exception(standing_at(place, answering=True), reviews) or ""
    label = "Deroga scritta" if why else "Nota"
    deed = DeedPage(
        title="Chiudere la verifica",
        button="Chiudi la verifica",
        effect="Il programma calcola le medie di schede, settori e piano e le fissa, con i criteri di adesso. Da quel "
        "momento niente cambia più; per correggere, la verifica si riapre con un motivo.",
        done="La verifica è chiusa: risultati e medie sono fissati.",
        form=StepForm(_sent(request), label=label, help_text=why or LOG, why=why),
        run=lambda said: rounds.close(verification, note=said["nota"], by=signed_in(request)),
        lead=verification.dated,
        is_done=lambda: get_round(place, year, kind).is_closed,
    )
    return _answer(request, deed, _back(verification), verification)


@never_cache
@page
def round_reopen(request: HttpRequest, slug: str, year: int, kind: str) -> HttpResponse:
    """Reopen a closed verification, with a reason."""
    verification = get_round(get_place(request, slug, Deed.EVALUATE), year, kind)
    if not verification.is_closed:
        return _turned_back(request, verification, "Questa verifica è aperta: non c'è niente da riaprire.")
    if words := why_not_reopened(verification):
        return _turned_back(request, verification, words)
    deed = DeedPage(
        title="Riaprire la verifica",
        button="Riapri la verifica",
        effect="Risultati e medie non sono più definitivi. Le conferme dei settori restano: si toglie quella del "
        "settore che ha qualcosa da correggere. Le medie di adesso restano nella storia.",
        done="La verifica è riaperta.",
        form=StepForm(_sent(request), label="Motivo", help_text=LOG, why="Scrivere perché si riapre."),
        run=lambda said: rounds.reopen(verification, note=said["nota"], by=signed_in(request)),
        lead=verification.dated,
        undoes=True,
    )
    return _answer(request, deed, _back(verification), verification)


@dataclass(frozen=True)
class _Desk:
    """A settore of a verification before a person who may do something with it."""

    verification: Round
    review: SectorReview
    person: Standing

    @property
    def lead(self) -> str:
        """What the page is about."""
        return f"{self.review.sector.short_name} · {self.verification.dated}"


def _sector_desk(request: HttpRequest, place: Place, year: int, kind: str, pk: int) -> _Desk:
    verification = get_round(place, year, kind)
    sector = get_sector(place, pk)
    if pk not in sectors_of(verification):
        raise Http404(f"Alla data della verifica {sector.short_name} non ha schede da misurare.")
    review = verification.sectors.filter(sector=sector).select_related("sector", "confirmed_by").first()
    person = standing_at(place)
    return _Desk(verification, review or SectorReview(round=verification, sector=sector), person)


@never_cache
@page
def round_confirm(request: HttpRequest, slug: str, year: int, kind: str, pk: int) -> HttpResponse:
    """Confirm the results of a settore, as its responsabile."""
    desk = _sector_desk(request, get_place(request, slug, Deed.CONFIRM), year, kind, pk)
    if refusal := desk.person.why_not_sector(Deed.CONFIRM, desk.review.sector):
        raise PermissionDenied(refusal)
    if refusal := why_not_confirm(desk.person, desk.verification, desk.review):
        return _turned_back(request, desk.verification, refusal)
    sector = desk.review.sector
    read = partial(state_now, desk.verification, sector)
    deed = DeedPage(
        title="Confermare i risultati del settore",
        button="Conferma i risultati",
        effect="I risultati del settore sono completi e corretti. Dopo la conferma non si cambiano, se non "
        "togliendola; quando tutti i settori hanno confermato, il Segretario chiude la verifica.",
        done=f"I risultati di {sector.short_name} sono confermati.",
        form=ConfirmForm(_sent(request), help_text=LOG, initial={"letto": read}),
        run=lambda said: rounds.confirm(
            desk.verification, sector, note=said["nota"], seen=said["letto"] or None, by=signed_in(request)
        ),
        read=read,
        lead=desk.lead,
        more={"sector": sector},
    )
    return _answer(request, deed, _back(desk.verification), desk.verification)


@never_cache
@page
def round_take_back(request: HttpRequest, slug: str, year: int, kind: str, pk: int) -> HttpResponse:
    """Take the confirmation of a settore back, with a note."""
    desk = _sector_desk(request, get_place(request, slug), year, kind, pk)
    sector = desk.review.sector
    if not desk.person.may(Deed.EVALUATE) and (refusal := desk.person.why_not_sector(Deed.CONFIRM, sector)):
        raise PermissionDenied(refusal)
    if refusal := why_not_take_back(desk.person, desk.verification, desk.review):
        return _turned_back(request, desk.verification, refusal)
    deed = DeedPage(
        title="Togliere la conferma al settore",
        button="Togli la conferma",
        effect="Gli uffici del settore possono di nuovo cambiare i risultati; poi il responsabile li conferma ancora.",
        done=f"La conferma di {sector.short_name} è tolta: i risultati si possono correggere.",
        form=StepForm(_sent(request), label="Che cosa correggere", help_text=LOG, why="Scrivere che cosa va corretto."),
        run=lambda said: rounds.take_back(desk.verification, sector, note=said["nota"], by=signed_in(request)),
        lead=desk.lead,
        undoes=True,
        more={"sector": sector},
    )
    return _answer(request, deed, _back(desk.verification), desk.verification)


@never_cache
@page
def round_average(request: HttpRequest, slug: str, year: int, kind: str, pk: int) -> HttpResponse:
    """Set an average of a sheet by hand, or give the computed one its place back."""
    place = get_place(request, slug, Deed.EVALUATE)
    verification = get_round(place, year, kind)
    if verification.is_closed:
        return _turned_back(request, verification, closed(verification))
    sheet = get_measured(verification, pk)
    own = needs_exception(standing_at(place, answering=True), sheet.sector_id)
    cap = criteria_of(verification.plan).cap
    back = ("round_sheet", slug, year, kind, pk)
    deed = DeedPage(
        title="Scrivere una media a mano",
        button="Salva la media",
        effect="La media scritta vale al posto di quella calcolata, che resta accanto con il motivo e l'autore.",
        done=f"La media di {sheet} è salvata.",
        form=AverageForm(_sent(request), cap=cap, needs_exception=own, initial={"quale": request.GET.get("media")}),
        run=lambda said: rounds.set_average(
            verification,
            pk,
            said["quale"],
            said["valore"],
            said["motivo"],
            exception=said.get("deroga", ""),
            by=signed_in(request),
        ),
        lead=f"{sheet} — {sheet.title} · {verification}",
        more={"back": resolve_url(*back)},
    )
    return _answer(request, deed, back, verification)

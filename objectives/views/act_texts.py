"""The words of an entity's proposals: the Segretario changes them, looks at them filled in, goes back."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from deliberations.act_texts import EXAMPLE, WordsChanged, choose_words, drop_words, past_words, version_of
from deliberations.choices import ActTextKind
from deliberations.forms.act_text import ActTextForm, written
from deliberations.models import ActText, Deliberation
from deliberations.wording import PLACEHOLDERS, Facts, Words, filled, words_of
from objectives.act_words import facts_for
from objectives.gathered import sheets_of
from objectives.views.finding import find_plan, keys_of, signed_in
from organisation.access import Place, get_place
from organisation.roles import Deed

KINDS = {kind.name.lower(): kind for kind in ActTextKind}
"""The kinds of proposals by their part of an address."""


@never_cache
@require_safe
def act_texts(request: HttpRequest, slug: str) -> HttpResponse:
    """List the kinds of proposals, and whose words each has."""
    place = get_place(request, slug, Deed.RULES)
    own = set(ActText.objects.filter(entity=place.entity).values_list("kind", flat=True))
    kinds = [(address, kind, kind in own, words_of(place.entity, kind).subject) for address, kind in KINDS.items()]
    return render(request, "deliberations/act_texts.html", {"kinds": kinds})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def act_text(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """Show the words of a kind of proposal with their preview, and save them."""
    place, of_kind = get_place(request, slug, Deed.RULES), _kind(kind)
    proposals = {one.pk: one for one in place.entity.deliberations.proposals().order_by("-pk")}
    stored, version = words_of(place.entity, of_kind), version_of(place.entity, of_kind)
    listed = [(one.pk, f"{one.short}: {one.subject}".rstrip(": ")) for one in proposals.values()]
    form = ActTextForm(request.POST if request.method == "POST" else written(stored, version), proposals=listed)
    valid = form.is_valid()
    words, chosen = form.words() if valid else None, proposals.get(int(form.cleaned_data.get("anteprima") or 0))
    if words and request.POST.get("azione") == "salva":
        try:
            return _saved(request, place, kind, words, form.cleaned_data["versione"])
        except WordsChanged as conflict:
            form.over(version, f"{conflict} Il testo salvato è qui sotto: salvando di nuovo lo si sostituisce.")
    context = {
        "kind": of_kind,
        "address": kind,
        "form": form,
        "placeholders": PLACEHOLDERS,
        "preview": filled(words, _facts(place, chosen)) if words else None,
        "preview_of": chosen,
        "overwritten": stored if valid and form.errors else None,
        "version": version,
        "is_own": ActText.objects.filter(entity=place.entity, kind=of_kind).exists(),
        "past": past_words(place.entity, of_kind),
    }
    return render(request, "deliberations/act_text.html", context, status=422 if form.errors else 200)


def _saved(request: HttpRequest, place: Place, kind: str, words: Words, over: int) -> HttpResponse:
    """Save the words and say so. Raises WordsChanged."""
    changed = choose_words(place.entity, _kind(kind), words, over=over, by=signed_in(request))
    messages.success(request, "Testo salvato." if changed else "Il testo era già così: nulla da salvare.")
    return redirect("act_text", place.entity.slug, kind)


@require_POST
def act_text_restore(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """Go back to the program's own words."""
    place, of_kind = get_place(request, slug, Deed.RULES), _kind(kind)
    over = max(keys_of(request.POST.getlist("versione")), default=-1)
    try:
        dropped = drop_words(place.entity, of_kind, over=over, by=signed_in(request))
        done = "Da ora vale il testo del programma." if dropped else "Valeva già il testo del programma."
        messages.success(request, done)
    except WordsChanged as conflict:
        messages.error(request, f"{conflict} Rileggerlo e ripetere.")
    return redirect("act_text", slug, kind)


def _kind(address: str) -> ActTextKind:
    if address not in KINDS:
        raise Http404(f"Non ci sono testi per «{address}»: solo per {' e '.join(KINDS)}.")
    return KINDS[address]


def _facts(place: Place, proposal: Deliberation | None) -> Facts:
    """What the preview is filled in with: a proposal's own facts, or the example's."""
    plan = find_plan(place, proposal.plan_year or 0) if proposal else None
    if proposal is None or plan is None:
        return {**EXAMPLE, "ente": place.entity.name}
    cited = [one.cited for one in proposal.citations.select_related("cited__entity")]
    return facts_for(plan, sheets_of(proposal).with_rows(), cited)

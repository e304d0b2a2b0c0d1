"""What is written for a proposal before its session: its words, the acts it cites, the two opinions."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from deliberations.choices import OpinionKind
from deliberations.forms.proposal import CitationsForm, OpinionForm, WordsForm
from deliberations.models import Deliberation
from objectives import workflow
from objectives.gathered import content_hash
from objectives.overview import acts_of
from objectives.proposal_content import changes_by_sector, last_signer, opinions_of
from objectives.views.finding import find_plan, get_proposal, signed_in
from organisation.access import Place, get_place
from organisation.roles import Deed

WORDS = ("subject", "proposer", "premises", "dispositions")
KINDS = {"tecnica": OpinionKind.TECNICA, "contabile": OpinionKind.CONTABILE}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def proposal_text(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Write the words of a proposal; what somebody else saved meanwhile is shown beside, never overwritten."""
    place = get_place(request, slug, Deed.PROPOSE)
    try:
        shown = get_proposal(place, pk)
    except Http404 as gone:
        if request.method != "POST":
            raise
        kept = [text for name in WORDS if (text := request.POST.get(name))]
        return render(request, "objectives/text_not_saved.html", {"reason": str(gone), "kept": kept}, status=404)
    if shown.registered_at and request.method != "POST":
        return redirect("proposal", slug, pk)
    form = WordsForm(request.POST) if request.method == "POST" else WordsForm(initial=_initial(request, shown))
    if request.method == "POST" and form.is_valid():
        words, version = form.words(), form.cleaned_data["row_version"]
        try:
            workflow.word(shown, **words, by=signed_in(request), row_version=version)
        except workflow.Stale as stale:
            return _conflict(request, stale.stored, words)
        except workflow.Refused as refusal:
            form.add_error(None, str(refusal))  # what was typed stays before the person
        else:
            messages.success(request, "Testo salvato.")
            return redirect("proposal", slug, pk)
    return render(
        request,
        "deliberations/proposal_text.html",
        {"proposal": shown, "form": form},
        status=422 if form.errors else 200,
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def proposal_citations(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Choose which acts a proposal cites beside those it amends."""
    place = get_place(request, slug, Deed.PROPOSE)
    shown = get_proposal(place, pk)
    if shown.registered_at:
        return redirect("proposal", slug, pk)
    always = _acts_of_plan(place, shown)
    data = request.POST if request.method == "POST" else None
    form = CitationsForm(data, proposal=shown, always=[act.pk for act in always])
    if form.is_valid():
        try:
            workflow.cite(shown, form.cleaned_data["others"], by=signed_in(request))
        except workflow.Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, "Atti citati salvati.")
        return redirect("proposal", slug, pk)
    cited = shown.citations.select_related("cited__entity").filter(cited__in=always)
    context = {"proposal": shown, "form": form, "amended": [one.cited for one in cited]}
    return render(request, "deliberations/proposal_citations.html", context, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def proposal_opinion(request: HttpRequest, slug: str, pk: int, kind: str) -> HttpResponse:
    """Put the technical or the accounting opinion on record, bound to exactly what this page shows (R10, R11)."""
    place = get_place(request, slug, Deed.PROPOSE)
    if kind not in KINDS:
        raise Http404("I pareri sono due: di regolarità tecnica e di regolarità contabile.")
    shown = get_proposal(place, pk)
    if shown.registered_at:
        return redirect("proposal", slug, pk)
    form = _opinion_form(request, shown, KINDS[kind])
    if request.method == "POST" and form.is_valid():
        typed = dict(form.cleaned_data)
        try:
            workflow.give_opinion(shown, kind=KINDS[kind], seen=typed.pop("content"), by=signed_in(request), **typed)
        except workflow.Refused as refusal:
            form.add_error(None, str(refusal))
            form.data = {**form.data, "content": content_hash(shown)}
        else:
            messages.success(request, f"Parere di {KINDS[kind].label} registrato.")
            return redirect("proposal", slug, pk)
    return render(
        request,
        "deliberations/proposal_opinion.html",
        _opinion_page(shown, KINDS[kind], form),
        status=422 if form.errors else 200,
    )


def _opinion_form(request: HttpRequest, shown: Deliberation, kind: OpinionKind) -> OpinionForm:
    if request.method == "POST":
        return OpinionForm(request.POST.dict(), kind=kind)
    return OpinionForm(
        kind=kind,
        initial={
            "content": content_hash(shown),
            "signer": last_signer(shown.entity, kind),
            "given_on": timezone.localdate(),
        },
    )


def _opinion_page(shown: Deliberation, kind: OpinionKind, form: OpinionForm) -> dict[str, object]:
    blocks = changes_by_sector(shown.sheets.all())
    return {
        "proposal": shown,
        "kind": kind,
        "form": form,
        "before": next(one for one in opinions_of(shown) if one.kind == kind),
        "blocks": blocks,
        "count": sum(len(block.lines) for block in blocks),
        "citations": shown.citations.select_related("cited__entity"),
        "content": form["content"].value(),
    }


def _conflict(request: HttpRequest, stored: Deliberation, words: dict[str, str]) -> HttpResponse:
    """Both texts side by side: the person's own stays in the form, over the version saved meanwhile."""
    mine = WordsForm(initial={**words, "row_version": stored.row_version})
    pairs = [(mine[name], getattr(stored, name)) for name in WORDS]
    context = {
        "proposal": stored,
        "form": mine,
        "differing": [(field, theirs) for field, theirs in pairs if field.value() != theirs],
        "same": [field for field, theirs in pairs if field.value() == theirs],
    }
    return render(request, "deliberations/proposal_conflict.html", context, status=409)


def _initial(request: HttpRequest, shown: Deliberation) -> dict[str, object]:
    """The words on record; with ?testo=ente those of the entity, filled in anew and not saved yet."""
    if request.GET.get("testo") != "ente":
        return _stored(shown)
    try:
        words = workflow.entity_words(shown)
    except workflow.Refused as refusal:
        messages.error(request, str(refusal))
        return _stored(shown)
    messages.info(request, "Questo è il testo dell'ente con le schede e gli atti di adesso. Non è ancora salvato.")
    return _stored(shown) | words._asdict()


def _stored(shown: Deliberation) -> dict[str, object]:
    return {name: getattr(shown, name) for name in (*WORDS, "row_version")}


def _acts_of_plan(place: Place, shown: Deliberation) -> list[Deliberation]:
    plan = find_plan(place, shown.plan_year or 0)
    return acts_of(plan) if plan else []

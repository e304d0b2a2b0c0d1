"""Files that prove a result: downloaded as they came, never shown by a browser; put aside with a reason."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from documents.uploads import handed_out
from evaluations import rounds
from evaluations.forms.evidence import AsideForm
from evaluations.models import EvidenceFile
from evaluations.permissions import why_not_read
from evaluations.views.finding import get_round
from objectives.models import Sheet
from objectives.permissions import standing_at
from objectives.views.finding import signed_in
from objectives.workflow import Refused
from organisation.access import get_place
from organisation.models import Sector
from organisation.roles import Deed

GONE = "Questa prova non c'è, in questa verifica."
ASIDE = "Questa prova è stata messa da parte: non è più tra quelle della verifica. Resta in archivio, con il motivo."


@require_safe
def evidence(request: HttpRequest, slug: str, year: int, kind: str, pk: int) -> HttpResponse:
    """Send a file of evidence as it came, checked against its hash, to be kept and not to be shown."""
    file, _ = _evidence(request, slug, year, kind, pk)
    return handed_out(request, file.document, file.name)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def evidence_aside(request: HttpRequest, slug: str, year: int, kind: str, pk: int) -> HttpResponse:
    """Ask why a file was attached by mistake; take it from among the evidence."""
    get_place(request, slug, Deed.RESULTS)
    file, sector = _evidence(request, slug, year, kind, pk)
    back = f"{reverse('round_sector', args=[slug, year, kind, sector.pk])}#prove-{file.objective_id}"
    form = AsideForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            rounds.put_aside(file, form.cleaned_data["motivo"], by=signed_in(request))
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Il file «{file.name}» è messo da parte.")
            return redirect(back)
    context = {"file": file, "round": file.round, "sector": sector, "form": form, "back": back}
    failed = request.method == "POST"
    return render(request, "evaluations/evidence_aside.html", context, status=422 if failed else 200)


def _evidence(request: HttpRequest, slug: str, year: int, kind: str, pk: int) -> tuple[EvidenceFile, Sector]:
    """Return a file with the settore of its sheet; whoever may read the results of the settore may have it."""
    place = get_place(request, slug)
    found = (
        get_round(place, year, kind)
        .files.filter(pk=pk)
        .select_related("document", "aside", "round__plan__entity")
        .first()
    )
    if found is None:
        raise Http404(GONE)
    last: Sheet = Sheet.objects.adopted().filter(objective=found.objective_id).select_related("sector").latest("pk")
    if refusal := why_not_read(standing_at(place), last.sector):
        raise PermissionDenied(refusal)
    if hasattr(found, "aside"):
        raise Http404(ASIDE)
    return found, last.sector

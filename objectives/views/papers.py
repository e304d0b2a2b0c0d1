"""The papers of an act and of a proposal: as .docx for the act-management system, and the whole dossier as one PDF."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from deliberations.models import Deliberation
from documents.models import DamagedDocumentError
from documents.render import PdfUnavailable
from objectives.papers.act_docx import MIME, docx_of
from objectives.papers.dossier import bind_dossier, dossier_document, dossier_of, find_dossier_document, printed_in
from objectives.tasks import print_dossier
from objectives.views.downloads import prepare, send, unavailable
from objectives.views.finding import get_act, get_proposal
from organisation.access import get_place
from organisation.roles import Deed

read_or_retry = require_http_methods(["GET", "HEAD", "POST"])


@never_cache
@require_safe
def proposal_docx(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Send a proposal with its sheets as .docx. Only for who prepares proposals: it shows sheets of every settore."""
    found = _proposal(request, slug, pk)
    if found.registered_at:
        return redirect("act_docx", slug, found.slug)
    return _send_docx(found, f"proposta-{found.pk}.docx")


@never_cache
@read_or_retry
def proposal_pdf(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Send the dossier of a proposal, each page of which says that nobody adopted it."""
    found = _proposal(request, slug, pk)
    if found.registered_at:
        return redirect("act_dossier", slug, found.slug)
    return _send_dossier(request, found)


@never_cache
@require_safe
def act_docx(request: HttpRequest, slug: str, act: str) -> HttpResponse:
    """Send a registered act with its sheets as .docx."""
    place = get_place(request, slug)
    found = get_act(place, act)
    if not found.on_file:
        raise Http404(f"Il testo della {found.short} non è in archivio.")
    return _send_docx(found, f"{found.slug}.docx")


@read_or_retry
def act_dossier(request: HttpRequest, slug: str, act: str) -> HttpResponse:
    """Send the dossier of a registered act, made once for what is on record and kept."""
    place = get_place(request, slug)
    return _send_dossier(request, get_act(place, act))


def _proposal(request: HttpRequest, slug: str, pk: int) -> Deliberation:
    place = get_place(request, slug, Deed.PROPOSE)
    return get_proposal(place, pk)


def _send_docx(act: Deliberation, name: str) -> HttpResponse:
    response = HttpResponse(docx_of(act), content_type=MIME)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _send_dossier(request: HttpRequest, act: Deliberation) -> HttpResponse:
    """Send what is made already or small; the worker prepares the rest, as it does for the books of sheets."""
    try:
        dossier = dossier_of(act)
        if len(dossier.sheets) > settings.DOSSIER_IN_REQUEST_SHEETS and not find_dossier_document(dossier):
            return prepare(
                request, print_dossier, {"act": act.pk}, {"collection": dossier, "printed": printed_in(dossier)}
            )
        return send(dossier_document(dossier), lambda: bind_dossier(dossier))
    except LookupError as nothing:
        raise Http404(str(nothing)) from nothing
    except (PdfUnavailable, DamagedDocumentError) as reason:
        return unavailable(request, reason)

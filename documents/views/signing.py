"""A document to sign: it is taken out, signed elsewhere, brought back and checked; who signed it stands here."""

from datetime import datetime
from typing import cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from documents.codes import check_url
from documents.forms import SignedFileForm
from documents.handing_over import hand_over
from documents.models import DamagedDocumentError, Document, SignedCopy
from documents.signatures.found import Refused
from documents.signing import MAY_SIGN, bring_back, can_be_signed
from documents.upper_rooms import known
from organisation.access import Place, get_place
from organisation.models import User

NOT_THERE = "Questo documento non c'è, o non è tra quelli da firmare."
ONLY = "I documenti da firmare li vedono il Segretario e il Nucleo di Valutazione."


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def document_signed(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Show a document with its signed copies, and take one back."""
    document = _get_document(_get_place(request, slug), pk)
    form = SignedFileForm(document=document)
    if request.method == "POST":
        form = SignedFileForm(request.POST, request.FILES, document=document)
        if form.is_valid() and _taken_back(request, form, document):
            return redirect("document_signed", slug, pk)
    context = {
        "document": document,
        "known": known(document),
        "public": check_url(document.code) if document.code else None,
        "copies": [_shown(copy) for copy in document.signed_copies.select_related("file", "received_by")],
        "form": form,
    }
    return render(request, "documents/signed.html", context, status=422 if form.errors else 200)


@require_safe
def document_file(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Send a document to sign, or a signed copy of one, checked against its hash."""
    place = _get_place(request, slug)
    file = Document.objects.filter(Q(pk=pk), entity=place.entity).select_related("signed_of__document").first()
    if file is None or not can_be_signed(file.signed_of.document if hasattr(file, "signed_of") else file):
        raise Http404(NOT_THERE)
    try:
        response = hand_over(file)
    except DamagedDocumentError as reason:
        return render(request, "documents/damaged.html", {"reason": str(reason)}, status=503)
    response["Content-Disposition"] = f'attachment; filename="{file.name}"'
    response["ETag"] = f'"{file.sha256}"'
    response["Cache-Control"] = "private, no-cache"
    return response


def _get_place(request: HttpRequest, slug: str) -> Place:
    place = get_place(request, slug)
    if not any(place.may(deed) for deed in MAY_SIGN):
        raise PermissionDenied(ONLY)
    return place


def _get_document(place: Place, pk: int) -> Document:
    found = place.entity.documents.filter(pk=pk).first()
    if found is None or not can_be_signed(found):
        raise Http404(NOT_THERE)
    found.entity = place.entity
    return found


def _taken_back(request: HttpRequest, form: SignedFileForm, document: Document) -> bool:
    """Bring the file back; what is wrong with it is told beside the field."""
    try:
        copy = bring_back(document, form.cleaned_data["file"].read(), by=cast(User, request.user))
    except (Refused, DamagedDocumentError) as reason:
        form.add_error("file", str(reason))
        return False
    names = ", ".join(signer["name"] for signer in copy.signers)
    messages.success(request, f"La copia firmata è accettata: è lo stesso documento, firmato da {names}.")
    return True


def _shown(copy: SignedCopy) -> dict[str, object]:
    signers = [{**one, "at": datetime.fromisoformat(one["at"]) if one["at"] else None} for one in copy.signers]
    return {"copy": copy, "signers": signers}

"""The files of a validation: sent at once once they are frozen, checked against their hash each time they leave."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from documents.models import DamagedDocumentError, Document
from evaluations.choices import ValidationKind
from evaluations.models import PackageFile, Validation
from evaluations.packages.progress import progress
from evaluations.validating import ask_again
from objectives.views.downloads import send, unavailable
from objectives.views.finding import signed_in
from objectives.workflow import Refused
from organisation.access import Place, get_place
from organisation.roles import Deed

NOT_YET = "Il fascicolo lo leggono il Segretario e il Nucleo di Valutazione; gli altri quando è validato."
RESULTS = "Il fascicolo della Relazione lo leggono il Segretario e il Nucleo di Valutazione; gli altri la Relazione."
read_or_retry = require_http_methods(["GET", "HEAD", "POST"])


@read_or_retry
def validation_pdf(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Send the package as one PDF: the validated one where the Nucleo validated it."""
    found = _find(request, slug, pk)
    return _send_or_wait(request, found, found.validated_bound if found.is_valid else found.bound)


@read_or_retry
def validation_zip(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Send the package as a zip: the validated one where the Nucleo validated it."""
    found = _find(request, slug, pk)
    return _send_or_wait(request, found, found.validated_archive if found.is_valid else found.archive)


@require_safe
def validation_sent_pdf(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Send the package as it was handed over, as one PDF."""
    return _send(request, _find(request, slug, pk).bound)


@require_safe
def validation_sent_zip(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Send the package as it was handed over, as a zip."""
    return _send(request, _find(request, slug, pk).archive)


@require_safe
def validation_file(request: HttpRequest, slug: str, pk: int, file: int) -> HttpResponse:
    """Send a file of the package as it was handed over."""
    return _send(request, _find_file(request, slug, pk, file).document)


@require_safe
def validation_file_validated(request: HttpRequest, slug: str, pk: int, file: int) -> HttpResponse:
    """Send a file of the package with the words of the validation on it."""
    return _send(request, _find_file(request, slug, pk, file).validated)


def _find(request: HttpRequest, slug: str, pk: int) -> Validation:
    """The validation with its files, for who may have all of them. Raises Http404 and PermissionDenied."""
    place = get_place(request, slug)
    found = _get(place, pk)
    if found.kind == ValidationKind.RELAZIONE and not _works_on_it(place):
        raise PermissionDenied(RESULTS)
    return found


def _find_file(request: HttpRequest, slug: str, pk: int, file: int) -> PackageFile:
    place = get_place(request, slug)
    validation = _get(place, pk)
    found = validation.files.select_related("document", "validated").filter(pk=file).first()
    if found is None:
        raise Http404("Questo file non è nel fascicolo di questa validazione.")
    if found.sheet_id and validation.kind == ValidationKind.RELAZIONE and not _works_on_it(place):
        raise PermissionDenied(RESULTS)
    return found


def _get(place: Place, pk: int) -> Validation:
    try:
        found: Validation = Validation.objects.get(pk=pk, plan__entity=place.entity)
    except Validation.DoesNotExist as nothing:
        raise Http404("Questa validazione non è in archivio.") from nothing
    if not (found.is_valid or _works_on_it(place)):
        raise PermissionDenied(NOT_YET)
    return found


def _works_on_it(place: Place) -> bool:
    return place.may(Deed.VALIDATE) or place.may(Deed.EVALUATE)


def _send_or_wait(request: HttpRequest, validation: Validation, document: Document | None) -> HttpResponse:
    """Send a file that is made; else show how far it is, and have it asked again where its making failed (POST)."""
    if document and request.method != "POST":
        return _send(request, document)
    if request.method == "POST":
        try:
            ask_again(validation, by=signed_in(request))
        except Refused as refusal:
            messages.error(request, str(refusal))
        return redirect(request.path)
    how_far = progress(validation)
    context = {"validation": validation, "progress": how_far}
    response = render(request, "evaluations/package_preparing.html", context, status=500 if how_far.problem else 202)
    if not how_far.problem:
        response["Refresh"] = "3"  # seconds; the page that comes then is the file, if it is ready
    return response


def _send(request: HttpRequest, document: Document | None) -> HttpResponse:
    if document is None:
        raise Http404("Questo file non è ancora pronto, o non è previsto: tornare alla pagina della validazione.")
    try:
        return send(document)
    except DamagedDocumentError as reason:
        return unavailable(request, reason)

"""Sheets from a file: the workbook to fill in, what the filled one would change, and the drafts that come of it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from documents.spreadsheets import MIME
from documents.table_files import attachment
from objectives import pending
from objectives.forms.sheet_files import SheetsFileForm
from objectives.loading import limits_from_settings
from objectives.models import Plan
from objectives.permissions import standing
from objectives.proposing import open_to_new
from objectives.sheet_files.drafts import InTheWay, Upload, make, rehearse
from objectives.sheet_files.filling import template_for
from objectives.sheet_files.reading import SheetsRead, read_sheets
from objectives.views.finding import find_plan, signed_in
from organisation.access import Place, get_place
from organisation.rates import limited
from organisation.roles import Deed

MEANWHILE = "Nessuna bozza è stata creata o cambiata: ciò che il file cambia non è più quello mostrato. Rileggerlo qui."
EXPIRED = "Questo file non è più in attesa di conferma (si conserva per un giorno): caricarlo di nuovo."


@limited("import")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sheets_from_file(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """Offer the workbook of each settore of the person; take a filled file and go to its preview."""
    place = get_place(request, slug, Deed.DRAFT)
    plan = _plan(place, year)
    form = SheetsFileForm(request.POST, request.FILES) if request.method == "POST" else SheetsFileForm()
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        key = pending.keep(file.read(), file.name, entity=place.entity, by=signed_in(request))
        return redirect("sheets_preview", slug, year, key)
    context = {"plan": plan, "form": form, "sectors": open_to_new(place)}
    return render(request, "objectives/sheets_from_file.html", context, status=422 if form.errors else 200)


@never_cache
@require_safe
def sheets_template(request: HttpRequest, slug: str, year: int, sector: int) -> HttpResponse:
    """Send the workbook of a settore, filled with its sheets as they stand."""
    place = get_place(request, slug, Deed.DRAFT)
    plan = _plan(place, year)
    own = next((one for one in open_to_new(place) if one.pk == sector), None)
    if own is None:
        raise Http404("Questo settore non c'è, o non è tra i suoi.")
    name = f"schede-{slug}-{year}-{slugify(own.short_name)[:40].strip('-')}.xlsx"
    return attachment(template_for(plan, own), name, MIME)


@limited("import")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sheets_preview(request: HttpRequest, slug: str, year: int, key: str) -> HttpResponse:
    """Show what the sheets of a file would change, cell by cell; when confirmed, make the drafts, all or none."""
    place = get_place(request, slug, Deed.DRAFT)
    plan, by = _plan(place, year), signed_in(request)
    waiting = pending.find(key, entity=place.entity, by=by)
    if waiting is None:
        raise Http404(EXPIRED)
    read, person = read_sheets(waiting.content, plan, limits_from_settings()), standing(by, place.entity)
    if request.method != "POST" or read.refusal:
        return _show(request, plan, waiting, read, rehearse(read.sheets, plan, person, by=by))
    try:
        made = make(read.sheets, plan, person, by=by, seen=request.POST.get("visto", ""))
    except InTheWay as refused:
        messages.error(request, MEANWHILE)
        return _show(request, plan, waiting, read, refused.upload, status=409)
    messages.success(request, f"Bozze create o cambiate: {made.drafts}. Le invia il responsabile, quando sono pronte.")
    return redirect("drafts", slug)


def _show(
    request: HttpRequest, plan: Plan, waiting: pending.Waiting, read: SheetsRead, upload: Upload, status: int = 200
) -> HttpResponse:
    context = {"plan": plan, "waiting": waiting, "read": read, "upload": upload}
    return render(request, "objectives/sheets_preview.html", context, status=422 if read.refusal else status)


def _plan(place: Place, year: int) -> Plan:
    plan = find_plan(place, year)
    if plan is None:
        raise Http404(f"Non c'è un piano per il {year}.")
    plan.entity = place.entity
    return plan

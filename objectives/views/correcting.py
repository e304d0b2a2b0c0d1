"""Noting a clerical error of an adopted sheet: the text stays as adopted, the correction stands beside it (R08)."""

from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from objectives import workflow
from objectives.corrections import spots
from objectives.forms.path import CorrectionForm
from objectives.models import Sheet
from objectives.snapshots import snapshot
from objectives.views.finding import adopted_sheets, get_sheet
from objectives.views.sheet_content import sheet_content
from organisation.access import get_place
from organisation.models import User
from organisation.roles import Deed

DONE = "La rettifica è annotata: si legge accanto al testo, che resta come l'atto l'ha adottato."


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sheet_correct(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Ask where the error stands, what is right and why; note it."""
    place = get_place(request, slug, Deed.PROPOSE)
    shown = get_sheet(adopted_sheets(place).with_rows(), pk)
    form = CorrectionForm(request.POST or None, spots=spots(snapshot(shown)))
    if request.method == "POST" and form.is_valid():
        try:
            workflow.correct(shown, by=cast(User, request.user), **form.correction())
        except workflow.Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, DONE)
            return redirect("sheet", slug, pk)
    return render(request, "objectives/sheet_correct.html", _context(shown, form), status=422 if form.errors else 200)


def _context(shown: Sheet, form: CorrectionForm) -> dict[str, Any]:
    return {**sheet_content(shown), "form": form}

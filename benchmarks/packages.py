"""The package of 60 sheets: made outside the request, then sent again and again, against a static file of its size."""

from functools import partial
from pathlib import Path

from django.conf import settings
from django.db import connections

from benchmarks.downloads import get, server, session_of
from benchmarks.measuring import Figure, Line, NotMeasured, medians, seconds
from benchmarks.towns import found_town, sign_in
from benchmarks.urls import STATIC
from documents.render import PdfUnavailable
from evaluations.models import Validation
from evaluations.packages.preparing import prepare
from evaluations.validating import request_validation
from objectives.models import Plan
from organisation.models import Entity, User

SHEETS = 60
TIMES = 100


def measure() -> list[Line]:
    """Freeze a package, then download its zip over a kept connection, in turn with the static file."""
    plan = found_town("fascicolo", SHEETS)
    cookie = session_of(sign_in(plan.entity))
    validation = handed_over(plan, plan.entity)
    try:
        made = seconds(lambda: prepare(validation, settings.PDF_PROCESSES))
    except PdfUnavailable as reason:
        return [NotMeasured("package of the Nucleo", str(reason))]
    frozen = Validation.objects.select_related("archive").get(pk=validation.pk)
    content = frozen.archive.read()  # type: ignore[union-attr]  # prepare() gives it one
    Path(settings.STATIC_ROOT, STATIC).write_bytes(content)
    connections.close_all()
    with server() as line:
        ours, static, known = medians(
            TIMES,
            partial(get, line, cookie, f"/fascicolo/validazioni/{frozen.pk}/zip/", len(content)),
            partial(get, line, cookie, f"/static/{STATIC}", len(content)),
            partial(get, line, cookie, "/confronto/file/fascicolo/", len(content)),
            warm_up=5,
        )
    sent = f"{1 / ours:.0f}/s ({len(content) // 1024} kB)"
    point = "its zip downloaded, checked against its hash, requests/s"
    return [
        Figure(f"package of {SHEETS} sheets made by the worker, each sheet printed", f"{made:.1f} s", "", made, "s"),
        Figure(f"{point}; static file", sent, f"{1 / static:.0f}/s", static / ours, limit=0.5, at_most=False),
        Figure(f"{point}; file to a member", sent, f"{1 / known:.0f}/s", known / ours, limit=0.5, at_most=False),
    ]


def handed_over(plan: Plan, entity: Entity) -> Validation:
    """The plan handed over by its Segretario."""
    act = entity.deliberations.registered().in_order().last()
    by = User.objects.get(memberships__entity=entity)
    pk = request_validation(plan, act=act, by=by).pk
    found: Validation = Validation.objects.select_related("plan__entity", "act__entity", "report__plan").get(pk=pk)
    return found

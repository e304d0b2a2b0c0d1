"""Work outside a request: large PDFs."""

import datetime as dt

from django.conf import settings
from django_tasks import task

from deliberations.models import Deliberation
from objectives import moments
from objectives.models import Plan
from objectives.papers.dossier import dossier_document, dossier_of
from objectives.printing import Collection, act_collection, collection_document, plan_collection


def find_collection(plan: int | None, act: int | None, day: str | None) -> Collection:
    """Return the collection that three plain values name: an act's sheets, or a plan on a day or after an act."""
    adopted = Deliberation.objects.select_related("entity").get(pk=act) if act else None
    if plan is None and adopted:
        return act_collection(adopted)
    found = Plan.objects.select_related("entity").get(pk=plan or 0)
    moment = moments.after(adopted) if adopted else moments.on(found.entity, dt.date.fromisoformat(day or ""))
    return plan_collection(found, moment)


@task()
def print_collection(plan: int | None, act: int | None, day: str | None) -> int:
    """Make the PDF of a collection and return the number of its document."""
    return collection_document(find_collection(plan, act, day), processes=settings.PDF_PROCESSES).pk


@task()
def print_dossier(act: int) -> int:
    """Make the dossier of an act, or of a proposal as it is by now, and return the number of its document."""
    found = Deliberation.objects.select_related("entity").get(pk=act)
    return dossier_document(dossier_of(found), processes=settings.PDF_PROCESSES).pk

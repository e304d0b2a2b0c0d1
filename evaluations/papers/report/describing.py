"""What a final Relazione is for who signs it, and where it belongs."""

from django.urls import reverse

from documents.models import Document
from documents.upper_rooms import Known
from evaluations.models import Report


def describe(document: Document) -> Known | None:
    """Return what the final text of a Relazione is, or None for any other file. No person is named (R32)."""
    found = Report.objects.filter(document=document).select_related("plan__entity", "act").first()
    if found is None:
        return None
    approved = (("Approvata con", found.act.dated),) if found.act else ()
    address = reverse("report", args=[found.plan.entity.slug, found.plan.year])
    return Known(str(found), address, (("Stato", found.get_state_display()), *approved))

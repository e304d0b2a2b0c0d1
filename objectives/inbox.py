"""What waits for a person in an entity: on their first page, oldest first."""

from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce

from objectives.models import Passage, Sheet, SheetQuerySet
from objectives.permissions import Standing
from organisation.models import Entity


def open_versions(entity: Entity, person: Standing) -> SheetQuerySet:
    """Return the open versions that the person may see.

    Each has `since`, when it came to where it is; `last_kind` and `last_note`, the passage that brought it there.
    """
    passages = Passage.objects.filter(sheet=OuterRef("pk")).order_by("-pk")
    seen: SheetQuerySet = person.visible(Sheet.objects.filter(objective__plan__entity=entity))
    related = seen.select_related("sector", "objective__plan", "created_by", "submitted_by", "approved_by")
    return related.annotate(
        since=Coalesce(Subquery(passages.values("at")[:1]), "created_at"),
        last_kind=Subquery(passages.values("kind")[:1]),
        last_note=Subquery(passages.values("note")[:1]),
    )

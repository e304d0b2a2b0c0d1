"""What is said about an open version and enclosed with it, as its pages show it."""

from typing import Any

from objectives.forms.discussion import CommentForm, EnclosureForm
from objectives.models import Sheet
from objectives.permissions import SheetDeed, Standing


def discussion_content(
    shown: Sheet, person: Standing, comment_form: CommentForm | None = None, enclosure_form: EnclosureForm | None = None
) -> dict[str, Any]:
    """Return comments, files and the two forms; the forms hold what was typed where something is wrong with it."""
    return {
        "comments": list(shown.comments.select_related("by").prefetch_related("mentions")),
        "enclosures": list(shown.enclosures.select_related("by", "document")),
        "comment_form": comment_form or CommentForm(None, sheet=shown),
        "enclosure_form": enclosure_form or EnclosureForm(),
        "why_no_discussion": person.why_not(SheetDeed.DISCUSS, shown),
    }

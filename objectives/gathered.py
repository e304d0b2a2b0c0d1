"""What a proposal holds, and the hash that binds an opinion to it (R10)."""

import hashlib
import json
from dataclasses import asdict

from deliberations.models import Deliberation, Opinion
from objectives.models import Sheet, SheetQuerySet
from objectives.snapshots import snapshot


def sheets_of(proposal: Deliberation) -> SheetQuerySet:
    """Return the sheets of a proposal, in the order in which its act will print them."""
    sheets: SheetQuerySet = Sheet.objects.filter(deliberation=proposal)
    related = ("sector", "manager", "objective__plan__entity", "base__deliberation__entity")
    return sheets.select_related(*related).order_by("sector__match_key", "number", "change", "pk")


def content_hash(proposal: Deliberation) -> str:
    """Return the SHA-256 of all that an opinion is about: the words, the acts cited, the sheets with their bases.

    Of the sheets everything counts, also what no paper prints, as how an expected value is read. Whoever changes
    anything of it makes the opinions void (R10).
    """
    content = {
        "words": [proposal.subject, proposal.premises, proposal.dispositions, proposal.proposer],
        "year": proposal.plan_year,
        "cites": list(proposal.citations.order_by("position").values_list("cited_id", flat=True)),
        "sheets": [asdict(snapshot(one)) for one in sheets_of(proposal).with_rows().order_by("pk")],
    }
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, sort_keys=True, default=str).encode()).hexdigest()


def opinion_holds(opinion: Opinion, content: str) -> bool:
    """Tell whether an opinion is about this content (a content_hash), and not one that was changed since."""
    return opinion.content_hash == content

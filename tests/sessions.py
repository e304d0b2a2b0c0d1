"""What a proposal still needs to become an act: opinions, a session of the Giunta; and a new objective to adopt."""

from typing import Any

from django.utils import timezone

from deliberations.choices import OpinionKind, OpinionOutcome
from deliberations.models import Deliberation
from objectives.draft_content import DraftContent
from objectives.workflow import Member, Registration, give_opinion
from organisation.models import User
from tests.this_year import YEAR

TODAY = timezone.localdate()
MEMBERS = (
    Member("Maria Rosa CENA", "Sindaco", True),
    Member("Luca Bianchi", "Assessore", True),
    Member("Sara Neri", "Assessore", False),
)
SESSION = Registration(
    number=100, year=YEAR, session_on=TODAY, members=MEMBERS, secretary="Il Segretario", vote="UNANIME",
    votes_for=2, votes_against=0, abstained=0, immediately_enforceable=True, immediate_reason="Scadenze vicine.",
    immediate_for=2, immediate_against=0, immediate_abstained=0,
)  # fmt: skip


def with_opinions(proposal: Deliberation, by: User) -> Deliberation:
    """The proposal with both opinions on it as it is now."""
    give_opinion(proposal, kind=OpinionKind.TECNICA, outcome=OpinionOutcome.FAVOREVOLE, signer="Il Segretario", by=by)
    give_opinion(
        proposal, kind=OpinionKind.CONTABILE, outcome=OpinionOutcome.NON_NECESSARIO, signer="La Ragioneria", by=by
    )
    return proposal


def filled(**fields: Any) -> DraftContent:
    """What a new objective needs for no rule to object."""
    return DraftContent(
        {
            "title": "Nuovo obiettivo", "description": "Come da programma.", "motive": "SOSTITUZIONE",
            "motive_text": "Lo chiede l'Amministrazione.", **fields,
        },
        phases=[{"key": None, "position": 1, "text": "Avvio", "months": []}],
        indicators=[
            {
                "key": None, "family": "QUANTITA", "text": "Pratiche", "expected": "2", "target_kind": "COUNT",
                "target_number": 2, "direction": "AT_LEAST", "year": YEAR,
            }
        ],
    )  # fmt: skip

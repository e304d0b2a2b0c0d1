"""The deeds: every way in which a proposed change comes about, moves on, and becomes part of the plan.

Each is keyword-only in its actor (`by`), atomic, takes its locks first and asks again under them. A deed that can't be
done raises Refused, with a sentence for the person, and leaves the database as it was.
"""

from objectives.gathered import content_hash, opinion_holds
from objectives.registration import Member, Registration
from objectives.workflow.adopting import adopt, enter_dates
from objectives.workflow.commenting import comment
from objectives.workflow.copying import copy_to, leave_as_is, take_over
from objectives.workflow.correcting import correct
from objectives.workflow.drafting import amend, carry_over, edit, eliminate, insert, withdraw
from objectives.workflow.enclosing import enclose
from objectives.workflow.proposing import (
    cite,
    dissolve,
    entity_words,
    gather,
    give_opinion,
    propose,
    take_note,
    take_out,
    word,
)
from objectives.workflow.refusals import Refused, Stale
from objectives.workflow.resuming import take_up_again
from objectives.workflow.submitting import approve, send_back, submit, take_back
from objectives.workflow.taking_rows import take_rows

__all__ = [
    "Member",
    "Refused",
    "Registration",
    "Stale",
    "adopt",
    "amend",
    "approve",
    "carry_over",
    "cite",
    "comment",
    "content_hash",
    "copy_to",
    "correct",
    "dissolve",
    "edit",
    "eliminate",
    "enclose",
    "enter_dates",
    "entity_words",
    "gather",
    "give_opinion",
    "insert",
    "leave_as_is",
    "opinion_holds",
    "propose",
    "send_back",
    "submit",
    "take_back",
    "take_note",
    "take_out",
    "take_over",
    "take_rows",
    "take_up_again",
    "withdraw",
    "word",
]

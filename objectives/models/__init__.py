"""The plan: objectives as identities, sheets as versions of their content, each adopted by an act."""

from objectives.models.path import Acknowledgement, Comment, Correction, Enclosure, Passage
from objectives.models.plan import Objective, Plan
from objectives.models.rows import Indicator, Participation, Phase, Row
from objectives.models.saved_search import SavedSearch
from objectives.models.sheet import Sheet, SheetQuerySet

__all__ = [
    "Acknowledgement",
    "Comment",
    "Correction",
    "Enclosure",
    "Indicator",
    "Objective",
    "Participation",
    "Passage",
    "Phase",
    "Plan",
    "Row",
    "SavedSearch",
    "Sheet",
    "SheetQuerySet",
]

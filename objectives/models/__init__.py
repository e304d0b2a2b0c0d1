"""The plan: objectives as identities, sheets as versions of their content, each adopted by an act."""

from objectives.models.path import Acknowledgement, Correction, Passage
from objectives.models.plan import Objective, Plan
from objectives.models.rows import Indicator, Participation, Phase, Row
from objectives.models.sheet import Sheet, SheetQuerySet

__all__ = [
    "Acknowledgement",
    "Correction",
    "Indicator",
    "Objective",
    "Participation",
    "Passage",
    "Phase",
    "Plan",
    "Row",
    "Sheet",
    "SheetQuerySet",
]

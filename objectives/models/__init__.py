"""The plan: objectives as identities, sheets as versions of their content, each adopted by an act."""

from objectives.models.plan import Objective, Plan
from objectives.models.rows import Indicator, Participation, Phase, Row
from objectives.models.sheet import Sheet, SheetQuerySet

__all__ = ["Indicator", "Objective", "Participation", "Phase", "Plan", "Row", "Sheet", "SheetQuerySet"]

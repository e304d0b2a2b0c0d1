"""What the verifications found and what the Nucleo validated."""

from evaluations.models.feeds import Subscription
from evaluations.models.results import (
    Aside,
    EvidenceFile,
    PhaseProgress,
    Result,
    ScoreOverride,
    SheetReview,
    StaffShare,
)
from evaluations.models.rounds import Round, RoundPassage, ScoreRules, SectorReview
from evaluations.models.validation import PackageFile, Remark, Report, ReportText, Validation

__all__ = [
    "Aside",
    "EvidenceFile",
    "PackageFile",
    "PhaseProgress",
    "Remark",
    "Report",
    "ReportText",
    "Result",
    "Round",
    "RoundPassage",
    "ScoreOverride",
    "ScoreRules",
    "SectorReview",
    "SheetReview",
    "StaffShare",
    "Subscription",
    "Validation",
]

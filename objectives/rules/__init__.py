"""The rules of the domain, one function each, on a change set as plain values. Pure: knows no database."""

# Each of these enters its rules in the registry.
from objectives.rules import approval, copied, days, indicators, motives, numbering, session, staff, texts  # noqa: F401
from objectives.rules.change_set import (
    ActFacts,
    ActiveSheet,
    Approval,
    ChangeSet,
    EarlierAct,
    OpinionGiven,
    PlanRules,
    Proposed,
    Source,
    Stage,
    Substituted,
    weight_sum,
)
from objectives.rules.findings import ERROR, NOTE, WARNING, Finding, blocking
from objectives.rules.registry import RULES, Rule, findings_of

__all__ = [
    "ERROR",
    "NOTE",
    "RULES",
    "WARNING",
    "ActFacts",
    "ActiveSheet",
    "Approval",
    "ChangeSet",
    "EarlierAct",
    "Finding",
    "OpinionGiven",
    "PlanRules",
    "Proposed",
    "Rule",
    "Source",
    "Stage",
    "Substituted",
    "blocking",
    "findings_of",
    "weight_sum",
]

"""Shows what a rule says, by its code."""

from django import template

from objectives.rules import RULES
from objectives.rules.registry import Rule

register = template.Library()


@register.filter
def rule(code: str) -> Rule | None:
    """Return the rule with this code; None where the code is of something that is checked elsewhere."""
    return RULES.get(code)

"""The rules that look at a change, by id, and how they are run.

Not here: R08 is kept by the database (objectives.guards, deliberations.guards); R22 (validation), R29 and R30 (results)
by the verifications; R32, R33 and R35 by what they speak of (publication, Relazione, PDFs). R03 does not exist.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from objectives.rules.change_set import ChangeSet, Stage
from objectives.rules.findings import SEVERITIES, Finding

Check = Callable[[ChangeSet], Iterator[Finding]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: its id, how grave what it finds may be, its title and sentence in Italian.

    `always` says why it can't be switched off; empty where a plan may do without it. `parameters` are the names of
    the plan's settings it reads. It runs from stage `since` on.
    """

    id: str
    severity: str
    title: str
    text: str
    check: Check
    always: str = ""
    parameters: tuple[str, ...] = ()
    since: Stage = Stage.DRAFT

    def concerns(self, change_set: ChangeSet) -> bool:
        """Whether the rule runs on this change: far enough on its way, and not switched off by the plan."""
        off = not self.always and self.id in change_set.plan.off
        return change_set.stage >= self.since and not off


RULES: dict[str, Rule] = {}


def rule(
    id: str,  # noqa: A002 - what everybody calls it
    severity: str,
    title: str,
    text: str,
    *,
    always: str = "",
    parameters: tuple[str, ...] = (),
    since: Stage = Stage.DRAFT,
) -> Callable[[Check], Check]:
    """Enter a function among the rules. Its docstring states the rule with its source."""

    def enter(check: Check) -> Check:
        RULES[id] = Rule(id, severity, title, text, check, always, parameters, since)
        return check

    return enter


def findings_of(change_set: ChangeSet) -> list[Finding]:
    """Return what the rules have to say of a change: what blocks first, then by rule."""
    found = [
        replace(finding, rule=rule.id)
        for rule in RULES.values()
        if rule.concerns(change_set)
        for finding in rule.check(change_set)
    ]
    return sorted(found, key=lambda finding: (SEVERITIES.index(finding.severity), finding.rule))

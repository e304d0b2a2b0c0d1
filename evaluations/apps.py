"""The evaluations app: verifications, scores, the Nucleo's validations, the Relazione."""

from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate


def guard_evaluations(using: str, **kwargs: Any) -> None:
    """Let the database refuse changes of closed verifications and of what the Nucleo decided."""
    from evaluations.guards import GUARDS
    from organisation.guards import install

    install(connections[using], GUARDS)


def _enter_below() -> None:
    """What this room adds to the deeds and pages of those below, which don't know it."""
    from documents import upper_rooms as files
    from evaluations import deadlines, front_page, inbox
    from evaluations.packages import describing as packages
    from evaluations.papers.report import describing as reports
    from evaluations.rounds.overtaking import after_effect
    from evaluations.validating import after_adoption
    from objectives import upper_rooms as plans

    plans.after_adoption.append(after_adoption)
    plans.after_effect.append(after_effect)
    plans.work.append(front_page.work)
    plans.counts.append(inbox.counts)
    plans.overdue.append(deadlines.overdue_sheets)
    files.describers += [packages.describe, reports.describe]


class EvaluationsConfig(AppConfig):
    """Configuration of the evaluations app."""

    name = "evaluations"
    verbose_name = "Verifiche e validazioni"

    def ready(self) -> None:
        """Enter in the lists of the lower rooms; have the triggers put in place after each migrate."""
        _enter_below()
        post_migrate.connect(guard_evaluations, sender=self, dispatch_uid="guard_evaluations")

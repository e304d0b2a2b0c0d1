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


class EvaluationsConfig(AppConfig):
    """Configuration of the evaluations app."""

    name = "evaluations"
    verbose_name = "Verifiche e validazioni"

    def ready(self) -> None:
        """Have the triggers put in place after each migrate, when the tables of all apps are there."""
        post_migrate.connect(guard_evaluations, sender=self, dispatch_uid="guard_evaluations")

"""The deliberations app: acts, attendance, opinions, citations, and their days."""

from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate


def guard_acts(using: str, **kwargs: Any) -> None:
    """Let the database refuse changes of registered acts."""
    from deliberations.guards import GUARDS
    from organisation.guards import install

    install(connections[using], GUARDS)


class DeliberationsConfig(AppConfig):
    """Configuration of the deliberations app."""

    name = "deliberations"
    verbose_name = "Deliberazioni"

    def ready(self) -> None:
        """Have the triggers put in place after each migrate, when the tables of all apps are there."""
        post_migrate.connect(guard_acts, sender=self, dispatch_uid="guard_acts")

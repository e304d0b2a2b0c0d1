"""The objectives app: plans, objectives, and the versions of their sheets."""

from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate


def guard_sheets(using: str, **kwargs: Any) -> None:
    """Let the database refuse changes of adopted sheets."""
    from objectives.guards import GUARDS
    from organisation.guards import install

    install(connections[using], GUARDS)


class ObjectivesConfig(AppConfig):
    """Configuration of the objectives app."""

    name = "objectives"
    verbose_name = "Obiettivi"

    def ready(self) -> None:
        """Have the triggers put in place after each migrate, when the tables of all apps are there."""
        post_migrate.connect(guard_sheets, sender=self, dispatch_uid="guard_sheets")

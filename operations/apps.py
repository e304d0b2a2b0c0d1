"""The operations app: backup and restore, health, metrics, log lines."""

from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.db import connections
from django.db.models.signals import post_migrate


def renew_policies(using: str, **kwargs: Any) -> None:
    """Where the database keeps entities apart itself, have it do so with the tables of this version."""
    from operations.isolation import policies

    if connections[using].vendor == "postgresql" and policies.found():
        policies.put_in_place()


class OperationsConfig(AppConfig):
    """Configuration of the operations app."""

    name = "operations"
    verbose_name = "Esercizio"

    def ready(self) -> None:
        """Have policies follow the tables after each migrate, where they are in place."""
        if settings.ROW_SECURITY:
            post_migrate.connect(renew_policies, sender=self, dispatch_uid="renew_policies")

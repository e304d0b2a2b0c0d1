"""The operations app: backup and restore, health, metrics, log lines."""

from django.apps import AppConfig


class OperationsConfig(AppConfig):
    """Configuration of the operations app."""

    name = "operations"
    verbose_name = "Esercizio"

"""The documents app: frozen files with their hash."""

from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate


def guard_documents(using: str, **kwargs: Any) -> None:
    """Let the database refuse any change of a frozen file's record."""
    from organisation.guards import append_only, install

    install(connections[using], [*append_only("documents_document"), *append_only("documents_signedcopy")])


class DocumentsConfig(AppConfig):
    """Configuration of the documents app."""

    name = "documents"
    verbose_name = "Documenti"

    def ready(self) -> None:
        """Have the triggers put in place after each migrate, when the tables of all apps are there."""
        post_migrate.connect(guard_documents, sender=self, dispatch_uid="guard_documents")

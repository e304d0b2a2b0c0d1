"""The organisation app: entities, settori, responsabili, people and their roles."""

from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate


def guard_history(using: str, **kwargs: Any) -> None:
    """Let the database refuse any change of a historical row, and keep the form of those that are written now.

    Also after a migration back to where there was no ledger yet.
    """
    from organisation.guards import historical_models, history_guards, install
    from organisation.ledger import HistoryForm, ledger_guards, remember_forms

    install(connections[using], [*history_guards(), *ledger_guards()])
    if HistoryForm._meta.db_table in connections[using].introspection.table_names():
        remember_forms(historical_models())


class OrganisationConfig(AppConfig):
    """Configuration of the organisation app."""

    name = "organisation"
    verbose_name = "Organizzazione"

    def ready(self) -> None:
        """Have the triggers put in place after each migrate, when the tables of all apps are there; note sign-ins."""
        from organisation import own_sessions, second_factor, sign_in_log

        post_migrate.connect(guard_history, sender=self, dispatch_uid="guard_history")
        own_sessions.listen()
        second_factor.listen()
        sign_in_log.listen()

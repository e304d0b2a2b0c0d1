"""row_security on|off|show: PostgreSQL itself keeps the rows of each entity apart."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from operations.isolation import policies

LET_PAST = (
    "Il ruolo con cui il programma si collega passa attraverso ogni politica (superuser o BYPASSRLS): il muro non "
    "tiene. Dare al programma un ruolo che non lo sia."
)


class Command(BaseCommand):
    """Puts the policies in place or takes them away, whole; `show` ends with 1 where the wall does not hold."""

    help = "Mette o toglie le politiche con cui PostgreSQL tiene separate le righe degli enti, o dice come stanno."

    def add_arguments(self, parser: CommandParser) -> None:
        """Say what is to be done."""
        parser.add_argument("what", choices=["on", "off", "show"], metavar="on|off|show")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it, and tell."""
        if connection.vendor != "postgresql":
            raise CommandError("Le politiche sono di PostgreSQL: qui il database è SQLite.")
        if options["what"] == "on" and not settings.ROW_SECURITY:
            raise CommandError(
                "Prima ROW_SECURITY=true nell'ambiente di pagine e lavori, e riavviarli: "
                "finché non dicono per chi chiedono, dopo «on» non vedrebbero nulla."
            )
        if options["what"] == "on":
            self.stdout.write(f"Politiche messe o rinnovate su {len(policies.put_in_place())} tabelle.")
        elif options["what"] == "off":
            self.stdout.write(f"Politiche tolte da {len(policies.take_away())} tabelle.")
            return
        self._show()

    def _show(self) -> None:
        there, to_be = policies.found(), policies.wanted()
        self.stdout.write(
            f"ROW_SECURITY {'attivo' if settings.ROW_SECURITY else 'spento'}; tabelle chiuse: {len(there)} di "
            f"{len(to_be)} con righe di un ente ({policies.tables()} in tutto)."
        )
        open_ones = sorted(table for table, wall in to_be.items() if there.get(table) != wall)
        if open_ones:
            raise CommandError(f"Senza la politica di questa versione: {', '.join(open_ones)}.")
        if policies.passes_through():
            raise CommandError(LET_PAST)
        self.stdout.write("Il muro tiene.")

"""history_anchor: chains the history written so far and prints its anchor."""

from typing import Any

from django.core.management.base import BaseCommand

from organisation.ledger import chain

NOTHING = "Il registro della storia è vuoto: non c'è ancora nessuna impronta."


class Command(BaseCommand):
    """Gives every row of the history that waits its place in the chain, and prints the anchor: one line, to be kept
    where the database can't reach it (on paper, in the protocollo, in a log elsewhere).
    """

    help = "Incatena la storia scritta fin qui e ne scrive l'impronta, da conservare fuori dal programma."

    def handle(self, *args: Any, **options: Any) -> None:
        """Chain, print."""
        anchor = chain()
        self.stdout.write(str(anchor) if anchor else NOTHING)

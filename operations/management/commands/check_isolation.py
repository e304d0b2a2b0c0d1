"""check_isolation: finds rows of one entity that name a row of another."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from operations.isolation.crossing import crossings, links

LISTED = 200


class Command(BaseCommand):
    """Follows every foreign key between rows of entities. Ends with 1 if any leads from one entity into another."""

    help = "Controlla che nessuna riga di un ente porti a una riga di un altro."

    def handle(self, *args: Any, **options: Any) -> None:
        """Look, and tell."""
        count = 0
        for count, crossing in enumerate(crossings(), 1):
            if count <= LISTED:
                self.stderr.write(str(crossing))
        if count:
            more = f" (sono scritti i primi {LISTED})" if count > LISTED else ""
            raise CommandError(f"Gli enti non sono separati: {count} collegamenti da uno all'altro{more}.")
        self.stdout.write(f"Gli enti sono separati: {len(list(links()))} collegamenti fra tabelle seguiti.")

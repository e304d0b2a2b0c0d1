"""export_act N/YEAR: writes an act on record in the exchange format."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from objectives.exchange import NotOnFileError, act_to_dict, to_json
from objectives.management.arguments import add_entity, find_act, write


class Command(BaseCommand):
    """Writes an act with its sheets as exchange JSON (caluso-perf/act)."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """Name the act."""
        parser.add_argument("act", metavar="N/ANNO", help="l'atto: 100/2022")
        parser.add_argument("--out", metavar="FILE", help="il file da scrivere; altrimenti il terminale")
        add_entity(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        """Find the act and write it."""
        try:
            data = act_to_dict(find_act(options["act"], options["ente"]))
        except NotOnFileError as error:
            raise CommandError(str(error)) from error
        write(to_json(data), options["out"], self.stdout)

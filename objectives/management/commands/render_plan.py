"""render_plan YEAR --out FILE: prints the plan in force, today, on a day or after an act, as one PDF."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from documents.render import PdfUnavailable
from objectives.management.arguments import add_entity, add_moment, find_moment, find_plan
from objectives.printing import collection_document, plan_collection


class Command(BaseCommand):
    """Prints the sheets in force as one file that is PDF/A-3a and PDF/UA-1."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """Name the plan, the moment and the file."""
        parser.add_argument("year", type=int, metavar="ANNO", help="l'anno del piano")
        parser.add_argument("--out", metavar="FILE", required=True, help="il PDF da scrivere")
        add_moment(parser)
        add_entity(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        """Find the sheets, print those never printed, assemble them, write the file."""
        plan = find_plan(options["year"], options["ente"])
        try:
            collection = plan_collection(plan, find_moment(plan, options))
            document = collection_document(collection, processes=settings.PDF_PROCESSES)
            Path(options["out"]).write_bytes(document.read())
        except (LookupError, PdfUnavailable) as reason:
            raise CommandError(str(reason)) from reason
        except OSError as error:
            raise CommandError(f"Non si può scrivere «{options['out']}»: {error.strerror}.") from error
        self.stdout.write(f"{collection.title}: {len(collection.sheets)} schede in «{options['out']}».")

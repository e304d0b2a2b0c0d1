"""export_plan YEAR: writes the plan in force, today, on a day or after an act, in the exchange format."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from objectives.exchange import plan_to_dict, to_json
from objectives.management.arguments import add_entity, add_moment, find_moment, find_plan, write
from objectives.models import Sheet


class Command(BaseCommand):
    """Writes the sheets in force as exchange JSON (caluso-perf/plan)."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """Name the plan and the moment."""
        parser.add_argument("year", type=int, metavar="ANNO", help="l'anno del piano")
        parser.add_argument("--out", metavar="FILE", help="il file da scrivere; altrimenti il terminale")
        add_moment(parser)
        add_entity(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        """Find the sheets and write them."""
        plan = find_plan(options["year"], options["ente"])
        moment = find_moment(plan, options)
        sheets = Sheet.objects.of(plan).in_force(moment.acts).with_rows()
        as_of = {
            "on": moment.day.isoformat() if moment.day else None,
            "after": moment.act.short if moment.act else None,
        }
        write(to_json(plan_to_dict(plan, sheets, **as_of)), options["out"], self.stdout)

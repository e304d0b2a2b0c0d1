"""restore FILE: brings a copy made by `backup` back, into an empty migrated database, whole or not at all."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from operations.backup import BackupError, opened, restore


class Command(BaseCommand):
    """Checks every hash first; with --check nothing else."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """Name the file."""
        parser.add_argument("file", type=Path, metavar="FILE", help="una copia fatta con «backup»")
        parser.add_argument("--check", action="store_true", help="controlla soltanto che la copia sia intera")

    def handle(self, *args: Any, **options: Any) -> None:
        """Bring it back, or check it, and say what it holds."""
        source: Path = options["file"]
        try:
            if options["check"]:
                with opened(source) as (_, manifest):
                    done = "intera"
            else:
                manifest, done = restore(source), "riportata e confrontata"
        except BackupError as reason:
            raise CommandError(str(reason)) from reason
        self.stdout.write(
            f"Copia del {manifest.made_at[:16].replace('T', ' ')} UTC {done}: {manifest.rows} righe di "
            f"{len(manifest.tables)} tabelle, {len(manifest.files)} file."
        )

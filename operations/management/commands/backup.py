"""backup FILE: copies everything, rows and files, into one file, while the program is in use."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from operations.backup import BackupError, write


class Command(BaseCommand):
    """Writes the copy; where a stored document is lost or changed it does so too, and ends with an error."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """Name the file."""
        parser.add_argument("file", type=Path, metavar="FILE", help="il file da scrivere (.zip); non deve esistere")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write it and say what it holds."""
        try:
            manifest, damaged = write(options["file"])
        except BackupError as reason:
            raise CommandError(str(reason)) from reason
        self.stdout.write(
            f"{options['file']}: {manifest.rows} righe di {len(manifest.tables)} tabelle, {len(manifest.files)} file."
        )
        if damaged:
            raise CommandError(
                f"La copia è fatta, ma {len(damaged)} documenti mancano o non sono più quelli registrati: "
                + ", ".join(f"«{name}»" for name in damaged[:5])
            )

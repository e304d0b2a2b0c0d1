"""send_digests: writes the e-mails with the deadlines that people asked for. To be run once a day, early.

Run again on the same day it writes none; a day on which it did not run is made up for the next time.
"""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from evaluations.digests import send_digests


class Command(BaseCommand):
    """Writes the digests of today."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        """Write them; the worker sends them."""
        self.stdout.write(f"Riepiloghi delle scadenze scritti: {send_digests(timezone.localdate())}.")

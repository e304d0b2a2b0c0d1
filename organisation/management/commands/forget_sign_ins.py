"""forget_sign_ins: deletes the sign-ins older than they are kept, and the sessions that are over. To be run once
a day.
"""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils import timezone

from organisation.sign_in_log import forget


class Command(BaseCommand):
    """Deletes what need not be kept any longer."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        """Delete it and say how much."""
        call_command("clearsessions")
        self.stdout.write(f"Accessi cancellati perché vecchi: {forget(timezone.now())}.")

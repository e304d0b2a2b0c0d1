"""load_demo_results: opens the verifica intermedia of the invented town, with some results. After load_demo."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from evaluations.management.demo_results import begin_verification
from organisation.models import Entity


class Command(BaseCommand):
    """Begins the verification, where DEMO=1. A second time it changes nothing."""

    help = __doc__
    requires_system_checks = []  # `migrate`, just before it, has checked the installation

    def handle(self, *args: Any, **options: Any) -> None:
        """Open the verification of the invented entity and enter what the demo's office enters."""
        if not settings.DEMO:
            raise CommandError("I dati dimostrativi si caricano solo in una dimostrazione: avviare con DEMO=1.")
        for entity in Entity.objects.filter(slug="esempio", is_demo=True):
            begin_verification(entity)
        self.stdout.write("  /esempio/verifiche/                 dati dimostrativi: la verifica intermedia, a metà")

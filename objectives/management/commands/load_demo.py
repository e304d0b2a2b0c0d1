"""load_demo: puts the demonstration on record: the real act of Caluso, and an invented Comune di Esempio."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from objectives.importing.findings import ERROR
from objectives.importing.reading import read_document
from objectives.loading import limits_from_settings, load_act, rules_of
from objectives.management.demo_changes import begin_changes
from organisation.models import Entity
from organisation.recording import recording

# The real act stands once in the repository: where the tests read it too.
REAL_ACT = settings.BASE_DIR / "tests" / "data" / "gc-100-2022.txt"
INVENTED_ACTS = [settings.BASE_DIR / "demo" / f"gc-{number}-2026.json" for number in (12, 58, 97)]

PUBLIC = {"published": True, "accessibility_contact": "accessibilita@esempio.example"}


class Command(BaseCommand):
    """Loads the demonstration, on an installation that is one (DEMO=1). A second time it changes nothing."""

    help = __doc__
    requires_system_checks = []  # `migrate`, just before it, has checked the installation

    def handle(self, *args: Any, **options: Any) -> None:
        """Make the two entities, import their acts, say what to look at and who may sign in."""
        if not settings.DEMO:
            raise CommandError("I dati dimostrativi si caricano solo in una dimostrazione: avviare con DEMO=1.")
        caluso = _entity("caluso", name="Comune di Caluso", supra="Città Metropolitana di Torino")
        invented = _entity("esempio", name="Comune di Esempio", supra="Provincia di Esempio", is_demo=True, **PUBLIC)
        self._load(REAL_ACT, caluso)
        for path in INVENTED_ACTS:
            self._load(path, invented)
        self._say_what_to_open()
        call_command("create_demo_users", stdout=self.stdout)
        begin_changes(invented)

    def _load(self, path: Path, entity: Entity) -> None:
        """Import one act the way a person would: read, then put on record. One on record already stays as it is."""
        if path.stem in {act.slug for act in entity.deliberations.registered()}:
            self.stdout.write(f"{entity.name}: {path.stem} era già in archivio.")
            return
        reading = read_document(path.read_bytes(), path.name, limits_from_settings(), rules_of(entity))
        if reading.data is None:
            errors = " ".join(str(finding) for finding in reading.findings if finding.severity == ERROR)
            raise CommandError(f"{path.name}: {errors}")
        loaded = load_act(reading.data, entity=entity, by=None, details=reading.details)
        self.stdout.write(f"{entity.name}: importata la {loaded.act.short}, {loaded.sheets} schede.")

    def _say_what_to_open(self) -> None:
        self.stdout.write(
            "\nDa aprire dopo l'accesso:\n"
            "  /caluso/piano/2022/al/2022-10-17/   il piano vero, il giorno prima della GC 100/2022\n"
            "  /caluso/piano/2022/al/2022-10-18/   il piano vero, dal giorno della GC 100/2022\n"
            "  /caluso/atti/gc-100-2022/           l'atto e le sue 13 schede\n"
            "  /esempio/piano/2026/                dati dimostrativi: 30 schede, pesi che fanno 100\n"
            "  /esempio/atti/gc-97-2026/           dati dimostrativi: slittamenti, pubblicazione tardiva\n"
            "  /esempio/bozze/                     dati dimostrativi: modifiche in corso, una per ogni passo\n"
            "\nDa aprire anche senza accesso:\n"
            "  /trasparenza/esempio/               dati dimostrativi: le pagine pubbliche\n\n"
        )


def _entity(slug: str, **facts: Any) -> Entity:
    """Return the entity, made when it is not there yet."""
    known = Entity.objects.filter(slug=slug).first()
    if known:
        return known
    entity = Entity(slug=slug, **facts)
    entity.full_clean()
    with recording(by=None, why="Dati dimostrativi" if entity.is_demo else "Creato per la dimostrazione"):
        entity.save()
    return entity

"""import_act FILE: reads an act and puts it on record."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils.text import slugify

from objectives.exchange import to_json
from objectives.importing.findings import ERROR, Finding, Reading, Rules
from objectives.importing.reading import read_document
from objectives.load_outcome import Loaded, LoadRefused
from objectives.loading import limits_from_settings, load_act, rules_of
from objectives.management.arguments import add_entity, write
from organisation.folding import fold
from organisation.models import Entity
from organisation.recording import recording


class Command(BaseCommand):
    """Reads an act (.txt, .docx, born-digital .pdf, exchange .json) and saves it whole, or not at all."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """Name the file, and what to do with what is read."""
        parser.add_argument("file", help="l'atto da leggere (.txt, .docx, .pdf, .json)")
        parser.add_argument("--dry-run", action="store_true", help="legge e controlla tutto, senza salvare")
        parser.add_argument("--json", metavar="FILE", help="scrive ciò che è stato letto nel formato di scambio")
        add_entity(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, report, save."""
        reading = self._read(options["file"], options["ente"])
        self._report(reading.findings)
        if reading.data is None:
            raise CommandError("L'atto non è stato importato: nulla è cambiato.")
        if options["json"]:
            write(to_json(reading.data), options["json"], self.stdout)
        try:
            with transaction.atomic():
                entity = self._entity(reading.data, options["ente"])
                loaded = load_act(reading.data, entity=entity, by=None, details=reading.details)
                if options["dry_run"]:
                    transaction.set_rollback(True)
        except LoadRefused as refused:
            self._report(refused.findings)
            raise CommandError("L'atto non è stato importato: nulla è cambiato.") from refused
        self._report(loaded.findings)
        self.stdout.write(self._outcome(loaded, dry_run=options["dry_run"]))

    def _read(self, name: str, slug: str | None) -> Reading:
        path = Path(name)
        limits = limits_from_settings()
        try:
            with path.open("rb") as file:
                content = file.read(limits.max_bytes + 1)
        except OSError as error:
            raise CommandError(f"Non si può leggere «{name}»: {error.strerror}.") from error

        def rules(name: str, year: int) -> Rules:
            entity = self._known(name, slug)
            return rules_of(entity)(name, year) if entity else Rules()

        return read_document(content, path.name, limits, rules)

    def _report(self, findings: Iterable[Finding]) -> None:
        for finding in findings:
            (self.stderr if finding.severity == ERROR else self.stdout).write(str(finding))

    def _entity(self, data: dict[str, Any], slug: str | None) -> Entity:
        """The entity named, or the one the document bears the name of; made when there is none of that name."""
        return self._known(data["entity"], slug) or self._new_entity(data["entity"])

    def _known(self, name: str, slug: str | None) -> Entity | None:
        if slug:
            entity = Entity.objects.filter(slug=slug).first()
            if entity is None:
                raise CommandError(f"Non c'è un ente con il nome breve «{slug}».")
            return entity
        return next((entity for entity in Entity.objects.all() if fold(entity.name) == fold(name)), None)

    def _new_entity(self, name: str) -> Entity:
        entity = Entity(name=name, slug=slugify(fold(name).removeprefix("comune di ")))
        try:
            entity.full_clean()
        except ValidationError as error:
            sentences = " ".join(error.messages)
            raise CommandError(
                f"L'ente «{name}» non si può creare da sé ({sentences}): indicarlo con --ente."
            ) from error
        with recording(by=None, why="Creato con l'importazione del primo atto"):
            entity.save()
        self.stdout.write(f"Nuovo ente: {entity.name} («{entity.slug}»).")
        return entity

    def _outcome(self, loaded: Loaded, *, dry_run: bool) -> str:
        if loaded.dated:
            return f"La {loaded.act.short} era già in archivio: date completate." + " Nulla è stato salvato." * dry_run
        if not loaded.created:
            return f"La {loaded.act.short} era già in archivio, identica: nulla è cambiato."
        sheets = f"{loaded.sheets} schede" + (
            f", {loaded.stubs} con testo precedente non in archivio" * bool(loaded.stubs)
        )
        if loaded.filled is not None:
            sheets += f", {loaded.filled} riempite: finora l'atto era noto solo perché citato"
        if dry_run:
            return f"Prova riuscita: la {loaded.act.short} ({sheets}) si può importare. Nulla è stato salvato."
        return f"Importata la {loaded.act.short}: {sheets}."

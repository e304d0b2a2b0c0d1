"""verify_history: finds what was changed in the database behind the program's back."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from documents.models import DamagedDocumentError, Document
from organisation.guards import historical_models
from organisation.history_check import Finding, Progress, check_anchor, check_chain, check_tables
from organisation.ledger import HistoryEntry, begin, last
from organisation.present_check import check_things, tracked_models

LISTED = 200
EMPTY = (
    "Il registro della storia è vuoto, la storia no. Se il programma è appena stato aggiornato da una versione senza "
    "registro, lo si comincia con «verify_history --begin»; altrimenti qualcuno lo ha svuotato, e va confrontato "
    "con una copia."
)
BEGUN = "Le righe più vecchie del registro sono già state prese: una seconda volta nasconderebbe una manomissione."


class Command(BaseCommand):
    """Checks the chain, every historical row, and every thing against its history. Ends with 1 if anything is wrong."""

    help = "Controlla che nessuno abbia cambiato, tolto o aggiunto righe della storia senza passare dal programma."

    def add_arguments(self, parser: CommandParser) -> None:
        """Say what is to be looked at beside the history."""
        parser.add_argument("--anchor", action="append", default=[], metavar="IMPRONTA", help="cerca questa impronta")
        parser.add_argument("--files", action="store_true", help="controlla anche il contenuto dei documenti")
        parser.add_argument("--begin", action="store_true", help="prende com'è la storia più vecchia del registro")

    def handle(self, *args: Any, **options: Any) -> None:
        """Look, and tell."""
        if options["begin"]:
            self._begin()
        if not HistoryEntry.objects.exists() and any(model._base_manager.exists() for model in historical_models()):
            raise CommandError(EMPTY)
        counts: Counter[str] = Counter()
        for words in self._problems(options["anchor"], files=options["files"], progress=self._progress(options)):
            counts["all"] += 1
            if counts["all"] <= LISTED:
                self.stderr.write(words)
        self._state()
        if counts["all"]:
            more = f" (sono scritti i primi {LISTED})" if counts["all"] > LISTED else ""
            raise CommandError(f"La storia è stata manomessa: {counts['all']} segni{more}.")
        self.stdout.write("La storia è integra.")

    def _begin(self) -> None:
        if HistoryEntry.objects.filter(found=True).exists():
            raise CommandError(BEGUN)
        self.stdout.write(f"Prese com'erano: {begin(historical_models())} righe.")

    def _progress(self, options: dict[str, Any]) -> Progress:
        return lambda words: self.stdout.write(words) if options["verbosity"] > 1 or self.stdout.isatty() else None

    def _problems(self, anchors: list[str], *, files: bool, progress: Progress) -> Iterator[str]:
        yield from map(str, self._findings(anchors, progress))
        if files:
            yield from _damaged()

    def _findings(self, anchors: list[str], progress: Progress) -> Iterator[Finding]:
        yield from check_chain()
        for anchor in anchors:
            yield from check_anchor(anchor)
        yield from check_tables(historical_models(), progress)
        for model in tracked_models():
            yield from check_things(model, progress)

    def _state(self) -> None:
        entries = HistoryEntry.objects
        self.stdout.write(
            f"Righe nel registro: {entries.count()}. Non ancora incatenate: {entries.filter(position=None).count()}. "
            f"Prese com'erano all'inizio del registro: {entries.filter(found=True).count()}."
        )
        self.stdout.write(f"Impronta: {last() or 'ancora nessuna, history_anchor incatena la storia'}")


def _damaged() -> Iterator[str]:
    """Read the bytes of every document against its hash, one at a time."""
    for document in Document.objects.order_by("pk").iterator(chunk_size=500):
        try:
            document.read()
        except DamagedDocumentError as damaged:
            yield f"Documento {document.pk}: {damaged}"

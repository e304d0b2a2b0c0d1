"""The words that an entity chose for its proposals: chosen, dropped, and what they were before."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from deliberations.choices import ActTextKind
from deliberations.models import ActText
from deliberations.wording import OWN, WordingError, Words, problems
from organisation.holding import hold
from organisation.models import Entity, User
from organisation.recording import recording

EXAMPLE = {
    "piano": "Piano della Performance",
    "anno": "2022",
    "triennio": "2022-2024",
    "atto_modificato": "deliberazione della Giunta Comunale n. 8 del 07/02/2022",
    "atti_citati": "- deliberazione della Giunta Comunale n. 8 del 07/02/2022, ad oggetto «Approvazione del Piano»;\n"
    "- deliberazione della Giunta Comunale n. 60 del 01/06/2022, ad oggetto «Modifica del Piano»;",
    "elenco_variazioni": "- FINANZIARIO n° 1 «Sportello unico»: MODIFICATO, peso da 25 a 30;\n"
    "- TERRITORIO n° 4 «Catasto delle strade»: INSERITO, peso 20;",
    "numero_schede": "2 schede",
    "settori": "FINANZIARIO e TERRITORIO",
    "motivi": "cause esterne e slittamento dei tempi",
}
"""What the placeholders stand for in a preview without a proposal; the entity's name is its own."""


class WordsChanged(ValueError):
    """Somebody else changed the words meanwhile. The message is a sentence for the user."""


@dataclass(frozen=True)
class PastWords:
    """The words as somebody left them; None where they went back to the program's own."""

    by: Any
    at: datetime
    words: Words | None


def version_of(entity: Entity, kind: str) -> int:
    """Return what names the words as they are now: another one after each change."""
    last = ActText.history.filter(entity=entity, kind=kind).order_by("-history_id").first()
    return last.history_id if last else 0


def past_words(entity: Entity, kind: str) -> list[PastWords]:
    """Return what the words were, the latest first."""
    rows = ActText.history.filter(entity=entity, kind=kind).select_related("history_user").order_by("-history_id")
    return [
        PastWords(
            row.history_user,
            row.history_date,
            None if row.history_type == "-" else Words(row.subject, row.premises, row.dispositions),
        )
        for row in rows
    ]


def choose_words(entity: Entity, kind: ActTextKind, words: Words, *, over: int, by: User) -> bool:
    """Keep the words that the entity's proposals of a kind will have; return False where they were so already.

    `over` is the version_of the words they were written over. Raises WordsChanged where that is another one by now,
    WordingError for a placeholder that does not exist.
    """
    if wrong := [sentence for text in words for sentence in problems(text)]:
        raise WordingError(" ".join(wrong))
    with transaction.atomic(), recording(by=by, why=f"Testi per gli atti di {kind.label}"):
        text = _held(entity, kind, over) or ActText(entity=entity, kind=kind)
        before = Words(text.subject, text.premises, text.dispositions) if text.pk else OWN[kind]
        if before == words:
            return False
        text.subject, text.premises, text.dispositions = words
        text.save()
        return True


def drop_words(entity: Entity, kind: ActTextKind, *, over: int, by: User) -> bool:
    """Go back to the program's own words; return False where they are used already. Raises WordsChanged."""
    with transaction.atomic(), recording(by=by, why=f"Torna al testo del programma per {kind.label}"):
        text = _held(entity, kind, over)
        if text is None:
            return False
        text.delete()
        return True


def _held(entity: Entity, kind: ActTextKind, over: int) -> ActText | None:
    """The entity's words, with nobody else changing them meanwhile."""
    hold(Entity.objects.filter(pk=entity.pk))
    if version_of(entity, kind) != over:
        raise WordsChanged("Il testo è stato cambiato da un'altra persona dopo che la pagina è stata aperta.")
    return ActText.objects.filter(entity=entity, kind=kind).first()

"""R34: one objective given to several settori."""

from collections.abc import Iterator

from objectives.rules.change_set import ChangeSet
from objectives.rules.findings import NOTE, Finding, of_sheet
from objectives.rules.registry import rule


@rule(
    "R34",
    "I",
    "Chi ha copiato un obiettivo sa quando l'originale cambia",
    "Un obiettivo dato a più settori si copia in ciascuno. Quando un atto cambia l'originale, le modifiche si offrono "
    "a chi prepara le copie, che le riprende o lascia la scheda com'è.",
)
def copies_hear_of_changes(change_set: ChangeSet) -> Iterator[Finding]:
    """One objective given to several settori: a template copied to each; a later change is offered to all."""
    for change in change_set.active:
        if source := change.source:
            message = f"è la copia di {source.name}, che la {source.act} ha poi cambiato."
            remedy = "Vedere che cosa è cambiato, e riprenderlo o lasciare la scheda com'è."
            yield of_sheet(NOTE, change.after, message, remedy)

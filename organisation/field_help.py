"""What the fields of the management pages are for, in the words of an office."""

from typing import Any

from django.db.models import Field
from django.http import HttpRequest

HELP = {
    "entity.colour": "La striscia in alto di ogni pagina, scritta come #0066cc.",
    "entity.counting": "Come si contano i giorni che rendono esecutivo un atto pubblicato (art. 134 TUEL; R15).",
    "entity.late_after_days": "Dopo quanti giorni dall'adozione una pubblicazione è segnalata come tardiva (R19).",
    "entity.second_factor_roles": "Chi ha uno di questi ruoli lo attiva prima di ogni altra cosa, se non l'ha già.",
    "sector.name": "Come stampato negli atti: con questo nome lo riconosce chi importa un atto.",
    "sector.active": "Togliere la spunta quando il settore non c'è più: i suoi obiettivi restano leggibili.",
    "manager.name": "Come stampato negli atti.",
    "manager.user": "Con quale utente entra, se entra: chi risponde di un settore non ne approva le schede (R20).",
    "manager.valid_from": "Il primo giorno dell'incarico.",
    "manager.valid_to": "L'ultimo giorno dell'incarico; vuoto finché dura.",
    "membership.role": "Che cosa può fare. Chi ha più ruoli ha più righe.",
    "membership.sectors": "Per Ufficio e Responsabile: i settori in cui lavora. Nessuno: tutti.",
    "user.email": "Vi arrivano gli avvisi e il collegamento per una password dimenticata.",
    "user.is_staff": "Serve all'Amministratore: apre la Gestione.",
    "user.is_active": "Togliere la spunta a chi lascia l'ente: non entra più, e ciò che ha fatto resta.",
    "plan.name": "Come lo chiama l'ente: Piano della Performance, PDO, PIAO 2.2…",
    "plan.triennium_start": "Il primo anno del triennio, se il piano lo indica.",
    "plan.triennium_end": "L'ultimo anno del triennio.",
}
"""Model.field → the sentence under it. What the model says itself stands in the model."""


class Explained:
    """Puts these sentences under the fields of an admin class or an inline."""

    def formfield_for_dbfield(self, db_field: "Field[Any, Any]", request: HttpRequest, **kwargs: Any) -> Any:
        """Return the field of the form, with its sentence."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)  # type: ignore[misc]
        sentence = HELP.get(f"{db_field.model._meta.model_name}.{db_field.name}")
        if field and sentence:
            field.help_text = sentence
        return field

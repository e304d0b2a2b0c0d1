"""Texts of an act that came before the act itself: those that a later act printed on what it took out of the plan.

Only of an ELIMINATO sheet is the earlier text known without its act. When that act is imported at last, the text on
record stands, adopted and immutable (R08); where the act says otherwise, the difference is told.
"""

from typing import Any

from deliberations.models import Deliberation
from objectives.exchange import comparable, sheet_to_dict
from objectives.importing.findings import WARNING, Finding
from objectives.models import Sheet
from organisation.folding import sector_key

_NAMES = {
    "sector": "settore",
    "manager": "responsabile",
    "kind": "tipo",
    "weight": "peso",
    "change": "variazione",
    "title": "titolo",
    "description": "descrizione",
    "dup_link": "collegamento DUP",
    "phases": "fasi",
    "indicators": "indicatori",
    "staff": "personale",
    "motive": "motivo",
    "motive_text": "motivazione",
    "reviews": "verifiche",
}


def place_of(content: dict[str, Any]) -> tuple[str, int]:
    """Return where a sheet of the exchange format stands in its plan: the settore's key and the number."""
    return sector_key(content["sector"]), content["number"]


def taken_from_later_acts(act: Deliberation) -> dict[tuple[str, int], Sheet]:
    """Return the sheets of `act` whose text was put on record with another act, by their place. Five queries."""
    own = f"{act.body} {act.number}/{act.year}"
    made = Sheet.history.filter(deliberation=act.pk, history_type="+", on_file=True).exclude(history_act=own)
    sheets = Sheet.objects.adopted().filter(pk__in=made.order_by().values("id")).with_rows()
    return {(sheet.sector.match_key, sheet.number): sheet for sheet in sheets}


def disagreement(sheet: Sheet, content: dict[str, Any]) -> Finding | None:
    """Return the warning that `content`, as its act has it, is not the text on record; None where it is."""
    mine, new = comparable(sheet_to_dict(sheet)), comparable(content)
    different = [name for key, name in _NAMES.items() if mine.get(key) != new.get(key)]
    if not different:
        return None
    message = (
        f"{sheet}: il testo in archivio è quello stampato dall'atto che l'ha eliminata, e qui è diverso in: "
        f"{', '.join(different)}. Resta quello in archivio, che non si cambia: confrontarli con l'atto."
    )
    return Finding(WARNING, "R08", message)

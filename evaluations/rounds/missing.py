"""What the results of a sheet lack before its settore can be confirmed."""

from dataclasses import dataclass
from uuid import UUID

from evaluations.measures import SectorMeasure, SheetMeasure


@dataclass(frozen=True)
class Missing:
    """One thing that is missing: in which row (`what` and `key` as in a Change), and a sentence that says it."""

    what: str
    key: UUID | None
    words: str


def missing_of(sheet: SheetMeasure) -> list[Missing]:
    """Return what is missing of a sheet: results, progress of the phases of this year, and the analysis (R30)."""
    if not sheet.sheet.on_file:
        return []
    results = [
        Missing("result", one.indicator.key, f"{one.indicator.text or 'Indicatore senza testo'}: {one.score.words}")
        for one in sheet.indicators
        if one.score.is_missing
    ]
    phases = [
        Missing("phase", one.phase.key, f"Fase «{one.phase.text}»: manca l'avanzamento.")
        for one in sheet.phases
        if one.percent is None and one.later is None
    ]
    return [*results, *phases, *_analysis(sheet)]


def missing_words(sector: SectorMeasure | None) -> list[str]:
    """Return what is missing of a settore, sheet by sheet, in sentences."""
    sheets = sector.sheets if sector else ()
    return [f"{one.sheet} — {missing.words}" for one in sheets for missing in missing_of(one)]


def _analysis(sheet: SheetMeasure) -> list[Missing]:
    if not (lacking := sheet.missing_analysis):
        return []
    words = f"Un risultato è sotto l'atteso: nell'analisi degli scostamenti mancano {', '.join(lacking)} (R30)."
    return [Missing("review", None, words)]

"""What the database refuses about sheets: what an act adopted is immutable and never deleted (R05, R08).

Only a stub ("testo non in archivio") may still receive its text, when the act it belongs to is loaded; it can't
leave its act, its settore or its number.
"""

from organisation.guards import Guard

MESSAGE = "Una scheda adottata non si cambia e non si cancella: una modifica è una scheda nuova, con un atto nuovo."

_adopted = "OLD.state = 'ADOTTATA'"
_elsewhere = (
    "NEW.state <> 'ADOTTATA' OR NEW.deliberation_id IS NULL OR NEW.deliberation_id <> OLD.deliberation_id "
    "OR NEW.objective_id <> OLD.objective_id OR NEW.sector_id <> OLD.sector_id OR NEW.number <> OLD.number"
)
GUARDS = [
    Guard("objectives_sheet", "UPDATE", f"{_adopted} AND (OLD.on_file OR {_elsewhere})", MESSAGE),
    Guard("objectives_sheet", "DELETE", _adopted, MESSAGE),
    Guard("objectives_objective", "DELETE", "1 = 1", "Un obiettivo non si cancella: resta nella storia del piano."),
]


def _of_adopted(row: str) -> str:
    return (
        f"EXISTS (SELECT 1 FROM objectives_sheet s WHERE s.id = {row}.sheet_id AND s.state = 'ADOTTATA' AND s.on_file)"
    )


for _table in ("objectives_phase", "objectives_indicator", "objectives_participation"):
    GUARDS += [
        Guard(_table, "INSERT", _of_adopted("NEW"), MESSAGE),
        Guard(_table, "UPDATE", f"{_of_adopted('OLD')} OR {_of_adopted('NEW')}", MESSAGE),
        Guard(_table, "DELETE", _of_adopted("OLD"), MESSAGE),
    ]

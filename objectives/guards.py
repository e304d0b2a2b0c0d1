"""What the database refuses about sheets: what an act adopted is immutable and never deleted (R05, R08).

Only a stub ("testo non in archivio") may still receive its text, when the act it belongs to is loaded; it can't
leave its act, its settore or its number. No sheet enters an act that is registered and on file, and what adopted
sheets stand on (their objective, plan and settore) does not move under them.
"""

from organisation.guards import Guard, append_only

MESSAGE = "Una scheda adottata non si cambia e non si cancella: una modifica è una scheda nuova, con un atto nuovo."

ENTRANCE = "In una deliberazione registrata non entrano altre schede: una modifica è un atto nuovo."
GROUND = "Qui stanno schede adottate: il loro obiettivo, piano, settore ed ente non cambiano."

_adopted = "OLD.state = 'ADOTTATA'"
_elsewhere = (
    "NEW.state <> 'ADOTTATA' OR NEW.deliberation_id IS NULL OR NEW.deliberation_id <> OLD.deliberation_id "
    "OR NEW.objective_id <> OLD.objective_id OR NEW.sector_id <> OLD.sector_id OR NEW.number <> OLD.number"
)
_enters = (
    "NEW.state = 'ADOTTATA' AND EXISTS (SELECT 1 FROM deliberations_deliberation d "
    "WHERE d.id = NEW.deliberation_id AND d.registered_at IS NOT NULL AND d.on_file)"
)
_stands = "EXISTS (SELECT 1 FROM objectives_sheet s {} WHERE s.state = 'ADOTTATA' AND {} = OLD.id)"
_of_objective = _stands.format("", "s.objective_id")
_of_plan = _stands.format("JOIN objectives_objective o ON o.id = s.objective_id", "o.plan_id")
_of_sector = _stands.format("", "s.sector_id")
GUARDS = [
    Guard("objectives_sheet", "UPDATE", f"{_adopted} AND (OLD.on_file OR {_elsewhere})", MESSAGE),
    Guard("objectives_sheet", "DELETE", _adopted, MESSAGE),
    Guard("objectives_objective", "DELETE", "1 = 1", "Un obiettivo non si cancella: resta nella storia del piano."),
    Guard("objectives_sheet", "INSERT", _enters, ENTRANCE),
    Guard("objectives_sheet", "UPDATE", f"OLD.state <> 'ADOTTATA' AND {_enters}", ENTRANCE, "entrance"),
    Guard(
        "objectives_objective",
        "UPDATE",
        f"(NEW.plan_id <> OLD.plan_id OR NEW.code <> OLD.code) AND {_of_objective}",
        GROUND,
    ),
    Guard(
        "objectives_plan", "UPDATE", f"(NEW.entity_id <> OLD.entity_id OR NEW.year <> OLD.year) AND {_of_plan}", GROUND
    ),
    Guard("organisation_sector", "UPDATE", f"NEW.entity_id <> OLD.entity_id AND {_of_sector}", GROUND),
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

for _table in (
    "objectives_passage",
    "objectives_acknowledgement",
    "objectives_correction",
    "objectives_comment",
    "objectives_enclosure",
):
    GUARDS += append_only(_table)

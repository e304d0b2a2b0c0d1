"""What the database refuses about acts: a registered act, on file, is what the Giunta adopted (R08).

Dates that come later (publication, enforceability, capigruppo, effect) may be entered once, and then stand too.
An act "not in archive" (known only because another one cites it) may still be filled when its text is loaded.
"""

from organisation.guards import Guard

MESSAGE = "Una deliberazione registrata non si cambia: una modifica è un atto nuovo."
CONTENT = ["entity_id", "body", "number", "year", "session_on", "subject", "immediately_enforceable", "secretary"]
ONCE = ["published_on", "enforceable_on", "group_leaders_informed_on", "in_force_from", "registered_at"]

_changed = " OR ".join(
    [f"NEW.{name} <> OLD.{name}" for name in CONTENT]
    + [f"(OLD.{name} IS NOT NULL AND (NEW.{name} IS NULL OR NEW.{name} <> OLD.{name}))" for name in ONCE]
)
GUARDS = [
    Guard(
        "deliberations_deliberation",
        "UPDATE",
        f"OLD.registered_at IS NOT NULL AND OLD.on_file AND ({_changed})",
        MESSAGE,
    ),
    Guard("deliberations_deliberation", "DELETE", "OLD.registered_at IS NOT NULL", MESSAGE),
]


def _of_registered(row: str) -> str:
    return (
        "EXISTS (SELECT 1 FROM deliberations_deliberation d "
        f"WHERE d.id = {row}.deliberation_id AND d.registered_at IS NOT NULL AND d.on_file)"
    )


for _table in ("deliberations_attendance", "deliberations_opinion", "deliberations_citation"):
    GUARDS += [
        Guard(_table, "INSERT", _of_registered("NEW"), MESSAGE),
        Guard(_table, "UPDATE", f"{_of_registered('OLD')} OR {_of_registered('NEW')}", MESSAGE),
        Guard(_table, "DELETE", _of_registered("OLD"), MESSAGE),
    ]

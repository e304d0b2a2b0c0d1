"""What the database refuses about acts: a registered act, on file, is what the Giunta adopted (R08).

Dates that come later (publication, enforceability, capigruppo, effect) may be entered once, and then stand too.
An act "not in archive" (known only because another one cites it) may still be filled when its text is loaded; which
act it is stands.
"""

from organisation.guards import Guard

MESSAGE = "Una deliberazione registrata non si cambia: una modifica è un atto nuovo."
IDENTITY = ["entity_id", "body", "number", "year"]
CONTENT = [
    *("session_on", "session_time", "subject", "secretary", "proposer", "vote", "immediately_enforceable"),
    *("immediate_reason", "on_file", "plan_year", "premises", "dispositions"),
    *("votes_for", "votes_against", "abstained", "immediate_for", "immediate_against", "immediate_abstained"),
]
ONCE = ["published_on", "publication_days", "enforceable_on", "group_leaders_informed_on", "in_force_from"]
ONCE_IN_WORDS = ["enforceable_note", "counting"]  # empty texts, not NULL, while they are not entered


def _differs(*names: str) -> str:
    """SQL: one of these columns changes, an empty one counting as a value (neither database has all operators)."""
    return " OR ".join(f"NEW.{n} <> OLD.{n} OR (NEW.{n} IS NULL) <> (OLD.{n} IS NULL)" for n in names)


def _filled_and_differs() -> str:
    dates = [f"(OLD.{name} IS NOT NULL AND ({_differs(name)}))" for name in ONCE]
    return " OR ".join([*dates, *(f"(OLD.{name} <> '' AND ({_differs(name)}))" for name in ONCE_IN_WORDS)])


GUARDS = [
    Guard(
        "deliberations_deliberation",
        "UPDATE",
        f"OLD.registered_at IS NOT NULL AND ({_differs(*IDENTITY, 'registered_at')}"
        f" OR (OLD.on_file AND ({_differs(*CONTENT)} OR {_filled_and_differs()})))",
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

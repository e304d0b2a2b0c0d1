"""What the database refuses about verifications and validations.

In a closed verification nothing moves, until it is reopened with a reason. What the Nucleo decided stays as it was
decided; its package, once frozen, is that package (R22). A final Relazione is the one that an act approves.
"""

from organisation.guards import Guard, append_only

CLOSED = "La verifica è chiusa: per cambiarne i risultati si riapre, con un motivo."
DECIDED = "Ciò che il Nucleo ha deciso non si cambia: una nuova validazione sta accanto a quella di prima (R22)."
FINAL = "La Relazione ha il testo definitivo: per cambiarla va riportata in bozza."
APPROVED = "La Relazione è approvata: torna in bozza solo se il Nucleo di Valutazione la restituisce."
FROZEN = "Il fascicolo trasmesso al Nucleo è congelato: un fascicolo diverso è un'altra validazione (R22)."

_closed = "EXISTS (SELECT 1 FROM evaluations_round r WHERE r.id = {}.round_id AND r.closed_at IS NOT NULL)"
_put_aside = (
    "EXISTS (SELECT 1 FROM evaluations_evidencefile f JOIN evaluations_round r ON r.id = f.round_id "
    "WHERE f.id = NEW.file_id AND r.closed_at IS NOT NULL)"
)
_spoken = "OLD.state IN ('VALIDATA', 'CON_RILIEVI', 'RESTITUITA')"
_sent = "EXISTS (SELECT 1 FROM evaluations_validation v WHERE v.id = {}.validation_id AND v.state <> 'IN_PREPARAZIONE')"
_over = (
    "EXISTS (SELECT 1 FROM evaluations_validation v WHERE v.id = {}.validation_id "
    "AND v.state IN ('VALIDATA', 'CON_RILIEVI', 'RESTITUITA'))"
)
_final = "EXISTS (SELECT 1 FROM evaluations_report r WHERE r.id = {}.report_id AND r.state <> 'BOZZA')"
_returned = (
    "COALESCE((SELECT v.state FROM evaluations_validation v WHERE v.report_id = OLD.id "
    "ORDER BY v.requested_at DESC, v.id DESC LIMIT 1), '') = 'RESTITUITA'"
)
_reworded = (
    "NEW.presentation <> OLD.presentation OR NEW.context <> OLD.context OR NEW.conclusions <> OLD.conclusions "
    "OR NEW.plan_id <> OLD.plan_id"
)


def _differs(*columns: str) -> str:
    return " OR ".join(
        f"COALESCE(CAST(NEW.\"{column}\" AS varchar(80)), '') <> COALESCE(CAST(OLD.\"{column}\" AS varchar(80)), '')"
        for column in columns
    )


GUARDS: list[Guard] = []
for _table in ("result", "phaseprogress", "staffshare", "sheetreview", "sectorreview"):
    GUARDS += [
        Guard(f"evaluations_{_table}", "INSERT", _closed.format("NEW"), CLOSED),
        Guard(f"evaluations_{_table}", "UPDATE", f"{_closed.format('OLD')} OR {_closed.format('NEW')}", CLOSED),
        Guard(f"evaluations_{_table}", "DELETE", _closed.format("OLD"), CLOSED),
    ]
GUARDS += [
    Guard("evaluations_round", "UPDATE", "OLD.closed_at IS NOT NULL AND NEW.closed_at IS NOT NULL", CLOSED),
    Guard(
        "evaluations_round",
        "UPDATE",
        f"OLD.closed_at IS NOT NULL AND ({_differs('plan_id', 'kind', 'on')})",
        CLOSED,
        "what",
    ),
    Guard("evaluations_round", "DELETE", "OLD.closed_at IS NOT NULL", CLOSED),
    Guard("evaluations_scoreoverride", "INSERT", _closed.format("NEW"), CLOSED, "closed"),
    Guard("evaluations_evidencefile", "INSERT", _closed.format("NEW"), CLOSED, "closed"),
    Guard("evaluations_aside", "INSERT", _put_aside, CLOSED, "closed"),
    # The worker adds the validated files after the decision, once; nothing else moves.
    Guard(
        "evaluations_validation",
        "UPDATE",
        f"{_spoken} AND ("
        + _differs(
            "state",
            "plan_id",
            "kind",
            "act_id",
            "report_id",
            "package_sha256",
            "bound_id",
            "archive_id",
            "code",
            "decided_by_id",
            "decided_at",
            "minutes_number",
            "minutes_on",
            "requested_by_id",
            "requested_at",
        )
        + " OR NEW.reasons <> OLD.reasons OR NEW.exception <> OLD.exception OR NEW.members <> OLD.members"
        + f" OR (OLD.validated_bound_id IS NOT NULL AND ({_differs('validated_bound_id')}))"
        + f" OR (OLD.validated_archive_id IS NOT NULL AND ({_differs('validated_archive_id')})))",
        DECIDED,
    ),
    Guard("evaluations_validation", "DELETE", _spoken, DECIDED),
    Guard(
        "evaluations_validation",
        "UPDATE",
        "OLD.state = 'DA_VALIDARE' AND (NEW.state = 'IN_PREPARAZIONE' OR "
        + _differs("plan_id", "kind", "act_id", "report_id", "package_sha256", "bound_id", "archive_id")
        + ")",
        FROZEN,
        "frozen",
    ),
    Guard("evaluations_packagefile", "INSERT", _sent.format("NEW"), FROZEN),
    Guard(
        "evaluations_packagefile",
        "UPDATE",
        f"{_sent.format('OLD')} AND ("
        + _differs("validation_id", "path", "document_id", "sheet_id", "position")
        + " OR NEW.role <> OLD.role OR NEW.title <> OLD.title OR OLD.validated_id IS NOT NULL)",
        FROZEN,
    ),
    Guard("evaluations_packagefile", "DELETE", _sent.format("OLD"), FROZEN),
    Guard("evaluations_remark", "INSERT", _over.format("NEW"), DECIDED),
    Guard("evaluations_remark", "UPDATE", f"{_over.format('OLD')} OR {_over.format('NEW')}", DECIDED),
    Guard("evaluations_remark", "DELETE", _over.format("OLD"), DECIDED),
    # Its words stand while it is final, also in the moment in which it becomes so, or a draft again.
    Guard(
        "evaluations_report",
        "UPDATE",
        f"(OLD.state <> 'BOZZA' OR NEW.state <> 'BOZZA') AND ({_reworded})",
        FINAL,
        "words",
    ),
    Guard(
        "evaluations_report",
        "UPDATE",
        f"OLD.state <> 'BOZZA' AND NEW.state <> 'BOZZA' AND ({_differs('document_id', 'round_id')})",
        FINAL,
        "file",
    ),
    Guard(
        "evaluations_report",
        "UPDATE",
        "OLD.state = 'APPROVATA' AND (NEW.state = 'CONGELATA'"
        f" OR (NEW.state = 'APPROVATA' AND ({_differs('act_id')})) OR (NEW.state = 'BOZZA' AND NOT {_returned}))",
        APPROVED,
        "approved",
    ),
    Guard("evaluations_report", "DELETE", "OLD.state <> 'BOZZA'", FINAL),
    Guard("evaluations_reporttext", "INSERT", _final.format("NEW"), FINAL),
    Guard("evaluations_reporttext", "UPDATE", f"{_final.format('OLD')} OR {_final.format('NEW')}", FINAL),
    Guard("evaluations_reporttext", "DELETE", _final.format("OLD"), FINAL),
]
for _table in ("roundpassage", "scoreoverride", "evidencefile", "aside"):
    GUARDS += append_only(f"evaluations_{_table}")

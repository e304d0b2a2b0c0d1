"""The names of the addresses under an entity, and what to fill in."""

IMPORT_ONLY = ["import", "import_preview"]
# The path of a change is for who walks it: those who draft, and the Segretario.
OF_THE_PATH = [
    "drafts",
    "draft",
    "draft_edit",
    "draft_submit",
    "draft_take_back",
    "draft_send_back",
    "draft_approve",
    "draft_withdraw",
    "draft_comments",
    "draft_enclose",
    "draft_enclosure",
    "sheet_correct",
    "sheets_from_file",
    "sheets_template",
    "sheets_preview",
]
OF_THE_NEXT_YEAR = ["plan_next_year", "sheet_carry"]
# Answer 405 to who only looks, whatever the entity and whether it exists.
POST_ONLY = [
    "draft_reading",
    "sheet_amend",
    "sheet_eliminate",
    "sheet_insert",
    "act_text_restore",
    "deadline_address",
    "deadline_revoke",
    "report_begin",
    "report_send",
    "round_save",
    "validation_request",
]
# Printed when they are asked for: tried where they are made.
PAPERS = ["act_docx", "act_dossier", "sheet_pdf_changes", "sheet_pdf_facing"]
OF_PROPOSALS = [
    "proposals",
    "proposal_new",
    "proposal",
    "proposal_gather",
    "proposal_take_out",
    "proposal_acknowledge",
    "proposal_dissolve",
    "proposal_text",
    "proposal_citations",
    "proposal_opinion",
    "proposal_register",
    "proposal_docx",
    "proposal_pdf",
    "act_dates",
    "act_texts",
    "act_text",
]
# What is there only where a verification was opened, a package handed over, a Relazione begun; tried where they are.
OF_RESULTS = [
    "round",
    "round_average",
    "round_close",
    "round_confirm",
    "round_move",
    "round_open",
    "round_people",
    "round_reopen",
    "round_scores",
    "round_sector",
    "round_sheet",
    "round_sheet_pdf",
    "round_take_back",
    "round_file",
    "evidence",
    "evidence_aside",
]
OF_VALIDATIONS = [
    "validation",
    "validation_decide",
    "validation_file",
    "validation_file_validated",
    "validation_pdf",
    "validation_remark",
    "validation_sent_pdf",
    "validation_sent_zip",
    "validation_sheet",
    "validation_zip",
]
OF_REPORTS = [
    "report",
    "report_approve",
    "report_docx",
    "report_freeze",
    "report_pdf",
    "report_sector",
    "report_text",
    "report_unfreeze",
]
# Documents to sign are for who validates and for the Segretario.
OF_SIGNATURES = ["document_signed", "document_file"]
# A kept search is for who keeps it.
OF_ONE_PERSON = ["search_rename", "search_remove"]
NOT_FOR_EVERYBODY = [
    *OF_ONE_PERSON,
    *OF_SIGNATURES,
    *OF_RESULTS,
    *OF_VALIDATIONS,
    *OF_REPORTS,
    *IMPORT_ONLY,
    *OF_THE_PATH,
    *OF_THE_NEXT_YEAR,
    *OF_PROPOSALS,
    *POST_ONLY,
]
OF_AN_ENTITY = [
    "entity",
    "sectors",
    "current_plan",
    "plan",
    "plan_on",
    "plan_after",
    "plan_pdf",
    "plan_on_pdf",
    "plan_after_pdf",
    "plan_rules",
    "plan_compare",
    "plan_charts",
    "plan_timetable",
    "deadlines",
    "deadline_alerts",
    "rounds",
    "score_rules",
    "validations",
    "validations_file",
    "sheet",
    "sheet_compare",
    "sheet_then",
    "sheet_timeline",
    "sheet_history",
    "sheet_pdf",
    "acts",
    "acts_file",
    "changes_file",
    "plan_file",
    "plan_on_file",
    "plan_after_file",
    "act",
    "act_pdf",
    "search",
    "search_xlsx",
    "search_save",
    "jump",
    *PAPERS,
    *NOT_FOR_EVERYBODY,
]

OF_A_YEAR = (
    "plan",
    "sheets_from_file",
    "plan_rules",
    "plan_compare",
    "plan_charts",
    "plan_timetable",
    "score_rules",
    "proposal_new",
    "plan_next_year",
)
"""The addresses that want nothing but the year of a plan."""
KEYED = ("proposal", "draft", "sheet", "search_re")
"""How the names of addresses begin that want the key of one thing."""


def arguments(name: str, *, entity: str, act: str, sheet: int, key: str) -> dict[str, str | int]:
    """What the address `name` needs."""
    needed: dict[str, dict[str, str | int]] = {
        **{of_a_year: {"year": 2022} for of_a_year in OF_A_YEAR},
        "plan_on": {"year": 2022, "day": "2022-10-31"},
        "plan_after": {"year": 2022, "act": act},
        "plan_file": {"year": 2022, "form": "json"},
        "plan_on_file": {"year": 2022, "day": "2022-10-31", "form": "docx"},
        "plan_after_file": {"year": 2022, "act": act, "form": "xlsx"},
        "sheets_template": {"year": 2022, "sector": sheet},
        "sheets_preview": {"year": 2022, "key": key},
        "acts_file": {"form": "csv"},
        "validations_file": {"form": "csv"},
        "changes_file": {"form": "xlsx"},
        "sheet": {"pk": sheet},
        "act": {"act": act},
        "import_preview": {"key": key},
        "proposal_take_out": {"pk": sheet, "sheet": sheet},
        "proposal_opinion": {"pk": sheet, "kind": "tecnica"},
        "act_dates": {"act": act},
        "act_docx": {"act": act},
        "act_dossier": {"act": act},
        "act_text": {"kind": "modifica"},
        "act_text_restore": {"kind": "modifica"},
        "document_signed": {"pk": sheet},
        "document_file": {"pk": sheet},
    }
    if name.startswith(("round_", "evidence", "validation_", "report_")) or name in {"round", "validation", "report"}:
        return {"slug": entity, **of_this_room(name, act, sheet)}
    name = name.removesuffix("_pdf")
    if name == "sheet_insert":
        needed[name] = {"year": 2022, "sector": sheet}
    elif name not in {*needed, "proposals", "drafts"} and name.startswith(KEYED):
        needed[name] = {"pk": sheet}
    return {"slug": entity, **needed.get(name, {})}


def of_this_room(name: str, act: str, number: int) -> dict[str, str | int]:
    """What an address of results, validations or the Relazione needs; `number` is any key."""
    if name == "round_file":
        return {"year": 2022, "kind": "intermedia", "form": "json"}
    if name == "validation_request":
        return {"act": act}
    if name.startswith("validation"):
        more = {"validation_sheet": "sheet", "validation_file": "file", "validation_file_validated": "file"}.get(name)
        return {"pk": number, **({more: number} if more else {})}
    if name.startswith("report"):
        return {"year": 2022, **({"sector": number} if name == "report_sector" else {})}
    if name == "round_open":
        return {"year": 2022}
    whole = {"round", "round_close", "round_move", "round_people", "round_reopen", "round_scores"}
    return {"year": 2022, "kind": "intermedia", **({} if name in whole else {"pk": number})}

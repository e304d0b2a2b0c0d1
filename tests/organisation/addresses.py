"""The names of the addresses under an entity, and what to fill in."""

IMPORT_ONLY = ["import", "import_preview"]
# The path of a change is for who walks it: those who draft, and the Segretario.
OF_THE_PATH = [
    "drafts",
    "draft",
    "draft_submit",
    "draft_take_back",
    "draft_send_back",
    "draft_approve",
    "draft_withdraw",
    "sheet_correct",
]
OF_THE_NEXT_YEAR = ["plan_next_year", "sheet_carry"]
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
    "act_dates",
]
NOT_FOR_EVERYBODY = [*IMPORT_ONLY, *OF_THE_PATH, *OF_THE_NEXT_YEAR, *OF_PROPOSALS]
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
    "sheet",
    "sheet_then",
    "sheet_timeline",
    "sheet_history",
    "sheet_pdf",
    "acts",
    "act",
    "act_pdf",
    "search",
    *NOT_FOR_EVERYBODY,
]


def arguments(name: str, *, entity: str, act: str, sheet: int, key: str) -> dict[str, str | int]:
    """What the address `name` needs."""
    needed: dict[str, dict[str, str | int]] = {
        "plan": {"year": 2022},
        "plan_on": {"year": 2022, "day": "2022-10-31"},
        "plan_after": {"year": 2022, "act": act},
        "plan_rules": {"year": 2022},
        "sheet": {"pk": sheet},
        "act": {"act": act},
        "import_preview": {"key": key},
        "proposal_new": {"year": 2022},
        "plan_next_year": {"year": 2022},
        "proposal_take_out": {"pk": sheet, "sheet": sheet},
        "proposal_opinion": {"pk": sheet, "kind": "tecnica"},
        "act_dates": {"act": act},
    }
    if name.startswith("proposal") and name not in needed and name != "proposals":
        needed[name] = {"pk": sheet}
    if name == "draft" or name.startswith(("draft_", "sheet_")):
        needed[name] = {"pk": sheet}
    return {"slug": entity, **needed.get(name.removesuffix("_pdf"), {})}

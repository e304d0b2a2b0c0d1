"""Writes what is on record in the exchange format (`caluso-perf/act` and `caluso-perf/plan`, version 1).

Optional keys (motive, motive_text, reviews, the body of a cited act, the votes counted, the reason of the immediate
enforceability) are written only when they hold something that the others do not; values stay as written.
"""

import hashlib
import json
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from deliberations.models import Deliberation
from objectives.importing.exchange_format import FORMAT, OPTIONAL_OF_ACT, VERSION, cited_name
from objectives.models import Plan, Sheet
from organisation.folding import fold

PLAN_FORMAT = "caluso-perf/plan"


class NotOnFileError(ValueError):
    """The text of an act was asked for and is not on file. The message is a sentence for the user."""


def act_to_dict(act: Deliberation) -> dict[str, Any]:
    """Return an act with its sheets in the exchange format. Raises NotOnFileError where only its number is known.

    A sheet of it whose text is still not on file is left out.
    """
    if not act.on_file:
        raise NotOnFileError(f"Il testo della {act.short} non è in archivio: è nota solo perché un altro atto la cita.")
    of_act = Sheet.objects.adopted().filter(deliberation=act, on_file=True)
    sheets = list(of_act.with_rows().order_by("position", "pk"))
    plan = sheets[0].objective.plan if sheets else None
    return {
        "format": FORMAT,
        "version": VERSION,
        "entity": act.entity.name,
        "act": act_header(act),
        "plan": plan_header(plan) if plan else None,
        "sheets": [sheet_to_dict(sheet) for sheet in sheets],
    }


def plan_to_dict(plan: Plan, sheets: Iterable[Sheet], **as_of: str | None) -> dict[str, Any]:
    """Return the sheets of a plan in force, each with the act that adopted it. `as_of` says on which day or act."""
    return {
        "format": PLAN_FORMAT,
        "version": VERSION,
        "entity": plan.entity.name,
        "plan": {**plan_header(plan), "name": plan.name},
        "as_of": as_of,
        "sheets": [plan_sheet(sheet) for sheet in sheets],
    }


def plan_sheet(sheet: Sheet) -> dict[str, Any]:
    """Return a sheet with the act that adopted it and since when it is in force."""
    act = sheet.deliberation
    return {
        "version": sheet.version_id,
        "act": act and {"body": act.body, "number": act.number, "year": act.year, "date": _iso(act.session_on)},
        "in_force_from": _iso(sheet.in_force_from),
        "on_file": sheet.on_file,
        **sheet_to_dict(sheet),
    }


def act_header(act: Deliberation) -> dict[str, Any]:
    """Return what an act says of itself."""
    optional = {key: getattr(act, key) for key in OPTIONAL_OF_ACT}
    return {
        "body": act.body,
        "number": act.number,
        "year": act.year,
        "date": _iso(act.session_on),
        "time": f"{act.session_time:%H:%M}" if act.session_time else None,
        "subject": act.subject,
        "members": [{"name": m.name, "office": m.office, "present": m.present} for m in act.attendances.all()],
        "secretary": act.secretary or None,
        "proposer": act.proposer or None,
        "opinions": [
            {"kind": o.kind, "outcome": o.outcome, "signer": o.signer or None, "date": _iso(o.given_on)}
            for o in act.opinions.all()
        ],
        "vote": act.vote or None,
        "immediately_enforceable": act.immediately_enforceable,
        "publication_start": _iso(act.published_on),
        "publication_days": act.publication_days,
        "group_leaders_informed_on": _iso(act.group_leaders_informed_on),
        "enforceable_on": _iso(act.enforceable_on),
        "cites": [_citation(act, c.cited) for c in act.citations.select_related("cited")],
        **{key: value for key, value in optional.items() if value not in (None, "")},
    }


def _citation(act: Deliberation, cited: Deliberation) -> dict[str, Any]:
    body = {} if cited.body == act.body else {"body": cited.body}
    return {**body, "number": cited.number, "year": cited.year, "date": _iso(cited.session_on)}


def plan_header(plan: Plan) -> dict[str, Any]:
    """Return the plan's year and triennium."""
    triennium = [plan.triennium_start, plan.triennium_end] if plan.triennium_start else None
    return {"year": plan.year, "triennium": triennium}


def sheet_to_dict(sheet: Sheet) -> dict[str, Any]:
    """Return the content of one version of a sheet, exactly as its act prints it."""
    optional = {"motive": sheet.motive, "motive_text": sheet.motive_text, "reviews": sheet.printed_reviews}
    return {
        "sector": sheet.sector_printed or sheet.sector.name,
        "manager": sheet.manager_printed or str(sheet.manager or ""),
        "kind": sheet.kind,
        "number": sheet.number,
        "weight": plain_number(sheet.weight),
        "change": sheet.change,
        "title": sheet.title,
        "description": sheet.description,
        "dup_link": sheet.dup_link,
        "phases": [{"slot": p.position, "text": p.text, "months": p.months} for p in sheet.phases.all()],
        "indicators": [
            {
                "family": i.family,
                "text": i.text,
                "expected": i.expected,
                "achieved": i.achieved,
                "deviation": i.deviation,
            }
            for i in sheet.indicators.all()
        ],
        "staff": [{"category": p.category, "name": p.name, "share": p.share} for p in sheet.participations.all()],
        **{key: value for key, value in optional.items() if value},
    }


def fingerprint(content: dict[str, Any], act: Deliberation, *, on_file: bool = True) -> str:
    """Return the SHA-256 that names one version: its content and the act that adopts it (R35)."""
    identity = [act.entity.name, act.body, act.number, act.year, on_file, content]
    return hashlib.sha256(json.dumps(identity, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def to_json(data: dict[str, Any]) -> str:
    """Return `data` as the text of an exchange file."""
    return json.dumps(data, ensure_ascii=False, indent=1)


def same_act(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Tell whether two acts of the exchange format say the same.

    What is on record once for all acts does not count: how the entity's name is written, the triennium of the plan,
    the day of an act that is cited. Nor does the order of the sheets, an optional key that is empty instead of left
    out, and what only one of the two says of the votes and of the immediate enforceability: not every document does.
    """
    both = {key for key in OPTIONAL_OF_ACT if _said(one, key) and _said(other, key)}
    return _essence(one, both) == _essence(other, both)


def _said(data: dict[str, Any], key: str) -> bool:
    return data["act"].get(key) not in (None, "")


def _essence(data: dict[str, Any], optional: set[str]) -> dict[str, Any]:
    act = {key: value for key, value in data["act"].items() if key not in OPTIONAL_OF_ACT or key in optional}
    cites = [cited_name(cited, act) for cited in act["cites"]]
    return {
        "entity": fold(data["entity"]),
        "act": {**act, "vote": act["vote"] or None, "cites": cites},
        "year": data["plan"] and data["plan"]["year"],
        "sheets": sorted((comparable(sheet) for sheet in data["sheets"]), key=_place),
    }


def _place(sheet: dict[str, Any]) -> tuple[str, int, str]:
    return sheet["sector"], sheet["number"], sheet["change"]


def comparable(sheet: dict[str, Any]) -> dict[str, Any]:
    """Return a sheet of the exchange format so that two that say the same are equal."""
    filled = {key: value for key, value in sheet.items() if value not in ("", [])}
    return {**filled, "phases": sorted(sheet["phases"], key=lambda phase: phase["slot"])}


def _iso(day: Any) -> str | None:
    return day.isoformat() if day else None


def plain_number(weight: Decimal | None) -> int | float | None:
    """Return a weight as the format writes it: 25, 12.5, or null."""
    if weight is None:
        return None
    return int(weight) if weight == weight.to_integral_value() else float(weight)

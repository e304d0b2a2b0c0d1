"""An act that comes again: nothing changes, or the dates it did not have yet are completed, or it is refused."""

from typing import Any

from deliberations.loading import LATER_DATES, complete_dates
from deliberations.models import Deliberation
from objectives.choices import Change
from objectives.earlier_texts import disagreement, place_of, taken_from_later_acts
from objectives.exchange import act_to_dict, same_act
from objectives.importing.findings import ERROR, Finding
from objectives.load_outcome import Loaded, LoadRefused
from objectives.precedence import why_not_after


def load_again(known: Deliberation, data: dict[str, Any]) -> Loaded:
    """Compare an act on record with what comes now; store the dates that follow an adoption, where they were missing.

    Raises LoadRefused where anything else differs: an adopted act does not change (R08).
    """
    mine, new = act_to_dict(known), data["act"]
    findings = _accepted(known, mine, data)
    missing = {key: new[key] for key in LATER_DATES if mine["act"][key] is None and new[key] is not None}
    if not same_act({**mine, "act": {**mine["act"], **missing}}, data):
        raise _refusal(
            f"La {known.short} è già in archivio con un altro contenuto: un atto adottato non si cambia. "
            "Confrontare il documento con la scheda dell'atto."
        )
    if missing:
        _date(known, missing)
    return Loaded(known, created=False, dated=bool(missing), findings=findings)


def _accepted(known: Deliberation, mine: dict[str, Any], data: dict[str, Any]) -> tuple[Finding, ...]:
    """What the act says otherwise and was left as it was when it came; `mine` then says it as `data` does."""
    kept = taken_from_later_acts(known) if known.history.filter(on_file=False).exists() else {}
    if not kept:
        return ()
    sheets = {place_of(sheet): sheet for sheet in data["sheets"] if sheet["change"] != Change.ELIMINATO}
    mine["sheets"] = [
        sheets.get(place_of(sheet), sheet) if place_of(sheet) in kept else sheet for sheet in mine["sheets"]
    ]
    told = (disagreement(sheet, sheets[place]) for place, sheet in kept.items() if place in sheets)
    return tuple(filter(None, told))


def _date(act: Deliberation, dates: dict[str, Any]) -> None:
    since = act.in_force_from
    complete_dates(act, dates)
    if since and act.in_force_from != since:
        raise _refusal(
            f"La {act.short} è in archivio in vigore dal {since:%d/%m/%Y}; con queste date lo sarebbe dal "
            f"{act.in_force_from:%d/%m/%Y}: un effetto già registrato non si sposta."
        )
    if act.in_force_from and not since:
        _refuse_before_what_it_changes(act)
    act.save()


def _refuse_before_what_it_changes(act: Deliberation) -> None:
    """An act never takes effect before one whose text it changes (R17)."""
    for earlier in Deliberation.objects.filter(sheets__successor__deliberation=act).distinct():
        if problem := why_not_after(act, earlier):
            raise _refusal(f"La {act.short}: {problem[1]}", problem[0])


def _refusal(message: str, code: str = "R08") -> LoadRefused:
    return LoadRefused([Finding(ERROR, code, message)])

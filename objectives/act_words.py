"""What the placeholders of a proposal's words stand for: its plan, its sheets, the acts it cites."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from deliberations.choices import ActTextKind
from deliberations.models import Deliberation
from deliberations.naming import full_name
from deliberations.wording import Facts
from objectives.choices import Change, Motive
from objectives.models import Plan, Sheet
from objectives.snapshots import Snapshot, snapshot
from objectives.weights import written


def kind_of(plan: Plan) -> ActTextKind:
    """Return what a proposal for the plan is: its approval while nothing of it is adopted, else a change of it."""
    adopted = Sheet.objects.of(plan).adopted().exists()
    return ActTextKind.MODIFICA if adopted else ActTextKind.APPROVAZIONE


def facts_for(plan: Plan, sheets: Iterable[Sheet], cited: Sequence[Deliberation]) -> Facts:
    """Return what every placeholder stands for in a proposal; the act that is amended is the first `cited` (R09).

    `sheets` are read with their rows and their base.
    """
    changes = [(snapshot(sheet), sheet.base.weight if sheet.base else None) for sheet in sheets]
    return {
        "ente": plan.entity.name,
        "piano": plan.name,
        "anno": str(plan.year),
        "triennio": f"{plan.triennium_start or plan.year}-{plan.triennium_end or plan.year + 2}",
        "atto_modificato": _named(cited[0]) if cited else "",
        "atti_citati": "\n".join(f"- {_named(act)}{_about(act)};" for act in cited),
        "elenco_variazioni": "\n".join(f"- {variation(sheet, before)};" for sheet, before in changes),
        "numero_schede": "1 scheda" if len(changes) == 1 else f"{len(changes)} schede",
        "settori": listed(dict.fromkeys(sheet.sector_name.removeprefix("SETTORE ") for sheet, _ in changes)),
        "motivi": listed(motive.label for motive in Motive if any(sheet.motive == motive for sheet, _ in changes)),
    }


def variation(sheet: Snapshot, before: Decimal | None) -> str:
    """Return a change in a line: "FINANZIARIO n° 1 «Sportello unico»: MODIFICATO, peso da 25 a 30"."""
    weights = f"peso {written(sheet.weight)}"
    if sheet.change == Change.MODIFICATO and before is not None and before != sheet.weight:
        weights = f"peso da {written(before)} a {written(sheet.weight)}"
    return f"{sheet.name} «{sheet.title}»: {sheet.change}, {weights}"


def listed(names: Iterable[str]) -> str:
    """Return names as one says them: "a, b e c"."""
    *others, last = list(names) or [""]
    return f"{', '.join(others)} e {last}" if others else last


def _named(act: Deliberation) -> str:
    name = full_name(act)
    return name[0].lower() + name[1:]


def _about(act: Deliberation) -> str:
    return f", ad oggetto «{act.subject.rstrip('.')}»" if act.subject else ""

"""The verifica intermedia of the invented town, half way: some results entered, one below target, one settore begun."""

import datetime as dt
from dataclasses import dataclass, field

from evaluations.choices import RoundKind
from evaluations.models import Round
from evaluations.rounds import Change, enter, open_round
from evaluations.rounds.active import active_sheets
from objectives.models import Plan, Sheet
from organisation.models import Entity, User

MONTH_AND_DAY = (6, 30)


@dataclass(frozen=True)
class Entered:
    """What the office wrote of one sheet: what was achieved and its evidence, row by row from the first one."""

    achieved: list[str]
    evidence: list[str] = field(default_factory=list)
    phases: list[str] = field(default_factory=list)
    shares: list[str] = field(default_factory=list)
    analysis: dict[str, str] = field(default_factory=dict)


RESULTS = {
    1: Entered(
        ["5", "22%", "", "1.850,40 €", "83,5%"],
        ["Elenco dei procedimenti attivi al 30 giugno", "Registro dei certificati, primo semestre"],
        ["100", "80", "100"],
        ["40", "35", "25"],
        {
            "causes": "Il collegamento con l'anagrafe nazionale è stato attivato a fine maggio.",
            "effects": "Sette procedimenti restano da attivare prima dell'avvio del servizio.",
            "taken": "Calendario di attivazione concordato con il fornitore.",
        },
    ),
    2: Entered(["60%", "28/04/2026", "", "nessuno"], ["Griglia di controllo"], ["100", "45"], ["50", "50"]),
    3: Entered(["45 metri"], ["Verbale del 26 giugno"], ["100", "50"]),
}


def begin_verification(entity: Entity) -> None:
    """Open the verifica intermedia of the last plan and enter results of three sheets of the first settore, once.

    The people are those of create_demo_users. The second time, or where there is no plan, nothing happens. The plan is
    the same whatever the day: unlike changes (R28), results are entered of a year gone by too.
    """
    plan = Plan.objects.filter(entity=entity).order_by("year").last()
    if plan is None or plan.rounds.exists():
        return
    office, secretary = (User.objects.get(username=f"{name}.{entity.slug}") for name in ("ufficio", "segretario"))
    day = dt.date(plan.year, *MONTH_AND_DAY)
    verification = open_round(plan, RoundKind.INTERMEDIA, on=day, by=secretary)
    enter(verification, _changes(verification, office), by=office)


def _changes(verification: Round, office: User) -> list[Change]:
    sheets = active_sheets(verification).filter(sector__in=office.memberships.get().sectors.all(), number__in=RESULTS)
    return [change for sheet in sheets for change in _of(sheet, RESULTS[sheet.number])]


def _of(sheet: Sheet, entered: Entered) -> list[Change]:
    evidence = [*entered.evidence, *[""] * len(entered.achieved)]
    cells = [{"achieved": value, "evidence": proof} for value, proof in zip(entered.achieved, evidence, strict=False)]
    rows = [("result", sheet.indicators.all(), cells)]
    rows.append(("phase", sheet.phases.all(), [{"percent": percent} for percent in entered.phases]))
    rows.append(("staff", sheet.participations.all(), [{"share": share} for share in entered.shares]))
    changes = [
        Change(what, sheet.objective_id, row.key, values)
        for what, there, written in rows
        for row, values in zip(there, written, strict=False)
    ]
    return [*changes, Change("review", sheet.objective_id, None, entered.analysis)] if entered.analysis else changes

"""A verification is opened for a day of the plan's year, or of the six months after it, and may be moved."""

import datetime as dt

import pytest
from django.utils import timezone

from evaluations.choices import RoundKind, RoundStep
from evaluations.models import Result, Round
from evaluations.rounds import close, confirm, enter, move_round, open_round
from objectives.workflow import Refused
from organisation.models import Notice
from tests.factories import load, make_plan, written_act
from tests.results import ON, complete, result
from tests.this_year import YEAR, full_sheet, sheet_of

pytestmark = pytest.mark.django_db
JULY = dt.date(YEAR, 7, 1)


def refusal(deed, *args, **kwargs):
    """The sentence with which a deed is refused."""
    with pytest.raises(Refused) as refused:
        deed(*args, **kwargs)
    return str(refused.value)


def sectors(verification):
    """The settori of a verification, and who confirmed."""
    return {str(one.sector): one.confirmed_by for one in verification.sectors.all()}


def test_the_segretario_opens_it_and_each_settore_has_its_place(open_one, segretario):
    passage = open_one.passages.get()
    assert sectors(open_one) == {"FINANZIARIO": None, "TECNICO": None}
    assert (passage.kind, passage.by, passage.note) == (RoundStep.APERTA, segretario, f"Alla data del {ON:%d/%m/%Y}.")


def test_nobody_else_opens_it(plan, responsabile, nucleo, amministratore, estraneo):
    for person in (responsabile, nucleo, amministratore, estraneo):
        said = refusal(open_round, plan, RoundKind.FINALE, on=ON, by=person)
        assert said == "Aprire, spostare, chiudere e riaprire una verifica spetta a chi è Segretario."
    assert Round.objects.count() == 0


def test_a_plan_has_one_verification_of_a_kind(open_one, plan, segretario):
    said = refusal(open_round, plan, RoundKind.INTERMEDIA, on=ON, by=segretario)
    assert said == f"La verifica intermedia {YEAR} è già stata aperta."
    assert refusal(open_round, plan, "MENSILE", on=ON, by=segretario) == "Una verifica è intermedia o finale."


def test_its_day_lies_in_the_plans_year_or_in_the_six_months_after_it(plan, segretario):
    for day in (dt.date(YEAR - 1, 12, 31), dt.date(YEAR + 1, 7, 1)):
        assert refusal(open_round, plan, RoundKind.FINALE, on=day, by=segretario) == (
            f"La data di una verifica va dal 01/01/{YEAR} al 30/06/{YEAR + 1}: {day:%d/%m/%Y} è fuori."
        )
    assert open_round(plan, RoundKind.FINALE, on=dt.date(YEAR + 1, 6, 30), by=segretario).pk


def test_the_final_one_does_not_come_before_the_intermediate(plan, segretario):
    intermediate = open_round(plan, RoundKind.INTERMEDIA, on=JULY, by=segretario)
    said = f"La verifica finale non viene prima dell'intermedia: l'altra è al 01/07/{YEAR}."
    assert refusal(open_round, plan, RoundKind.FINALE, on=ON, by=segretario) == said
    open_round(plan, RoundKind.FINALE, on=JULY, by=segretario)
    assert refusal(move_round, intermediate, on=dt.date(YEAR, 7, 2), by=segretario) == said


def test_no_intermediate_one_is_opened_once_the_final_one_is_closed(plan, segretario):
    Round(plan=plan, kind=RoundKind.FINALE, on=JULY, closed_at=timezone.now(), closed_by=segretario).save()
    assert refusal(open_round, plan, RoundKind.INTERMEDIA, on=ON, by=segretario) == (
        "La verifica finale è chiusa: un'intermedia non può più precederla."
    )


def test_where_nothing_is_in_force_there_is_nothing_to_measure(plan, caluso, segretario):
    empty = make_plan(caluso, YEAR + 1)
    said = refusal(open_round, empty, RoundKind.INTERMEDIA, on=dt.date(YEAR + 1, 6, 30), by=segretario)
    assert said.startswith(f"Il 30/06/{YEAR + 1} nessuna scheda del Piano della Performance {YEAR + 1} è in vigore")


def test_offices_and_responsabili_of_its_settori_hear_of_it(
    plan, of_finanziario, ufficio, responsabile, segretario, lettura
):
    for person in (ufficio, responsabile, segretario, lettura):
        person.email = f"{person.username}@comune.esempio.it"
        person.save()
    open_round(plan, RoundKind.INTERMEDIA, on=ON, by=segretario)
    notices = Notice.objects.order_by("to__username")
    assert [notice.to for notice in notices] == [responsabile, ufficio]
    assert notices[0].subject == f"Verifica intermedia {YEAR}: risultati da inserire"
    assert notices[0].path == f"/caluso/verifiche/{YEAR}/intermedia/"


def test_moved_it_measures_the_sheets_of_the_other_day_and_loses_no_result(
    caluso, plan, open_one, sheet, finanziario, tecnico, ufficio, responsabile, segretario
):
    complete(open_one, sheet_of(plan, 1, "TECNICO"), ufficio)
    complete(open_one, sheet_of(plan, 1), ufficio)
    complete(open_one, sheet, ufficio)
    for sector in (finanziario, tecnico):
        confirm(open_one, sector, by=responsabile)
    gone = full_sheet(2, weight=40, change="ELIMINATO")
    act = {
        **written_act(9, f"{YEAR}-07-01", gone, cites=[(8, f"{YEAR}-01-01")]),
        "plan": {"year": YEAR, "triennium": None},
    }
    load(act, caluso)
    moved = move_round(open_one, on=JULY, by=segretario, note="La Giunta si è riunita tardi.")
    assert sectors(moved) == {"FINANZIARIO": None, "TECNICO": responsabile}
    assert [(one.kind, str(one.sector or "")) for one in moved.passages.order_by("-pk")[:2]] == [
        (RoundStep.SPOSTATA, ""), (RoundStep.RIPRESA, "FINANZIARIO"),
    ]  # fmt: skip
    assert moved.passages.last().note == (f"Dal {ON:%d/%m/%Y} al 01/07/{YEAR}. La Giunta si è riunita tardi.")
    assert Result.objects.filter(objective=sheet.objective).count() == 2
    assert "non è tra quelle che la verifica misura" not in refusal(move_round, moved, on=JULY, by=segretario)
    assert refusal(enter, moved, [result(sheet, 0, row_version=1, achieved="no")], by=ufficio).startswith(
        "Questa riga non è tra quelle che la verifica misura"
    )


def test_a_closed_one_is_not_moved(open_one, plan, ufficio, responsabile, segretario, finanziario, tecnico):
    for sheet in (sheet_of(plan, 1), sheet_of(plan, 2), sheet_of(plan, 1, "TECNICO")):
        complete(open_one, sheet, ufficio)
    for sector in (finanziario, tecnico):
        confirm(open_one, sector, by=responsabile)
    close(open_one, by=segretario)
    assert refusal(move_round, open_one, on=JULY, by=segretario) == (
        f"La verifica intermedia {YEAR} è chiusa: per cambiarne i risultati la riapre il Segretario, con un motivo."
    )

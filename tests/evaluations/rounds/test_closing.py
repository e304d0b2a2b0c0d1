"""Closing: what was confirmed is computed and fixed; reopening, with a reason."""

import datetime as dt
from decimal import Decimal

import pytest
from django.utils import timezone

from documents.models import freeze
from evaluations.choices import RoundKind, RoundStep
from evaluations.measuring import measure
from evaluations.models import Report, ScoreRules, SheetReview
from evaluations.rounds import (
    close,
    confirm,
    enter,
    open_round,
    reopen,
    set_average,
    take_back,
)  # fmt: skip
from objectives.workflow import Refused
from organisation.models import Manager, Membership
from organisation.roles import Role
from tests.factories import load, written_act
from tests.results import ON, analysis, confirm_all, everything, progress, result
from tests.this_year import YEAR, full_sheet, sheet_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def confirmed(open_one, plan, responsabile):
    """The verification with all that was expected; FINANZIARIO n° 2 reached half of its count. Confirmed by all."""
    second = sheet_of(plan, 2)
    enter(open_one, [result(second, 1, achieved="1"), analysis(second)], by=responsabile)
    others = [change for sheet in (sheet_of(plan, 1), sheet_of(plan, 1, "TECNICO")) for change in everything(sheet)]
    rest = [change for change in everything(second) if change.key != second.indicators.all()[1].key]
    enter(open_one, [*others, *rest], by=responsabile)
    for review in open_one.sectors.select_related("sector"):
        confirm(open_one, review.sector, by=responsabile)
    return open_one


def refusal(deed, *args, **kwargs):
    """The sentence with which a deed is refused."""
    with pytest.raises(Refused) as refused:
        deed(*args, **kwargs)
    return str(refused.value)


def test_closing_keeps_averages_inputs_and_words(confirmed, plan, segretario):
    before = measure(confirmed)
    done = close(confirmed, by=segretario, note="Verbale del 10.")
    passage = done.passages.last()
    assert (done.closed_by, done.is_closed, passage.kind, passage.note) == (
        segretario, True, RoundStep.CHIUSA, "Verbale del 10.",
    )  # fmt: skip
    assert done.outcome["value"]["percent"] == str(before.plan_value.percent) == "90.00"
    assert done.outcome["time"]["percent"] == "100.00"
    assert done.outcome["criteria"]["partial"] == "PROPORZIONALE"
    assert sorted(done.outcome["sheets"]) == sorted(sheet.sheet.pk for sheet in before.sheets)
    second = SheetReview.objects.get(round=done, objective=sheet_of(plan, 2).objective)
    assert (second.outcome["value"]["percent"], second.causes) == ("50.00", "Ritardi")
    assert "50 %" in second.outcome["value"]["words"]
    assert SheetReview.objects.filter(round=done).count() == 3
    after = measure(done)
    assert [(one.percent, one.words) for one in (after.plan_value, after.plan_time)] == [
        (one.percent, one.words) for one in (before.plan_value, before.plan_time)
    ]


def test_closed_it_shows_what_was_computed_then_whatever_changes(confirmed, caluso, segretario):
    done = close(confirmed, by=segretario)
    then = measure(done)
    changed = full_sheet(2, weight=40, change="MODIFICATO", title="Altro titolo")
    act = {
        **written_act(9, f"{YEAR}-01-01", changed, cites=[(8, f"{YEAR}-01-01")]),
        "plan": {"year": YEAR, "triennium": None},
    }
    load(act, caluso)
    now = measure(done)
    assert [one.sheet.pk for one in now.sheets] == [one.sheet.pk for one in then.sheets]
    assert now.plan_value == then.plan_value


def test_only_the_segretario_closes_and_when_all_settori_have_confirmed(confirmed, tecnico, responsabile, segretario):
    assert refusal(close, confirmed, by=responsabile).endswith("una verifica spetta a chi è Segretario.")
    take_back(confirmed, tecnico, by=responsabile, note="Da rivedere.")
    assert refusal(close, confirmed, by=segretario) == (
        "La verifica si chiude quando tutti i settori hanno confermato: mancano TECNICO."
    )


def test_its_day_has_come(plan, segretario):
    later = open_round(plan, RoundKind.FINALE, on=dt.date(YEAR + 1, 6, 30), by=segretario)
    assert refusal(close, later, by=segretario) == (
        f"La verifica è alla data del 30/06/{YEAR + 1}: si chiude da quel giorno in poi."
    )


def test_who_closes_results_of_their_own_writes_why(confirmed, tecnico, segretario):
    Manager(sector=tecnico, name="Segretario Rossi", user=segretario, valid_from=ON).save()
    assert refusal(close, confirmed, by=segretario) == (
        "Ha confermato lei i risultati di TECNICO, o ne è responsabile: per chiudere la verifica serve una deroga "
        "scritta e motivata nella nota, che resta tra i passaggi (R20)."
    )
    assert close(confirmed, by=segretario, note="Il settore non ha altro responsabile.").is_closed


def test_nothing_of_a_closed_one_is_entered(confirmed, sheet, finanziario, ufficio, responsabile, segretario):
    close(confirmed, by=segretario)
    closed = (
        f"La verifica intermedia {YEAR} è chiusa: per cambiarne i risultati la riapre il Segretario, con un motivo."
    )
    assert refusal(close, confirmed, by=segretario) == closed
    assert refusal(enter, confirmed, [progress(sheet, 0, "1", row_version=1)], by=ufficio) == closed
    assert refusal(take_back, confirmed, finanziario, by=responsabile, note="?") == closed
    assert refusal(set_average, confirmed, sheet.objective_id, "VALORE", Decimal(50), "Così.", by=segretario) == closed


def test_reopened_with_a_reason_it_is_computed_anew(confirmed, sheet, finanziario, ufficio, responsabile, segretario):
    close(confirmed, by=segretario)
    assert refusal(reopen, confirmed, by=responsabile, note="?").endswith("una verifica spetta a chi è Segretario.")
    assert refusal(reopen, confirmed, by=segretario, note="") == (
        "Per riaprire la verifica scrivere il motivo: resta tra i passaggi."
    )
    again = reopen(confirmed, by=segretario, note="Un dato era sbagliato.")
    assert (again.is_closed, again.outcome, again.closed_by) == (False, {}, None)
    assert [review.outcome for review in SheetReview.objects.filter(round=again)] == [{}] * 3
    assert again.sectors.exclude(confirmed_at=None).count() == 2
    take_back(again, finanziario, by=responsabile, note="Le giornate erano due.")
    enter(again, [result(sheet, 1, row_version=1, achieved="2")], by=ufficio)
    confirm(again, finanziario, by=responsabile)
    assert close(again, by=segretario).outcome["value"]["percent"] == "100.00"
    kept = [row.outcome["value"]["percent"] for row in again.history.order_by("history_id") if row.outcome]
    assert kept == ["90.00", "100.00"]
    assert refusal(reopen, open_round(again.plan, "FINALE", on=ON, by=segretario), by=segretario, note="?") == (
        "Questa verifica è aperta: non c'è niente da riaprire."
    )


def test_results_on_which_a_final_relazione_stands_stay_closed(confirmed, plan, caluso, segretario):
    close(confirmed, by=segretario)
    confirmed.refresh_from_db()
    report = Report(plan=plan)
    report.save()
    assert reopen(confirmed, by=segretario, note="Il testo è una bozza.").is_closed is False
    close(confirmed, by=segretario)
    paper = freeze(entity=caluso, subject="relazione", name="relazione.pdf", content=b"%PDF-1.7")
    report.state, report.document, report.round = "CONGELATA", paper, confirmed
    report.save()
    assert reopen(confirmed, by=segretario, note="L'intermedia non la tocca.").is_closed is False


def test_the_final_one_is_closed_after_the_intermediate_and_reopened_before_it(
    confirmed, plan, responsabile, segretario
):
    """The form of the final one carries the results of both."""
    final = open_round(plan, RoundKind.FINALE, on=ON, by=segretario)
    confirm_all(final, responsabile)
    assert refusal(close, final, by=segretario) == (
        "La verifica intermedia è ancora aperta: chiuderla prima, perché la finale ne riporta i risultati."
    )
    close(confirmed, by=segretario)
    close(final, by=segretario)
    assert refusal(reopen, confirmed, by=segretario, note="Un errore.") == (
        "La verifica finale è chiusa e riporta questi risultati: riaprire prima quella."
    )
    assert reopen(final, by=segretario, note="Un errore.").is_closed is False
    assert reopen(confirmed, by=segretario, note="Un errore.").is_closed is False


def test_a_final_verification_on_which_a_final_relazione_stands_stays_closed(plan, caluso, segretario):
    final = open_round(plan, RoundKind.FINALE, on=ON, by=segretario)
    final.closed_at, final.closed_by = timezone.now(), segretario
    final.save()
    paper = freeze(entity=caluso, subject="relazione", name="relazione.pdf", content=b"%PDF-1.7")
    Report(plan=plan, round=final, state="CONGELATA", document=paper).save()
    assert refusal(reopen, final, by=segretario, note="Un dato mancava.") == (
        f"La Relazione sulla performance {YEAR} si fonda su questi risultati ed è già testo definitivo: la verifica "
        "non si può riaprire."
    )


def test_an_average_by_hand_keeps_the_computed_one_reason_and_author(confirmed, sheet, segretario):
    override = set_average(
        confirmed, sheet.objective_id, "VALORE", Decimal(75), "Progetto fermato dalla Regione.", by=segretario
    )
    assert (override.computed, override.value, override.note, override.by) == (
        50, 75, "Progetto fermato dalla Regione.", segretario,
    )  # fmt: skip
    average = next(one for one in measure(confirmed).sheets if one.sheet == sheet).value
    assert (average.percent, average.computed) == (75, 50)
    again = set_average(confirmed, sheet.objective_id, "VALORE", None, "Ripensato.", by=segretario)
    assert (again.computed, again.value) == (50, None)
    assert next(one for one in measure(confirmed).sheets if one.sheet == sheet).value.percent == 50


def test_an_average_is_set_by_the_segretario_with_a_reason_and_within_bounds(
    confirmed, sheet, responsabile, segretario
):
    deed = (confirmed, sheet.objective_id)
    assert refusal(set_average, *deed, "VALORE", Decimal(75), "?", by=responsabile).endswith(
        "spetta a chi è Segretario."
    )
    assert refusal(set_average, *deed, "VALORE", Decimal(75), " ", by=segretario).startswith(
        "Per scrivere una media a mano"
    )
    assert refusal(set_average, *deed, "VALORE", Decimal(101), "?", by=segretario).startswith("Una media va da 0 a 100")
    assert refusal(set_average, *deed, "ALTRO", Decimal(75), "?", by=segretario).startswith("Una scheda ha due medie")
    assert refusal(set_average, *deed, "TEMPI", None, "?", by=segretario) == "Questa media è già quella calcolata."
    assert refusal(set_average, confirmed, 10**9, "TEMPI", Decimal(1), "?", by=segretario).startswith(
        "La scheda non è tra"
    )


def test_an_average_goes_as_high_as_the_cap_of_the_plan(confirmed, sheet, segretario):
    ScoreRules(plan=confirmed.plan, cap=150).save()
    deed = (confirmed, sheet.objective_id, "VALORE")
    assert set_average(*deed, Decimal("149.5"), "Oltre l'atteso.", by=segretario).value == Decimal("149.5")
    assert refusal(set_average, *deed, Decimal(151), "?", by=segretario) == (
        "Una media va da 0 a 150, con due decimali al massimo."
    )
    measured = next(one for one in measure(confirmed).sheets if one.sheet == sheet)
    assert measured.value.percent == Decimal("149.5")


def test_who_answers_for_a_sheet_sets_its_average_with_a_written_exception(confirmed, sheet, segretario, finanziario):
    Membership(user=segretario, entity=confirmed.plan.entity, role=Role.RESPONSABILE).save()
    deed = (confirmed, sheet.objective_id, "VALORE", Decimal(75), "Fermato dalla Regione.")
    assert refusal(set_average, *deed, by=segretario) == (
        "È responsabile di questa scheda: ne scrive la media solo con una deroga scritta e motivata (R20)."
    )
    override = set_average(*deed, by=segretario, exception="Non c'è altro responsabile.")
    assert override.note == "Fermato dalla Regione.\n\nDeroga scritta (R20): Non c'è altro responsabile."

"""What a verification measures: the sheets in force on its day, in a constant number of queries."""

import datetime as dt
from decimal import Decimal

import pytest

from evaluations.choices import Measure, RoundKind
from evaluations.entered import criteria_of
from evaluations.measures import people_of
from evaluations.measuring import measure, measure_objective, measure_sector
from evaluations.models import Round, ScoreOverride, ScoreRules, SheetReview
from evaluations.outcomes import round_outcome, sheet_outcome
from evaluations.rounds import Change, enter, missing_of, open_round
from evaluations.scoring import Criteria, Standing
from organisation.models import Sector
from tests.factories import load, written_act, written_indicator
from tests.results import ON, analysis, result
from tests.this_year import YEAR, full_sheet, sheet_of

pytestmark = pytest.mark.django_db


def staff(sheet, place, share):
    """The change of a share."""
    return Change("staff", sheet.objective_id, sheet.participations.all()[place].key, {"share": share})


def of(measured, sheet):
    """The measure of one sheet."""
    return next(one for one in measured.sheets if one.sheet.pk == sheet.pk)


@pytest.fixture
def final_one(plan, segretario):
    """The verifica finale of the plan, open."""
    return open_round(plan, RoundKind.FINALE, on=dt.date(YEAR, 12, 31), by=segretario)


def enter_every_kind(verification, sheet, by, *achieved):
    """Results of the indicators of a sheet, in their order."""
    changes = [result(sheet, place, achieved=text) for place, text in enumerate(achieved) if text]
    enter(verification, changes, by=by)


def test_value_and_time_are_kept_apart(final_one, every_kind, segretario, responsabile):
    enter_every_kind(
        final_one, every_kind, responsabile,
        f"10/01/{YEAR + 1}", "1 giornata", "3", "72,19%", "nessuna", "1.200", "sì", "", "9",
    )  # fmt: skip
    found = of(measure(final_one), every_kind)
    assert [one.score.short for one in found.indicators] == [
        "0 %", "50 %", "75 %", "100 %", "100 %", "80 %", "100 %", "non inserito", "non applicabile",
    ]  # fmt: skip
    assert found.time.words == "Una sola voce = 0 %."
    assert found.value.words == (
        "Media semplice di 6: (50 + 75 + 100 + 100 + 80 + 100) ÷ 6 = 84,17 %. 2 voci sono lasciate fuori."
    )
    assert [one.deviation for one in found.indicators[:4]] == ["+10 giorni", "−1", "−1 volta l'anno", "in linea"]
    assert found.below_target
    assert found.incomplete == ["Esito: Atteso «come da progetto approvato»; raggiunto non inserito."]


def test_what_is_not_entered_is_no_zero(open_one, sheet):
    found = of(measure(open_one), sheet)
    assert (found.value.percent, found.time.percent, found.below_target) == (None, None, False)
    assert len(found.incomplete) == 1, "the day at the end of the year is still to come"


def test_the_analysis_is_wanted_where_a_result_is_below(final_one, sheet, responsabile):
    enter(final_one, [result(sheet, 1, achieved="1")], by=responsabile)
    assert of(measure(final_one), sheet).missing_analysis == ["cause", "effetti", "provvedimenti correttivi"]
    enter(final_one, [analysis(sheet, taken="", to_take="Nuova gara")], by=responsabile)
    assert of(measure(final_one), sheet).missing_analysis == []


def test_settore_by_weight_plan_by_settore(final_one, plan, every_kind, sheet, responsabile):
    other = sheet_of(plan, 1, "TECNICO")
    enter(final_one, [result(every_kind, 1, achieved="1 giornata"), result(sheet, 1, achieved="2")], by=responsabile)
    enter(final_one, [result(other, 1, achieved="1")], by=responsabile)
    measured = measure(final_one)
    finanziario, tecnico = measured.sectors
    assert finanziario.value.words == "Media pesata di 2: (50 × 60 + 100 × 40) ÷ 100 = 70 %."
    assert tecnico.value.words == "Una sola voce = 50 %."
    assert measured.plan_value.words == (
        "Media semplice di 2: (70 + 50) ÷ 2 = 60 % (ogni settore conta allo stesso modo)."
    )
    assert measure_sector(final_one, tecnico.sector).value == tecnico.value
    assert measure_objective(final_one, sheet.objective_id).value.percent == 100


def test_a_settore_without_sheets_is_not_measured(final_one, caluso):
    empty = Sector(entity=caluso, name="VUOTO")
    empty.save()
    assert measure_sector(final_one, empty) is None
    assert measure_objective(final_one, 0) is None


def test_the_criteria_of_the_plan_count(final_one, plan, sheet, responsabile):
    enter(final_one, [result(sheet, 0, achieved=f"20/01/{YEAR + 1}"), result(sheet, 1, achieved="3")], by=responsabile)
    assert criteria_of(plan) == Criteria()
    ScoreRules(plan=plan, cap=120, late="A_SCAGLIONI", late_steps=[[60, 25], [30, 50]]).save()
    found = of(measure(final_one), sheet)
    assert (found.value.percent, found.time.percent) == (120, 50)


def test_an_average_by_hand_stands_in_its_place_until_it_is_given_back(final_one, sheet, segretario, responsabile):
    enter(final_one, [result(sheet, 1, achieved="1")], by=responsabile)
    about = {"round": final_one, "objective_id": sheet.objective_id, "measure": Measure.VALORE, "by": segretario}
    ScoreOverride(**about, computed=50, value=80, note="Gara deserta").save()
    found = of(measure(final_one), sheet).value
    assert (found.percent, found.computed, found.reason, found.author) == (80, 50, "Gara deserta", "Segretario Rossi")
    ScoreOverride(**about, computed=50, value=None, note="Calcolo giusto").save()
    assert of(measure(final_one), sheet).value.percent == 50


def test_a_person_counts_by_share_and_weight(final_one, plan, every_kind, sheet, responsabile):
    enter(
        final_one,
        [result(every_kind, 1, achieved="1 giornata"), staff(every_kind, 0, "30"), result(sheet, 1, achieved="2")],
        by=responsabile,
    )
    anna, ugo = measure(final_one).people
    assert [(one.name, one.category, one.value.short) for one in (anna, ugo)] == [
        ("Anna Bianchi", "C", "50 %"),
        ("Ugo Neri", "D", "50 %"),
    ]
    assert [one.share_words for one in (*anna.shares, *ugo.shares)] == [
        "quota 30 % (effettiva) × peso 60 = 18",
        "quota 40 % (prevista) × peso 60 = 24",
    ]


def test_a_person_who_had_no_share_has_no_score(final_one, every_kind, responsabile):
    enter(final_one, [result(every_kind, 1, achieved="1 giornata"), staff(every_kind, 0, "0")], by=responsabile)
    anna, _ = measure(final_one).people
    assert (anna.value.percent, [out.why for out in anna.value.left_out]) == (None, ["la quota è zero"])


def test_whoever_is_written_in_the_same_words_is_one_person(caluso, segretario):
    people = [{"category": "", "name": name, "share": share} for name, share in (("Dott. Neri Ugo", "50"),)]
    more = [{"category": "D", "name": "Ugo Neri", "share": ""}]
    load(
        written_act(1, "2022-01-10", full_sheet(1, weight=60, staff=people), full_sheet(2, weight=40, staff=more)),
        caluso,
    )
    verification = open_round(caluso.plans.get(), RoundKind.FINALE, on=dt.date(2022, 12, 31), by=segretario)
    (ugo,) = measure(verification).people
    assert (ugo.name, ugo.category, len(ugo.shares)) == ("Dott. Neri Ugo", "D", 2)
    assert ugo.shares[1].share_words == "quota non scritta"


def test_a_person_is_measured_over_the_sheets_one_may_see(final_one):
    finanziario, tecnico = measure(final_one).sectors
    assert [person.name for person in people_of(finanziario.sheets)] == ["Anna Bianchi", "Ugo Neri"]
    assert people_of(tecnico.sheets) == []


def test_the_earlier_result_stays_beside_the_final_one(open_one, final_one, sheet, responsabile):
    enter(open_one, [result(sheet, 1, achieved="1")], by=responsabile)
    enter(final_one, [result(sheet, 1, achieved="2")], by=responsabile)
    row = of(measure(final_one), sheet).indicators[1]
    assert (row.result.achieved, row.earlier.achieved, row.earlier.sheet) == ("2", "1", sheet)
    assert of(measure(open_one), sheet).indicators[1].earlier is None


def test_a_result_entered_on_an_earlier_version_says_so(caluso, segretario, responsabile):
    load(written_act(1, "2022-01-10", full_sheet(1, weight=100)), caluso)
    verification = open_round(caluso.plans.get(), RoundKind.FINALE, on=dt.date(2022, 12, 31), by=segretario)
    before = sheet_of(verification.plan, 1)
    enter(verification, [result(before, 1, achieved="2")], by=responsabile)
    changed = full_sheet(1, change="MODIFICATO", weight=100, title="Sportello digitale")
    changed["indicators"][1]["expected"] = "4"
    load(written_act(2, "2022-06-10", changed, cites=[(1, "2022-01-10")]), caluso)
    (found,) = measure(verification).sheets
    assert found.sheet.base == before
    assert (found.indicators[1].measured_on, found.indicators[1].score.short) == (before, "50 %")


def test_a_closed_verification_shows_what_was_computed_then(final_one, plan, sheet, responsabile, segretario):
    enter(final_one, [result(sheet, 1, achieved="1")], by=responsabile)
    then = measure(final_one)
    for one in then.sheets:
        review = SheetReview(round=final_one, objective=one.sheet.objective, sheet=one.sheet)
        review.outcome = sheet_outcome(one)
        review.save()
    final_one.outcome, final_one.closed_by, final_one.closed_at = (
        round_outcome(then),
        segretario,
        dt.datetime.now(dt.UTC),
    )
    final_one.save()
    ScoreRules(plan=plan, partial="TUTTO_O_NIENTE").save()
    late = written_act(9, f"{YEAR}-02-01", full_sheet(2, change="ELIMINATO", weight=40), cites=[(8, f"{YEAR}-01-01")])
    load({**late, "plan": {"year": YEAR, "triennium": None}}, plan.entity)
    now = measure(Round.objects.get(pk=final_one.pk))
    assert (now.plan_value, now.plan_time, now.criteria) == (then.plan_value, then.plan_time, then.criteria)
    assert [(one.sheet.pk, one.value, one.time) for one in now.sheets] == [
        (one.sheet.pk, one.value, one.time) for one in then.sheets
    ]
    assert [one.score for one in of(now, sheet).indicators] == [one.score for one in of(then, sheet).indicators]
    assert of(now, sheet).value.percent == Decimal("50.00")


def test_in_the_real_plan_of_2022_what_belongs_to_2023_is_not_applicable(act100, caluso, segretario):
    plan = caluso.plans.get(year=2022)
    verification = open_round(plan, RoundKind.FINALE, on=dt.date(2022, 12, 31), by=segretario)
    measured = measure(verification)
    rows = [row for sheet in measured.sheets for row in sheet.indicators]
    of_2023 = [
        row for row in rows if "2023" in row.indicator.text + row.indicator.expected or "/23" in row.indicator.text
    ]
    assert len(of_2023) == 16
    assert {row.score.standing for row in of_2023} == {Standing.NOT_APPLICABLE}
    assert {row.score.words for row in of_2023} == {"Riguarda il 2023: non conta nei punteggi del 2022 (R26)."}
    assert {row.score.standing for row in rows if row not in of_2023} == {Standing.NOT_ENTERED}
    phases = [row for sheet in measured.sheets for row in sheet.phases]
    later = [row for row in phases if row.phase.text.startswith("2023:") or row.phase.months[:1] > ["2023"]]
    assert [row for row in phases if row.later] == later
    asked = {one.key for sheet in measured.sheets for one in missing_of(sheet) if one.what == "phase"}
    assert (len(later), asked.isdisjoint(row.phase.key for row in later)) == (13, True)


def test_a_text_that_is_not_on_file_has_nothing_to_measure(caluso):
    load(
        written_act(100, "2022-10-18", full_sheet(1, change="MODIFICATO", weight=60), cites=[(8, "2022-02-07")]), caluso
    )
    verification = Round(plan=caluso.plans.get(), kind=RoundKind.INTERMEDIA, on=dt.date(2022, 6, 30))
    verification.save()
    (stub,) = measure(verification).sheets
    assert (stub.sheet.on_file, stub.value.percent, stub.incomplete) == (False, None, [])
    assert stub.value.words == "Il testo non è in archivio: non c'è niente da misurare."


@pytest.mark.parametrize("sheets", [1, 30])
def test_measuring_takes_the_same_queries_whatever_the_plan(
    caluso, segretario, responsabile, django_assert_num_queries, sheets
):
    rows = [written_indicator(expected="2", family="QUANTITA"), written_indicator()]
    every = [full_sheet(number, weight=3, indicators=rows) for number in range(1, sheets + 1)]
    load(written_act(1, "2022-01-10", *every), caluso)
    verification = open_round(caluso.plans.get(), RoundKind.FINALE, on=ON.replace(year=2022, month=12), by=segretario)
    first = sheet_of(verification.plan, 1)
    enter(verification, [result(first, 0, achieved="1"), analysis(first)], by=responsabile)
    verification = Round.objects.select_related("plan__entity").get(pk=verification.pk)
    with django_assert_num_queries(12):
        assert len(measure(verification).people) == 0

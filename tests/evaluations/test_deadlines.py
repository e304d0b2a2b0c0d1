"""What comes due for whom: of sheets in force, of one's own settori, and no longer once it is done."""

import datetime as dt

import pytest
from django.utils import timezone

from evaluations.choices import ReportState, RoundKind
from evaluations.deadlines import deadlines_of
from evaluations.due import Kind, by_month, by_sector, month_end
from evaluations.models import PhaseProgress, Report, Result, Round
from evaluations.validating import request_validation
from objectives.models import Sheet
from organisation.models import Membership, Sector
from organisation.roles import Role
from tests.plans import adopt, cites, indicator_data, sheet_data
from tests.reports import approving_act, frozen_report
from tests.validations import decided, frozen

pytestmark = pytest.mark.django_db
OCTOBER = dt.date(2022, 10, 31)
PHASES = [{"slot": 1, "text": "Analisi", "months": ["2022-03", "2022-05"]}, {"slot": 2, "text": "Avvio", "months": []}]


def two_sectors(caluso):
    """A plan of 2022: FINANZIARIO n° 1 with three kinds of target and two phases, TECNICO n° 1 with a day of 2023."""
    targets = [
        indicator_data("Avvio", "30/06/2022"),
        indicator_data("Giornate", "2 giornate", "QUANTITA"),
        indicator_data("Chiusura", "31/12/2022"),
    ]
    later = [indicator_data("Collaudo", "31/03/2023")]
    return adopt(
        caluso,
        8,
        "2022-02-07",
        sheet_data(1, indicators=targets, phases=PHASES),
        sheet_data(1, sector="TECNICO", indicators=later),
    )


@pytest.fixture
def act(caluso):
    """The act that approves that plan."""
    return two_sectors(caluso)


@pytest.fixture
def sheet(act):
    """FINANZIARIO n° 1."""
    return act.sheets.get(sector__name="FINANZIARIO")


def round_of(sheet, kind=RoundKind.INTERMEDIA, on=dt.date(2022, 7, 31), closed_by=None):
    """A verification of the plan of a sheet."""
    closed = {"closed_by": closed_by, "closed_at": timezone.now()} if closed_by else {}
    verification = Round(plan=sheet.objective.plan, kind=kind, on=on, **closed)
    verification.save()
    return verification


def achieved(verification, sheet, text, **values):
    """A result of the indicator with this text."""
    key = sheet.indicators.get(text=text).key
    Result(round=verification, objective=sheet.objective, sheet=sheet, key=key, **values).save()


def named(person, *kinds, today=OCTOBER):
    """The deadlines of a person as day and name, of these kinds or of all."""
    return [
        (f"{one.on:%d/%m/%Y}", one.name) for one in deadlines_of(person, today) if not kinds or one.kind in set(kinds)
    ]


def overdue(person, today=OCTOBER):
    """The names of what is overdue."""
    return [one.name for one in deadlines_of(person, today) if one.is_overdue(today)]


def test_the_days_of_indicators_and_the_last_months_of_phases(act, segretario):
    assert named(segretario, Kind.INDICATORE, Kind.FASE) == [
        ("31/05/2022", "Analisi"),
        ("30/06/2022", "Avvio"),
        ("31/12/2022", "Chiusura"),
        ("31/03/2023", "Collaudo"),
    ]


def test_what_has_gone_by_is_overdue_and_a_later_year_is_not(act, segretario):
    assert overdue(segretario) == ["Analisi", "Avvio"]


def test_on_its_day_a_thing_is_not_yet_overdue(act, segretario):
    assert overdue(segretario, dt.date(2022, 5, 31)) == []
    assert overdue(segretario, dt.date(2022, 6, 1)) == ["Analisi"]


def test_an_office_has_the_deadlines_of_its_own_settori(act, ufficio):
    ufficio.memberships.get().sectors.add(Sector.objects.get(name="TECNICO"))
    assert named(ufficio, Kind.INDICATORE, Kind.FASE) == [("31/03/2023", "Collaudo")]


def test_who_reads_the_whole_plan_has_them_all(act, ufficio, caluso):
    ufficio.memberships.get().sectors.add(Sector.objects.get(name="TECNICO"))
    Membership(user=ufficio, entity=caluso, role=Role.LETTURA).save()
    assert len(named(ufficio, Kind.INDICATORE)) == 3


def test_nothing_of_an_entity_is_for_who_has_no_role_there(act, estraneo):
    assert deadlines_of(estraneo, OCTOBER) == []


def test_nothing_is_for_who_is_switched_off(act, segretario):
    segretario.is_active = False
    segretario.save()
    assert deadlines_of(segretario, OCTOBER) == []


def test_a_day_that_was_reached_is_no_longer_overdue(act, sheet, segretario):
    achieved(round_of(sheet), sheet, "Avvio", achieved="20/07/2022", date=dt.date(2022, 7, 20))
    assert overdue(segretario) == ["Analisi", "Verifica intermedia 2022"]


@pytest.mark.parametrize(
    ("values", "still"),
    [
        ({"not_applicable": True, "not_applicable_note": "Sospeso"}, False),
        ({"percent": 100}, False),
        ({"percent": 50}, True),
        ({"kind": "YES_NO", "number": 1}, False),
        ({"kind": "YES_NO", "number": 0}, True),
        ({"achieved": "30/11/2022", "date": dt.date(2022, 11, 30)}, True),
        ({"achieved": ""}, True),
    ],
)
def test_what_a_result_says_of_it(act, sheet, segretario, values, still):
    achieved(round_of(sheet), sheet, "Avvio", **values)
    assert ("Avvio" in overdue(segretario)) == still


def test_the_last_verification_is_believed(act, sheet, segretario):
    achieved(round_of(sheet), sheet, "Avvio", percent=100)
    achieved(round_of(sheet, RoundKind.FINALE, dt.date(2022, 9, 30)), sheet, "Avvio", percent=80)
    assert "Avvio" in overdue(segretario)


@pytest.mark.parametrize("deed", ["indicator", "phase"])
def test_what_an_open_verification_found_done_is_told_to_who_may_read_it(
    act, sheet, ufficio, segretario, nucleo, lettura, deed
):
    ufficio.memberships.get().sectors.add(sheet.sector)
    verification = round_of(sheet)
    if deed == "indicator":
        achieved(verification, sheet, "Avvio", percent=100)
    else:
        done = {"objective": sheet.objective, "sheet": sheet, "key": sheet.phases.get(text="Analisi").key}
        PhaseProgress(round=verification, percent=100, **done).save()
    name = "Avvio" if deed == "indicator" else "Analisi"
    told = [who for who in (ufficio, segretario, nucleo, lettura) if name not in overdue(who)]
    assert told == [ufficio, segretario, nucleo]
    verification.closed_at, verification.closed_by = timezone.now(), segretario
    verification.save()
    assert name not in overdue(lettura)


@pytest.mark.parametrize(("percent", "still"), [(100, False), (99, True), (None, True)])
def test_a_phase_is_done_when_all_of_it_is(act, sheet, segretario, percent, still):
    key = sheet.phases.get(text="Analisi").key
    PhaseProgress(round=round_of(sheet), objective=sheet.objective, sheet=sheet, key=key, percent=percent).save()
    assert ("Analisi" in overdue(segretario)) == still


def test_a_closed_final_verification_settles_the_year_and_not_the_next(act, sheet, segretario):
    round_of(sheet, RoundKind.FINALE, dt.date(2022, 12, 31), closed_by=segretario)
    assert overdue(segretario, dt.date(2023, 6, 1)) == ["Collaudo"]


def test_an_open_verification_is_overdue_after_its_day(act, sheet, segretario):
    round_of(sheet)
    assert "Verifica intermedia 2022" in overdue(segretario)
    assert "Verifica intermedia 2022" not in overdue(segretario, dt.date(2022, 7, 31))


def test_a_sheet_that_an_act_took_out_is_never_overdue(act, caluso, segretario):
    data = sheet_data(1, change="ELIMINATO", indicators=[indicator_data("Avvio", "30/06/2022")], phases=PHASES)
    adopt(caluso, 100, "2022-10-18", data, cites=cites(act))
    assert Sheet.objects.filter(change="ELIMINATO").count() == 1
    assert overdue(segretario, dt.date(2022, 10, 17)) == ["Analisi", "Avvio"]
    assert overdue(segretario, dt.date(2022, 10, 18)) == []


def test_a_postponed_day_counts_from_the_act_that_postponed_it(act, caluso, segretario):
    data = sheet_data(1, change="MODIFICATO", indicators=[indicator_data("Avvio", "30/11/2022")])
    adopt(caluso, 100, "2022-10-18", data, cites=cites(act))
    before = {one.name: one for one in deadlines_of(segretario, dt.date(2022, 10, 17))}["Avvio"]
    after = {one.name: one for one in deadlines_of(segretario, OCTOBER)}["Avvio"]
    assert (before.on, after.on) == (dt.date(2022, 6, 30), dt.date(2022, 11, 30))
    assert before.uid == after.uid
    assert overdue(segretario) == []


def test_the_relazione_is_due_on_the_30th_of_june(act, segretario):
    assert named(segretario, Kind.RELAZIONE) == [("30/06/2023", "Relazione sulla performance 2022")]


def test_the_relazione_is_due_until_the_nucleo_has_validated_it(act, sheet, caluso, segretario, nucleo):
    late, name = dt.date(2023, 7, 1), "Relazione sulla performance 2022"
    report = Report(plan=sheet.objective.plan)
    report.save()
    frozen_report(report, round_of(sheet, RoundKind.FINALE))
    report.act, report.state = approving_act(caluso), ReportState.APPROVATA
    report.save()
    assert name in overdue(segretario, late)
    decided(frozen(request_validation(report.plan, report=report, by=segretario)), nucleo)
    assert name not in overdue(segretario, late)


def test_the_days_of_a_published_act(caluso, segretario):
    adopt(caluso, 100, "2022-10-18", sheet_data(), publication_start="2023-02-06", publication_days=15)
    days = named(segretario, Kind.ATTO, today=dt.date(2023, 2, 6))
    assert days == [
        ("17/02/2023", "GC 100/2022: diventa esecutiva"),
        ("20/02/2023", "GC 100/2022: ultimo giorno all'albo pretorio"),
    ]
    assert [one for one in overdue(segretario, dt.date(2023, 3, 1)) if "100" in one] == []


def test_what_was_missed_in_the_year_before_last_is_no_deadline_any_more(act, segretario):
    assert overdue(segretario, dt.date(2024, 1, 1)) == ["Collaudo", "Relazione sulla performance 2022"]


def test_the_real_plan_shows_its_days_of_2023(act100, segretario):
    days = deadlines_of(segretario, OCTOBER)
    assert sum(one.kind == Kind.INDICATORE and one.on.year == 2023 for one in days) > 0
    assert not [one.name for one in days if one.on.year == 2023 and one.is_overdue(OCTOBER)]


@pytest.mark.parametrize("count", [1, 30])
def test_the_queries_are_the_same_whatever_there_is(caluso, segretario, django_assert_num_queries, count):
    adopt(caluso, 8, "2022-02-07", *(sheet_data(number) for number in range(1, count + 1)))
    with django_assert_num_queries(9):
        assert len(named(segretario, Kind.INDICATORE)) == count


def test_by_month_and_by_settore(act, segretario):
    days = deadlines_of(segretario, OCTOBER)
    assert next(month for month, _ in by_month(days)) == dt.date(2022, 5, 1)
    assert [name for name, _ in by_sector(days)] == ["Tutto il piano", "FINANZIARIO", "TECNICO"]


@pytest.mark.parametrize(("month", "last"), [("2022-12", (2022, 12, 31)), ("2024-02", (2024, 2, 29))])
def test_the_last_day_of_a_month(month, last):
    assert month_end(month) == dt.date(*last)

"""What a Relazione says, read from the record: plan, results of the verification, people as counts, validations."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from deliberations.calendar import of_the
from evaluations.choices import RoundKind
from evaluations.papers.report.reading import report_paper
from evaluations.reporting import begin_report
from evaluations.rounds import open_round
from tests.reports import closed_final
from tests.results import ON
from tests.this_year import YEAR, approved_plan, full_sheet
from tests.validations import decided, frozen, requested

pytestmark = pytest.mark.django_db


@pytest.fixture
def report(plan, segretario):
    """Begun, nothing written."""
    return begin_report(plan, by=segretario)


def test_before_any_verification_it_tells_the_plan_and_that_there_are_no_results(report):
    paper = report_paper(report)
    assert paper.banner == "BOZZA – risultati non ancora rilevati"
    assert (paper.summary, paper.measured, paper.people) == ("3 obiettivi di 2 settori", False, 2)
    (row, *_) = paper.sectors[0].sheets[1].indicators
    assert (row.expected, row.achieved, row.worth) == (f"31/12/{YEAR}", "", "non rilevato")


def test_at_mid_year_and_while_the_final_verification_is_open_its_results_are_provisional(report, open_one, segretario):
    assert report_paper(report).banner == "BOZZA – risultati provvisori della verifica intermedia"
    open_round(report.plan, RoundKind.FINALE, on=ON, by=segretario)
    paper = report_paper(report)
    assert paper.banner == "BOZZA – risultati provvisori: la verifica finale è aperta"
    assert paper.basis == f"I risultati sono provvisori: la verifica finale al 1° gennaio {YEAR} è ancora aperta."
    assert report_paper(report, final=True).banner == ""


def test_closed_it_tells_the_results_with_the_analysis_of_what_is_below(report, ufficio, responsabile, segretario):
    final = closed_final(report.plan, office=ufficio, manager=responsabile, by=segretario)
    paper = report_paper(report)
    assert (paper.banner, paper.moment) == ("BOZZA", final.closed_at)
    assert paper.basis.startswith(f"I risultati sono quelli della verifica finale al 1° gennaio {YEAR}, chiusa il ")
    first, second = paper.sectors[0].sheets
    assert (first.below, second.below, paper.sectors[0].below_written) == (True, False, "1 su 2")
    assert first.analysis == [
        ("Cause", "Ritardi"),
        ("Effetti", "Pochi"),
        ("Provvedimenti correttivi intrapresi", "Solleciti"),
        ("Provvedimenti correttivi da attivare", "Nuova gara"),
    ]
    short = first.indicators[1]
    assert (short.achieved, short.worth) == ("1 giornata", "50 %")
    assert (second.value, paper.sectors[1].value) == (Decimal(100), Decimal(100))


def test_people_are_counted_once_and_not_told(report):
    paper = report_paper(report)
    assert [(one.name, one.people_written) for one in paper.sectors] == [
        ("FINANZIARIO", "2 persone coinvolte"),
        ("TECNICO", "non indicate"),
    ]
    assert "Bianchi" not in str(paper.told())
    assert paper.people_sentence == "Personale coinvolto: 2 persone, ognuna contata una volta sola."


def test_what_the_nucleo_decided_in_the_year_is_told_with_its_minutes(report, segretario, nucleo):
    asked = frozen(requested(report.plan, segretario))
    assert report_paper(report).validations == []
    decided(asked, nucleo)
    assert report_paper(report).validations == [
        f"Piano dopo la GC 8/{YEAR}: validata, verbale n. 3 {of_the(timezone.localdate())}"
    ]


def test_another_word_makes_another_version(report, segretario):
    before = report_paper(report).version
    report.presentation = "Un anno."
    assert report_paper(report).version != before
    assert report_paper(report, final=True).version != report_paper(report).version


@pytest.mark.parametrize("count", [1, 30])
def test_it_is_read_in_as_many_queries_whatever_the_plan_holds(caluso, segretario, count):
    plan = approved_plan(caluso, *(full_sheet(number, weight=1) for number in range(1, count + 1)))
    begun = begin_report(plan, by=segretario)
    open_round(plan, RoundKind.INTERMEDIA, on=ON, by=segretario)
    with CaptureQueriesContext(connection) as queries:
        report_paper(begun)
    assert len(queries) == 17

"""The official form with its results: what stands where, and a file that conforms."""

import datetime as dt

import pytest
from django.utils import timezone

from evaluations.choices import Measure, RoundKind
from evaluations.measuring import measure_objective
from evaluations.models import ScoreOverride
from evaluations.papers.results_form import closed_form_document, results_content, results_work
from evaluations.rounds import Change, enter, open_round
from tests.conformance import failures
from tests.results import analysis, result
from tests.this_year import YEAR

pytestmark = pytest.mark.django_db
NOW = dt.datetime(YEAR, 7, 1, tzinfo=dt.UTC)


@pytest.fixture
def measured(open_one, plan, every_kind, responsabile, segretario):
    """FINANZIARIO n° 1 in both verifications, the final one first."""
    enter(open_one, [result(every_kind, 1, achieved="1 giornata"), analysis(every_kind)], by=responsabile)
    final = open_round(plan, RoundKind.FINALE, on=dt.date(YEAR, 12, 31), by=segretario)
    share = Change("staff", every_kind.objective_id, every_kind.participations.all()[0].key, {"share": "55,5"})
    enter(final, [result(every_kind, 1, achieved="2 giornate"), share], by=responsabile)
    objective = every_kind.objective_id
    ScoreOverride(
        round=final, objective_id=objective, measure=Measure.VALORE, computed=100, value=90, note="Altro", by=segretario
    ).save()
    return [(one, measure_objective(one, objective)) for one in (final, open_one)]


def test_what_was_entered_stands_where_the_form_has_it(measured):
    content = results_content(measured)
    rows = [(row["achieved"], row["deviation"]) for row in content["indicators"]]
    assert rows[:3] == [("", ""), ("2 giornate", "in linea"), ("", "")]
    assert rows[-1] == ("non applicabile", "")
    assert [person["share"] for person in content["staff"]] == ["55,5", "40"]
    interim, final = content["reviews"]
    assert (interim["round"], interim["date"], interim["value_average"], interim["causes"]) == (
        "INTERMEDIA", f"01/01/{YEAR}", "50", "Ritardi",
    )  # fmt: skip
    assert (final["value_average"], final["time_average"]) == ("90 (calcolata: 100)", "niente da misurare")


def test_it_says_of_what_it_is_and_how_the_numbers_came_about(measured):
    form = results_work(measured, NOW).form
    assert form.notes[0] == (
        f"Risultati della verifica finale al 31/12/{YEAR}. Sono provvisori: la verifica non è ancora chiusa."
    )
    assert form.banner == "RISULTATI PROVVISORI – verifica non ancora chiusa"
    lines = {one.name: (one.words, one.percent) for one in form.computation}
    assert lines["Giornate di formazione"] == ("Atteso almeno 2 giornate, raggiunto 2 giornate: 2 ÷ 2 = 100 %.", "100")
    assert lines["Media valore raggiunto"][0].startswith("Scritta a mano da Segretario Rossi il ")
    assert lines["Media rispetto dei tempi"] == ("Niente da misurare.", "")
    assert form.version.endswith("-finale")


@pytest.mark.pdf
def test_of_a_closed_verification_it_is_made_once_and_conforms(measured, segretario):
    final = measured[0][0]
    final.closed_at, final.closed_by = timezone.now(), segretario
    final.save()
    document = closed_form_document(measured)
    content = document.read()
    assert closed_form_document(measured) == document
    assert document.name == f"risultati-{YEAR}-finale-finanziario-1.pdf"
    assert (failures(content, "3a"), failures(content, "ua1")) == ({}, {})
    assert results_work(measured, NOW).form.banner == ""

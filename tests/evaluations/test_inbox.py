"""What waits in verifications and validations: for each person their own, counted as it is shown."""

import pytest
from django.utils import timezone

from evaluations.front_page import rounds_of
from evaluations.inbox import counts, trays
from evaluations.models import Validation
from evaluations.reporting import approve_report, begin_report, word_sector
from evaluations.rounds import confirm, open_round
from evaluations.validating import decide, request_validation
from objectives.permissions import standing, standings
from tests.factories import load, make_sector, written_act, written_sheet
from tests.pages import text, texts
from tests.reports import approving_act, frozen_report
from tests.results import ON, complete
from tests.this_year import YEAR, approved_plan, full_sheet, sheet_of
from tests.validations import decided, frozen, requested

pytestmark = pytest.mark.django_db

VERIFICATION = f"Verifica intermedia {YEAR}"


def waiting(entity, person):
    """What waits, as {key of the tray: [names]}, where it is counted as many."""
    found = {
        tray.key: [item.name for item in tray.items]
        for tray in trays(entity, standing(person, entity), rounds_of(entity))
        if not tray.to_come
    }
    assert counts(standings(person)).get(entity.pk, 0) == sum(map(len, found.values()))
    return {key: names for key, names in found.items() if names}


@pytest.fixture
def asked(plan, segretario):
    """The plan handed over to the Nucleo."""
    return requested(plan, segretario)


def test_a_package_waits_for_the_nucleo_once_it_is_frozen(caluso, plan, asked, nucleo, segretario, ufficio):
    assert waiting(caluso, nucleo) == {}
    frozen(asked)
    assert waiting(caluso, nucleo) == {"da-validare": [str(asked)]}
    assert (waiting(caluso, segretario), waiting(caluso, ufficio)) == ({}, {})
    decided(asked, nucleo)
    assert waiting(caluso, nucleo) == {}


def test_what_was_sent_back_waits_for_the_segretario_until_it_is_sent_again(caluso, plan, asked, nucleo, segretario):
    decided(frozen(asked), nucleo, "RESTITUITA", reasons="Mancano i pesi.")
    assert waiting(caluso, segretario) == {"riprendere": [str(asked)]}
    (item,) = next(tray for tray in trays(caluso, standing(segretario, caluso), rounds_of(caluso)) if tray.items).items
    assert (item.note, item.url) == ("Mancano i pesi.", f"/caluso/validazioni/{asked.pk}/")
    requested(plan, segretario)
    assert waiting(caluso, segretario) == {}


def test_a_package_that_could_not_be_made_waits_for_the_segretario(caluso, asked, segretario):
    asked.problem = "Il PDF della scheda non è riuscito."
    asked.save()
    assert waiting(caluso, segretario) == {"riprendere": [str(asked)]}


def test_results_wait_for_their_settore_then_the_verification_for_the_segretario(
    caluso, plan, open_one, of_finanziario, finanziario, tecnico, ufficio, responsabile, altrove, segretario, nucleo
):
    mine = {"risultati": [f"{VERIFICATION}: FINANZIARIO"]}
    assert (waiting(caluso, ufficio), waiting(caluso, responsabile)) == (mine, mine)
    assert waiting(caluso, altrove) == {"risultati": [f"{VERIFICATION}: TECNICO"]}
    assert (waiting(caluso, segretario), waiting(caluso, nucleo)) == ({}, {})
    for number in (1, 2):
        complete(open_one, sheet_of(plan, number), ufficio)
    complete(open_one, sheet_of(plan, 1, "TECNICO"), altrove)
    confirm(open_one, finanziario, by=responsabile)
    assert waiting(caluso, ufficio) == {}
    confirm(open_one, tecnico, by=altrove)
    assert waiting(caluso, segretario) == {"chiudere": [VERIFICATION]}


def step_of(caluso, segretario):
    """What is said of the one Relazione that waits."""
    (item,) = next(
        tray for tray in trays(caluso, standing(segretario, caluso), rounds_of(caluso)) if tray.key == "relazione"
    ).items
    return item.detail


def plan_of(entity, year):
    """The plan of a year gone by, adopted in it."""
    content = {**written_act(8, f"{year}-01-31", written_sheet(1)), "plan": {"year": year, "triennium": None}}
    load(content, entity)
    return entity.plans.get(year=year)


def test_last_years_relazione_waits_for_its_next_step_and_this_years_not_yet(caluso, plan, segretario, nucleo):
    assert waiting(caluso, segretario) == {}
    before = plan_of(caluso, YEAR - 1)
    name, due = f"Relazione sulla performance {YEAR - 1}", f" Va approvata e validata entro il 30 giugno {YEAR}."
    assert waiting(caluso, segretario) == {"relazione": [name]}
    assert step_of(caluso, segretario).startswith(f"Da iniziare.{due}")
    report = begin_report(before, by=segretario)
    assert step_of(caluso, segretario).startswith(f"Da preparare e rendere definitiva.{due}")
    report = frozen_report(report, None)
    assert step_of(caluso, segretario).startswith(f"Definitiva: registrare l'atto che la approva.{due}")
    report = approve_report(report, approving_act(caluso), by=segretario)
    assert step_of(caluso, segretario) == f"Approvata: trasmetterla al Nucleo di Valutazione.{due}"
    assert waiting(caluso, nucleo) == {}
    request_validation(before, report=report, by=segretario)
    assert waiting(caluso, segretario) == {}


def test_a_year_long_gone_waits_only_if_somebody_began_its_relazione(caluso, segretario):
    long_gone = plan_of(caluso, YEAR - 3)
    assert waiting(caluso, segretario) == {}
    begin_report(long_gone, by=segretario)
    assert waiting(caluso, segretario) == {"relazione": [f"Relazione sulla performance {YEAR - 3}"]}
    assert step_of(caluso, segretario).endswith("È in ritardo.")


def test_a_settore_is_asked_for_the_text_that_the_relazione_lacks(
    caluso, plan, of_finanziario, finanziario, ufficio, responsabile, altrove, segretario, nucleo
):
    def asked_of(*people):
        return [waiting(caluso, person).get("testi") for person in people]

    report = begin_report(plan, by=segretario)
    assert asked_of(ufficio, altrove) == [None, None]
    open_round(plan, "FINALE", on=ON, by=segretario)
    mine, theirs = ([f"Relazione sulla performance {YEAR}: {name}"] for name in ("FINANZIARIO", "TECNICO"))
    assert asked_of(ufficio, responsabile, altrove, segretario, nucleo) == [mine, mine, theirs, None, None]
    worded = word_sector(report, finanziario, text="Fatto.", by=ufficio, row_version=0)
    assert asked_of(ufficio, altrove) == [None, theirs]
    word_sector(report, finanziario, text="", by=ufficio, row_version=worded.row_version)
    assert asked_of(ufficio) == [mine]


def test_the_first_page_of_the_nucleo_begins_with_it(caluso, asked, nucleo, signed_in):
    client = signed_in(nucleo)
    trays_shown = "//section[@aria-labelledby='da-fare']/section"
    coming = client.get("/caluso/")
    assert texts(coming, f"{trays_shown}/h3") == ["Fascicolo in preparazione 1"]
    assert texts(coming, "//a[@href='#da-fare']") == []
    frozen(asked)
    page = client.get("/caluso/")
    assert texts(page, f"{trays_shown}/h3") == ["Da validare 1"]
    assert texts(page, f"{trays_shown}//li//a/@href") == [f"/caluso/validazioni/{asked.pk}/"]
    decided(asked, nucleo)
    empty = client.get("/caluso/")
    assert text(empty, "//section[@aria-labelledby='da-fare']/p") == "Al momento non c'è nulla che tocchi a lei."


@pytest.mark.parametrize("count", [1, 30])
def test_it_takes_the_same_queries_however_much_waits(
    count, caluso, segretario, responsabile, nucleo, make_person, django_assert_num_queries
):
    names = [make_sector(caluso, f"SETTORE {number}").name for number in range(count)]
    plan = approved_plan(caluso, *(full_sheet(1, weight=100, sector=name) for name in names))
    open_round(plan, "INTERMEDIA", on=ON, by=segretario)
    for number in range(count):
        one = Validation.objects.filter(state="IN_PREPARAZIONE").first() or requested(plan, segretario)
        frozen(one, whole=number == count - 1)
        said = {"minutes_number": str(number), "minutes_on": timezone.localdate(one.requested_at), "members": ["A"]}
        decide(one, "RESTITUITA", **said, reasons="Manca.", by=nucleo)
    for person, queries, shown in ((segretario, 2, 1), (responsabile, 2, count), (nucleo, 1, 0)):
        who, rounds = standing(person, caluso), rounds_of(caluso)
        with django_assert_num_queries(queries):
            assert sum(len(tray.items) for tray in trays(caluso, who, rounds)) == shown

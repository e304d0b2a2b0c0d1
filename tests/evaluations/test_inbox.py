"""What waits in verifications and validations: for each person their own, counted as it is shown."""

import pytest

from evaluations.inbox import counts, trays
from evaluations.models import Validation
from evaluations.rounds import confirm, open_round
from evaluations.validating import decide
from objectives.permissions import standing, standings
from tests.factories import make_sector
from tests.pages import text, texts
from tests.results import ON, complete
from tests.this_year import YEAR, approved_plan, full_sheet, sheet_of
from tests.validations import decided, frozen, requested

pytestmark = pytest.mark.django_db

VERIFICATION = f"Verifica intermedia {YEAR}"


def waiting(entity, person):
    """What waits, as {key of the tray: [names]}, where it is counted as many."""
    found = {tray.key: [item.name for item in tray.items] for tray in trays(entity, standing(person, entity))}
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
    (item,) = next(tray for tray in trays(caluso, standing(segretario, caluso)) if tray.items).items
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


def test_the_first_page_of_the_nucleo_begins_with_it(caluso, asked, nucleo, signed_in):
    client = signed_in(nucleo)
    empty = client.get("/caluso/")
    assert text(empty, "//section[@aria-labelledby='da-fare']/p") == "Al momento non c'è nulla che tocchi a lei."
    frozen(asked)
    page = client.get("/caluso/")
    assert texts(page, "//section[@aria-labelledby='da-fare']//li//a/@href") == [f"/caluso/validazioni/{asked.pk}/"]


@pytest.mark.parametrize("count", [1, 30])
def test_it_takes_the_same_queries_however_much_waits(
    count, caluso, segretario, responsabile, nucleo, make_person, django_assert_num_queries
):
    names = [make_sector(caluso, f"SETTORE {number}").name for number in range(count)]
    plan = approved_plan(caluso, *(full_sheet(1, weight=100, sector=name) for name in names))
    open_round(plan, "INTERMEDIA", on=ON, by=segretario)
    for number in range(count):
        one = frozen(Validation.objects.filter(state="IN_PREPARAZIONE").first() or requested(plan, segretario))
        said = {"minutes_number": str(number), "minutes_on": one.requested_at.date(), "members": ["A"]}
        decide(one, "RESTITUITA", **said, reasons="Manca.", by=nucleo)
    for person, queries, shown in ((segretario, 2, 1), (responsabile, 1, count), (nucleo, 1, 0)):
        who = standing(person, caluso)
        with django_assert_num_queries(queries):
            assert sum(len(tray.items) for tray in trays(caluso, who)) == shown

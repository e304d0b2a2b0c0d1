"""What waits for each person, oldest first, in a number of queries that does not grow."""

import pytest

from deliberations.choices import OpinionKind, OpinionOutcome
from deliberations.models import Deliberation
from objectives.inbox import open_sheets, waiting_counts
from objectives.inbox import waiting as waits
from objectives.models import Sheet
from objectives.permissions import standing
from objectives.workflow import (
    amend,
    approve,
    eliminate,
    enter_dates,
    give_opinion,
    insert,
    propose,
    send_back,
    submit,
)
from organisation.models import Sector
from organisation.roles import Role
from tests.factories import make_draft, make_plan, make_sector
from tests.sessions import TODAY
from tests.this_year import YEAR, approved_plan, rewritten, sheet_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(caluso):
    """FINANZIARIO n° 1 and n° 2, in force, every date of the act known."""
    days = {"publication_start": f"{YEAR}-01-02", "publication_days": 15, "enforceable_on": f"{YEAR}-01-13"}
    return approved_plan(caluso, **days)


@pytest.fixture
def finanziario(plan):
    """The settore of the plan's sheets."""
    return Sector.objects.get(name="FINANZIARIO")


@pytest.fixture
def change(plan, ufficio):
    """A change of n° 1, ready to be sent."""
    return rewritten(amend(sheet_of(plan, 1), by=ufficio), ufficio)


@pytest.fixture
def approved(change, responsabile, segretario):
    """The same, sent and approved."""
    return approve(submit(change, by=responsabile), by=segretario)


def waiting(entity, person):
    """What waits for who has this standing."""
    return waits(entity, person, open_sheets(entity, person))


def trays(entity, person):
    """What waits, as {key of the tray: [names]}."""
    return {tray.key: [item.name for item in tray.items] for tray in waiting(entity, standing(person, entity))}


CHANGE = "FINANZIARIO n° 1 — Sportello digitale"


def test_a_draft_waits_for_its_settore_and_not_for_the_segretario(caluso, change, ufficio, responsabile, segretario):
    assert trays(caluso, ufficio) == {"bozze": [CHANGE]}
    assert trays(caluso, responsabile) == {"bozze": [CHANGE]}
    assert trays(caluso, segretario) == {}


def test_who_works_in_another_settore_has_nothing_to_do(caluso, change, ufficio):
    ufficio.memberships.get().sectors.set([make_sector(caluso, "TECNICO")])
    assert trays(caluso, ufficio) == {}


def test_a_sheet_that_was_sent_waits_for_the_segretario(caluso, change, ufficio, responsabile, segretario):
    submit(change, by=responsabile)
    assert (trays(caluso, ufficio), trays(caluso, segretario)) == ({}, {"inviate": [CHANGE]})


def test_one_that_was_sent_back_comes_first_with_the_note(caluso, plan, change, ufficio, responsabile, segretario):
    eliminate(sheet_of(plan, 2), by=ufficio)
    send_back(submit(change, by=responsabile), by=segretario, note="Il titolo è vago.")
    first, second = waiting(caluso, standing(ufficio, caluso))
    assert [(item.name, item.note) for item in first.items] == [(CHANGE, "Il titolo è vago.")]
    assert (first.key, second.key, second.items[0].change) == ("rinviate", "bozze", "ELIMINATO")


def test_the_one_that_has_waited_longest_comes_first(caluso, plan, finanziario, change, ufficio):
    second, third = insert(plan, finanziario, by=ufficio), insert(plan, finanziario, by=ufficio)
    assert trays(caluso, ufficio) == {"bozze": [CHANGE, str(second), str(third)]}


def test_an_approved_one_waits_to_be_gathered_and_then_its_proposal_waits(caluso, plan, approved, segretario):
    assert trays(caluso, segretario) == {"approvate": [CHANGE]}
    (tray,) = waiting(caluso, standing(segretario, caluso))
    assert tray.all_url == f"/caluso/proposte/nuova/{YEAR}/"
    proposal = propose(plan, [approved], by=segretario)
    (tray,) = waiting(caluso, standing(segretario, caluso))
    assert (tray.key, tray.items[0].detail) == ("proposte", "Manca il parere di regolarità tecnica.")
    facts = {"outcome": OpinionOutcome.FAVOREVOLE, "signer": "Segretario", "by": segretario}
    give_opinion(proposal, kind=OpinionKind.TECNICA, **facts)
    give_opinion(proposal, kind=OpinionKind.CONTABILE, **facts)
    (tray,) = waiting(caluso, standing(segretario, caluso))
    assert tray.items[0].detail == "Da registrare quando la Giunta l'ha adottata."


def test_an_act_without_its_later_dates_waits_for_them(caluso, segretario, ufficio):
    approved_plan(caluso)
    (tray,) = waiting(caluso, standing(segretario, caluso))
    assert [(item.name, item.url, item.detail) for item in tray.items] == [
        (f"GC 8/{YEAR}", f"/caluso/atti/gc-8-{YEAR}/date/", "Manca la data di pubblicazione.")
    ]
    assert trays(caluso, ufficio) == {}
    told = {"published_on": TODAY, "group_leaders_informed_on": TODAY}
    enter_dates(Deliberation.objects.get(number=8), **told, note="In ritardo.", by=segretario)
    assert trays(caluso, segretario) == {}


@pytest.mark.parametrize("role", ["nucleo", "lettura", "amministratore"])
def test_for_who_reads_nothing_waits(role, request, caluso, change):
    assert trays(caluso, request.getfixturevalue(role)) == {}


def test_what_waits_in_another_entity_stays_there(caluso, plan, esempio, make_person):
    both = make_person("due", (caluso, Role.UFFICIO), (esempio, Role.UFFICIO))
    make_draft(make_sector(esempio), make_plan(esempio))
    assert trays(caluso, both) == {}
    assert len(trays(esempio, both)["bozze"]) == 1


def test_the_first_page_counts_what_waits_in_each_entity(
    caluso, esempio, plan, change, approved, finanziario, make_person, django_assert_num_queries
):
    insert(plan, finanziario, by=approved.created_by)
    both = make_person("due", (caluso, Role.SEGRETARIO), (esempio, Role.UFFICIO))
    for number in (1, 2):
        make_draft(make_sector(esempio, f"SETTORE {number}"), make_plan(esempio, 2020 + number))
    with django_assert_num_queries(10):  # five of them in the room above
        counted = waiting_counts(both)
    assert counted == {caluso.pk: 1, esempio.pk: 2}
    for entity in (caluso, esempio):
        assert counted[entity.pk] == sum(map(len, trays(entity, both).values()))


@pytest.mark.parametrize("count", [1, 30])
def test_the_trays_take_the_same_queries_however_many(count, caluso, plan, segretario, django_assert_num_queries):
    sectors = [make_sector(caluso, f"SETTORE {number}") for number in range(count)]
    for sector in sectors:
        draft = make_draft(sector, plan)
        Sheet.objects.get(pk=draft.pk)
        draft.state, draft.submitted_by, draft.submitted_at = "INVIATA", segretario, draft.created_at
        draft.save()
    person = standing(segretario, caluso)
    with django_assert_num_queries(2):
        (tray,) = waiting(caluso, person)
    assert len(tray.items) == count

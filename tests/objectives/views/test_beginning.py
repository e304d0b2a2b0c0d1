"""Beginning a change: from a sheet in force, from a settore; whoever comes second finds what is there."""

import pytest

from objectives.models import Sheet
from objectives.workflow import amend, insert
from organisation.models import Sector
from tests.factories import make_sector
from tests.pages import texts, with_class
from tests.this_year import YEAR, sheet_of

pytestmark = pytest.mark.django_db

BUTTONS = f"{with_class('actions')}//button"
MESSAGES = "//main" + with_class("alert")


@pytest.fixture
def in_force(this_plan):
    """FINANZIARIO n° 1, in force."""
    return sheet_of(this_plan, 1)


@pytest.fixture
def tecnico(caluso, ufficio):
    """A settore in which the office of Caluso doesn't work."""
    sector = make_sector(caluso, "TECNICO")
    ufficio.memberships.get().sectors.set(caluso.sectors.exclude(pk=sector.pk))
    return sector


def drafts():
    return Sheet.objects.exclude(state="ADOTTATA").order_by("pk")


def test_the_page_of_a_sheet_in_force_offers_to_change_it(signed_in, ufficio, in_force):
    page = signed_in(ufficio).get(f"/caluso/schede/{in_force.pk}/")
    assert texts(page, BUTTONS) == ["Proponi modifica", "Proponi eliminazione"]


def test_who_does_not_draft_is_offered_nothing(signed_in, segretario, nucleo, amministratore, lettura, in_force):
    for person in (segretario, nucleo, amministratore, lettura):
        assert texts(signed_in(person).get(f"/caluso/schede/{in_force.pk}/"), BUTTONS) == []


def test_a_change_that_is_there_already_is_led_to(signed_in, ufficio, segretario, lettura, in_force):
    draft = amend(in_force, by=ufficio)
    links = "//a[contains(., 'modifica in corso')]"
    seen = {who: signed_in(who).get(f"/caluso/schede/{in_force.pk}/") for who in (ufficio, segretario, lettura)}
    assert texts(seen[ufficio], links) == ["C'è già una modifica in corso, avviata da Ufficio Rossi: aprila"]
    assert texts(seen[ufficio], f"{links}/@href") == [f"/caluso/bozze/{draft.pk}/modifica/"]
    assert texts(seen[segretario], f"{links}/@href") == [f"/caluso/bozze/{draft.pk}/"]
    assert texts(seen[lettura], links) == []


def test_a_change_is_begun_and_its_form_opened(signed_in, ufficio, in_force):
    answer = signed_in(ufficio).post(f"/caluso/schede/{in_force.pk}/proponi-modifica/")
    draft = drafts().get()
    assert (answer.status_code, answer.url) == (302, f"/caluso/bozze/{draft.pk}/modifica/")
    assert (draft.change, draft.base, draft.created_by) == ("MODIFICATO", in_force, ufficio)


def test_a_removal_is_begun(signed_in, ufficio, in_force):
    signed_in(ufficio).post(f"/caluso/schede/{in_force.pk}/proponi-eliminazione/")
    assert [draft.change for draft in drafts()] == ["ELIMINATO"]


def test_a_second_click_lands_on_the_draft_of_the_first(signed_in, ufficio, in_force):
    client = signed_in(ufficio)
    urls = [client.post(f"/caluso/schede/{in_force.pk}/proponi-modifica/").url for _ in range(2)]
    assert urls == [f"/caluso/bozze/{drafts().get().pk}/modifica/"] * 2
    page = client.get(urls[0])
    assert texts(page, MESSAGES)[0] == (
        "C'è già una modifica in corso su questa scheda, avviata da Ufficio Rossi: proseguire con quella."
    )


def test_another_person_of_the_settore_is_led_to_the_change_that_is_there(signed_in, ufficio, responsabile, in_force):
    draft = amend(in_force, by=ufficio)
    answer = signed_in(responsabile).post(f"/caluso/schede/{in_force.pk}/proponi-eliminazione/")
    assert answer.url == f"/caluso/bozze/{draft.pk}/modifica/"


def test_a_new_objective_takes_the_next_number(signed_in, ufficio, this_plan):
    sector = Sector.objects.get(name="FINANZIARIO")
    answer = signed_in(ufficio).post(f"/caluso/piano/{YEAR}/nuovo-obiettivo/{sector.pk}/")
    new = drafts().get()
    assert answer.url == f"/caluso/bozze/{new.pk}/modifica/"
    assert (new.change, new.number, new.sector) == ("INSERITO", 3, sector)


def test_a_double_click_makes_one_new_objective(signed_in, ufficio, this_plan):
    client, sector = signed_in(ufficio), Sector.objects.get(name="FINANZIARIO")
    urls = {client.post(f"/caluso/piano/{YEAR}/nuovo-obiettivo/{sector.pk}/").url for _ in range(3)}
    assert urls == {f"/caluso/bozze/{drafts().get().pk}/modifica/"}


def test_one_more_new_objective_can_be_begun_once_the_first_is_written(signed_in, ufficio, this_plan):
    sector = Sector.objects.get(name="FINANZIARIO")
    first = insert(this_plan, sector, by=ufficio)
    first.title = "Scritto"
    first.save()
    signed_in(ufficio).post(f"/caluso/piano/{YEAR}/nuovo-obiettivo/{sector.pk}/")
    assert [draft.number for draft in drafts()] == [3, 4]


def test_the_plan_offers_new_objectives_in_the_persons_settori(signed_in, ufficio, segretario, this_plan, tecnico):
    buttons = "//details[contains(@class, 'new-objective')]//button"
    assert texts(signed_in(ufficio).get(f"/caluso/piano/{YEAR}/"), buttons) == ["Nuovo obiettivo in FINANZIARIO"]
    assert texts(signed_in(ufficio).get(f"/caluso/piano/{YEAR}/al/{YEAR}-01-01/"), buttons) == []
    assert texts(signed_in(segretario).get(f"/caluso/piano/{YEAR}/"), buttons) == []


def test_another_settore_is_refused_with_a_sentence(signed_in, ufficio, this_plan, tecnico):
    client = signed_in(ufficio)
    answer = client.post(f"/caluso/piano/{YEAR}/nuovo-obiettivo/{tecnico.pk}/", follow=True)
    assert texts(answer, MESSAGES) == ["Il settore TECNICO non è tra i suoi: lo può fare chi vi lavora."]
    assert drafts().count() == 0


def test_who_does_not_draft_is_refused(signed_in, segretario, nucleo, amministratore, lettura, in_force):
    for person in (segretario, nucleo, amministratore, lettura):
        for what in ("proponi-modifica", "proponi-eliminazione"):
            assert signed_in(person).post(f"/caluso/schede/{in_force.pk}/{what}/").status_code == 403
    assert drafts().count() == 0


def test_another_entity_finds_nothing(signed_in, estraneo, in_force):
    client = signed_in(estraneo)
    assert client.post(f"/caluso/schede/{in_force.pk}/proponi-modifica/").status_code == 404
    assert client.post(f"/esempio/schede/{in_force.pk}/proponi-modifica/").status_code == 404


def test_no_such_plan_or_settore(signed_in, ufficio, this_plan):
    for address in ("piano/1999/nuovo-obiettivo/1", f"piano/{YEAR}/nuovo-obiettivo/999999"):
        assert signed_in(ufficio).post(f"/caluso/{address}/").status_code == 404


def test_a_removed_objective_is_offered_nothing(signed_in, ufficio, act100):
    removed = Sheet.objects.get(change="ELIMINATO")
    client = signed_in(ufficio)
    assert texts(client.get(f"/caluso/schede/{removed.pk}/"), BUTTONS) == []
    answer = client.post(f"/caluso/schede/{removed.pk}/proponi-modifica/", follow=True)
    assert texts(answer, MESSAGES) == ["L'obiettivo è stato eliminato dal piano: non si può più cambiare."]


def test_only_the_last_adopted_text_can_be_changed(signed_in, ufficio, adopted):
    stub = adopted.base
    assert texts(signed_in(ufficio).get(f"/caluso/schede/{stub.pk}/"), BUTTONS) == []
    assert texts(signed_in(ufficio).get(f"/caluso/schede/{adopted.pk}/"), BUTTONS) == [
        "Proponi modifica",
        "Proponi eliminazione",
    ]

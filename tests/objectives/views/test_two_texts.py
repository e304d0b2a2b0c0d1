"""A draft that somebody else changes while the form is open: both texts are shown, and nothing typed is lost."""

import pytest

from objectives.models import Sheet
from objectives.workflow import approve, submit, withdraw
from organisation.models import Membership
from organisation.roles import Role
from tests.desk import BY_ITSELF, Desk
from tests.factories import make_sector
from tests.pages import text, texts, with_class
from tests.this_year import sheet_of

pytestmark = pytest.mark.django_db

ALERTS = "//main" + with_class("alert") + "[not(@hidden)]"


@pytest.fixture
def collega(make_person, caluso):
    """Works in the same office."""
    return make_person("collega", (caluso, Role.UFFICIO))


def now(draft):
    return Sheet.objects.get(pk=draft.pk)


@pytest.fixture
def second(desk, signed_in, collega, change):
    """A colleague who opened the form at the same time, and saves second."""
    other = Desk(signed_in(collega), change)
    desk.write(title="Il testo di Ufficio", weight="50").press()
    return other


def test_the_second_save_gets_both_texts_and_overwrites_nothing(second, change):
    page = second.write(title="Il testo di Collega").press()
    assert page.status_code == 409
    assert texts(page, "//fieldset/legend") == ["Peso", "Obiettivo"]
    sides = texts(page, "//fieldset[contains(legend, 'Obiettivo')]" + with_class("two-text"))
    assert sides == ["Il testo di (solo qui:) Collega", "Il testo di (solo qui:) Ufficio"]
    assert text(page, with_class("lead")).startswith("Ufficio Rossi ha salvato il ")
    assert now(change).title == "Il testo di Ufficio"


def test_the_second_chooses_point_by_point(second, change):
    page = second.write(title="Il testo di Collega").press()
    second.typed.row_version = int(text(page, "//input[@name='row_version']/@value"))
    answer = second.press("unisci", **{"scelta-title": "mio", "scelta-weight": "salvato"})
    assert answer.status_code == 302
    assert (now(change).title, now(change).weight) == ("Il testo di Collega", 50)


def test_a_choice_is_wanted_for_every_point(second, change):
    second.write(title="Il testo di Collega").press()
    second.typed.row_version += 1
    page = second.press("unisci", **{"scelta-title": "mio"})
    assert (page.status_code, texts(page, ALERTS)) == (422, ["Scegliere per ogni punto quale testo tenere."])
    assert texts(page, "//input[@type='radio'][@checked]/@name") == ["scelta-weight", "scelta-title"]
    assert now(change).title == "Il testo di Ufficio"


def test_a_third_text_saved_meanwhile_is_shown_too(second, desk, change):
    second.write(title="Il testo di Collega").press()
    second.typed.row_version += 1
    desk.typed.row_version += 1
    desk.write(title="Un terzo testo").press()
    page = second.press("unisci", **{"scelta-title": "mio", "scelta-weight": "mio"})
    assert page.status_code == 409
    assert (
        "Un (solo qui:) terzo testo" in " ".join(texts(page, with_class("two-text")))
        or "terzo testo" in page.content.decode()
    )
    assert now(change).title == "Un terzo testo"


def test_a_page_that_saves_itself_is_only_told(second, change):
    answer = second.write(title="Il testo di Collega").save_by_itself()
    assert (answer.status_code, answer.json()["message"]) == (
        409,
        "Qualcun altro ha salvato questa scheda: premere «Salva la bozza» per confrontare i due testi.",
    )
    assert now(change).title == "Il testo di Ufficio"


def test_who_typed_the_same_as_the_other_has_nothing_to_choose(second, change):
    answer = second.write(title="Il testo di Ufficio", weight="50,00").press()
    assert answer.status_code == 302
    assert now(change).row_version == change.row_version + 1


def test_an_edit_makes_an_approved_sheet_a_draft_again(desk, change, responsabile, segretario):
    approved = approve(submit(change, by=responsabile), by=segretario)
    desk.typed.row_version = approved.row_version
    assert texts(desk.client.get(desk.address), ALERTS) == [
        "La scheda è approvata: se si salva una modifica torna in bozza, e va inviata e approvata di nuovo."
    ]
    desk.write(title="Altro").press()
    assert (now(change).state, now(change).approved_by, now(change).submitted_by) == ("BOZZA", None, None)


def test_a_sheet_that_was_sent_does_not_become_a_draft_by_itself(desk, change, responsabile):
    desk.typed.row_version = submit(change, by=responsabile).row_version
    answer = desk.write(title="Altro").save_by_itself()
    assert answer.status_code == 409
    assert now(change).state == "INVIATA"


def test_who_wrote_while_the_sheet_was_sent_is_shown_both_texts(desk, change, responsabile):
    submit(change, by=responsabile)
    page = desk.write(title="Altro").press()
    assert page.status_code == 409
    assert texts(page, ALERTS) == [
        "Nel frattempo la scheda è diventata inviata: se si salva una modifica torna in bozza."
    ]
    assert now(change).state == "INVIATA"


def test_a_role_taken_away_while_the_form_is_open_loses_no_text(desk, ufficio, change):
    membership = Membership.objects.get(user=ufficio)
    membership.role = Role.LETTURA
    membership.save()
    page = desk.write(description="Scritto a lungo").press()
    assert page.status_code == 403
    assert text(page, "//h1") == "Il testo non è stato salvato"
    assert "Scritto a lungo" in texts(page, with_class("kept-text"))
    assert desk.save_by_itself().status_code == 403


def test_a_draft_withdrawn_while_the_form_is_open_loses_no_text(desk, change, responsabile):
    withdraw(change, by=responsabile)
    page = desk.write(description="Scritto a lungo").press()
    assert page.status_code == 404
    assert "l'ha ritirata Responsabile Rossi" in text(page, with_class("lead"))
    assert "Scritto a lungo" in texts(page, with_class("kept-text"))


def test_another_settore_of_the_person_loses_no_text_either(desk, ufficio, change, caluso):
    Membership.objects.get(user=ufficio).sectors.set([make_sector(caluso, "TECNICO")])
    answer = desk.write(description="Scritto a lungo").press()
    assert (answer.status_code, "Scritto a lungo" in answer.content.decode()) == (404, True)


def test_who_may_not_write_cannot_open_or_save(request, signed_in, change):
    for person, status in (("segretario", 403), ("nucleo", 403), ("lettura", 403), ("estraneo", 404)):
        other = Desk(signed_in(request.getfixturevalue(person)), change).write(title="Altro")
        assert [other.client.get(other.address).status_code, other.press().status_code] == [status, status]
    assert now(change).title == "Sportello digitale"


def test_an_adopted_sheet_is_not_edited(signed_in, ufficio, this_plan):
    sheet = sheet_of(this_plan, 1)
    page = signed_in(ufficio).get(f"/caluso/bozze/{sheet.pk}/modifica/")
    assert page.status_code == 403


def test_who_is_signed_out_is_led_to_the_sign_in(client, change):
    answer = client.post(f"/caluso/bozze/{change.pk}/modifica/", headers=BY_ITSELF)
    assert (answer.status_code, answer.url.split("?")[0]) == (302, "/accesso/login/")


def test_the_browser_may_go_back_to_what_was_typed(desk):
    assert desk.client.get(desk.address)["Cache-Control"] == "private, no-cache"

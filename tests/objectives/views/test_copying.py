"""Giving an objective to other settori, and what became of the original since, as pages show it."""

from dataclasses import replace

import pytest

from objectives.inbox import waiting_counts
from objectives.models import Sheet
from objectives.workflow import adopt, amend, approve, copy_to, propose, submit
from organisation.models import Sector
from tests.pages import text, texts, with_class
from tests.sessions import SESSION, with_opinions
from tests.this_year import rewritten, sheet_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def tecnico(caluso):
    """A settore with an office and without sheets."""
    sector = Sector(entity=caluso, name="TECNICO")
    sector.save()
    return sector


@pytest.fixture
def client(signed_in, ufficio):
    return signed_in(ufficio)


@pytest.fixture
def copy(this_plan, tecnico, ufficio):
    """FINANZIARIO n° 1 as the TECNICO has it."""
    (draft,) = copy_to(sheet_of(this_plan, 1), this_plan, [tecnico], by=ufficio)
    return draft


@pytest.fixture
def changed(copy, this_plan, ufficio, responsabile, segretario):
    """The original, with another title since."""
    draft = rewritten(amend(sheet_of(this_plan, 1), by=ufficio), ufficio, description="Nuova.")
    sent = approve(submit(draft, by=responsabile), by=segretario)
    adopt(with_opinions(propose(this_plan, [sent], by=segretario), segretario), SESSION, by=segretario)
    return Sheet.objects.get(pk=sent.pk)


def said(response):
    return texts(response, "//main" + with_class("alert"))


def test_a_sheet_offers_to_be_given_to_other_settori(client, signed_in, segretario, this_plan):
    sheet = sheet_of(this_plan, 1)
    link = f"//main//a[@href='/caluso/schede/{sheet.pk}/copia/']"
    assert texts(client.get(f"/caluso/schede/{sheet.pk}/"), link) == ["Dai questo obiettivo ad altri settori"]
    assert texts(signed_in(segretario).get(f"/caluso/schede/{sheet.pk}/"), link) == []


def test_to_one_settore_and_on_to_its_form(client, this_plan, tecnico):
    page = f"/caluso/schede/{sheet_of(this_plan, 1).pk}/copia/"
    assert texts(client.get(page), "//main//form//label") == ["Nel piano", "FINANZIARIO", "TECNICO"]
    response = client.post(page, {"piano": this_plan.pk, "settori": [tecnico.pk]}, follow=True)
    draft = Sheet.objects.get(sector=tecnico)
    assert response.redirect_chain == [(f"/caluso/bozze/{draft.pk}/modifica/", 302)]
    assert said(response)[0].startswith("La copia è pronta, come bozza: TECNICO n° 1.")


def test_to_several_settori_and_on_to_the_list(client, this_plan, tecnico, caluso):
    other = Sector(entity=caluso, name="POLIZIA")
    other.save()
    page = f"/caluso/schede/{sheet_of(this_plan, 1).pk}/copia/"
    response = client.post(page, {"piano": this_plan.pk, "settori": [tecnico.pk, other.pk]}, follow=True)
    assert response.redirect_chain == [("/caluso/bozze/", 302)]
    assert texts(response, "//ul[contains(@class, 'waiting')]//a") == [
        "TECNICO n° 1 — Obiettivo 1", "POLIZIA n° 1 — Obiettivo 1"
    ]  # fmt: skip


def test_what_stands_in_the_way_is_said_and_nothing_is_made(client, this_plan, tecnico, copy):
    page = f"/caluso/schede/{sheet_of(this_plan, 1).pk}/copia/"
    for sent, words in (
        ({"piano": this_plan.pk}, "Scegliere almeno un settore."),
        ({"piano": 0, "settori": [tecnico.pk]}, "Scegliere uno dei piani dell'elenco."),
        ({"piano": this_plan.pk, "settori": ["x"]}, "Uno dei settori scelti non è in archivio."),
        ({"piano": this_plan.pk, "settori": [tecnico.pk]}, "Il settore TECNICO ha già questo obiettivo: TECNICO n° 1."),
    ):
        response = client.post(page, sent)
        assert (response.status_code, words in text(response, "//main//form")) == (422, True)
    assert Sheet.objects.filter(sector=tecnico).count() == 1


def test_the_change_of_the_original_stands_beside_the_copy(client, copy, changed):
    page = client.get(f"/caluso/copie/{copy.objective_id}/")
    assert texts(page, with_class("held-against") + "//tbody/tr/th") == ["Obiettivo", "Descrizione dell'obiettivo"]
    assert texts(page, with_class("held-against") + "//tbody/tr/td[3]") == ["Si riprende.", "Si riprende."]
    assert texts(page, "//main//form//button") == ["Proponi le stesse modifiche", "Lascia com'è"]
    assert texts(client.get(f"/caluso/bozze/{copy.pk}/"), f"//main//a[@href='/caluso/copie/{copy.objective_id}/']") == [
        "Che cosa è cambiato nell'obiettivo da cui è copiata (R34)"
    ]


def test_it_waits_for_who_drafts_in_the_settore_of_the_copy(client, ufficio, copy, changed, caluso):
    waits = "//section[@aria-labelledby='da-fare-copie']//li//a"
    here = f"/caluso/copie/{copy.objective_id}/"
    page = client.get("/caluso/")
    assert (texts(page, waits), texts(page, f"{waits}/@href")) == (["TECNICO n° 1 — Obiettivo 1"], [here])
    assert waiting_counts(ufficio) == {caluso.pk: 2}  # the draft itself, and this
    ufficio.memberships.get().sectors.set([changed.sector])
    assert texts(client.get("/caluso/"), waits) == []
    assert waiting_counts(ufficio) == {caluso.pk: 0}


def test_the_same_changes_are_proposed(client, copy, changed):
    page = f"/caluso/copie/{copy.objective_id}/"
    response = client.post(page, {"letta": changed.pk, "azione": "riprendi"}, follow=True)
    assert response.redirect_chain == [(f"/caluso/bozze/{copy.pk}/", 302)]
    assert text(response, "//h1") == "Sportello digitale"
    again = client.post(page, {"letta": changed.pk, "azione": "riprendi"}, follow=True)
    assert [words[:30] for words in said(again)] == ["L'altro obiettivo è cambiato a", "Non c'è niente da decidere: do"]


def test_or_the_copy_is_left_as_it_is(client, copy, changed):
    page = f"/caluso/copie/{copy.objective_id}/"
    response = client.post(page, {"letta": changed.pk, "azione": "lascia"}, follow=True)
    assert (said(response), text(response, "//h1")) == (["La scheda TECNICO n° 1 resta com'è."], "Obiettivo 1")


def test_who_read_an_earlier_text_is_shown_the_newer_one(client, copy, changed):
    page = f"/caluso/copie/{copy.objective_id}/"
    for sent in ("x", "9" * 30, changed.base_id):
        response = client.post(page, {"letta": sent, "azione": "riprendi"}, follow=True)
        assert (response.redirect_chain, len(said(response))) == ([(page, 302)], 1)


def test_original_and_copies_name_each_other(client, copy, changed, this_plan, responsabile, segretario, ufficio):
    this_plan.weight_total = None
    this_plan.save()
    sent = approve(submit(rewritten(copy, ufficio, title="Nostro"), by=responsabile), by=segretario)
    adopt(
        with_opinions(propose(this_plan, [sent], by=segretario), segretario),
        replace(SESSION, number=101),
        by=segretario,
    )
    steps = with_class("steps")
    assert "Dato anche a: TECNICO n° 1" in texts(client.get(f"/caluso/schede/{changed.pk}/"), steps)
    assert "Copiato da FINANZIARIO n° 1 Quell'obiettivo è cambiato: che cosa riprendere" in texts(
        client.get(f"/caluso/schede/{copy.pk}/"), steps
    )

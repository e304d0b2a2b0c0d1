"""The Segretario finds what waits, sends a sheet back, approves it when it comes again, notes a clerical error."""

import pytest

from objectives.models import Sheet
from objectives.workflow import amend, submit
from tests.this_year import approved_plan, rewritten, sheet_of

pytestmark = pytest.mark.journey
TELEPHONE = ({"width": 390, "height": 844}, True)
WITH_A_TELEPHONE = pytest.mark.parametrize("visitor", [TELEPHONE], indirect=True, ids=["telephone"])


@WITH_A_TELEPHONE
def test_the_segretario_decides(visitor, caluso, ufficio, responsabile, segretario, with_password):
    in_force = sheet_of(approved_plan(caluso), 1)
    sent = submit(rewritten(amend(in_force, by=ufficio), ufficio), by=responsabile)
    with_password(segretario)
    visitor.sign_in("segretario")
    assert visitor.page.locator("#da-fare-inviate").inner_text() == "Schede da approvare 1"
    visitor.follow("Tutte le schede in corso")
    visitor.follow("FINANZIARIO n° 1")
    visitor.follow("Rinvia la scheda")
    visitor.page.get_by_label("Che cosa correggere").fill("Il titolo è vago.")
    visitor.press("Rinvia la scheda")
    assert "Il titolo è vago." in visitor.page.locator(".sent-back").inner_text()
    submit(sent, by=responsabile)
    visitor.go(f"/caluso/bozze/{sent.pk}/")
    visitor.page.get_by_label("Nota (facoltativa)").fill("Ora va bene.")
    visitor.press("Approva la scheda")
    assert Sheet.objects.get(pk=sent.pk).state == "APPROVATA"
    visitor.go(f"/caluso/schede/{in_force.pk}/")
    visitor.follow("Annota la rettifica")
    visitor.page.get_by_label("Dove", exact=True).select_option("Titolo dell'obiettivo")
    visitor.page.get_by_label("Testo corretto").fill("Obiettivo uno")
    visitor.page.get_by_label("Perché è un errore materiale").fill("Refuso.")
    visitor.press("Annota la rettifica")
    assert "si legga «Obiettivo uno»" in visitor.page.locator(".corrections").inner_text()

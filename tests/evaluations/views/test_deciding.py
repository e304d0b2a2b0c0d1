"""The decision of the Nucleo: asked for, shown before it is recorded, recorded once; nothing typed is lost."""

import datetime as dt

import pytest
from django.utils import timezone

from deliberations.calendar import of_the
from evaluations.forms.validation import NO_MORE, NOT_YET, OUTCOMES
from evaluations.validating import remark
from organisation.models import Manager
from organisation.roles import Role
from tests.pages import text, texts, with_class
from tests.this_year import sheet_of
from tests.validations import decided, frozen, requested

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
NAMES = ["Dott.ssa Anna Verdi", "Luca Neri"]


@pytest.fixture
def waiting(plan, segretario):
    """The plan after GC 8, before the Nucleo."""
    return frozen(requested(plan, segretario))


@pytest.fixture
def decide(signed_in, nucleo, waiting):
    """Sends what the minutes say, with an action."""
    client = signed_in(nucleo)

    def send(action="conferma", **said):
        waiting.refresh_from_db()
        minutes = {
            "esito": "VALIDATA",
            "numero": "3/2026",
            "giorno": TODAY.isoformat(),
            "componenti": "\r\n".join(NAMES),
        }
        data = {**minutes, "motivi": "", "versione": waiting.row_version, "azione": action, **said}
        answer = client.post(f"/caluso/validazioni/{waiting.pk}/decidi/", data)
        waiting.refresh_from_db()
        return answer

    return send


def errors(page):
    return texts(page, with_class("has-error") + "//*[contains(@class, 'wrong')]")


def test_the_form_offers_today_and_the_last_members(signed_in, nucleo, plan, segretario, waiting):
    decided(waiting, nucleo, "RESTITUITA", reasons="Mancano i pesi.")
    again = frozen(requested(plan, segretario))
    remark(again, None, "Tempi stretti.", by=nucleo)
    page = signed_in(nucleo).get(f"/caluso/validazioni/{again.pk}/decidi/")
    assert texts(page, "//input[@name='giorno']/@value") == [TODAY.isoformat()]
    assert texts(page, "//textarea[@name='componenti']") == ["Dott.ssa Anna Verdi Luca Neri"]
    assert texts(page, "//input[@checked]/@value") == ["CON_RILIEVI"]


def test_an_outcome_that_the_remarks_contradict_says_why_it_cannot_be_yet(signed_in, plan, nucleo, waiting):
    client, path = signed_in(nucleo), f"/caluso/validazioni/{waiting.pk}/decidi/"
    outcomes = "//*[@id='id_esito']//label"
    assert texts(client.get(path), outcomes) == ["Valida", NOT_YET, "Restituisce, con i motivi"]
    remark(waiting, sheet_of(plan, 1), "Serve un costo.", by=nucleo)
    assert texts(client.get(path), outcomes)[:2] == [NO_MORE, OUTCOMES[1][1]]


def test_what_will_happen_is_shown_before_anything_is_recorded(decide, waiting):
    page = decide("controlla")
    assert page.status_code == 200
    assert text(page, "//h1") == f"Verbale n. 3/2026 {of_the(TODAY)}"
    assert texts(page, with_class("days") + "/li")[0] == "3 schede risultano validate dal Nucleo."
    assert waiting.state == "DA_VALIDARE"
    hidden = {name: text(page, f"//input[@name='{name}']/@value") for name in ("esito", "numero", "giorno")}
    assert hidden == {"esito": "VALIDATA", "numero": "3/2026", "giorno": TODAY.isoformat()}


def test_the_confirmed_decision_is_recorded_and_stands_on_the_page(decide, waiting, signed_in, lettura):
    answer = decide()
    assert answer.url == f"/caluso/validazioni/{waiting.pk}/"
    assert (waiting.state, waiting.minutes_number, waiting.minutes_on) == ("VALIDATA", "3/2026", TODAY)
    assert waiting.members == NAMES
    facts = texts(signed_in(lettura).get(answer.url), "//section[@aria-labelledby='decisione']//dd")
    assert facts[:3] == ["Validata", f"n. 3/2026 {of_the(TODAY)}", ", ".join(NAMES)]
    assert facts[-1] == waiting.code


def test_from_the_confirmation_one_goes_back_with_all_that_was_typed(decide, waiting):
    page = decide("correggi", numero="", componenti="Anna", motivi="Nulla da dire.")
    assert (page.status_code, errors(page)) == (200, [])
    assert texts(page, "//textarea") == ["Anna", "Nulla da dire."]
    assert waiting.state == "DA_VALIDARE"


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ({"esito": ""}, "Scegliere che cosa ha deciso il Nucleo."),
        ({"esito": "DA_VALIDARE"}, "Scegliere che cosa ha deciso il Nucleo."),
        ({"esito": "CON_RILIEVI"}, "Non ci sono rilievi"),
        ({"esito": "RESTITUITA"}, "Scrivere perché il Nucleo restituisce"),
        ({"numero": " "}, "Scrivere il numero del verbale."),
        ({"numero": "9" * 41}, "Al massimo 40 caratteri."),
        ({"giorno": ""}, "Indicare il giorno."),
        ({"giorno": "31/02/2026"}, "Questo giorno non esiste"),
        ({"giorno": (TODAY + dt.timedelta(days=1)).isoformat()}, "nel futuro"),
        ({"giorno": (TODAY - dt.timedelta(days=1)).isoformat()}, "è stato trasmesso"),
        ({"componenti": " \r\n "}, "Scrivere almeno un componente."),
        ({"componenti": "\n".join(f"Nome {number}" for number in range(16))}, "Al massimo 15 componenti"),
        ({"componenti": "x" * 121}, "al massimo 120 caratteri"),
        ({"motivi": "x" * 4001}, "al massimo 4000 caratteri"),
    ],
)
def test_what_is_wrong_is_said_beside_it_and_nothing_is_recorded(decide, waiting, said, problem):
    page = decide(**said)
    assert page.status_code == 422
    (found,) = errors(page)
    assert problem in found
    assert waiting.state == "DA_VALIDARE"


def test_with_remarks_written_it_is_not_validated_without(decide, waiting, plan, nucleo):
    remark(waiting, sheet_of(plan, 1), "Serve un costo.", by=nucleo)
    page = decide()
    assert errors(page) == ["Ci sono rilievi: validare con rilievi, oppure prima toglierli."]
    preview = decide("controlla", esito="CON_RILIEVI")
    assert texts(preview, "//section[@aria-labelledby='rilievi']//li") == ["FINANZIARIO n° 1 Serve un costo."]
    assert decide(esito="CON_RILIEVI").status_code == 302
    assert waiting.state == "CON_RILIEVI"


def test_a_package_that_is_sent_back_says_why_to_all(decide, waiting, signed_in, ufficio):
    answer = decide(esito="RESTITUITA", motivi="Mancano i pesi.\r\nE i costi.")
    assert (waiting.state, waiting.reasons) == ("RESTITUITA", "Mancano i pesi.\nE i costi.")
    assert "Mancano i pesi." in signed_in(ufficio).get(answer.url).content.decode()


def test_a_remark_written_meanwhile_is_read_first(decide, waiting, nucleo):
    old = waiting.row_version
    remark(waiting, None, "Tempi stretti.", by=nucleo)
    page = decide(esito="CON_RILIEVI", versione=old, motivi="Va bene.")
    assert (page.status_code, waiting.state) == (409, "DA_VALIDARE")
    assert texts(page, "//textarea[@name='motivi']") == ["Va bene."]
    assert text(page, "//input[@name='versione']/@value") == str(waiting.row_version)
    assert "La validazione è cambiata" in texts(page, with_class("alert"))[0]


def test_the_segretario_among_the_members_is_pointed_out(decide, make_person, caluso):
    make_person("carla", (caluso, Role.SEGRETARIO))
    page = decide("controlla", componenti="Carla Rossi")
    assert "R21" in text(page, with_class("alert-warning"))


def test_who_answers_for_a_sheet_decides_with_a_written_exception_shown_for_ever(
    decide, waiting, finanziario, nucleo, signed_in, lettura
):
    Manager(sector=finanziario, name="Nucleo Rossi", user=nucleo, valid_from=dt.date(2020, 1, 1)).save()
    page = decide()
    assert errors(page) == ["Senza il motivo della deroga non si può decidere (R20)."]
    assert "FINANZIARIO n° 1" in text(page, with_class("has-error"))
    answer = decide(deroga="Unico componente presente.")
    assert (answer.status_code, waiting.exception) == (302, "Unico componente presente.")
    shown = text(signed_in(lettura).get(answer.url), with_class("exception"))
    assert "Decisa con deroga (R20)" in shown
    assert "Unico componente presente." in shown


def test_who_comes_too_late_or_too_early_is_told(decide, waiting, signed_in, nucleo, plan, segretario):
    decide(esito="RESTITUITA", motivi="Mancano i pesi.")
    client = signed_in(nucleo)
    late = client.post(f"/caluso/validazioni/{waiting.pk}/decidi/", follow=True)
    assert "Il Nucleo ha già deciso: restituita, verbale n. 3/2026." in texts(late, with_class("alert"))
    early = client.get(f"/caluso/validazioni/{requested(plan, segretario).pk}/decidi/", follow=True)
    assert "ancora in preparazione" in texts(early, with_class("alert"))[0]


@pytest.mark.parametrize("who", ["ufficio", "responsabile", "segretario", "amministratore", "lettura"])
def test_nobody_but_the_nucleo_decides(request, signed_in, who, waiting):
    client, path = signed_in(request.getfixturevalue(who)), f"/caluso/validazioni/{waiting.pk}/decidi/"
    assert (client.get(path).status_code, client.post(path).status_code) == (403, 403)

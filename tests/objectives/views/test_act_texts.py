"""The Segretario's words for proposals: seen filled in before they are saved, never overwritten unseen."""

import pytest

from deliberations.act_texts import choose_words
from deliberations.choices import ActTextKind
from deliberations.models import ActText
from deliberations.wording import OWN, Words
from objectives.choices import State
from tests.factories import make_draft, make_plan, make_proposal, make_sector

ADDRESS = "/caluso/testi/modifica/"
WORDS = Words("Variazione {anno}", "VISTI gli atti:\n\n{atti_citati}", "1) di variare il {piano} {anno}")


def typed(words=WORDS, version=0, **more):
    """The form as a browser sends it."""
    oggetto, premesse, dispositivo = (text.replace("\n", "\r\n") for text in words)
    return {"oggetto": oggetto, "premesse": premesse, "dispositivo": dispositivo, "versione": version, **more}


def stored(caluso):
    return ActText.objects.filter(entity=caluso).values_list("kind", "subject", "premises", "dispositions").first()


def test_the_kinds_are_listed_with_whose_words_they_have(caluso, signed_in, segretario):
    choose_words(caluso, ActTextKind.MODIFICA, WORDS, over=0, by=segretario)
    page = signed_in(segretario).get("/caluso/testi/").content.decode()
    assert (page.count("Testo scelto dall'ente"), page.count("Testo del programma")) == (1, 1)
    assert "Variazione {anno}" in page


def test_it_begins_with_the_programs_words_and_shows_them_filled_in(signed_in, segretario):
    page = signed_in(segretario).get(ADDRESS).content.decode()
    assert "Modifica del {piano} {anno}." in page
    assert "OGGETTO: Modifica del Piano della Performance 2022." in page
    assert "{elenco_variazioni}" in page


def test_words_are_saved_as_typed(caluso, signed_in, segretario):
    response = signed_in(segretario).post(ADDRESS, typed(azione="salva"), follow=True)
    assert "Testo salvato." in response.content.decode()
    assert stored(caluso) == ("MODIFICA", *WORDS)
    last = ActText.history.get()
    assert (last.history_user, last.history_change_reason) == (segretario, "Testi per gli atti di modifica del piano")


def test_the_same_words_again_change_nothing(caluso, signed_in, segretario):
    response = signed_in(segretario).post(ADDRESS, typed(OWN[ActTextKind.MODIFICA], azione="salva"), follow=True)
    assert "Il testo era già così" in response.content.decode()
    assert ActText.history.count() == 0


def test_a_preview_saves_nothing(caluso, signed_in, segretario):
    page = signed_in(segretario).post(ADDRESS, typed(azione="anteprima")).content.decode()
    assert "OGGETTO: Variazione 2022" in page
    assert stored(caluso) is None


def test_the_preview_may_be_of_an_open_proposal(caluso, signed_in, segretario):
    plan = make_plan(caluso, 2024)
    proposal = make_proposal(caluso, plan_year=2024, subject="Da vedere")
    make_draft(make_sector(caluso), plan, state=State.APPROVATA, deliberation=proposal, title="Catasto")
    words = Words("Piano {anno}", "{elenco_variazioni}", "{numero_schede}")
    page = signed_in(segretario).post(ADDRESS, typed(words, azione="anteprima", anteprima=proposal.pk)).content.decode()
    assert "OGGETTO: Piano 2024" in page
    assert "FINANZIARIO n° 1 «Catasto»: INSERITO, peso 25;" in page
    assert "1 scheda" in page


@pytest.mark.parametrize("azione", ["salva", "anteprima"])
def test_a_wrong_placeholder_is_said_beside_its_field_and_nothing_typed_is_lost(caluso, signed_in, segretario, azione):
    words = WORDS._replace(premises="Visto {ente.users} e {annno}")
    response = signed_in(segretario).post(ADDRESS, typed(words, azione=azione))
    page = response.content.decode()
    assert response.status_code == 422
    assert "Il segnaposto {annno} non esiste" in page
    assert "Visto {ente.users} e {annno}</textarea>" in page
    assert stored(caluso) is None


def test_what_is_typed_is_never_markup(signed_in, segretario):
    words = WORDS._replace(premises="<script>alert(1)</script> {ente}")
    page = signed_in(segretario).post(ADDRESS, typed(words, azione="anteprima")).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; Comune di Caluso" in page


def test_two_people_at_once_never_overwrite_each_other_unseen(caluso, signed_in, segretario, make_person):
    client = signed_in(segretario)
    other = make_person("vice", (caluso, "SEGRETARIO"))
    choose_words(caluso, ActTextKind.MODIFICA, WORDS._replace(subject="Del vice"), over=0, by=other)
    response = client.post(ADDRESS, typed(azione="salva"))
    page = response.content.decode()
    assert response.status_code == 422
    assert "cambiato da un&#x27;altra persona" in page
    assert "Del vice" in page
    assert "VISTI gli atti:" in page
    assert stored(caluso)[1] == "Del vice"
    version = ActText.history.get().history_id
    assert f'name="versione" value="{version}"' in page
    client.post(ADDRESS, typed(version=version, azione="salva"))
    assert stored(caluso) == ("MODIFICA", *WORDS)


def test_one_goes_back_to_the_programs_words_and_the_own_ones_stay_readable(caluso, signed_in, segretario):
    choose_words(caluso, ActTextKind.MODIFICA, WORDS, over=0, by=segretario)
    client, version = signed_in(segretario), ActText.history.get().history_id
    page = client.post(f"{ADDRESS}ripristina/", {"versione": version}, follow=True).content.decode()
    assert stored(caluso) is None
    assert "Da ora vale il testo del programma." in page
    assert "Variazione {anno}" in page
    assert "È tornato al testo del programma." in page


@pytest.mark.parametrize("version", ["", "0", "x", "999999", "9" * 5000, "٣"])
def test_going_back_over_other_words_is_refused(caluso, signed_in, segretario, version):
    choose_words(caluso, ActTextKind.MODIFICA, WORDS, over=0, by=segretario)
    response = signed_in(segretario).post(f"{ADDRESS}ripristina/", {"versione": version}, follow=True)
    assert "Rileggerlo e ripetere." in response.content.decode()
    assert stored(caluso) is not None


@pytest.mark.parametrize("person", ["ufficio", "responsabile", "nucleo", "amministratore", "lettura"])
def test_only_the_segretario_changes_them(request, caluso, signed_in, person):
    client = signed_in(request.getfixturevalue(person))
    answers = [
        client.get("/caluso/testi/"),
        client.post(ADDRESS, typed(azione="salva")),
        client.post(f"{ADDRESS}ripristina/", {"versione": 0}),
    ]
    assert [answer.status_code for answer in answers] == [403] * 3
    assert "lo può fare Segretario" in answers[0].content.decode()
    assert stored(caluso) is None


def test_a_stranger_finds_nothing(caluso, signed_in, estraneo):
    assert [signed_in(estraneo).get(address).status_code for address in ("/caluso/testi/", ADDRESS)] == [404, 404]


def test_a_kind_that_does_not_exist_is_said(caluso, signed_in, segretario):
    response = signed_in(segretario).get("/caluso/testi/altro/")
    assert (response.status_code, "solo per approvazione e modifica" in response.content.decode()) == (404, True)


def test_the_page_costs_the_same_queries_however_long_its_history(
    caluso, signed_in, segretario, django_assert_num_queries
):
    client = signed_in(segretario)
    choose_words(caluso, ActTextKind.MODIFICA, WORDS, over=0, by=segretario)
    for times in (1, 30):
        for turn in range(times):
            over = ActText.history.order_by("-history_id")[0].history_id
            words = WORDS._replace(subject=f"Testo {times}-{turn}")
            choose_words(caluso, ActTextKind.MODIFICA, words, over=over, by=segretario)
        with django_assert_num_queries(8):
            client.get(ADDRESS)

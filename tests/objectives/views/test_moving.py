"""The path of a sheet, page by page: what each person may do, what is asked, and what is refused with a sentence."""

import re
from datetime import date

import pytest

from objectives.choices import PassageKind, State
from objectives.models import Acknowledgement, Passage, Sheet
from objectives.workflow import adopt, amend, approve, propose, send_back, submit
from organisation.models import Manager
from organisation.roles import Role
from tests.pages import text, texts
from tests.sessions import SESSION, with_opinions
from tests.this_year import YEAR, approved_plan, rewritten, sheet_of

pytestmark = pytest.mark.django_db

ALERT = "//main//*[@role='alert' or @role='status']"
BUTTONS = "//main//form[contains(@class, 'deed')]//button"
QUERIES = 17
TURN = "//section[@aria-labelledby='che-fare']/p[not(@class)]"
OTHERS = "//section[@aria-labelledby='che-fare']//p[@class='actions']/a"


@pytest.fixture
def in_force(caluso):
    """FINANZIARIO n° 1, in force this year."""
    return sheet_of(approved_plan(caluso), 1)


@pytest.fixture
def bozza(in_force, ufficio):
    """A change of that sheet, ready to be sent."""
    return rewritten(amend(in_force, by=ufficio), ufficio)


@pytest.fixture
def inviata(bozza, responsabile):
    """The same, sent to the Segretario."""
    return submit(bozza, by=responsabile)


def page_of(sheet, deed=""):
    return f"/caluso/bozze/{sheet.pk}/{f'{deed}/' if deed else ''}"


def say(sheet, **words):
    return {"versione": sheet.row_version, "nota": "Una nota.", **words}


def now(sheet):
    return Sheet.objects.get(pk=sheet.pk)


def test_the_office_prepares_and_is_told_who_sends(signed_in, ufficio, responsabile, bozza):
    page = signed_in(ufficio).get(page_of(bozza))
    assert texts(page, BUTTONS) == []
    assert texts(page, OTHERS) == ["Modifica la bozza", "Ritira la bozza"]
    assert texts(page, TURN) == [
        f"Quando è pronta, la invia al Segretario il responsabile del settore: {responsabile}."
    ]


def test_who_sent_reads_whose_turn_it_is(signed_in, responsabile, inviata):
    page = signed_in(responsabile).get(page_of(inviata))
    assert texts(page, TURN) == ["Ora tocca al Segretario: la legge e la approva, o la rinvia con una nota."]


def test_the_motive_stands_under_the_title(signed_in, ufficio, bozza):
    page = signed_in(ufficio).get(page_of(bozza))
    assert text(page, "//h1/following-sibling::p") == f"Motivo: {bozza.get_motive_display()}: {bozza.motive_text}"


def test_after_an_approval_come_the_proposal_and_the_next_sheet(signed_in, segretario, ufficio, responsabile, inviata):
    client = signed_in(segretario)
    other = rewritten(amend(sheet_of(inviata.objective.plan, 2), by=ufficio), ufficio, title="Archivio")
    submit(other, by=responsabile)
    links = "//section[@aria-labelledby='che-fare']//a/@href"
    assert page_of(other) not in texts(client.get(page_of(inviata)), links)
    page = client.post(page_of(inviata, "approva"), say(inviata), follow=True)
    assert texts(page, links)[:2] == [f"/caluso/proposte/nuova/{YEAR}/", page_of(other)]


def test_the_responsabile_sends(signed_in, responsabile, segretario, bozza):
    client = signed_in(responsabile)
    assert texts(client.get(page_of(bozza)), BUTTONS) == ["Invia al Segretario"]
    answer = client.post(page_of(bozza, "invia"), say(bozza), follow=True)
    assert texts(answer, ALERT) == ["La scheda è stata inviata al Segretario."]
    assert (now(bozza).state, now(bozza).submitted_by) == (State.INVIATA, responsabile)


def test_the_segretario_approves(signed_in, segretario, inviata):
    client = signed_in(segretario)
    page = client.get(page_of(inviata))
    assert texts(page, BUTTONS) == ["Approva la scheda"]
    assert texts(page, OTHERS) == ["Rinvia la scheda"]
    client.post(page_of(inviata, "approva"), say(inviata))
    assert (now(inviata).state, now(inviata).approved_by) == (State.APPROVATA, segretario)


def test_or_sends_back_with_a_note(signed_in, segretario, ufficio, inviata):
    client = signed_in(segretario)
    refused = client.post(page_of(inviata, "rinvia"), say(inviata, nota=" "))
    assert refused.status_code == 422
    assert texts(refused, "//ul[@class='wrong']/li") == [
        "Scrivere che cosa correggere: chi prepara la scheda deve saperlo."
    ]
    client.post(page_of(inviata, "rinvia"), say(inviata, nota="Il titolo è vago."))
    assert now(inviata).state == State.BOZZA
    page = signed_in(ufficio).get(page_of(inviata))
    assert text(page, "//div[@class='sent-back']/p[2]") == "Il titolo è vago."


def test_what_was_sent_can_be_taken_back(signed_in, responsabile, inviata):
    signed_in(responsabile).post(page_of(inviata, "riprendi"), say(inviata))
    assert (now(inviata).state, now(inviata).submitted_by) == (State.BOZZA, None)


def test_withdrawing_asks_first_and_leaves_the_text_in_force(signed_in, ufficio, bozza, in_force):
    client = signed_in(ufficio)
    asked = client.get(page_of(bozza, "ritira"))
    assert "La bozza scompare dagli elenchi" in text(asked, "//main//form[@class='deed']/p")
    answer = client.post(page_of(bozza, "ritira"), say(bozza), follow=True)
    assert texts(answer, ALERT) == ["La bozza è ritirata."]
    assert not Sheet.objects.filter(base=in_force).exists()


def test_warnings_want_a_note_which_is_kept_with_them(signed_in, responsabile, bozza):
    late = bozza.indicators.filter(family="TEMPO").first()
    late.expected, late.target_date = f"30/11/{YEAR - 1}", date(YEAR - 1, 11, 30)
    late.save()
    client = signed_in(responsabile)
    asked = text(client.get(page_of(bozza)), "//label[@for='id_nota']")
    assert asked == "Nota (necessaria): risponde all'avviso R27"
    refused = client.post(page_of(bozza, "invia"), say(bozza, nota=""))
    assert refused.status_code == 422
    assert texts(refused, "//ul[@class='wrong']/li") == [
        "Ci sono avvisi di cui prendere atto: scrivere perché si prosegue comunque."
    ]
    client.post(page_of(bozza, "invia"), say(bozza, nota="Lo chiede la legge nuova."))
    kept = Acknowledgement.objects.filter(sheet=bozza)
    assert {(one.rule, one.note) for one in kept} == {("R27", "Lo chiede la legge nuova.")}


def test_what_a_rule_forbids_is_not_sent_and_the_page_says_why(signed_in, responsabile, bozza):
    bozza.motive = ""
    bozza.save()
    refused = signed_in(responsabile).post(page_of(bozza, "invia"), say(bozza))
    assert refused.status_code == 422
    assert texts(refused, ALERT)[0] == "Prima di proseguire vanno risolti questi punti."
    assert "R07" in text(refused, "//section[@aria-labelledby='controlli']")
    assert text(refused, "//textarea[@name='nota']") == "Una nota."


@pytest.mark.parametrize(
    ("person", "deed"),
    [
        ("ufficio", "invia"),
        ("segretario", "invia"),
        ("responsabile", "approva"),
        ("ufficio", "rinvia"),
        ("segretario", "ritira"),
        ("nucleo", "approva"),
        ("lettura", "invia"),
        ("amministratore", "approva"),
    ],
)
def test_the_wrong_role_is_refused_by_address_too(person, deed, signed_in, request, bozza):
    client = signed_in(request.getfixturevalue(person))
    assert client.post(page_of(bozza, deed), say(bozza)).status_code == 403
    assert now(bozza).state == State.BOZZA


def test_a_stranger_finds_nothing(signed_in, estraneo, bozza):
    assert signed_in(estraneo).post(page_of(bozza, "invia"), say(bozza)).status_code == 404


def test_approval_while_the_office_edits_is_refused_and_the_note_is_kept(signed_in, segretario, inviata):
    read = inviata.row_version
    inviata.title, inviata.row_version = "Un altro titolo", read + 1
    inviata.save()
    answer = signed_in(segretario).post(page_of(inviata, "approva"), say(inviata, versione=read))
    assert answer.status_code == 409
    assert re.search("La scheda è cambiata dopo che la pagina è stata aperta: rileggerla", texts(answer, ALERT)[0])
    assert text(answer, "//textarea[@name='nota']") == "Una nota."
    assert text(answer, "//main//p[@class='lead']") == "FINANZIARIO n° 1 — Un altro titolo"
    assert now(inviata).state == State.INVIATA


def test_a_sheet_that_became_a_draft_again_meanwhile_is_not_approved(signed_in, segretario, inviata):
    read = inviata.row_version
    send_back(inviata, by=segretario, note="Da rivedere.")
    answer = signed_in(segretario).post(page_of(inviata, "approva"), say(inviata, versione=read), follow=True)
    (said,) = texts(answer, ALERT)
    assert said == (
        "La scheda è cambiata dopo che questa pagina è stata aperta: rileggerla. Non si può approvare la scheda: "
        "la scheda FINANZIARIO n° 1 è ancora una bozza. La nota scritta qui: «Una nota.»"
    )


def test_a_double_click_sends_once(signed_in, responsabile, bozza):
    client = signed_in(responsabile)
    for _ in range(2):
        answer = client.post(page_of(bozza, "invia"), say(bozza), follow=True)
    assert "è già stata inviata al Segretario" in texts(answer, ALERT)[-1]
    assert Passage.objects.filter(kind=PassageKind.INVIATA).count() == 1


def test_a_double_click_withdraws_once(signed_in, ufficio, bozza):
    client = signed_in(ufficio)
    for _ in range(2):
        answer = client.post(page_of(bozza, "ritira"), say(bozza), follow=True)
        assert (answer.status_code, texts(answer, ALERT)[-1]) == (200, "La bozza è ritirata.")
    assert Passage.objects.filter(kind=PassageKind.RITIRATA).count() == 1


def test_the_back_button_after_an_adoption_leads_to_the_adopted_sheet(signed_in, segretario, in_force):
    answer = signed_in(segretario).post(page_of(in_force, "approva"), say(in_force))
    assert answer["Location"] == f"/caluso/schede/{in_force.pk}/"


def test_a_broken_form_is_answered_with_the_page(signed_in, segretario, inviata):
    answer = signed_in(segretario).post(page_of(inviata, "approva"), {"versione": "abc", "nota": "x" * 5000})
    assert answer.status_code == 422
    assert now(inviata).state == State.INVIATA


def test_who_answers_for_the_settore_approves_only_with_a_written_exception(signed_in, segretario, inviata):
    Manager(sector=inviata.sector, name="Segretario Rossi", user=segretario, valid_from="2022-01-01").save()
    client = signed_in(segretario)
    refused = client.post(page_of(inviata, "approva"), say(inviata))
    assert refused.status_code == 422
    assert texts(refused, "//ul[@class='wrong']/li") == ["Senza il motivo della deroga non si può approvare (R20)."]
    client.post(page_of(inviata, "approva"), say(inviata, deroga="Non c'è altro responsabile."))
    page = client.get(page_of(inviata))
    assert text(page, "//div[@class='exception']/p[2]") == "Non c'è altro responsabile."


def test_nobody_else_is_offered_the_exception(signed_in, segretario, inviata):
    client = signed_in(segretario)
    assert texts(client.get(page_of(inviata)), "//textarea/@name") == ["nota", "commento"]
    client.post(page_of(inviata, "approva"), say(inviata, deroga="Perché sì."))
    assert now(inviata).approval_exception == ""


def test_the_exception_stands_on_the_adopted_sheet_too(signed_in, segretario, lettura, inviata):
    Manager(sector=inviata.sector, name="Segretario Rossi", user=segretario, valid_from="2022-01-01").save()
    done = approve(inviata, by=segretario, exception="Non c'è altro responsabile.")
    adopt(with_opinions(propose(done.objective.plan, [done], by=segretario), segretario), SESSION, by=segretario)
    page = signed_in(lettura).get(f"/caluso/schede/{done.pk}/")
    assert texts(page, "//div[@class='exception']/p") == [
        "Approvata con deroga (R20) da Segretario Rossi",
        "Non c'è altro responsabile.",
    ]


def test_who_lost_the_role_while_the_page_was_open_does_nothing(signed_in, segretario, inviata):
    client = signed_in(segretario)
    assert client.get(page_of(inviata)).status_code == 200
    membership = segretario.memberships.get()
    membership.role = Role.LETTURA
    membership.save()
    assert client.post(page_of(inviata, "approva"), say(inviata)).status_code == 403
    assert now(inviata).state == State.INVIATA


def test_the_page_takes_the_same_queries_whatever_the_path(
    signed_in, segretario, responsabile, inviata, django_assert_num_queries
):
    client = signed_in(segretario)
    for _ in range(3):
        with django_assert_num_queries(QUERIES):
            client.get(page_of(inviata))
        send_back(inviata, by=segretario, note="Da rivedere.")
        submit(inviata, by=responsabile)


@pytest.mark.parametrize("deed", ["approva", "ritira"])
def test_a_number_that_no_sheet_can_have_names_none(deed, signed_in, segretario, caluso):
    client, page = signed_in(segretario), f"/caluso/bozze/{10**20}/{deed}/"
    assert [client.get(page).status_code, client.post(page).status_code] == [404, 404]

"""The registration in the browser: what is asked, what is shown before the confirmation, what follows."""

import datetime as dt

import pytest
from django.utils import timezone
from lxml import html

from deliberations.calendar import from_the, of_the
from deliberations.models import Deliberation
from objectives.models import Acknowledgement, Sheet
from objectives.workflow import content_hash, word
from tests.pages import text, texts, with_class
from tests.sessions import MEMBERS, TODAY, with_opinions
from tests.this_year import YEAR

pytestmark = pytest.mark.django_db

MESSAGES = "//main" + with_class("alert", "div")
BLOCKS = "//section[@aria-labelledby='blocchi']" + with_class("rule-findings") + "/li"

SESSION_DAYS = [
    f"Adottata nella seduta {of_the(TODAY)} e dichiarata immediatamente eseguibile (art. 134, comma 4, TUEL).",
    "Non risulta ancora pubblicata all'albo pretorio.",
    "Diventa esecutiva dopo il decimo giorno dalla pubblicazione (art. 134, comma 3, TUEL).",
    f"In vigore {from_the(TODAY)}, giorno della seduta, perché immediatamente eseguibile.",
]


@pytest.fixture
def visit(signed_in, segretario):
    """The Segretario."""
    return signed_in(segretario)


def page(proposal):
    return f"/caluso/proposte/{proposal.pk}/registra/"


def typed(proposal, action="controlla", members=MEMBERS, **changed):
    """What a Segretario types after a session in which GC 100 was adopted, immediately enforceable."""
    rows = {"presenze-TOTAL_FORMS": len(members) + 1, "presenze-INITIAL_FORMS": 0}
    for place, one in enumerate(members):
        facts = {"name": one.name, "office": one.office, "present": "1" if one.present else "0"}
        rows |= {f"presenze-{place}-{name}": value for name, value in facts.items()}
    act = {
        "number": 100, "year": YEAR, "session_on": TODAY.isoformat(), "session_time": "18.00",
        "secretary": "Ezio Ivaldi",
        "votes_for": 2, "votes_against": 0, "abstained": 0, "vote": "unanime", "immediately_enforceable": "on",
        "immediate_for": 2, "immediate_reason": "Scadenze vicine.", "publication_days": 15,
    }  # fmt: skip
    sent = {**rows, **act, "azione": action, "letto": content_hash(proposal), **changed}
    return {name: value for name, value in sent.items() if value is not None}


def wrong(response):
    return texts(response, with_class("wrong"))


def test_what_the_last_session_lets_expect_is_offered_but_not_who_was_there(visit, act100, pronta):
    offered = visit.get(page(pronta))
    assert text(offered, "//input[@name='year']/@value") == str(timezone.localdate().year)
    assert texts(offered, "//input[contains(@name, '-name')]/@value")[:1] == ["Maria Rosa CENA"]
    assert texts(offered, "//select/option[@selected]") == ["—"] * 7
    assert text(offered, "//input[@name='secretary']/@value") == "Ezio IVALDI"


def test_the_confirmation_shows_what_will_happen_and_registers_nothing(visit, pronta):
    shown = visit.post(page(pronta), typed(pronta))
    assert texts(shown, "//section[@aria-labelledby='effetti']//li") == [
        "1 scheda diventa adottata e non si può più cambiare: una modifica sarà un atto nuovo (R08).",
        *SESSION_DAYS,
    ]
    assert (shown.status_code, Deliberation.objects.proposals().count()) == (200, 1)
    assert texts(shown, BLOCKS) == []


def confirmed(visit, proposal, shown):
    """Send what the page of the confirmation holds, as a browser does."""
    hidden = html.fromstring(shown.content.decode()).xpath("//main//input[@type='hidden']")
    sent = {field.get("name"): field.get("value", "") for field in hidden}
    return visit.post(page(proposal), {**sent, "azione": "registra"}, follow=True)


def test_the_confirmation_makes_the_act(visit, approvata, pronta):
    answer = confirmed(visit, pronta, visit.post(page(pronta), typed(pronta)))
    assert answer.redirect_chain == [(f"/caluso/atti/gc-100-{YEAR}/", 302)]
    act = Deliberation.objects.get(number=100)
    assert (act.session_time, act.vote, act.votes_for, act.immediate_for, act.immediate_against) == (
        dt.time(18), "unanime", 2, 2, 0,
    )  # fmt: skip
    assert [(one.name, one.office, one.present) for one in act.attendances.all()] == [
        (one.name, one.office, one.present) for one in MEMBERS
    ]
    assert (Sheet.objects.get(pk=approvata.pk).state, act.in_force_from) == ("ADOTTATA", TODAY)
    assert f"La GC 100/{YEAR} è registrata: le sue schede sono adottate." in text(answer, MESSAGES)
    assert "Unanime: favorevoli 2, contrari 0, astenuti 0" in texts(answer, "//dl/dd")


def test_a_double_click_registers_once_and_lands_on_the_act(visit, pronta):
    sent = typed(pronta, "registra")
    answers = [visit.post(page(pronta), sent, follow=True) for _ in range(2)]
    assert [answer.redirect_chain[-1][0] for answer in answers] == [f"/caluso/atti/gc-100-{YEAR}/"] * 2
    assert f"Questa proposta è già stata registrata: è la GC 100/{YEAR}." in text(answers[1], MESSAGES)
    assert Deliberation.objects.filter(number=100).count() == 1


def test_going_back_keeps_what_was_typed(visit, pronta):
    again = visit.post(page(pronta), typed(pronta, "correggi", immediately_enforceable=None))
    assert text(again, "//input[@name='number']/@value") == "100"
    assert texts(again, "//select/option[@selected]") == ["presente", "presente", "assente", "—"]
    assert texts(again, "//input[@name='immediately_enforceable'][@checked]") == []
    assert wrong(again) == []


def test_one_more_row_for_a_member(visit, pronta):
    longer = visit.post(page(pronta), typed(pronta, "aggiungi-componente", secretary=None))
    assert len(texts(longer, "//table//select")) == 5
    assert wrong(longer) == []


MISTAKES = [
    ({"number": ""}, "Indicare il numero dell'atto."),
    ({"number": "cento"}, "Serve un numero intero."),
    ({"number": "8"}, f"C'è già una deliberazione n. 8 del {YEAR}: controllare il numero."),
    ({"year": YEAR - 1}, f"La seduta è del {YEAR}: l'anno dell'atto è quello della seduta."),
    ({"session_on": ""}, "Indicare il giorno."),
    ({"session_on": "30/02/2026"}, "Questo giorno non esiste: scriverlo come 31/10/2022."),
    ({"session_time": "25:00"}, "Scrivere l'ora come 18:00."),
    ({"votes_for": ""}, "Indicare quanti (0 se nessuno)."),
    ({"votes_for": "-1"}, "Assicurati che questo valore sia maggiore o uguale a 0."),
    ({"immediate_for": ""}, "L'immediata eseguibilità ha un voto suo: indicare i favorevoli (R13)."),
    ({"immediate_reason": " "}, "Indicare il motivo dell'urgenza (R13)."),
    ({"immediately_enforceable": ""}, "Ci sono voti o un motivo, ma la casella non è segnata: quale vale?"),
    ({"presenze-0-present": ""}, "Presente o assente?"),
    ({"presenze-1-name": ""}, "Manca il nome: scriverlo, o vuotare la riga."),
    ({"presenze-1-name": "maria rosa cena"}, "Un componente è scritto due volte."),
    ({"members": ()}, "Indicare i componenti della Giunta: chi era presente e chi assente (R12)."),
]


def test_what_cannot_be_meant_is_said_beside_it_and_nothing_is_lost(visit, pronta):
    answers = [visit.post(page(pronta), typed(pronta, **changed)) for changed, _ in MISTAKES]
    assert [wrong(answer) for answer in answers] == [[sentence] for _, sentence in MISTAKES]
    assert {answer.status_code for answer in answers} == {422}
    assert {text(answer, "//input[@name='secretary']/@value") for answer in answers} == {"Ezio Ivaldi"}


SUMMARY = "//main" + with_class("error-summary", "div")


def test_all_that_is_wrong_is_listed_on_top_in_the_order_of_the_page_with_the_way_there(visit, pronta):
    mistakes = {"number": "", "immediate_reason": "", "published_on": "30/02/2026", "presenze-1-present": ""}
    answer = visit.post(page(pronta), typed(pronta, **mistakes))
    assert texts(answer, f"{SUMMARY}[@autofocus]//li/a/@href") == [
        "#id_number", "#id_immediate_reason", "#id_published_on", "#id_presenze-1-present",
    ]  # fmt: skip
    assert texts(answer, f"{SUMMARY}//li")[-1] == "Presenza, riga 2: Presente o assente?"
    nobody = visit.post(page(pronta), typed(pronta, members=()))
    assert texts(nobody, f"{SUMMARY}//li/a/@href") == ["#gruppo-presenze"]


def test_a_session_to_come_is_no_session(visit, pronta):
    tomorrow = TODAY + dt.timedelta(days=1)
    answer = visit.post(page(pronta), typed(pronta, session_on=tomorrow.isoformat(), year=tomorrow.year))
    assert wrong(answer) == ["Questa seduta non c'è ancora stata: l'atto si registra dopo l'adozione."]


FORBIDDEN = [
    ({"votes_for": 1}, "R12"),
    ({"immediate_for": 1, "immediate_against": 1}, "R13"),
    ({"published_on": "2020-01-01"}, "R14"),
]


def test_what_the_rules_forbid_is_shown_and_cannot_be_confirmed(visit, pronta):
    for changed, rule in FORBIDDEN:
        shown = visit.post(page(pronta), typed(pronta, **changed))
        assert rule in text(shown, BLOCKS)
        assert texts(shown, "//button[@value='registra']") == []
        forced = visit.post(page(pronta), typed(pronta, "registra", **changed))
        assert (forced.status_code, Deliberation.objects.filter(number=100).exists()) == (422, False)
        assert "L'atto non si può registrare finché restano questi punti." in text(forced, MESSAGES)


def test_without_opinions_nothing_is_registered(visit, proposta):
    shown = visit.post(page(proposta), typed(proposta))
    assert [finding.split()[2] for finding in texts(shown, BLOCKS)] == ["R10", "R11"]


def test_warnings_want_a_note_which_stays(visit, this_plan, segretario, pronta):
    this_plan.cut_off = "01-01"
    this_plan.save()
    shown = visit.post(page(pronta), typed(pronta))
    assert "R28" in text(shown, "//section[@aria-labelledby='avvisi']" + with_class("rule-findings") + "/li")
    without = visit.post(page(pronta), typed(pronta, "registra", nota=" "))
    assert (without.status_code, Deliberation.objects.filter(number=100).exists()) == (422, False)
    broken = visit.post(page(pronta), typed(pronta, "registra", nota="Nota\x00"))
    assert (broken.status_code, wrong(broken)) == (422, ["I caratteri null non sono ammessi."])
    visit.post(page(pronta), typed(pronta, "registra", nota="La gara è slittata."))
    (kept,) = Acknowledgement.objects.filter(deliberation=pronta)
    assert (kept.rule, kept.note, kept.by) == ("R28", "La gara è slittata.", segretario)


def test_what_changed_after_the_confirmation_was_read_is_not_registered(visit, segretario, pronta):
    sent = typed(pronta, "registra")
    words = {name: getattr(pronta, name) for name in ("premises", "dispositions", "proposer")}
    with_opinions(word(pronta, subject="Altro oggetto", **words, by=segretario), segretario)
    answer = visit.post(page(pronta), sent)
    assert (answer.status_code, Deliberation.objects.filter(number=100).exists()) == (422, False)
    assert "La proposta è cambiata dopo che la pagina è stata aperta" in text(answer, MESSAGES)


def test_an_opinion_after_the_vote_blocks(visit, segretario, pronta):
    yesterday = TODAY - dt.timedelta(days=1)
    shown = visit.post(page(pronta), typed(pronta, session_on=yesterday.isoformat(), year=yesterday.year))
    assert {finding.split()[2] for finding in texts(shown, BLOCKS)} & {"R10", "R14"}

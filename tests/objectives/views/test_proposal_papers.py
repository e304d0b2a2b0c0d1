"""What is written for a proposal: its words, the acts it cites, the opinions, and what makes these void."""

import datetime as dt

import pytest

from deliberations.calendar import on_the
from deliberations.models import Deliberation
from objectives.draft_content import DraftContent
from objectives.proposal_content import opinions_of
from objectives.workflow import adopt, content_hash, dissolve, edit, opinion_holds, withdraw, word
from tests.pages import text, texts, with_class
from tests.sessions import SESSION, TODAY, with_opinions
from tests.this_year import YEAR

pytestmark = pytest.mark.django_db

MESSAGES = "//main" + with_class("alert", "div")
MISSING = with_class("missing-list", "ul") + "/li"


@pytest.fixture
def visit(signed_in, segretario):
    """The Segretario at the pages of proposals."""
    return signed_in(segretario)


def page(proposal, below=""):
    return f"/caluso/proposte/{proposal.pk}/{below}"


# ---- Words and citations -------------------------------------------------------------------------------------------


def words(proposal, **changed):
    stored = {name: getattr(proposal, name) for name in ("subject", "proposer", "premises", "dispositions")}
    return {**stored, "row_version": proposal.row_version, **changed}


def test_the_words_are_written_over_those_of_the_entity(visit, proposta):
    assert text(visit.get(page(proposta, "testo/")), "//textarea[@name='subject']") == proposta.subject
    visit.post(page(proposta, "testo/"), words(proposta, subject="Altro oggetto", proposer="Il Sindaco"))
    proposta.refresh_from_db()
    assert (proposta.subject, proposta.proposer) == ("Altro oggetto", "Il Sindaco")


def test_the_words_of_the_entity_are_offered_anew_with_what_is_gathered_now(visit, segretario, proposta):
    first = " ".join(proposta.premises.split())
    word(proposta, subject="Oggetto", premises="Premesse.", dispositions="Di modificare.", by=segretario)
    again = visit.get(page(proposta, "testo/?testo=ente"))
    assert text(again, "//textarea[@name='premises']") == first
    assert "Non è ancora salvato" in text(again, MESSAGES)
    assert _now(proposta).premises == "Premesse."


def test_words_sent_once_the_act_is_registered_stay_before_who_wrote_them(visit, segretario, proposta):
    act = adopt(with_opinions(proposta, segretario), SESSION, by=segretario)
    late = visit.post(page(proposta, "testo/"), words(proposta, subject="Scritto tardi"))
    assert (late.status_code, text(late, "//textarea[@name='subject']")) == (422, "Scritto tardi")
    assert f"è già stata registrata: è la {act.short}" in text(late, MESSAGES)


def test_words_for_a_proposal_that_was_dissolved_are_given_back(visit, segretario, proposta):
    sent, where = words(proposta, premises="Scritto a lungo."), page(proposta, "testo/")
    dissolve(proposta, by=segretario)
    late = visit.post(where, sent)
    assert late.status_code == 404
    assert "Scritto a lungo." in texts(late, with_class("kept-text", "div") + "/p")
    assert visit.get(where).status_code == 404


def test_the_same_words_sent_by_a_browser_change_nothing(visit, segretario, proposta):
    with_opinions(proposta, segretario)
    sent = {name: text.replace("\n", "\r\n") for name, text in words(proposta, row_version="1").items()}
    visit.post(page(proposta, "testo/"), sent)
    assert (proposta.row_version, [one.holds for one in opinions_of(_now(proposta))]) == (1, [True, True])


def _now(proposal):
    return Deliberation.objects.get(pk=proposal.pk)


def test_two_who_write_at_once_see_both_texts(visit, segretario, proposta):
    opened = words(proposta, dispositions="Il mio dispositivo.")
    stored = word(proposta, **{**words(proposta), "dispositions": "Il tuo dispositivo."} | {"by": segretario})
    both = visit.post(page(proposta, "testo/"), opened)
    assert both.status_code == 409
    assert text(both, "//textarea[@name='dispositions']") == "Il mio dispositivo."
    assert text(both, with_class("paper")) == "Il tuo dispositivo."
    kept = {**opened, "row_version": text(both, "//input[@name='row_version']/@value")}
    assert (kept["row_version"], Deliberation.objects.get(pk=proposta.pk).dispositions) == (
        str(stored.row_version), "Il tuo dispositivo.",
    )  # fmt: skip
    visit.post(page(proposta, "testo/"), kept)
    assert Deliberation.objects.get(pk=proposta.pk).dispositions == "Il mio dispositivo."


def test_the_act_amended_is_always_cited_and_others_by_choice(visit, caluso, proposta, act100):
    offered = visit.get(page(proposta, "atti-citati/"))
    assert texts(offered, "//main/ul/li/a") == [f"GC 8/{YEAR}"]
    visit.post(page(proposta, "atti-citati/"), {"others": [act100.pk]})
    assert [one.cited.short for one in proposta.citations.all()] == [f"GC 8/{YEAR}", "GC 100/2022"]
    assert texts(visit.get(page(proposta)), with_class("acts-behind") + "/li")[0].startswith(f"Modifica GC 8/{YEAR}")
    for key in (proposta.pk, "9" * 30, "boh"):
        wrong = visit.post(page(proposta, "atti-citati/"), {"others": [key]})
        assert (wrong.status_code, proposta.citations.count()) == (422, 2)


# ---- Opinions ------------------------------------------------------------------------------------------------------


def opinion(proposal, **changed):
    today = TODAY.isoformat()
    sent = {"outcome": "FAVOREVOLE", "signer": "Ezio Ivaldi", "given_on": today, "content": content_hash(proposal)}
    return {**sent, **changed}


def test_an_opinion_is_bound_to_what_the_page_showed(visit, proposta):
    asked = visit.get(page(proposta, "parere/tecnica/"))
    assert text(asked, with_class("hash")) == content_hash(proposta)
    assert texts(asked, "//input[@name='outcome']/@value") == ["FAVOREVOLE", "CONTRARIO"]
    visit.post(page(proposta, "parere/tecnica/"), opinion(proposta))
    given = proposta.opinions.get()
    assert (given.kind, given.signer, opinion_holds(given, content_hash(proposta))) == ("TECNICA", "Ezio Ivaldi", True)


def test_the_accounting_opinion_may_be_declared_unnecessary(visit, proposta):
    sent = opinion(proposta, outcome="NON_NECESSARIO", signer="")
    visit.post(page(proposta, "parere/contabile/"), sent)
    assert proposta.opinions.get().outcome == "NON_NECESSARIO"


def test_a_change_makes_the_opinions_void_and_the_page_says_what_to_do(visit, segretario, proposta):
    with_opinions(proposta, segretario)
    assert texts(visit.get(page(proposta)), MISSING) == []
    visit.post(page(proposta, "testo/"), words(proposta, premises="Altre premesse."))
    void = f"{on_the(TODAY)}. Non vale più: il contenuto è cambiato dopo il parere, che va reso di nuovo."
    assert texts(visit.get(page(proposta)), MISSING) == [
        f"Parere di regolarità tecnica: favorevole, Il Segretario, {void}",
        f"Parere di regolarità contabile: non necessario, La Ragioneria, {void}",
    ]
    again = visit.get(page(proposta, "parere/tecnica/"))
    assert "Il parere dato non vale più" in text(again, MESSAGES)
    (happened,) = texts(again, "//main/ul[@class='small']/li")
    assert happened.startswith("cambiato il testo (le premesse) – Segretario Rossi, ")


def test_each_change_after_an_opinion_is_told(visit, act100, ufficio, segretario, approvata, proposta):
    with_opinions(proposta, segretario)
    visit.post(page(proposta, "atti-citati/"), {"others": [act100.pk]})
    visit.post(page(proposta, f"togli/{approvata.pk}/"))
    visit.post(page(proposta, "aggiungi/"), {"schede": [approvata.pk]})
    withdraw(edit(approvata, DraftContent({"title": "Altro"}), by=ufficio), by=ufficio)
    told = opinions_of(proposta)[0].changes
    assert [one.rpartition(" – ")[0] for one in told] == [
        "cambiati gli atti citati",
        "tolta la scheda che è stata poi ritirata",
        "aggiunta la scheda che è stata poi ritirata",
        "modificata, e quindi tolta, la scheda che è stata poi ritirata",
    ]


def test_an_opinion_on_what_changed_meanwhile_is_refused_and_nothing_typed_is_lost(visit, segretario, proposta):
    sent = opinion(proposta)
    word(proposta, **{**words(proposta), "subject": "Nel frattempo"} | {"by": segretario})
    answer = visit.post(page(proposta, "parere/tecnica/"), sent)
    assert (answer.status_code, proposta.opinions.count()) == (422, 0)
    assert "La proposta è cambiata mentre il parere veniva scritto" in text(answer, MESSAGES)
    assert text(answer, "//input[@name='signer']/@value") == "Ezio Ivaldi"
    assert text(answer, "//input[@name='content']/@value") == content_hash(Deliberation.objects.get(pk=proposta.pk))


TOMORROW = (TODAY + dt.timedelta(days=1)).isoformat()


WRONG_OPINIONS = [
    ("tecnica", {"outcome": ""}, "Indicare l'esito."),
    ("tecnica", {"outcome": "NON_NECESSARIO"}, "NON_NECESSARIO non è tra quelle disponibili."),
    ("tecnica", {"signer": ""}, "Indicare chi rende il parere."),
    ("contabile", {"given_on": "31/02/2026"}, "Questo giorno non esiste: scriverlo come 31/10/2022."),
    ("contabile", {"given_on": TOMORROW}, "Questo giorno non è ancora venuto."),
]


def test_what_is_wrong_with_an_opinion_is_said_beside_it(visit, proposta):
    for kind, wrong, sentence in WRONG_OPINIONS:
        answer = visit.post(page(proposta, f"parere/{kind}/"), opinion(proposta, **wrong))
        assert (answer.status_code, proposta.opinions.count()) == (422, 0)
        assert sentence in text(answer, with_class("wrong"))


def test_there_are_two_kinds_of_opinion(visit, proposta):
    assert visit.get(page(proposta, "parere/politica/")).status_code == 404

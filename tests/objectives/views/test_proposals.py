"""Proposals in the browser: gathered, worded, opined on, dissolved; and who may see them."""

import datetime as dt

import pytest

from deliberations.calendar import on_the
from deliberations.models import Deliberation
from objectives.choices import State
from objectives.draft_content import DraftContent
from objectives.models import Acknowledgement, Sheet
from objectives.proposal_content import missing, opinions_of, steps
from objectives.workflow import adopt, content_hash, edit, opinion_holds, withdraw, word
from organisation.models import Membership
from organisation.roles import Role
from tests.factories import make_draft, make_plan, make_proposal, make_sector
from tests.pages import text, texts, with_class
from tests.sessions import SESSION, TODAY, with_opinions
from tests.this_year import YEAR

pytestmark = pytest.mark.django_db

LIST = "/caluso/proposte/"
MESSAGES = "//main" + with_class("alert", "div")
MISSING = with_class("missing-list", "ul") + "/li"


@pytest.fixture
def visit(signed_in, segretario):
    """The Segretario at the pages of proposals."""
    return signed_in(segretario)


def page(proposal, below=""):
    return f"{LIST}{proposal.pk}/{below}"


def now(sheet):
    return Sheet.objects.get(pk=sheet.pk)


# ---- Who sees them -------------------------------------------------------------------------------------------------


def test_who_only_reads_sees_no_proposal(signed_in, nucleo, lettura, amministratore, proposta):
    for person in (nucleo, lettura, amministratore):
        answers = [signed_in(person).get(path) for path in (LIST, page(proposta))]
        assert [answer.status_code for answer in answers] == [403, 403]
        assert "le vede solo chi è Segretario o Ufficio o Responsabile di settore" in answers[0].content.decode()


def test_an_office_reads_the_proposals_that_hold_its_sheets(signed_in, ufficio, proposta):
    client = signed_in(ufficio)
    assert texts(client.get(LIST), with_class("rows") + "/li//a") == [f"Proposta {proposta.pk} — {proposta.subject}"]
    shown = client.get(page(proposta))
    assert (shown.status_code, texts(shown, "//main//form")) == (200, [])
    assert text(shown, with_class("changes") + "//td/a[1]") == "n° 1 Sportello digitale"


def test_another_office_does_not(signed_in, make_person, caluso, proposta):
    elsewhere = make_person("altrove", (caluso, Role.UFFICIO))
    Membership.objects.get(user=elsewhere).sectors.add(make_sector(caluso, "TECNICO"))
    client = signed_in(elsewhere)
    assert text(client.get(LIST), with_class("empty-title")) == "Nessuna proposta contiene schede dei suoi settori"
    assert client.get(page(proposta)).status_code == 404


def test_only_the_segretario_works_on_them(signed_in, ufficio, proposta):
    client = signed_in(ufficio)
    for below in ("testo/", "atti-citati/", "parere/tecnica/", "registra/", "sciogli/", "avvisi/", "aggiungi/"):
        answers = [client.get(page(proposta, below)), client.post(page(proposta, below))]
        assert [answer.status_code for answer in answers] == [403, 403]
        assert "lo può fare Segretario" in answers[0].content.decode()


def test_for_another_entity_it_does_not_exist(signed_in, estraneo, proposta):
    client = signed_in(estraneo)
    own = page(proposta).replace("/caluso/", "/esempio/")
    assert [client.get(path).status_code for path in (page(proposta), own)] == [404, 404]
    assert client.post(f"{own}sciogli/").status_code == 404


# ---- Gathering -----------------------------------------------------------------------------------------------------


def test_all_that_waits_is_offered_and_gathered(visit, this_plan, approvata):
    assert "1 scheda approvata in attesa di una proposta." in text(visit.get(LIST), with_class("panel") + "/p[1]")
    offered = visit.get(f"{LIST}nuova/{YEAR}/")
    assert texts(offered, "//input[@name='schede'][@checked]/@value") == [str(approvata.pk)]
    assert text(offered, with_class("net")) == "Peso del settore: nessuna variazione"
    made = visit.post(f"{LIST}nuova/{YEAR}/", {"schede": [approvata.pk]})
    assert made["Location"] == page(now(approvata).deliberation)


def test_a_double_click_makes_one_proposal(visit, approvata):
    first, second = [visit.post(f"{LIST}nuova/{YEAR}/", {"schede": [approvata.pk]}, follow=True) for _ in range(2)]
    assert first.redirect_chain == second.redirect_chain == [(page(Deliberation.objects.proposals().get()), 302)]
    assert "Queste schede sono già in questa proposta: non ne è stata preparata un'altra." in texts(second, MESSAGES)


WRONG_CHOICES = [
    ({}, "Scegliere almeno una scheda."),
    ({"schede": ["999999"]}, "non è più tra quelle da raccogliere"),
    ({"schede": ["abc"]}, "non è in archivio"),
    ({"schede": ["\x00"]}, "I caratteri null non sono ammessi."),
    ({"schede": ["9" * 30]}, "non è più tra quelle da raccogliere"),
]


def test_a_wrong_choice_is_said_and_nothing_is_made(visit, approvata):
    for sent, sentence in WRONG_CHOICES:
        answer = visit.post(f"{LIST}nuova/{YEAR}/", sent)
        assert (answer.status_code, Deliberation.objects.proposals().count()) == (422, 0)
        assert sentence in text(answer, MESSAGES)


def test_a_year_without_a_plan_and_a_plan_without_sheets(visit, this_plan):
    assert [visit.get(f"{LIST}{path}/").status_code for path in ("nuova/1999", "9" * 30, "nuova/" + "9" * 30)] == [
        404
    ] * 3
    empty = visit.get(f"{LIST}nuova/{YEAR}/")
    assert text(empty, with_class("empty-title")) == "Nessuna scheda approvata da raccogliere"


def test_a_sheet_is_taken_out_and_put_in_again(visit, approvata, proposta):
    taken = visit.post(page(proposta, f"togli/{approvata.pk}/"), follow=True)
    assert (now(approvata).deliberation, now(approvata).state) == (None, State.APPROVATA)
    assert texts(taken, MISSING)[0] == "Non c'è nessuna scheda: aggiungerne una approvata."
    again = visit.post(page(proposta, f"togli/{approvata.pk}/"), follow=True)
    assert "Questa scheda non è più nella proposta." in texts(again, MESSAGES)
    visit.post(page(proposta, "aggiungi/"), {"schede": [approvata.pk]})
    assert now(approvata).deliberation == proposta
    assert visit.post(page(proposta, "togli/999999/")).status_code == 404


def test_an_edit_takes_the_sheet_out_and_the_page_follows(visit, ufficio, approvata, proposta):
    edit(approvata, DraftContent({"title": "Altro titolo"}), by=ufficio)
    assert texts(visit.get(page(proposta)), with_class("changes")) == []


def test_dissolving_asks_first_and_gives_the_sheets_back(visit, approvata, proposta):
    asked = visit.get(page(proposta, "sciogli/"))
    assert "un'altra proposta: 1." in text(asked, "//main/p[1]")
    assert visit.post(page(proposta, "sciogli/"), {"nota": "x" * 2001}).status_code == 422
    answer = visit.post(page(proposta, "sciogli/"), {"nota": "Rinviata a dicembre."}, follow=True)
    assert answer.redirect_chain == [(LIST, 302)]
    assert (Deliberation.objects.proposals().count(), now(approvata).deliberation) == (0, None)
    assert visit.post(page(proposta, "sciogli/")).status_code == 404


# ---- Words and citations -------------------------------------------------------------------------------------------


def words(proposal, **changed):
    stored = {name: getattr(proposal, name) for name in ("subject", "proposer", "premises", "dispositions")}
    return {**stored, "row_version": proposal.row_version, **changed}


def test_the_words_are_written_over_those_of_the_entity(visit, proposta):
    assert text(visit.get(page(proposta, "testo/")), "//textarea[@name='subject']") == proposta.subject
    visit.post(page(proposta, "testo/"), words(proposta, subject="Altro oggetto", proposer="Il Sindaco"))
    proposta.refresh_from_db()
    assert (proposta.subject, proposta.proposer) == ("Altro oggetto", "Il Sindaco")


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


# ---- Warnings and what is missing ----------------------------------------------------------------------------------


@pytest.fixture
def late(this_plan, proposta):
    """The proposal once the plan takes no more changes without a note (R28)."""
    this_plan.cut_off = "01-01"
    this_plan.save()
    return proposta


def test_warnings_are_acknowledged_with_a_note(visit, segretario, late):
    warning = text(visit.get(page(late)), "//input[@name='avvisi']/@value")
    without = visit.post(page(late, "avvisi/"), {"avvisi": [warning], "nota": " "})
    assert (without.status_code, Acknowledgement.objects.filter(deliberation=late).count()) == (422, 0)
    assert "Scrivere perché si procede" in text(without, with_class("wrong"))
    other = visit.post(page(late, "avvisi/"), {"avvisi": ["Inventato"], "nota": "Urgente."})
    assert "Gli avvisi sono cambiati nel frattempo" in text(other, with_class("wrong"))
    visit.post(page(late, "avvisi/"), {"avvisi": [warning], "nota": "Urgente."})
    (kept,) = Acknowledgement.objects.filter(deliberation=late)
    assert (kept.rule, kept.message, kept.note, kept.by) == ("R28", warning, "Urgente.", segretario)
    assert texts(visit.get(page(late)), "//input[@name='avvisi']") == []


def test_what_is_missing_is_listed_step_by_step(proposta):
    proposta.premises = " "
    stages = steps(proposta, 1, opinions_of(proposta))
    assert [(stage.label, stage.done) for stage in stages] == [("Schede", True), ("Testo", False), ("Pareri", False)]
    assert missing(stages, []) == [
        "Mancano le premesse.",
        "Parere di regolarità tecnica: non ancora reso.",
        "Parere di regolarità contabile: non ancora reso.",
    ]


def test_a_registered_proposal_leads_to_its_act(visit, segretario, proposta):
    act = adopt(with_opinions(proposta, segretario), SESSION, by=segretario)
    for below in ("", "testo/", "atti-citati/", "parere/tecnica/", "sciogli/", "registra/"):
        assert visit.get(page(proposta, below), follow=True).redirect_chain[-1][0] == f"/caluso/atti/{act.slug}/"
    for below in ("sciogli/", "avvisi/", "testo/"):
        assert visit.post(page(proposta, below), follow=True).redirect_chain[-1][0] == f"/caluso/atti/{act.slug}/"


# ---- Queries -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_takes_the_same_queries_whatever_its_length(visit, caluso, django_assert_num_queries, count):
    plan, sector = make_plan(caluso, YEAR), make_sector(caluso)
    for number in range(1, count + 1):
        proposal = make_proposal(caluso, session_on=None, plan_year=YEAR)
        make_draft(sector, plan, number=number, state=State.APPROVATA, deliberation=proposal)
        make_draft(sector, plan, number=100 + number, state=State.APPROVATA)
    with django_assert_num_queries(10):
        listed = visit.get(LIST)
    assert len(texts(listed, with_class("rows") + "/li")) == count


@pytest.mark.parametrize("count", [1, 30])
def test_a_proposal_takes_the_same_queries_whatever_its_sheets(visit, caluso, django_assert_num_queries, count):
    plan, sector = make_plan(caluso, YEAR), make_sector(caluso)
    proposal = make_proposal(caluso, session_on=None, plan_year=YEAR)
    for number in range(1, count + 1):
        make_draft(sector, plan, number=number, state=State.APPROVATA, deliberation=proposal)
        make_draft(sector, plan, number=100 + number, state=State.APPROVATA)
    with django_assert_num_queries(27):
        shown = visit.get(page(proposal))
    assert len(texts(shown, "//tbody/tr")) == 2 * count

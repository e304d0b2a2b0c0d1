"""Who may do what: every address of the program, for every person, for sheets and proposals in every state."""

import datetime as dt
import logging

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client
from django.urls import get_resolver, reverse

from documents.codes import new_code
from documents.models import freeze
from evaluations.choices import RoundKind
from evaluations.reporting import begin_report
from evaluations.rounds import attach, open_round
from objectives.workflow import adopt, amend, approve, dissolve, propose, submit, withdraw
from organisation.models import Membership, Sector
from organisation.roles import Role
from tests.sessions import SESSION, with_opinions
from tests.this_year import YEAR, approved_plan, full_sheet, rewritten, sheet_of
from tests.validations import frozen, requested

pytestmark = pytest.mark.django_db

WHO = ("ufficio", "altrove", "responsabile", "segretario", "nucleo", "amministratore", "lettura")
READERS = WHO[4:]  # no state makes a difference to them: one of each address is tried
TABLE = [
    # An address, the states of what it names, GET and POST: the status for each of WHO, or one for all of them.
    # "+": it writes, as no other request does; "-": it prints a paper, which is tried where papers are made.
    # What is said of "raccolta" holds of "approvata" too, and where it stands alone of every open version.
    ("act", "", "200", "405"),
    ("act_dates", "", "403 403 403 200 403 403 403", "403 403 403 422 403 403 403"),
    ("act_docx", "", "-", "405"),
    ("act_dossier", "", "-", "-"),
    ("act_pdf", "", "-", "-"),
    ("act_text", "", "403 403 403 200 403 403 403", "403 403 403 422 403 403 403"),
    ("act_text_restore", "", "405", "403 403 403 302 403 403 403"),
    ("act_texts", "", "403 403 403 200 403 403 403", "405"),
    ("acts", "", "200", "405"),
    ("current_plan", "", "302", "405"),
    ("deadline_address", "", "405", "200+"),
    ("deadline_alerts", "", "200", "422"),
    ("deadline_revoke", "", "405", "302"),
    ("deadlines", "", "200", "405"),
    ("document_file", "documento", "403 403 403 200 200 403 403", "405"),
    ("document_signed", "documento", "403 403 403 200 200 403 403", "403 403 403 422 422 403 403"),
    ("draft", "raccolta", "200 404 200 200 403 403 403", "405"),
    ("draft", "adottata", "302 302 302 302 403 403 403", "405"),
    ("draft", "ritirata", "404 404 404 404 403 403 403", "405"),
    ("draft_approve", "bozza raccolta", "403 404 403 302 403 403 403", "403 404 403 302 403 403 403"),
    ("draft_approve", "inviata", "403 404 403 200 403 403 403", "403 404 403 422 403 403 403"),
    ("draft_approve", "adottata", "403 403 403 302 403 403 403", "403 403 403 302 403 403 403"),
    ("draft_approve", "ritirata", "404 404 404 404 403 403 403", "404 404 404 404 403 403 403"),
    ("draft_edit", "raccolta", "200 404 200 403 403 403 403", "422 404 422 403 403 403 403"),
    ("draft_edit", "adottata", "403", "403"),
    ("draft_edit", "ritirata", "404 404 404 404 403 403 403", "404 404 404 404 403 403 403"),
    ("draft_reading", "raccolta", "405", "200 404 200 403 403 403 403"),
    ("draft_reading", "adottata", "405", "403"),
    ("draft_reading", "ritirata", "405", "404 404 404 404 403 403 403"),
    ("draft_send_back", "bozza", "403 404 403 302 403 403 403", "403 404 403 302 403 403 403"),
    ("draft_send_back", "inviata raccolta", "403 404 403 200 403 403 403", "403 404 403 422 403 403 403"),
    ("draft_send_back", "adottata", "403 403 403 302 403 403 403", "403 403 403 302 403 403 403"),
    ("draft_send_back", "ritirata", "404 404 404 404 403 403 403", "404 404 404 404 403 403 403"),
    ("draft_submit", "bozza", "403 404 200 403 403 403 403", "403 404 422 403 403 403 403"),
    ("draft_submit", "inviata raccolta", "403 404 302 403 403 403 403", "403 404 302 403 403 403 403"),
    ("draft_submit", "adottata", "403 403 302 403 403 403 403", "403 403 302 403 403 403 403"),
    ("draft_submit", "ritirata", "404 404 404 404 403 403 403", "404 404 404 404 403 403 403"),
    ("draft_take_back", "bozza raccolta", "403 404 302 403 403 403 403", "403 404 302 403 403 403 403"),
    ("draft_take_back", "inviata", "403 404 200 403 403 403 403", "403 404 422 403 403 403 403"),
    ("draft_take_back", "adottata", "403 403 302 403 403 403 403", "403 403 302 403 403 403 403"),
    ("draft_take_back", "ritirata", "404 404 404 404 403 403 403", "404 404 404 404 403 403 403"),
    ("draft_withdraw", "bozza", "200 404 200 403 403 403 403", "422 404 422 403 403 403 403"),
    ("draft_withdraw", "inviata raccolta", "302 404 302 403 403 403 403", "302 404 302 403 403 403 403"),
    ("draft_withdraw", "adottata", "302 403 302 403 403 403 403", "302 403 302 403 403 403 403"),
    ("draft_withdraw", "ritirata", "302 404 404 404 403 403 403", "302 404 404 404 403 403 403"),
    ("drafts", "", "200 200 200 200 403 403 403", "405"),
    ("entity", "", "200", "405"),
    ("evidence", "prova", "200 403 200 200 200 403 403", "405"),
    ("evidence_aside", "prova", "200 403 200 403 403 403 403", "422 403 422 403 403 403 403"),
    ("import", "", "403 403 403 200 403 200 403", "403 403 403 422 403 422 403"),
    ("import_preview", "", "403 403 403 404 403 404 403", "403 403 403 404 403 404 403"),
    ("plan", "", "200", "405"),
    ("plan_after", "", "200", "405"),
    ("plan_after_pdf", "", "-", "-"),
    ("plan_charts", "", "200", "405"),
    ("plan_compare", "", "200", "405"),
    ("plan_next_year", "", "403 403 403 200 403 403 403", "403 403 403 302+ 403 403 403"),
    ("plan_on", "", "200", "405"),
    ("plan_on_pdf", "", "-", "-"),
    ("plan_pdf", "", "-", "-"),
    ("plan_rules", "", "200", "403 403 403 422 403 403 403"),
    ("proposal", "proposta", "200 404 200 200 403 403 403", "405"),
    ("proposal", "sciolta", "404 404 404 404 403 403 403", "405"),
    ("proposal", "registrata", "302", "405"),
    ("proposal_acknowledge", "proposta", "403 403 403 302 403 403 403", "403 403 403 422 403 403 403"),
    ("proposal_acknowledge", "sciolta", "403 403 403 404 403 403 403", "403 403 403 404 403 403 403"),
    ("proposal_acknowledge", "registrata", "403 403 403 302 403 403 403", "403 403 403 302 403 403 403"),
    ("proposal_citations", "proposta", "403 403 403 200 403 403 403", "403 403 403 302 403 403 403"),
    ("proposal_citations", "sciolta", "403 403 403 404 403 403 403", "403 403 403 404 403 403 403"),
    ("proposal_citations", "registrata", "403 403 403 302 403 403 403", "403 403 403 302 403 403 403"),
    ("proposal_dissolve", "proposta", "403 403 403 200 403 403 403", "403 403 403 302+ 403 403 403"),
    ("proposal_dissolve", "sciolta", "403 403 403 404 403 403 403", "403 403 403 404 403 403 403"),
    ("proposal_dissolve", "registrata", "403 403 403 302 403 403 403", "403 403 403 302 403 403 403"),
    ("proposal_docx", "proposta", "403 403 403 - 403 403 403", "405"),
    ("proposal_docx", "sciolta", "403 403 403 404 403 403 403", "405"),
    ("proposal_docx", "registrata", "403 403 403 302 403 403 403", "405"),
    ("proposal_gather", "proposta registrata", "403 403 403 302 403 403 403", "403 403 403 302 403 403 403"),
    ("proposal_gather", "sciolta", "403 403 403 404 403 403 403", "403 403 403 404 403 403 403"),
    ("proposal_new", "", "403 403 403 200 403 403 403", "403 403 403 422 403 403 403"),
    ("proposal_opinion", "proposta", "403 403 403 200 403 403 403", "403 403 403 422 403 403 403"),
    ("proposal_opinion", "sciolta", "403 403 403 404 403 403 403", "403 403 403 404 403 403 403"),
    ("proposal_opinion", "registrata", "403 403 403 302 403 403 403", "403 403 403 302 403 403 403"),
    ("proposal_pdf", "proposta", "403 403 403 - 403 403 403", "403 403 403 - 403 403 403"),
    ("proposal_pdf", "sciolta", "403 403 403 404 403 403 403", "403 403 403 404 403 403 403"),
    ("proposal_pdf", "registrata", "403 403 403 302 403 403 403", "403 403 403 302 403 403 403"),
    ("proposal_register", "proposta", "403 403 403 200 403 403 403", "403 403 403 422 403 403 403"),
    ("proposal_register", "sciolta", "403 403 403 404 403 403 403", "403 403 403 404 403 403 403"),
    ("proposal_register", "registrata", "403 403 403 302 403 403 403", "403 403 403 302 403 403 403"),
    ("proposal_take_out", "proposta", "403 403 403 302 403 403 403", "403 403 403 302+ 403 403 403"),
    ("proposal_take_out", "registrata", "403 403 403 302 403 403 403", "403 403 403 302 403 403 403"),
    ("proposal_take_out", "sciolta", "403 403 403 404 403 403 403", "403 403 403 404 403 403 403"),
    ("proposal_text", "proposta", "403 403 403 200 403 403 403", "403 403 403 422 403 403 403"),
    ("proposal_text", "sciolta", "403 403 403 404 403 403 403", "403 403 403 404 403 403 403"),
    ("proposal_text", "registrata", "403 403 403 302 403 403 403", "403 403 403 422 403 403 403"),
    ("proposals", "", "200 200 200 200 403 403 403", "405"),
    ("round", "", "200", "405"),
    ("round_average", "obiettivo", "403 403 403 200 403 403 403", "403 403 403 422 403 403 403"),
    ("round_close", "", "403 403 403 200 403 403 403", "403 403 403 422 403 403 403"),
    ("round_confirm", "settore", "403 403 200 403 403 403 403", "403 403 422 403 403 403 403"),
    ("round_move", "", "403 403 403 200 403 403 403", "403 403 403 422 403 403 403"),
    ("round_open", "", "403 403 403 200 403 403 403", "403 403 403 422 403 403 403"),
    ("round_people", "", "403 403 200 200 200 403 403", "405"),
    ("round_reopen", "", "403 403 403 302 403 403 403", "403 403 403 302 403 403 403"),
    ("round_save", "settore", "405", "400 403 400 403 403 403 403"),
    ("round_scores", "", "200", "405"),
    ("round_sector", "settore", "200 403 200 200 200 403 403", "302 403 302 403 403 403 403"),
    ("round_sheet", "obiettivo", "200 403 200 200 200 403 403", "405"),
    ("round_sheet_pdf", "obiettivo", "- 403 - - - 403 403", "405"),
    ("round_take_back", "settore", "403 403 302 302 403 403 403", "403 403 302 302 403 403 403"),
    ("round_xlsx", "", "200", "405"),
    ("rounds", "", "200", "405"),
    ("report", "", "200", "405"),
    ("report_approve", "", "403 403 403 302 403 403 403", "403 403 403 302 403 403 403"),
    ("report_begin", "", "405", "403 403 403 302 403 403 403"),
    ("report_docx", "", "- - - - 403 403 403", "405"),
    ("report_freeze", "", "403 403 403 200 403 403 403", "403 403 403 422 403 403 403"),
    ("report_pdf", "", "- - - - 403 403 403", "405"),
    ("report_sector", "", "200 403 200 200 403 403 403", "422 403 422 422 403 403 403"),
    ("report_send", "", "405", "403 403 403 302 403 403 403"),
    ("report_text", "", "403 403 403 200 403 403 403", "403 403 403 422 403 403 403"),
    ("report_unfreeze", "", "403 403 403 302 403 403 403", "403 403 403 302 403 403 403"),
    ("score_rules", "", "200", "403 403 403 422 403 403 403"),
    ("search", "", "200", "405"),
    ("sectors", "", "200", "405"),
    ("sheet", "raccolta ritirata", "404", "405"),
    ("sheet", "adottata", "200", "405"),
    ("sheet_amend", "raccolta ritirata", "405", "404 404 404 403 403 403 403"),
    ("sheet_amend", "adottata", "405", "302+ 302 302+ 403 403 403 403"),
    ("sheet_carry", "raccolta ritirata", "404 404 404 403 403 403 403", "404 404 404 403 403 403 403"),
    ("sheet_carry", "adottata", "302 302 302 403 403 403 403", "302 302 302 403 403 403 403"),
    ("sheet_compare", "raccolta", "200 404 200 200 404 404 404", "405"),
    ("sheet_compare", "adottata", "200", "405"),
    ("sheet_compare", "ritirata", "404", "405"),
    ("sheet_correct", "raccolta ritirata", "403 403 403 404 403 403 403", "403 403 403 404 403 403 403"),
    ("sheet_correct", "adottata", "403 403 403 200 403 403 403", "403 403 403 200 403 403 403"),
    ("sheet_eliminate", "raccolta ritirata", "405", "404 404 404 403 403 403 403"),
    ("sheet_eliminate", "adottata", "405", "302+ 302 302+ 403 403 403 403"),
    ("sheet_history", "raccolta ritirata", "200 404 200 200 404 404 404", "405"),
    ("sheet_history", "adottata", "200", "405"),
    ("sheet_insert", "", "405", "302+ 302 302+ 403 403 403 403"),
    ("sheet_pdf", "raccolta ritirata", "404", "405"),
    ("sheet_pdf", "adottata", "-", "405"),
    ("sheet_pdf_changes", "raccolta", "- 404 - - 404 404 404", "405"),
    ("sheet_pdf_changes", "ritirata", "404", "405"),
    ("sheet_pdf_changes", "adottata", "-", "405"),
    ("sheet_pdf_facing", "raccolta", "- 404 - - 404 404 404", "405"),
    ("sheet_pdf_facing", "ritirata", "404", "405"),
    ("sheet_pdf_facing", "adottata", "-", "405"),
    ("sheet_then", "raccolta ritirata", "404", "405"),
    ("sheet_then", "adottata", "302", "405"),
    ("sheet_timeline", "raccolta ritirata", "200 404 200 200 404 404 404", "405"),
    ("sheet_timeline", "adottata", "200", "405"),
    ("validation", "validazione congelata", "200", "405"),
    ("validation_decide", "validazione", "403 403 403 403 302 403 403", "403 403 403 403 302 403 403"),
    ("validation_decide", "congelata", "403 403 403 403 200 403 403", "403 403 403 403 422 403 403"),
    ("validation_file", "validazione", "403 403 403 404 404 403 403", "405"),
    ("validation_file_validated", "validazione", "403 403 403 404 404 403 403", "405"),
    ("validation_pdf", "validazione", "403 403 403 202 202 403 403", "403 403 403 302 302 403 403"),
    ("validation_remark", "validazione congelata", "403 403 403 403 200 403 403", "403 403 403 403 302 403 403"),
    ("validation_request", "", "405", "403 403 403 302 403 403 403"),
    ("validation_sent_pdf", "validazione", "403 403 403 404 404 403 403", "405"),
    ("validation_sent_zip", "validazione", "403 403 403 404 404 403 403", "405"),
    ("validation_sheet", "congelata", "200", "403 403 403 403 302 403 403"),
    ("validation_sheet", "validazione", "404", "404"),
    ("validation_zip", "validazione", "403 403 403 202 202 403 403", "403 403 403 302 302 403 403"),
    ("validations", "", "200", "405"),
]  # fmt: skip


@pytest.fixture(autouse=True)
def _in_silence(caplog):
    """Refusals are what this asks for: they need not be written down."""
    caplog.set_level(logging.CRITICAL, logger="django.request")


@pytest.fixture
def altrove(make_person, caluso):
    """Works in an office of another settore."""
    sector = Sector(entity=caluso, name="TECNICO")
    sector.save()
    person = make_person("altrove", (caluso, Role.UFFICIO))
    Membership.objects.get(user=person).sectors.add(sector)
    return person


@pytest.fixture
def facts(caluso, ufficio, responsabile, segretario):
    """The keys of a version in each state, of a proposal in each, and an open verification, of a plan of this year."""
    plan = approved_plan(caluso, *(full_sheet(number, weight=20) for number in range(1, 6)))
    ufficio.memberships.get().sectors.add(Sector.objects.get(name="FINANZIARIO"))

    def change(number):
        return rewritten(amend(sheet_of(plan, number), by=ufficio), ufficio)

    def approved(number):
        return approve(submit(change(number), by=responsabile), by=segretario)

    adottata = approved(5)
    act = adopt(with_opinions(propose(plan, [adottata], by=segretario), segretario), SESSION, by=segretario)
    ritirata = change(5)
    gone = ritirata.pk
    withdraw(ritirata, by=ufficio)
    raccolta = approved(4)
    sciolta = propose(plan, [raccolta], by=segretario)
    dissolved = sciolta.pk
    dissolve(sciolta, by=segretario)
    proposta = propose(plan, [raccolta], by=segretario)
    verification = open_round(plan, RoundKind.INTERMEDIA, on=dt.date(YEAR, 1, 1), by=segretario)
    prova = attach(verification, raccolta.objective_id, None, SimpleUploadedFile("a.txt", b"prova"), "", by=ufficio)
    begin_report(plan, by=segretario)
    congelata = frozen(requested(plan, segretario))
    return {
        "bozza": change(1).pk, "inviata": submit(change(2), by=responsabile).pk,
        "raccolta": raccolta.pk, "adottata": adottata.pk, "ritirata": gone,
        "proposta": proposta.pk, "sciolta": dissolved, "registrata": act.pk,
        "settore": raccolta.sector_id, "act": act.slug, "obiettivo": raccolta.objective_id,
        "documento": freeze(entity=caluso, subject="prova", name="prova.pdf", content=b"%PDF", code=new_code()).pk,
        "prova": prova.pk, "validazione": act.validations.get().pk,
        "congelata": congelata.pk, "nel fascicolo": congelata.files.first().sheet_id,
    }  # fmt: skip


def names():
    """The names of every address under an entity."""
    known = get_resolver().reverse_dict
    return {name for name in known if isinstance(name, str) and "slug" in known.getlist(name)[0][0][0][1]}


def address(name, state, facts):
    """Where `name` leads for what stands in `state`."""
    sheet = facts["nel fascicolo" if name == "validation_sheet" else "raccolta"]
    of_a_round = name.startswith(("round", "evidence"))
    kind = "tecnica" if name == "proposal_opinion" else "intermedia" if of_a_round else "modifica"
    known = {
        "slug": "caluso", "pk": facts.get(state), "sheet": sheet, "sector": facts["settore"], "year": YEAR,
        "day": f"{YEAR}-06-30", "act": facts["act"], "key": "0" * 64, "kind": kind,
        "file": 0,
    }  # fmt: skip
    wanted = get_resolver().reverse_dict.getlist(name)[0][0][0][1]
    return reverse(name, kwargs={parameter: known[parameter] for parameter in wanted})


def answered(client, method, path):
    """The status of an answer, with "+" where something was written; then all is as it was before."""
    written = []

    def watch(execute, sql, *others):
        written.extend([sql] if sql.startswith(("INSERT", "UPDATE", "DELETE")) else [])
        return execute(sql, *others)

    with transaction.atomic(), connection.execute_wrapper(watch):
        status = getattr(client, method)(path).status_code
        transaction.set_rollback(True)
    return f"{status}+" if written else str(status)


def expected(codes, person):
    """The status that the table says for one of WHO."""
    several = codes.split()
    return several[WHO.index(person)] if len(several) > 1 else several[0]


def test_the_table_names_every_address():
    assert {name for name, *_ in TABLE} == names()


def requests(person, only_first):
    """What to try: an address, a state of what it names, a method, and what the table says for `person`."""
    tried = set()
    for name, states, *columns in TABLE:
        for state in states.split() or [""]:
            for method, codes in zip(("get", "post"), columns, strict=True):
                wanted = expected(codes, person)
                refused_to_all = codes == "405" and person != WHO[0]
                if wanted != "-" and not refused_to_all and not (only_first and (name, method) in tried):
                    tried.add((name, method))
                    yield name, state, method, wanted


def test_each_person_gets_there_what_is_theirs_and_writes_nothing_else(request, signed_in, facts):
    said, found = {}, {}
    for person in WHO:
        client = signed_in(request.getfixturevalue(person))
        for name, state, method, wanted in requests(person, only_first=person in READERS):
            said[person, name, state, method] = wanted
            found[person, name, state, method] = answered(client, method, address(name, state, facts))
    assert found == said


def test_outside_the_entity_there_is_nothing(signed_in, estraneo, facts):
    said, found = {}, {}
    for client, status in ((signed_in(estraneo), "404"), (Client(), "302")):
        for name, state, method, _ in requests(WHO[-1], only_first=True):
            said[status, name, method] = status
            found[status, name, method] = answered(client, method, address(name, state, facts))
    assert found == said

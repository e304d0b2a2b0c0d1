"""Who may do what: every address of the program, for every person, for sheets and proposals in every state."""

import datetime as dt
import logging
from collections import defaultdict

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client
from django.urls import get_resolver, resolve, reverse

from documents.codes import new_code
from documents.models import freeze
from evaluations.choices import RoundKind
from evaluations.reporting import begin_report
from evaluations.rounds import attach, open_round
from objectives.saved_searches import keep_search
from objectives.workflow import adopt, amend, approve, dissolve, enclose, insert, propose, submit, withdraw
from organisation.models import Membership, Sector
from organisation.roles import Role
from tests.page_flaws import flaws, title
from tests.sessions import SESSION, with_opinions
from tests.this_year import YEAR, approved_plan, full_sheet, rewritten, sheet_of
from tests.validations import frozen, requested
from tests.who_may_what import READERS, TABLE, WHO

pytestmark = pytest.mark.django_db


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
    gone, perduto = ritirata.pk, enclose(ritirata, SimpleUploadedFile("b.txt", b"persa"), by=ufficio)
    withdraw(ritirata, by=ufficio)
    copia = copied(sheet_of(plan, 5), ufficio)
    raccolta = approved(4)
    allegato = enclose(raccolta, SimpleUploadedFile("c.txt", b"allegato"), by=segretario)
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
        "copia": copia.pk,
        "documento": freeze(entity=caluso, subject="prova", name="prova.pdf", content=b"%PDF", code=new_code()).pk,
        "cercata": keep_search(caluso, "Bozze", "stato=BOZZA", by=ufficio).pk,
        "prova": prova.pk, "allegato": allegato.pk, "perduto": perduto.pk, "validazione": act.validations.get().pk,
        "congelata": congelata.pk, "nel fascicolo": congelata.files.first().sheet_id,
    }  # fmt: skip


def copied(sheet, by):
    """The objective of a copy of an adopted version, which last took note of the text before that."""
    objective = rewritten(insert(sheet.objective.plan, sheet.sector, by=by), by).objective
    objective.copied_from, objective.copied_version = sheet.objective, sheet.base
    objective.save()
    return objective


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
        "file": 0, "form": "json",
    }  # fmt: skip
    wanted = get_resolver().reverse_dict.getlist(name)[0][0][0][1]
    return reverse(name, kwargs={parameter: known[parameter] for parameter in wanted})


def answered(client, method, path, pages=None):
    """The status of an answer, with "+" where something was written; then all is as it was before. Keep the page."""
    written = []

    def watch(execute, sql, *others):
        written.extend([sql] if sql.startswith(("INSERT", "UPDATE", "DELETE")) else [])
        return execute(sql, *others)

    with transaction.atomic(), connection.execute_wrapper(watch):
        response = getattr(client, method)(path)
        status = response.status_code
        transaction.set_rollback(True)
    if pages is not None and status != 302 and response["Content-Type"].startswith("text/html"):
        pages.setdefault((method, status, path), response.content.decode())
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
    said, found, pages = {}, {}, {}
    for person in WHO:
        client = signed_in(request.getfixturevalue(person))
        for name, state, method, wanted in requests(person, only_first=person in READERS):
            said[person, name, state, method] = wanted
            found[person, name, state, method] = answered(client, method, address(name, state, facts), pages)
    assert found == said
    pages = {at: page for at, page in pages.items() if at[1] != 405 and "<html" in page}
    assert {at: wrong for at, page in pages.items() if (wrong := flaws(page))} == {}
    called = defaultdict(set)
    for (method, status, path), page in pages.items():
        if (method, status) == ("get", 200):
            called[title(page)].add(resolve(path).url_name)
    shared = {frozenset(names) for names in called.values() if len(names) > 1}
    assert shared == {frozenset({"draft_comments", "draft_enclose"})}


def test_outside_the_entity_there_is_nothing(signed_in, estraneo, facts):
    said, found, pages = {}, {}, {}
    for client, status in ((signed_in(estraneo), "404"), (Client(), "302")):
        for name, state, method, _ in requests(WHO[-1], only_first=True):
            said[status, name, method] = status
            found[status, name, method] = answered(client, method, address(name, state, facts), pages)
    assert found == said
    assert [at for at, page in pages.items() if "Comune di Caluso" in page] == []

"""A town with a version, a proposal and a file in every state, and where each address leads in it."""

import datetime as dt

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import get_resolver, reverse

from documents.codes import new_code
from documents.models import freeze
from evaluations.choices import RoundKind
from evaluations.reporting import begin_report
from evaluations.rounds import attach, open_round
from objectives.saved_searches import keep_search
from objectives.workflow import adopt, amend, approve, dissolve, enclose, insert, propose, submit, withdraw
from organisation.models import Sector
from tests.sessions import SESSION, with_opinions
from tests.this_year import YEAR, approved_plan, full_sheet, rewritten, sheet_of
from tests.validations import frozen, requested


def every_state(caluso, ufficio, responsabile, segretario):
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

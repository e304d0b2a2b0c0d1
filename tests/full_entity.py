"""An entity with one of everything: sheets and proposals in every state, a verification, a package, files."""

import datetime as dt
from dataclasses import replace
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import get_resolver, reverse

from documents.codes import new_code
from documents.models import freeze
from evaluations.choices import RoundKind
from evaluations.reporting import begin_report
from evaluations.rounds import attach, open_round
from objectives.models import Objective, Sheet
from objectives.saved_searches import keep_search
from objectives.workflow import adopt, amend, approve, dissolve, enclose, insert, propose, submit, withdraw
from organisation.models import Entity, Sector, User
from tests.sessions import SESSION, with_opinions
from tests.this_year import YEAR, approved_plan, full_sheet, rewritten, sheet_of
from tests.validations import frozen, requested

Facts = dict[str, Any]


def full_entity(entity: Entity, ufficio: User, responsabile: User, segretario: User, number: int = 100) -> Facts:
    """The keys of a version in each state, of a proposal in each, and an open verification, of a plan of this year.

    `number` is that of its second act; the first has one of its own, too.
    """
    plan = approved_plan(entity, *(full_sheet(each, weight=20) for each in range(1, 6)), number=number - 1)
    ufficio.memberships.get(entity=entity).sectors.add(Sector.objects.get(entity=entity, name="FINANZIARIO"))

    def change(each: int) -> Sheet:
        return rewritten(amend(sheet_of(plan, each), by=ufficio), ufficio)

    def approved(each: int) -> Sheet:
        return approve(submit(change(each), by=responsabile), by=segretario)

    adottata = approved(5)
    proposal = with_opinions(propose(plan, [adottata], by=segretario), segretario)
    act = adopt(proposal, replace(SESSION, number=number), by=segretario)
    ritirata = change(5)
    gone, perduto = ritirata.pk, enclose(ritirata, SimpleUploadedFile("b.txt", b"persa"), by=ufficio)
    withdraw(ritirata, by=ufficio)
    copia = copied(sheet_of(plan, 5), ufficio)
    raccolta = approved(4)
    allegato = enclose(raccolta, SimpleUploadedFile("c.txt", b"allegato"), by=segretario)
    dissolved = dissolved_proposal(raccolta, segretario)
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
        "documento": freeze(entity=entity, subject="prova", name="prova.pdf", content=b"%PDF", code=new_code()).pk,
        "cercata": keep_search(entity, "Bozze", "stato=BOZZA", by=ufficio).pk,
        "prova": prova.pk, "allegato": allegato.pk, "perduto": perduto.pk, "validazione": act.validations.get().pk,
        "slug": entity.slug, "congelata": congelata.pk, "nel fascicolo": congelata.files.first().sheet_id,
    }  # fmt: skip


def dissolved_proposal(sheet: Sheet, by: User) -> int:
    """The key of a proposal that held this sheet, and is gone."""
    proposal = propose(sheet.objective.plan, [sheet], by=by)
    key: int = proposal.pk
    dissolve(proposal, by=by)
    return key


def copied(sheet: Sheet, by: User) -> Objective:
    """The objective of a copy of an adopted version, which last took note of the text before that."""
    objective = rewritten(insert(sheet.objective.plan, sheet.sector, by=by), by).objective
    objective.copied_from, objective.copied_version = sheet.objective, sheet.base
    objective.save()
    return objective


def address(name: str, state: str, facts: Facts, **others: Any) -> str:
    """Where `name` leads for what stands in `state`; `others` take the place of what stands in its address."""
    return reverse(name, kwargs=parts(name, state, facts) | others)


def parts(name: str, state: str, facts: Facts) -> Facts:
    """What stands in the address."""
    sheet = facts["nel fascicolo" if name == "validation_sheet" else "raccolta"]
    of_a_round = name.startswith(("round", "evidence"))
    kind = "tecnica" if name == "proposal_opinion" else "intermedia" if of_a_round else "modifica"
    known = {
        "slug": facts["slug"], "pk": facts.get(state), "sheet": sheet, "sector": facts["settore"], "year": YEAR,
        "day": f"{YEAR}-06-30", "act": facts["act"], "key": "0" * 64, "kind": kind,
        "file": 0, "form": "json",
    }  # fmt: skip
    return {part: known[part] for part in get_resolver().reverse_dict.getlist(name)[0][0][0][1]}

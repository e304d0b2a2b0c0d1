"""A settore half way through a year of work, for the pictures of the guide: a plan, changes at every step, results."""

from types import SimpleNamespace

from django.utils import timezone

from evaluations.choices import RoundKind
from evaluations.rounds import enter, open_round
from objectives.workflow import amend, approve, propose, submit
from organisation.models import Sector
from tests.factories import written_indicator
from tests.results import ON, progress, result
from tests.this_year import YEAR, approved_plan, full_sheet, rewritten, sheet_of
from tests.validations import frozen, requested

SHEETS = [
    (30, "Sportello digitale dei servizi", "Domande e certificati si chiedono da casa, con l'identità digitale."),
    (25, "Tempi di pagamento dei fornitori", "Le fatture si pagano entro trenta giorni dal ricevimento."),
    (25, "Recupero dell'evasione", "Si controllano le posizioni degli ultimi cinque anni."),
    (20, "Archivio: scarto e riordino", "Si libera il deposito e si rende consultabile ciò che resta."),
]
WHY = {"motive": "SLITTAMENTO", "motive_text": "La fornitura dei lettori di documenti è slittata all'autunno."}


def _sheet(number, weight, title, description):
    indicators = [
        written_indicator(text="Avvio del servizio", expected=f"31/12/{YEAR}"),
        written_indicator(family="QUANTITA", text="Procedimenti attivi", expected="6"),
        written_indicator(family="QUALITA", text="Soddisfazione degli utenti", expected="72,19%"),
    ]
    phases = [
        {"slot": 1, "text": "Analisi", "months": [f"{YEAR}-03", f"{YEAR}-04"]},
        {"slot": 2, "text": "Avvio e verifica", "months": [f"{YEAR}-10", f"{YEAR}-11", f"{YEAR}-12"]},
    ]
    words = {"title": title, "description": description, "indicators": indicators, "phases": phases}
    return full_sheet(number, weight=weight, **words)


def build(entity, office, manager, secretary):
    """Put it on record: n° 1 is a draft, n° 2 is sent, n° 3 stands in a proposal; a verification is open."""
    sheets = [_sheet(number, *told) for number, told in enumerate(SHEETS, 1)]
    plan = approved_plan(entity, *sheets, subject=f"Approvazione del Piano della Performance {YEAR}.")
    for person in (office, manager):
        person.memberships.get().sectors.add(Sector.objects.get(name="FINANZIARIO"))

    def changed(number, title):
        old = sheet_of(plan, number)
        text = f"{old.description} L'avvio passa all'autunno."
        return rewritten(amend(old, by=office), office, title=title, description=text, **WHY)

    draft = changed(1, "Sportello digitale dei servizi ai cittadini")
    sent = submit(changed(2, "Tempi di pagamento dei fornitori"), by=manager)
    gathered = approve(submit(changed(3, "Recupero dell'evasione"), by=manager), by=secretary)
    proposal = propose(plan, [gathered], by=secretary)
    verification = open_round(plan, RoundKind.INTERMEDIA, on=ON, by=secretary)
    entered = [result(sheet_of(plan, 1), 1, achieved="4"), progress(sheet_of(plan, 1), 0, "100")]
    enter(verification, entered, by=office)
    return SimpleNamespace(
        today=f"{timezone.localdate():%Y-%m-%d}",
        sheet=sheet_of(plan, 4).pk,
        draft=draft.pk,
        sent=sent.pk,
        proposal=proposal.pk,
        sector=Sector.objects.get(name="FINANZIARIO").pk,
        package=frozen(requested(plan, secretary)).pk,
    )

"""A proposal to print: three approved changes of a plan that GC 8/2022 approved, one of them by way of exception."""

import datetime as dt

import pytest
from django.utils import timezone

from deliberations.choices import OpinionKind, OpinionOutcome
from deliberations.models import Citation, Opinion
from objectives.choices import Change, Family, Motive, State
from objectives.gathered import content_hash
from objectives.models import Acknowledgement, Indicator, Phase
from tests.factories import load, make_draft, make_proposal, written_act, written_indicator, written_sheet

APPROVED = dt.datetime(2022, 10, 14, 9, 30, tzinfo=dt.UTC)
REASON = "Il responsabile è assente e il termine scade."


@pytest.fixture
def base_act(caluso):
    """GC 8/2022: two sheets of FINANZIARIO, of 25 each."""
    sheets = [
        written_sheet(
            number,
            title=f"Obiettivo {number}",
            description="Come da programma.\n\nCon due operatori.",
            indicators=[written_indicator(), written_indicator(family="QUANTITA", text="Pratiche", expected="10")],
        )
        for number in (1, 2)
    ]
    return load(written_act(8, "2022-02-07", *sheets, subject="Approvazione del Piano."), caluso).act


@pytest.fixture
def proposal(caluso, base_act, segretario, responsabile):
    """One sheet changed and approved by exception, one removed, a new one in its place."""
    found = make_proposal(
        caluso,
        session_on=None,
        plan_year=2022,
        subject="Modifica del Piano.",
        premises="RICHIAMATA la delibera;\n\nVISTI:\n- il D.Lgs. 267/2000;",
        dispositions="1) di approvare;",
        proposer="Maria Rosa CENA",
    )
    Citation(deliberation=found, cited=base_act, position=1).save()
    first, second = base_act.sheets.order_by("number")
    told = {
        "deliberation": found,
        "state": State.APPROVATA,
        "submitted_by": responsabile,
        "submitted_at": APPROVED,
        "approved_by": segretario,
        "approved_at": APPROVED,
    }
    changed = make_draft(
        first.sector, first.objective.plan, **told,
        objective=first.objective, base=first, change=Change.MODIFICATO, number=1, weight=30, title=first.title,
        description="Come da programma.\n\nCon tre operatori.", motive=Motive.CAUSA_ESTERNA,
        motive_text="Bando prorogato.", approval_exception=REASON,
    )  # fmt: skip
    _rows(changed, first)
    removed = make_draft(
        first.sector, first.objective.plan, **told,
        objective=second.objective, base=second, change=Change.ELIMINATO, number=2, weight=25, title=second.title,
        motive=Motive.SOSTITUZIONE,
    )  # fmt: skip
    make_draft(
        first.sector, first.objective.plan, **told,
        number=2, weight=20, title="Fondi PNRR", motive=Motive.SOSTITUZIONE, substitutes=removed,
    )  # fmt: skip
    Acknowledgement(sheet=changed, rule="R28", message="Proposta dopo il 30/09.", note="Urgente.", by=segretario).save()
    Acknowledgement(deliberation=found, rule="R19", message="Pubblicata tardi.", note="Ferie.", by=segretario).save()
    return found


def _rows(sheet, base):
    """The rows of the base, one phase reworded and one new."""
    phase, (time, count) = base.phases.get(), base.indicators.all()
    Phase(sheet=sheet, key=phase.key, position=1, text="Avvio anticipato", months=["2022-03", "2023-01"]).save()
    Phase(sheet=sheet, position=5, text="Verifica finale").save()
    Indicator(sheet=sheet, key=time.key, position=1, family=Family.TEMPO, text=time.text, expected="30/11/2022").save()
    Indicator(sheet=sheet, key=count.key, position=2, family=Family.QUANTITA, text=count.text, expected="10").save()


@pytest.fixture
def certify(proposal):
    """Gives the technical opinion on the proposal as it is now."""

    def give(**facts):
        opinion = Opinion(
            deliberation=proposal, position=1, kind=OpinionKind.TECNICA, outcome=OpinionOutcome.FAVOREVOLE,
            signer="Ezio IVALDI", given_on=dt.date(2022, 10, 17), content_hash=content_hash(proposal), **facts,
        )  # fmt: skip
        opinion.save()
        return opinion

    return give


@pytest.fixture
def registered(proposal):
    """Registers the proposal as GC 100/2022, in force at once."""

    def register():
        proposal.number, proposal.year, proposal.session_on = 100, 2022, dt.date(2022, 10, 18)
        proposal.session_time, proposal.secretary = dt.time(18), "Ezio IVALDI"
        proposal.votes_for, proposal.votes_against, proposal.abstained = 3, 1, 0
        proposal.immediately_enforceable, proposal.immediate_reason = True, "avviare subito il servizio."
        proposal.immediate_for, proposal.immediate_against, proposal.immediate_abstained = 4, 0, 0
        proposal.in_force_from, proposal.registered_at = proposal.session_on, timezone.now()
        proposal.save()
        return proposal

    return register

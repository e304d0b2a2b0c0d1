"""An act changes what is in force on the day of an open verification: what was confirmed for other texts falls."""

from dataclasses import replace

import pytest
from django.utils import timezone

from evaluations.choices import RoundStep
from evaluations.models import SectorReview
from evaluations.rounds import close, confirm, enter, open_round
from objectives.workflow import Refused, adopt, amend, approve, enter_dates, propose, submit
from organisation.models import Notice
from tests.factories import load, written_act
from tests.results import confirm_all, everything
from tests.sessions import SESSION, with_opinions
from tests.this_year import YEAR, full_sheet, rewritten, sheet_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def confirmed(of_today, responsabile):
    """A verification of today, confirmed by all settori."""
    confirm_all(of_today, responsabile)
    return of_today


@pytest.fixture
def adopted(responsabile, segretario):
    """Adopts a draft today, by an act that is immediately enforceable or becomes so by its publication."""

    def make(draft, *, at_once=True):
        ready = approve(submit(draft, by=responsabile), by=segretario)
        proposal = with_opinions(propose(draft.objective.plan, [ready], by=segretario), segretario)
        slowly = replace(
            SESSION, immediately_enforceable=False, immediate_reason="", immediate_for=None, immediate_against=None,
            immediate_abstained=None,
        )  # fmt: skip
        return adopt(proposal, SESSION if at_once else slowly, by=segretario)

    return make


def confirmations(verification):
    """The settori whose confirmation stands."""
    standing = SectorReview.objects.filter(round=verification, confirmed_at__isnull=False)
    return sorted(standing.values_list("sector__name", flat=True))


def said(verification):
    """What the last step of the verification says, and of which settore."""
    passage = verification.passages.last()
    return passage.kind, passage.sector.name, passage.by, passage.note


def test_a_text_that_an_act_changes_is_confirmed_again(
    confirmed, plan, sheet, finanziario, ufficio, responsabile, segretario, adopted
):
    """The rows stay and so do their results; whoever confirmed has not seen what is in force now."""
    ufficio.email = "ufficio@comune.esempio.it"
    ufficio.save()
    act = adopted(rewritten(amend(sheet, by=ufficio), ufficio))
    words = (
        f"La {act.short} ha cambiato le schede in vigore alla data della verifica: FINANZIARIO n° 2 (modificato). "
        "Rileggere i risultati, e confermarli di nuovo."
    )
    assert said(confirmed) == (RoundStep.RIPRESA, "FINANZIARIO", segretario, words)
    assert confirmations(confirmed) == ["TECNICO"]
    notice = Notice.objects.filter(to=ufficio).latest("pk")
    assert (words in notice.body, "FINANZIARIO da confermare di nuovo" in notice.subject) == (True, True)
    with pytest.raises(Refused, match="mancano FINANZIARIO"):
        close(confirmed, by=segretario)
    confirm(confirmed, finanziario, by=responsabile)
    assert close(confirmed, by=segretario).is_closed


def imported(caluso, sheet):
    """The act of the first of January, imported today, that changes the plan with this sheet."""
    written = written_act(9, f"{YEAR}-01-01", sheet, cites=[(8, f"{YEAR}-01-01")])
    return load({**written, "plan": {"year": YEAR, "triennium": None}}, caluso)


def test_so_is_a_settore_that_loses_a_sheet(confirmed, caluso):
    imported(caluso, full_sheet(2, weight=40, change="ELIMINATO"))
    assert said(confirmed)[:3] == (RoundStep.RIPRESA, "FINANZIARIO", None)
    assert "FINANZIARIO n° 2 (eliminato)" in said(confirmed)[3]
    assert confirmations(confirmed) == ["TECNICO"]


def test_an_act_that_has_effect_after_that_day_takes_nothing_back(confirmed, sheet, ufficio, segretario, adopted):
    """Until its dates say that it had effect by then; once they do, they say it once."""
    act = adopted(rewritten(amend(sheet, by=ufficio), ufficio), at_once=False)
    assert (act.in_force_from, confirmations(confirmed)) == (None, ["FINANZIARIO", "TECNICO"])
    dates = {"published_on": timezone.localdate(), "note": "Come da referto."}
    enter_dates(act, **dates, enforceable_on=timezone.localdate(), enforceable_note="Urgenza.", by=segretario)
    act.refresh_from_db()
    assert (act.in_force_from, confirmations(confirmed)) == (confirmed.on, ["TECNICO"])


def test_an_imported_act_brings_a_sheet_that_nobody_confirmed(confirmed, caluso, responsabile):
    third = full_sheet(3, change="INSERITO")
    imported(caluso, third)
    assert confirmations(confirmed) == ["TECNICO"]
    sheet = sheet_of(confirmed.plan, 3)
    enter(confirmed, everything(sheet), by=responsabile)
    confirm(confirmed, sheet.sector, by=responsabile)
    imported(caluso, third)
    assert confirmations(confirmed) == ["FINANZIARIO", "TECNICO"]


def test_a_closed_verification_stays_as_it_is_beside_an_open_one(
    open_one, responsabile, segretario, sheet, ufficio, adopted
):
    confirm_all(open_one, responsabile)
    final = open_round(open_one.plan, "FINALE", on=timezone.localdate(), by=segretario)
    confirm_all(final, responsabile)
    done = close(open_one, by=segretario)
    passages = done.passages.count()
    adopted(rewritten(amend(sheet, by=ufficio), ufficio))
    assert (done.passages.count(), confirmations(done)) == (passages, ["FINANZIARIO", "TECNICO"])
    assert confirmations(final) == ["TECNICO"]

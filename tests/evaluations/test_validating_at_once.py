"""Two of the Nucleo, or two Segretari, in the same moment: one decision, one validation of an act, one remark."""

import pytest
from django.db import connection

from evaluations.models import Report, Validation
from evaluations.reporting import approve_report, begin_report, unfreeze_report
from evaluations.validating import decide, remark, request_validation
from objectives.workflow import Refused, Stale
from organisation.roles import Role
from tests.at_once import at_once, before_it_commits, committed
from tests.evaluations.test_validating import SAID
from tests.reports import approving_act, frozen_report
from tests.validations import frozen, requested

if connection.vendor == "postgresql":
    db = committed


@pytest.fixture
def waiting(plan, segretario):
    """A frozen package."""
    return frozen(requested(plan, segretario))


@pytest.fixture
def collega(make_person, caluso):
    """Another member of the Nucleo."""
    return make_person("collega", (caluso, Role.NUCLEO))


def refusals(outcomes):
    """What those heard who did not do it; exactly one did."""
    heard = [one for one in outcomes if isinstance(one, Exception)]
    assert len(heard) == len(outcomes) - 1, outcomes
    return heard


@pytest.mark.parametrize("meeting", [at_once, before_it_commits])
def test_two_decide(waiting, nucleo, collega, meeting):
    seen = waiting.row_version
    outcomes = meeting(
        lambda: decide(waiting, "VALIDATA", **SAID, by=nucleo, row_version=seen),
        lambda: decide(waiting, "RESTITUITA", **SAID, reasons="Mancano i pesi.", by=collega, row_version=seen),
    )
    (refusal,) = refusals(outcomes)
    assert (type(refusal), str(refusal)[:26]) == (Refused, "Il Nucleo ha già deciso: v" if
            Validation.objects.get().state == "VALIDATA" else "Il Nucleo ha già deciso: r")  # fmt: skip
    assert Validation.history.filter(state__in=["VALIDATA", "RESTITUITA"]).count() == 1


def test_one_remarks_while_the_other_decides(waiting, nucleo, collega):
    """Whoever comes first, no remark is left behind that the decision did not see."""
    seen = waiting.row_version
    outcomes = at_once(
        lambda: remark(waiting, None, "Tempi da rispettare.", by=nucleo),
        lambda: decide(waiting, "VALIDATA", **SAID, by=collega, row_version=seen),
    )
    (refusal,) = refusals(outcomes)
    assert type(refusal) in {Refused, Stale}
    done = Validation.objects.get()
    assert (done.state, done.remarks.count()) in {("DA_VALIDARE", 1), ("VALIDATA", 0)}


def test_two_write_the_first_remark_on_a_sheet(waiting, nucleo, collega):
    sheet = waiting.files.first().sheet
    outcomes = at_once(*(lambda who=who: remark(waiting, sheet, f"Di {who}.", by=who) for who in (nucleo, collega)))
    assert [type(one) for one in refusals(outcomes)] == [Stale]
    assert waiting.remarks.count() == 1


def test_two_hand_the_plan_over(plan, segretario, make_person, caluso):
    vice = make_person("vice", (caluso, Role.SEGRETARIO))
    outcomes = at_once(*(lambda who=who: requested(plan, who) for who in (segretario, vice)))
    assert [str(one) for one in refusals(outcomes)] == ["È già trasmesso al Nucleo, che non ha ancora deciso."]
    assert Validation.objects.count() == 1


@pytest.mark.parametrize("meeting", [at_once, before_it_commits])
def test_a_relazione_is_handed_over_again_while_it_becomes_a_draft(plan, segretario, nucleo, caluso, meeting):
    """The Nucleo never gets a draft: whoever comes second is told."""
    report = approve_report(
        frozen_report(begin_report(plan, by=segretario), None), approving_act(caluso), by=segretario
    )
    returned = frozen(request_validation(plan, report=report, by=segretario))
    decide(returned, "RESTITUITA", **SAID, reasons="Mancano i costi.", by=nucleo)
    refusals(
        meeting(
            lambda: unfreeze_report(report, reason="La completo.", by=segretario),
            lambda: request_validation(plan, report=report, by=segretario),
        )
    )
    waits = report.validations.filter(state="IN_PREPARAZIONE").exists()
    assert (Report.objects.get().state == "APPROVATA") is waits

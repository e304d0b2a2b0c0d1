"""A change of FINANZIARIO n° 1 on its way to the Giunta, for the pages of proposals and of registration."""

import pytest

from objectives.workflow import amend, approve, propose, submit
from tests.desk import Desk
from tests.sessions import with_opinions
from tests.this_year import approved_plan, rewritten, sheet_of


@pytest.fixture
def this_plan(caluso):
    """The plan of this year: FINANZIARIO n° 1 (60) and n° 2 (40), approved by GC 8."""
    return approved_plan(caluso)


@pytest.fixture
def approvata(this_plan, ufficio, responsabile, segretario):
    """A change of n° 1, approved."""
    change = rewritten(amend(sheet_of(this_plan, 1), by=ufficio), ufficio)
    return approve(submit(change, by=responsabile), by=segretario)


@pytest.fixture
def proposta(this_plan, approvata, segretario):
    """The proposal that gathers it."""
    return propose(this_plan, [approvata], by=segretario)


@pytest.fixture
def pronta(proposta, segretario):
    """The proposal with its two opinions."""
    return with_opinions(proposta, segretario)


@pytest.fixture
def change(this_plan, ufficio):
    """A draft that changes FINANZIARIO n° 1, with a title and a reason."""
    return rewritten(amend(sheet_of(this_plan, 1), by=ufficio), ufficio)


@pytest.fixture
def desk(signed_in, change, ufficio):
    """The office before its draft."""
    return Desk(signed_in(ufficio), change)

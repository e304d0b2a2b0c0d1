"""What changes around a draft while somebody works on it: a role, the settore, the responsabile."""

import datetime as dt

import pytest

from objectives.draft_content import DraftContent
from objectives.models import Sheet
from objectives.workflow import Refused, adopt, amend, approve, edit, propose, submit
from organisation.models import Manager
from tests.sessions import SESSION, TODAY, with_opinions
from tests.this_year import rewritten, sheet_of


def test_a_role_taken_away_while_the_form_is_open(change, ufficio):
    seen = change.row_version
    ufficio.memberships.get().delete()
    with pytest.raises(Refused, match="ruolo non permette"):
        edit(change, DraftContent({"title": "Scritto adesso"}), by=ufficio, row_version=seen)
    assert Sheet.objects.get(pk=change.pk).title == "Sportello digitale"


def test_a_role_taken_away_before_the_act_is_registered(plan, approved, segretario):
    ready = with_opinions(propose(plan, [approved], by=segretario), segretario)
    segretario.memberships.get().delete()
    with pytest.raises(Refused, match="le prepara il Segretario"):
        adopt(ready, SESSION, by=segretario)
    assert Sheet.objects.get(pk=approved.pk).state == "APPROVATA"


def test_the_sheets_of_a_settore_that_is_merged_pass_to_the_other_one_by_an_act(
    plan, finanziario, tecnico, ufficio, responsabile, segretario
):
    drafts = [amend(sheet_of(plan, number), by=ufficio) for number in (1, 2)]
    finanziario.active = False
    finanziario.save()
    moved = [rewritten(draft, ufficio, title=draft.title, sector=tecnico, manager=None) for draft in drafts]
    done = [approve(submit(draft, by=responsabile, note="Fusione."), by=segretario, note="Sì.") for draft in moved]
    adopt(with_opinions(propose(plan, done, by=segretario), segretario), SESSION, by=segretario, note="Fusione.")
    for day, sector in ((TODAY - dt.timedelta(days=1), finanziario), (TODAY, tecnico)):
        sheets = Sheet.objects.of(plan).in_force(plan.entity.deliberations.in_force_on(day)).order_by("number")
        assert [(sheet.sector, sheet.number, sheet.weight) for sheet in sheets] == [(sector, 1, 60), (sector, 2, 40)]


def test_who_becomes_responsabile_after_the_sheet_was_sent_approves_it_only_with_an_exception(
    change, finanziario, responsabile, segretario
):
    submit(change, by=responsabile)
    Manager(sector=finanziario, name="Il Segretario, ad interim", user=segretario, valid_from=TODAY).save()
    with pytest.raises(Refused, match="deroga scritta"):
        approve(change, by=segretario)
    done = approve(change, by=segretario, exception="Il posto è vacante.")
    assert (done.state, done.approval_exception) == ("APPROVATA", "Il posto è vacante.")

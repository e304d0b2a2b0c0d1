"""Two people at one moment: whoever comes second finds what the first one did, and hears of it in a sentence.

Each test says what holds whichever of the two was first. On PostgreSQL they really meet; the SQLite of the tests does
one after the other.
"""

import dataclasses

import pytest
from django.db import connection

from objectives.choices import PassageKind
from objectives.draft_content import DraftContent
from objectives.load_outcome import Loaded, LoadRefused
from objectives.models import Plan, Sheet
from objectives.workflow import (
    Refused,
    Stale,
    adopt,
    amend,
    approve,
    carry_over,
    dissolve,
    edit,
    eliminate,
    gather,
    insert,
    propose,
    submit,
    take_out,
    withdraw,
    word,
)
from organisation.models import User
from organisation.recording import change_recorded
from organisation.roles import Role
from tests.at_once import at_once, before_it_commits, committed
from tests.factories import load, written_act
from tests.sessions import SESSION, TODAY, filled, with_opinions
from tests.this_year import YEAR, full_sheet, rewritten, sheet_of

if connection.vendor == "postgresql":
    db = committed


@pytest.fixture(autouse=True)
def _everybody_has_an_address(ufficio, responsabile, segretario):
    """Deeds write e-mails too, with their deed or not at all."""
    for person in User.objects.all():
        person.email = f"{person.username}@comune.esempio.it"
        person.save()


@pytest.fixture
def vice(make_person, caluso):
    """A second Segretario."""
    return make_person("vice", (caluso, Role.SEGRETARIO))


def one_of(outcomes, kind=Refused):
    """What the one who did it has of it, and the refusal that the other heard."""
    refusals = [one for one in outcomes if isinstance(one, Exception)]
    assert [type(one) for one in refusals] == [kind], outcomes
    (done,) = [one for one in outcomes if not isinstance(one, Exception)]
    return done, refusals[0]


def passages(sheet, kind):
    return sheet.passages.filter(kind=kind).count()


# ---- One sheet -------------------------------------------------------------------------------------------------------


def test_two_propose_a_change_of_one_sheet(in_force, ufficio, responsabile):
    """One draft; the other person is led to it."""
    draft, refusal = one_of(at_once(lambda: amend(in_force, by=ufficio), lambda: eliminate(in_force, by=responsabile)))
    assert "C'è già una modifica in corso" in str(refusal)
    assert refusal.sheet == draft == Sheet.objects.get(base=in_force)


def test_two_approve(change, responsabile, segretario, vice):
    seen = submit(change, by=responsabile).row_version
    done, refusal = one_of(
        at_once(*(lambda who=who: approve(change, by=who, row_version=seen) for who in (segretario, vice)))
    )
    assert "è già approvata" in str(refusal)
    stored = Sheet.objects.get(pk=change.pk)
    assert (stored.state, stored.approved_by, passages(change, PassageKind.APPROVATA)) == (
        "APPROVATA",
        done.approved_by,
        1,
    )


def test_one_approves_while_the_office_edits(change, responsabile, segretario, ufficio):
    """Whoever is first: a text that nobody read is never approved."""
    seen = submit(change, by=responsabile).row_version
    edited, read = at_once(
        lambda: edit(change, DraftContent({"title": "Scritto adesso"}), by=ufficio),
        lambda: approve(change, by=segretario, row_version=seen),
    )
    stored = Sheet.objects.get(pk=change.pk)
    assert (stored.state, stored.title, stored.approved_by) == ("BOZZA", "Scritto adesso", None)
    assert isinstance(edited, Sheet)
    assert isinstance(read, Refused) or read.title == "Sportello digitale"


def test_one_withdraws_while_the_other_sends(change, ufficio, responsabile):
    outcomes = at_once(lambda: withdraw(change, by=ufficio), lambda: submit(change, by=responsabile))
    _, refusal = one_of(outcomes)
    gone = not Sheet.objects.filter(pk=change.pk).exists()
    assert ("non c'è più" if gone else "è già stata inviata") in str(refusal)


def test_a_draft_that_moves_to_another_settore_is_still_there_for_who_sends_it(change, tecnico, ufficio, responsabile):
    moved, sent = before_it_commits(
        lambda: edit(change, DraftContent({"sector": tecnico, "manager": None}), by=ufficio),
        lambda: submit(change, by=responsabile),
    )
    assert (moved.sector, sent.sector, sent.manager, sent.state) == (tecnico, tecnico, None, "INVIATA")


def test_two_save_one_draft(change, ufficio, responsabile):
    """The second one gets both texts, and chooses."""
    seen = change.row_version
    texts = {ufficio: "Il testo dell'ufficio", responsabile: "Il testo del responsabile"}
    saves = [
        lambda who=who, title=title: edit(change, DraftContent({"title": title}), by=who, row_version=seen)
        for who, title in texts.items()
    ]
    saved, stale = one_of(at_once(*saves), Stale)
    assert (stale.stored.title, stale.stored.row_version) == (saved.title, seen + 1)


def test_a_substitution_names_a_draft_that_is_being_withdrawn(plan, finanziario, ufficio, responsabile):
    gone = eliminate(sheet_of(plan, 2), by=ufficio)
    new = insert(plan, finanziario, by=ufficio)
    _, refusal = one_of(
        at_once(
            lambda: edit(new, DraftContent({"substitutes": gone}), by=ufficio),
            lambda: withdraw(gone, by=responsabile),
        )
    )
    linked = Sheet.objects.get(pk=new.pk).substitutes_id == gone.pk
    assert ("togliere prima quel collegamento" if linked else "non c'è più") in str(refusal)
    assert Sheet.objects.filter(pk=gone.pk).exists() == linked


# ---- One settore -----------------------------------------------------------------------------------------------------


def test_two_new_objectives_have_two_numbers(plan, finanziario, ufficio, responsabile):
    drafts = at_once(*(lambda who=who: insert(plan, finanziario, by=who) for who in (ufficio, responsabile)))
    assert sorted(draft.number for draft in drafts) == [3, 4]


def test_an_objective_is_carried_over_once(plan, in_force, ufficio, responsabile):
    following = Plan(entity=plan.entity, year=YEAR + 1)
    following.save()
    draft, refusal = one_of(
        at_once(*(lambda who=who: carry_over(in_force, following, by=who) for who in (ufficio, responsabile)))
    )
    assert refusal.sheet == draft == Sheet.objects.of(following).get()


# ---- One proposal ----------------------------------------------------------------------------------------------------


def test_a_change_is_gathered_in_one_proposal(plan, approved, segretario, vice):
    proposal, refusal = one_of(
        at_once(*(lambda who=who: propose(plan, [approved], by=who) for who in (segretario, vice)))
    )
    assert "è già in un'altra proposta" in str(refusal)
    assert Sheet.objects.get(pk=approved.pk).deliberation == proposal == plan.entity.deliberations.proposals().get()


def test_two_word_a_proposal(ready, segretario, vice):
    seen = ready.row_version
    words = {"premises": "Premesso che…", "dispositions": "Di modificare."}
    saves = [
        lambda who=who: word(ready, subject=f"Di {who}", **words, by=who, row_version=seen)
        for who in (segretario, vice)
    ]
    saved, stale = one_of(at_once(*saves), Stale)
    assert stale.stored.subject == saved.subject


def test_an_act_is_registered_once_however_often_the_button_is_pressed(ready, segretario):
    act, refusal = one_of(at_once(*[lambda: adopt(ready, SESSION, by=segretario)] * 2))
    assert f"è già stata registrata: è la GC 100/{YEAR}" in str(refusal)
    assert passages(act.sheets.get(), PassageKind.ADOTTATA) == 1
    assert act.attendances.count() == 3


def test_a_sheet_is_edited_while_its_act_is_registered(ready, approved, segretario, ufficio):
    """It is in the act as it was approved, or it is a draft again: never in the act as edited."""
    edited, adopted = at_once(
        lambda: edit(approved, DraftContent({"title": "Scritto adesso"}), by=ufficio),
        lambda: adopt(ready, SESSION, by=segretario),
    )
    one_of([edited, adopted])
    stored = Sheet.objects.get(pk=approved.pk)
    if isinstance(edited, Refused):
        assert "è già adottata" in str(edited)
        assert (stored.state, stored.title, stored.deliberation) == ("ADOTTATA", "Sportello digitale", adopted)
    else:
        assert (stored.state, stored.title, stored.deliberation) == ("BOZZA", "Scritto adesso", None)


@pytest.mark.parametrize("deed", ["take_out", "dissolve"])
def test_a_proposal_changes_while_it_is_registered(deed, ready, approved, segretario, vice):
    undo = {"take_out": lambda: take_out(ready, approved, by=vice), "dissolve": lambda: dissolve(ready, by=vice)}
    outcomes = at_once(undo[deed], lambda: adopt(ready, SESSION, by=segretario))
    one_of(outcomes)
    stored = Sheet.objects.get(pk=approved.pk)
    if isinstance(outcomes[0], Refused):
        assert (stored.state, stored.deliberation) == ("ADOTTATA", outcomes[1])
    else:
        assert (stored.state, stored.deliberation) == ("APPROVATA", None)


# ---- Two acts --------------------------------------------------------------------------------------------------------


@pytest.fixture
def two_ready(plan, finanziario, ufficio, responsabile, segretario):
    """Two proposals, each with a new objective of weight 0 and the same number."""
    drafts = [edit(insert(plan, finanziario, by=ufficio), filled(weight=0), by=ufficio) for _ in range(2)]
    done = [approve(submit(one, by=responsabile), by=segretario) for one in drafts]
    done[1].number = done[0].number
    change_recorded([done[1]], "number")  # the rules would have stopped the second, had they not both been drafts
    return [with_opinions(propose(plan, [one], by=segretario), segretario) for one in done]


def test_two_acts_give_out_the_same_number(plan, two_ready, segretario, vice):
    """R04 is judged on the plan as the first act leaves it."""
    other = dataclasses.replace(SESSION, number=101)
    outcomes = at_once(lambda: adopt(two_ready[0], SESSION, by=segretario), lambda: adopt(two_ready[1], other, by=vice))
    act, refusal = one_of(outcomes)
    assert [finding.rule for finding in refusal.findings] == ["R04"]
    numbers = (
        Sheet.objects.of(plan).in_force(plan.entity.deliberations.in_force_on(TODAY)).values_list("number", flat=True)
    )
    assert sorted(numbers) == [1, 2, 3]
    assert act.sheets.count() == 1


def test_two_acts_take_the_same_place_in_the_register(two_ready, segretario, vice):
    outcomes = at_once(
        *(
            lambda one=one, who=who: adopt(one, SESSION, by=who)
            for one, who in zip(two_ready, (segretario, vice), strict=True)
        )
    )
    _, refusal = one_of(outcomes)
    assert f"C'è già una deliberazione n. 100/{YEAR}" in str(refusal)


def test_an_act_is_imported_while_another_one_changes_the_same_sheet(plan, ready, approved, segretario):
    data = written_act(
        101, f"{TODAY}", full_sheet(1, change="MODIFICATO", weight=60, title="Importata"), cites=[(8, f"{YEAR}-01-01")]
    )
    data["plan"] = {"year": YEAR, "triennium": None}
    loaded, adopted = at_once(lambda: load(data, plan.entity), lambda: adopt(ready, SESSION, by=segretario))
    assert adopted.number == 100
    if isinstance(loaded, Loaded):  # after it: the next version
        assert loaded.act.sheets.get().base == approved
    else:
        assert isinstance(loaded, LoadRefused), loaded
        assert "modifica in corso" in str(loaded.findings[0])
    last = sheet_of(plan, 1)
    assert (last.title, Sheet.objects.filter(base=approved).count()) == (
        ("Importata", 1) if isinstance(loaded, Loaded) else ("Sportello digitale", 0)
    )


def test_a_sheet_is_gathered_while_its_office_takes_it_up_again(ready, plan, ufficio, responsabile, segretario):
    other = rewritten(amend(sheet_of(plan, 2), by=ufficio), ufficio, title="Altra")
    other = approve(submit(other, by=responsabile), by=segretario)
    edited, gathered = at_once(
        lambda: edit(other, DraftContent({"title": "Scritto adesso"}), by=ufficio),
        lambda: gather(ready, [other], by=segretario),
    )
    assert isinstance(edited, Sheet), edited
    assert not isinstance(gathered, Exception) or isinstance(gathered, Refused), gathered
    stored = Sheet.objects.get(pk=other.pk)
    assert (stored.state, stored.deliberation) == ("BOZZA", None)

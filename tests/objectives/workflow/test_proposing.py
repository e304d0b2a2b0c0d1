"""Approved changes become a proposal of deliberation, with its words and opinions."""

import pytest

from deliberations.choices import OpinionKind, OpinionOutcome
from deliberations.models import Deliberation
from objectives.change_sets import findings_for_proposal
from objectives.draft_content import DraftContent
from objectives.models import Sheet
from objectives.workflow import (
    Refused,
    Stale,
    adopt,
    amend,
    approve,
    content_hash,
    dissolve,
    edit,
    gather,
    give_opinion,
    opinion_holds,
    propose,
    send_back,
    submit,
    take_note,
    take_out,
    word,
)
from tests.factories import load, written_act
from tests.sessions import SESSION, with_opinions
from tests.this_year import YEAR, first_act, full_sheet, rewritten, sheet_of

TECNICA = {"kind": OpinionKind.TECNICA, "outcome": OpinionOutcome.FAVOREVOLE, "signer": "Il Segretario"}
WORDS = {"subject": "Modifica", "premises": "Premesso che…", "dispositions": "Di modificare."}


@pytest.fixture
def proposal(plan, approved, segretario):
    """A proposal with the change of n° 1."""
    return propose(plan, [approved], by=segretario)


def test_a_proposal_gathers_approved_changes_and_cites_what_it_amends(plan, approved, proposal):
    approved.refresh_from_db()
    assert (approved.deliberation, approved.state) == (proposal, "APPROVATA")
    assert (proposal.number, proposal.registered_at, proposal.plan_year) == (None, None, YEAR)
    assert [one.cited for one in proposal.citations.all()] == [first_act(plan)]
    assert f"Piano della Performance {YEAR}" in proposal.premises
    assert proposal not in plan.entity.deliberations.registered()


def test_the_acts_of_the_plan_are_cited_those_it_changes_first(plan, approved, segretario, caluso):
    second = written_act(
        20, f"{YEAR}-01-02", full_sheet(2, change="MODIFICATO", weight=40), cites=[(8, f"{YEAR}-01-01")]
    )
    load({**second, "plan": {"year": YEAR, "triennium": None}}, caluso)
    cited = [one.cited.number for one in propose(plan, [approved], by=segretario).citations.all()]
    assert cited == [8, 20]


def test_an_act_that_is_changed_is_cited_before_the_one_that_made_the_plan(
    plan, caluso, ufficio, responsabile, segretario
):
    second = written_act(
        20, f"{YEAR}-01-02", full_sheet(2, change="MODIFICATO", weight=40), cites=[(8, f"{YEAR}-01-01")]
    )
    load({**second, "plan": {"year": YEAR, "triennium": None}}, caluso)
    draft = rewritten(amend(sheet_of(plan, 2), by=ufficio), ufficio)
    proposal = propose(plan, [approve(submit(draft, by=responsabile), by=segretario)], by=segretario)
    assert [one.cited.number for one in proposal.citations.all()] == [20, 8]


def test_what_is_not_approved_is_not_gathered(plan, change, responsabile, segretario):
    with pytest.raises(Refused, match="è ancora una bozza"):
        propose(plan, [change], by=segretario)
    submit(change, by=responsabile)
    with pytest.raises(Refused, match="è già stata inviata"):
        propose(plan, [change], by=segretario)
    with pytest.raises(Refused, match="almeno una scheda"):
        propose(plan, [], by=segretario)
    assert Deliberation.objects.proposals().count() == 0


def test_a_sheet_is_in_one_proposal(plan, approved, proposal, segretario):
    with pytest.raises(Refused, match="già in un'altra proposta"):
        propose(plan, [approved], by=segretario)


@pytest.mark.parametrize("who", ["ufficio", "responsabile", "nucleo", "amministratore", "lettura", "estraneo"])
def test_only_the_segretario_proposes(request, who, plan, approved, proposal):
    person = request.getfixturevalue(who)
    for deed in (
        lambda: propose(plan, [approved], by=person),
        lambda: gather(proposal, [approved], by=person),
        lambda: take_out(proposal, approved, by=person),
        lambda: word(proposal, **WORDS, by=person),
        lambda: give_opinion(proposal, **TECNICA, by=person),
        lambda: dissolve(proposal, by=person),
    ):
        with pytest.raises(Refused):
            deed()
    assert Deliberation.objects.proposals().get().premises == proposal.premises


def test_a_sheet_is_taken_out_and_gathered_again(plan, approved, proposal, segretario):
    take_out(proposal, approved, by=segretario)
    assert Sheet.objects.get(pk=approved.pk).deliberation is None
    with pytest.raises(Refused, match="non è più nella proposta"):
        take_out(proposal, approved, by=segretario)
    gather(proposal, [approved], by=segretario)
    gather(proposal, [approved], by=segretario)  # again: nothing more
    assert list(approved.passages.values_list("kind", flat=True))[-3:] == ["RACCOLTA", "TOLTA", "RACCOLTA"]


def test_a_dissolved_proposal_leaves_its_sheets_approved(approved, proposal, segretario):
    dissolve(proposal, by=segretario, note="Si rimanda alla prossima seduta.")
    stored = Sheet.objects.get(pk=approved.pk)
    assert (stored.state, stored.deliberation, Deliberation.objects.proposals().count()) == ("APPROVATA", None, 0)
    with pytest.raises(Refused, match="è stata sciolta"):
        word(proposal, **WORDS, by=segretario)


def test_the_words_are_saved_and_a_second_person_does_not_overwrite_them(proposal, segretario):
    seen = proposal.row_version
    word(proposal, **WORDS, by=segretario, row_version=seen)
    word(proposal, **WORDS, by=segretario, row_version=seen)  # a double click
    with pytest.raises(Stale) as stale:
        word(proposal, **{**WORDS, "subject": "Altro"}, by=segretario, row_version=seen)
    assert (stale.value.stored.subject, stale.value.stored.row_version) == ("Modifica", seen + 1)


class TestOpinions:
    """R10, R11; TUEL 49: an opinion is on exactly this content."""

    def test_it_holds_while_nothing_changes(self, proposal, segretario):
        opinion = give_opinion(proposal, **TECNICA, by=segretario)
        assert opinion_holds(opinion, content_hash(proposal))

    def test_the_words_make_it_void(self, proposal, segretario):
        opinion = give_opinion(proposal, **TECNICA, by=segretario)
        assert not opinion_holds(opinion, content_hash(word(proposal, **WORDS, by=segretario)))

    def test_a_sheet_that_is_edited_makes_it_void_also_when_it_comes_back(
        self, proposal, approved, ufficio, responsabile, segretario
    ):
        opinion = give_opinion(proposal, **TECNICA, by=segretario)
        edit(approved, DraftContent({"weight": 59}), by=ufficio)
        assert Sheet.objects.get(pk=approved.pk).deliberation is None
        assert not opinion_holds(opinion, content_hash(proposal))
        submit(approved, by=responsabile, note="Peso.")
        gather(proposal, [approve(approved, by=segretario)], by=segretario)
        assert not opinion_holds(opinion, content_hash(proposal))

    def test_a_sheet_sent_back_makes_it_void(self, proposal, approved, segretario):
        opinion = give_opinion(proposal, **TECNICA, by=segretario)
        send_back(approved, by=segretario, note="Ripensandoci…")
        assert not opinion_holds(opinion, content_hash(proposal))

    def test_another_sheet_makes_it_void_and_without_it_the_opinion_holds_again(
        self, plan, proposal, ufficio, responsabile, segretario
    ):
        opinion = give_opinion(proposal, **TECNICA, by=segretario)
        other = rewritten(amend(sheet_of(plan, 2), by=ufficio), ufficio, title="Altra")
        other = approve(submit(other, by=responsabile), by=segretario)
        gather(proposal, [other], by=segretario)
        assert not opinion_holds(opinion, content_hash(proposal))
        take_out(proposal, other, by=segretario)
        assert opinion_holds(opinion, content_hash(proposal))

    def test_given_again_it_is_one_opinion_on_the_new_content(self, proposal, segretario):
        give_opinion(proposal, **TECNICA, by=segretario)
        word(proposal, **WORDS, by=segretario)
        give_opinion(proposal, **TECNICA, by=segretario)
        opinion = proposal.opinions.get()
        assert opinion_holds(opinion, content_hash(Deliberation.objects.get(pk=proposal.pk)))

    def test_it_is_given_on_what_was_read(self, proposal, segretario):
        seen = content_hash(proposal)
        word(proposal, **WORDS, by=segretario)
        with pytest.raises(Refused, match="è cambiata mentre"):
            give_opinion(proposal, **TECNICA, seen=seen, by=segretario)

    def test_only_the_accounting_one_may_not_be_needed(self, proposal, segretario):
        not_needed = OpinionOutcome.NON_NECESSARIO
        give_opinion(proposal, kind=OpinionKind.CONTABILE, outcome=not_needed, signer="Ragioneria", by=segretario)
        with pytest.raises(Refused, match="sempre necessario"):
            give_opinion(proposal, kind=OpinionKind.TECNICA, outcome=not_needed, signer="x", by=segretario)


def test_a_note_is_taken_on_the_warnings_there_are_and_before_the_act(plan, proposal, ufficio, segretario):
    """Late in the year (R28); the act keeps the notes that it was adopted with."""
    plan.cut_off = "01-01"
    plan.save()
    (late,) = [one.message for one in findings_for_proposal(proposal) if one.severity == "W"]
    for messages, note, by in (
        ([late], "Urgente.", ufficio),
        (["Altro"], "Urgente.", segretario),
        ([late], " ", segretario),
    ):
        with pytest.raises(Refused):
            take_note(proposal, messages, note=note, by=by)
    (kept,) = take_note(proposal, [late], note="Urgente.", by=segretario)
    assert (kept.deliberation, kept.rule, kept.note, kept.by) == (proposal, "R28", "Urgente.", segretario)
    with pytest.raises(Refused, match="cambiati nel frattempo"):
        take_note(proposal, [late], note="Ancora.", by=segretario)
    adopt(with_opinions(proposal, segretario), SESSION, by=segretario)
    with pytest.raises(Refused, match="già stata registrata"):
        take_note(proposal, [late], note="Tardi.", by=segretario)

"""A proposed change as the rules look at it: read from the database, in a constant number of queries."""

import datetime as dt
from decimal import Decimal

import pytest
from django.utils import timezone

from deliberations.choices import OpinionKind, OpinionOutcome
from deliberations.models import ImmutableError
from objectives import workflow
from objectives.change_sets import (
    acknowledge,
    acknowledgements_of,
    findings_for_days,
    findings_for_proposal,
    findings_for_sheet,
    open_warnings,
    resulting_weights,
)
from objectives.draft_content import DraftContent
from objectives.models import Acknowledgement
from objectives.registration import Member, Registration
from organisation.models import Manager, Membership
from organisation.roles import Role
from tests.this_year import YEAR, approved_plan, full_sheet, rewritten, sheet_of

pytestmark = pytest.mark.django_db
MEMBERS = tuple(Member(f"Assessore {number}", "Assessore", number != 5) for number in range(1, 6))


@pytest.fixture
def plan(caluso):
    """FINANZIARIO n° 1 (60) and n° 2 (40), in force."""
    return approved_plan(caluso)


@pytest.fixture
def first(plan, ufficio):
    """A draft that changes FINANZIARIO n° 1."""
    return rewritten(workflow.amend(sheet_of(plan, 1), by=ufficio), ufficio)


@pytest.fixture
def second(plan, ufficio):
    """A draft that changes FINANZIARIO n° 2."""
    return rewritten(workflow.amend(sheet_of(plan, 2), by=ufficio), ufficio, title="Tributi")


@pytest.fixture
def approve(responsabile, segretario):
    """Send and approve a draft."""
    return lambda draft, note="": workflow.approve(workflow.submit(draft, by=responsabile, note=note), by=segretario)


def weigh(draft, weight, by):
    return workflow.edit(draft, DraftContent({"weight": Decimal(weight)}), by=by)


def found(findings, *rules):
    """What these rules say: id, severity, message."""
    return [(one.rule, one.severity, one.message) for one in findings if not rules or one.rule in rules]


def registration(**told):
    """What a session of today adds: four of five there, all in favour."""
    facts = {"number": 100, "year": YEAR, "session_on": timezone.localdate(), "members": MEMBERS, "votes_for": 4}
    return Registration(**{**facts, **told})


def test_a_sound_draft_only_tells_its_effect(first):
    assert found(findings_for_sheet(first)) == [("R02", "I", "FINANZIARIO: nessun effetto sui pesi.")]


def test_a_draft_is_judged_with_what_is_sent_or_approved_in_its_settore(first, second, ufficio, responsabile):
    weigh(first, 65, ufficio)
    told = ("R01", "I", "FINANZIARIO: peso noto 105 su 100: supera il totale di 5 nel piano che risulta.")
    assert found(findings_for_sheet(first), "R01") == [told]
    weigh(second, 35, ufficio)
    assert found(findings_for_sheet(first), "R01") == [told]  # a draft of others may still change
    workflow.submit(second, by=responsabile)
    assert found(findings_for_sheet(first), "R01") == []
    assert resulting_weights(first).sentence == "Peso noto 100 su 100"


def test_a_removal_leaves_the_sum_and_its_number(plan, ufficio):
    gone = workflow.eliminate(sheet_of(plan, 2), by=ufficio)
    sector = gone.sector
    new = rewritten(workflow.insert(plan, sector, by=ufficio), ufficio, number=2, weight=Decimal(40))
    assert [one.rule for one in findings_for_sheet(new) if one.severity == "E"] == ["R04", "R23", "R23"]
    workflow.edit(new, DraftContent({"substitutes": gone}), by=ufficio)
    assert found(findings_for_sheet(new), "R01", "R04") == []
    assert resulting_weights(gone).sentence == "Peso noto 60 su 100: mancano 40"


def test_another_settore_is_not_in_the_sum(caluso, ufficio):
    plan = approved_plan(caluso, full_sheet(1, weight=60), full_sheet(1, weight=7, sector="TECNICO"))
    draft = workflow.amend(sheet_of(plan, 1), by=ufficio)
    assert resulting_weights(draft).weights == [Decimal(60)]


def test_a_plan_with_a_text_not_on_file_is_not_complete(act100, ufficio):
    sheet = act100.sheets.filter(change="MODIFICATO", sector__name="FINANZIARIO").first()
    draft = workflow.amend(sheet, by=ufficio)
    assert resulting_weights(draft).sentence == "Peso noto 65 su 100: il resto non è in archivio"


def test_after_the_plans_year_a_change_is_refused(act100, ufficio):
    draft = workflow.amend(act100.sheets.filter(change="MODIFICATO").first(), by=ufficio)
    assert found(findings_for_sheet(draft), "R28") == [
        ("R28", "E", "Oggi è dopo la fine del 2022: il piano di quell'anno non si modifica più.")
    ]


def test_the_first_approval_needs_no_motive(caluso, ufficio, plan):
    next_year = type(plan)(entity=caluso, year=YEAR + 1)
    next_year.save()
    new = workflow.insert(next_year, caluso.sectors.get(), by=ufficio)
    assert found(findings_for_sheet(new), "R07", "R28") == []


def test_a_plan_may_ask_for_at_most_100_of_a_person(plan, ufficio):
    plan.share_rule = "PER_PERSONA"
    plan.save()
    drafts = [workflow.amend(sheet_of(plan, number), by=ufficio) for number in (1, 2)]
    for draft, share, state in zip(drafts, ("60", "50"), ("BOZZA", "INVIATA"), strict=True):
        rows = [{"key": None, "category": "C", "name": "Anna Bianchi", "share": share}]
        workflow.edit(draft, DraftContent(participations=rows), by=ufficio)
        stored = type(draft).objects.get(pk=draft.pk)
        stored.state = state
        stored.save()
    message = "FINANZIARIO n° 1: Anna Bianchi partecipa in tutto per 110, più di 100, sulle schede attive."
    assert found(findings_for_sheet(drafts[0]), "R31") == [("R31", "E", message)]


def test_an_adopted_sheet_is_not_judged_again(plan):
    with pytest.raises(ValueError, match="R08"):
        findings_for_sheet(sheet_of(plan, 1))


def test_a_proposal_is_judged_alone_and_by_the_rules_of_acts(first, second, approve, plan, segretario, ufficio):
    one, other = approve(weigh(first, 65, ufficio)), approve(weigh(second, 35, ufficio))
    proposal = workflow.propose(plan, [one], by=segretario)
    missing = [
        ("R01", "E", "FINANZIARIO: peso noto 105 su 100: supera il totale di 5 nel piano che risulta."),
        ("R10", "E", "Manca il parere di regolarità tecnica."),
        ("R11", "E", "Manca il parere di regolarità contabile, o la dichiarazione che non è necessario."),
        ("R02", "I", "FINANZIARIO: effetto sui pesi −0 +5 = +5."),
    ]
    assert found(findings_for_proposal(proposal)) == missing
    workflow.gather(proposal, [other], by=segretario)
    assert found(findings_for_proposal(proposal), "R01", "R02") == [
        ("R02", "I", "FINANZIARIO: effetto sui pesi −5 +5 = 0.")
    ]


@pytest.fixture
def proposal(first, approve, plan, segretario):
    """The change of FINANZIARIO n° 1, gathered, with both opinions."""
    proposal = workflow.propose(plan, [approve(first)], by=segretario)
    for kind, outcome in ((OpinionKind.TECNICA, "FAVOREVOLE"), (OpinionKind.CONTABILE, "NON_NECESSARIO")):
        workflow.give_opinion(proposal, kind=kind, outcome=OpinionOutcome(outcome), signer="Sara Neri", by=segretario)
    return proposal


def test_a_proposal_with_all_it_needs_only_tells(proposal):
    assert found(findings_for_proposal(proposal)) == [("R02", "I", "FINANZIARIO: nessun effetto sui pesi.")]
    told = found(findings_for_proposal(proposal, registration()))
    assert [(rule, severity) for rule, severity, _ in told] == [("R02", "I"), ("R17", "I")]


def test_opinions_on_another_text_are_void(proposal, segretario):
    words = {"subject": "Altro oggetto", "premises": "P", "dispositions": "D"}
    proposal = workflow.word(proposal, by=segretario, row_version=proposal.row_version, **words)
    assert [(one.rule, one.severity) for one in findings_for_proposal(proposal) if one.severity == "E"] == [
        ("R10", "E"),
        ("R11", "E"),
    ]


def test_the_session_is_judged_by_what_its_registration_tells(proposal):
    late = registration(votes_for=5, session_on=dt.date(YEAR + 1, 1, 10), immediately_enforceable=True)
    assert [one.rule for one in findings_for_proposal(proposal, late) if one.severity == "E"] == [
        "R12", "R13", "R13", "R28",
    ]  # fmt: skip
    assert proposal.session_on is None  # nothing of it stays on the proposal


def test_who_is_secretary_and_sits_in_the_nucleo_is_named(proposal, segretario):
    Membership(user=segretario, entity=proposal.entity, role=Role.NUCLEO).save()
    message = "Segretario Rossi è insieme Segretario e componente del Nucleo di Valutazione."
    assert found(findings_for_proposal(proposal), "R21") == [("R21", "W", message)]


def test_who_answered_for_the_settore_on_the_day_of_the_approval_did_not_approve(proposal, segretario):
    sheet = proposal.sheets.get()
    today = timezone.localdate()
    Manager(sector=sheet.sector, name="Sara Neri", user=segretario, valid_from=today + dt.timedelta(days=1)).save()
    assert found(findings_for_proposal(proposal), "R20") == []
    Manager(sector=sheet.sector, name="Sara Neri", user=segretario, valid_from=today).save()
    assert [severity for _, severity, _ in found(findings_for_proposal(proposal), "R20")] == ["E"]


def test_an_empty_proposal_has_nothing_to_judge(caluso, plan):
    proposal = type(sheet_of(plan, 1).deliberation)(entity=caluso, plan_year=YEAR)
    proposal.save()
    assert findings_for_proposal(proposal) == []


def test_the_later_days_of_a_registered_act_are_judged_too(act100):
    act100.group_leaders_informed_on = None  # as if the act did not say
    assert [(one.rule, one.severity) for one in findings_for_days(act100)] == [
        ("R18", "W"), ("R19", "W"), ("R16", "I"), ("R17", "I"),
    ]  # fmt: skip


@pytest.fixture
def warned(first, ufficio):
    """The draft of FINANZIARIO n° 1 with a target that is past."""
    row = first.indicators.first()
    last_year = {"expected": f"31/12/{YEAR - 1}", "target_date": dt.date(YEAR - 1, 12, 31)}
    reading = {"family": "TEMPO", "target_kind": "DATE", "direction": "BY", "year": YEAR, **last_year}
    rows = [{"key": row.key, "text": row.text, **reading}]
    return workflow.edit(first, DraftContent(indicators=rows), by=ufficio)


def test_a_warning_is_open_until_somebody_takes_note_in_these_words(warned, ufficio):
    findings = findings_for_sheet(warned)
    (warning,) = open_warnings(findings, acknowledgements_of(warned))
    assert (warning.rule, warning.severity) == ("R27", "W")
    (note,) = acknowledge([*findings, warning], "Fatto a gennaio.", ufficio, sheet=warned)
    assert (note.rule, note.message, note.note, note.by) == ("R27", warning.message, "Fatto a gennaio.", ufficio)
    assert open_warnings(findings, acknowledgements_of(warned)) == []


def test_what_was_noted_holds_for_those_words_alone(warned, ufficio):
    acknowledge(findings_for_sheet(warned), "Fatto.", ufficio, sheet=warned)
    changed = workflow.edit(warned, DraftContent({"number": 3}), by=ufficio)
    assert [one.rule for one in open_warnings(findings_for_sheet(changed), acknowledgements_of(changed))] == ["R27"]


def test_a_warning_without_a_note_is_not_acknowledged(warned, ufficio):
    with pytest.raises(ValueError, match="serve una nota"):
        acknowledge(findings_for_sheet(warned), "  ", ufficio, sheet=warned)
    assert acknowledge([], "", ufficio, sheet=warned) == []
    assert Acknowledgement.objects.count() == 0


def test_what_was_noted_on_a_sheet_counts_for_its_proposal(warned, approve, plan, segretario):
    proposal = workflow.propose(plan, [approve(warned, note="Fatto a gennaio.")], by=segretario)
    findings = findings_for_proposal(proposal)
    assert [one.rule for one in findings if one.severity == "W"] == ["R27"]
    assert open_warnings(findings, acknowledgements_of(proposal)) == []


def test_a_note_is_kept_as_it_was_written(warned, ufficio):
    (note,) = acknowledge(findings_for_sheet(warned), "Fatto.", ufficio, sheet=warned)
    note.note = "Altro."
    with pytest.raises(ImmutableError):
        note.save()
    assert note.history.get().history_user == ufficio


@pytest.mark.parametrize("sheets", [2, 30])
def test_the_number_of_queries_does_not_depend_on_the_sheets(caluso, ufficio, sheets, django_assert_num_queries):
    every = [full_sheet(number, weight=1) for number in range(1, sheets + 1)]
    plan = approved_plan(caluso, *every)
    drafts = [workflow.amend(sheet_of(plan, number), by=ufficio) for number in range(1, sheets + 1)]
    with django_assert_num_queries(8):
        findings_for_sheet(drafts[0])
    with django_assert_num_queries(3):
        resulting_weights(drafts[0])


@pytest.mark.parametrize("sheets", [1, 12])
def test_a_proposal_of_many_sheets_is_judged_in_as_many_queries(
    caluso, ufficio, segretario, sheets, django_assert_num_queries
):
    plan = approved_plan(caluso, *(full_sheet(number, weight=1) for number in range(1, sheets + 1)))
    proposal = sheet_of(plan, 1).deliberation.__class__(entity=caluso, plan_year=YEAR)
    proposal.save()
    for number in range(1, sheets + 1):
        draft = workflow.amend(sheet_of(plan, number), by=ufficio)
        draft.deliberation = proposal
        draft.save()
    with django_assert_num_queries(12):
        findings_for_proposal(proposal, registration())

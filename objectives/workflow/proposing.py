"""From approved changes to a proposal of deliberation: gathering, wording, opinions."""

from collections.abc import Collection, Iterable
from datetime import date

from django.db import transaction
from django.utils import timezone

from deliberations.choices import OpinionKind, OpinionOutcome
from deliberations.models import Citation, Deliberation, Opinion
from deliberations.wording import WordingError, Words, texts_for
from objectives.act_words import facts_for, kind_of
from objectives.change_sets import acknowledge, acknowledgements_of, findings_for_proposal, open_warnings
from objectives.choices import PassageKind
from objectives.gathered import content_hash, sheets_of
from objectives.models import Acknowledgement, Plan, Sheet
from objectives.overview import acts_of
from objectives.permissions import SheetDeed, Standing, standing
from objectives.workflow.locking import allowed, locked, locked_entity, locked_proposal, passed, saved, unchanged
from objectives.workflow.refusals import Refused
from organisation.holding import hold
from organisation.models import User
from organisation.recording import recording
from organisation.roles import Deed

REWORDED = "Il testo della proposta è cambiato dopo che la pagina è stata aperta: confrontare e scegliere."


def propose(plan: Plan, sheets: Iterable[Sheet], *, by: User) -> Deliberation:
    """Gather approved changes of a plan into a new proposal, with the entity's words. Raises Refused as gather."""
    with transaction.atomic(), recording(by=by, why="Nuova proposta di deliberazione"):
        locked_entity(plan.entity)
        _may_propose(standing(by, plan.entity))
        chosen = list(sheets)
        if not chosen:
            raise Refused("Scegliere almeno una scheda approvata da raccogliere nella proposta.")
        proposal = Deliberation(entity=plan.entity, plan_year=plan.year)
        proposal.save()
        _take_in(proposal, chosen, by)
        proposal.subject, proposal.premises, proposal.dispositions = entity_words(proposal)
        proposal.save()
        return proposal


def gather(proposal: Deliberation, sheets: Iterable[Sheet], *, by: User) -> Deliberation:
    """Put more approved changes into a proposal. Raises Refused for one that is not approved, or of another plan."""
    with transaction.atomic(), recording(by=by, why="Schede raccolte nella proposta"):
        held = held_proposal(proposal, by)
        _take_in(held, sheets, by)
        return held


def take_out(proposal: Deliberation, sheet: Sheet, *, by: User) -> Deliberation:
    """Take a change out of a proposal: it stays approved. Raises Refused where it is not in it."""
    with transaction.atomic(), recording(by=by, why="Scheda tolta dalla proposta"):
        held = held_proposal(proposal, by)
        draft = locked(sheet)
        if draft.deliberation_id != held.pk:
            raise Refused("Questa scheda non è più nella proposta.")
        passed(draft, PassageKind.TOLTA, by, act=held)
        draft.deliberation = None
        saved(draft)
        _cite(held)
        return held


def word(
    proposal: Deliberation,
    *,
    subject: str,
    premises: str,
    dispositions: str,
    proposer: str = "",
    by: User,
    row_version: int | None = None,
) -> Deliberation:
    """Save the words of a proposal. The same words again change nothing. Raises Stale where somebody saved others."""
    with transaction.atomic(), recording(by=by, why="Testo della proposta"):
        held = held_proposal(proposal, by)
        wanted = {"subject": subject, "premises": premises, "dispositions": dispositions, "proposer": proposer}
        if all(getattr(held, name) == value for name, value in wanted.items()):
            return held
        unchanged(held, row_version, REWORDED)
        for name, value in wanted.items():
            setattr(held, name, value)
        held.row_version += 1
        held.save()
        return held


def cite(proposal: Deliberation, others: Iterable[Deliberation], *, by: User) -> Deliberation:
    """Cite these acts too, after those that are amended, which are always cited. Raises Refused for a foreign act."""
    with transaction.atomic(), recording(by=by, why="Atti citati dalla proposta"):
        held = held_proposal(proposal, by)
        chosen = list(others)
        if any(act.entity_id != held.entity_id or not act.registered_at for act in chosen):
            raise Refused("Si citano gli atti registrati dello stesso ente.")
        _cite(held, chosen)
        return held


def give_opinion(
    proposal: Deliberation,
    *,
    kind: OpinionKind,
    outcome: OpinionOutcome,
    signer: str,
    given_on: date | None = None,
    seen: str = "",
    by: User,
) -> Opinion:
    """Put an opinion on record, bound to the content as it is now (R10, R11; TUEL 49).

    `seen` is the content_hash of what the person read: Refused where the content is another one by now, or where the
    statement that no opinion is needed is made of the technical one.
    """
    with transaction.atomic(), recording(by=by, why=f"Parere di {OpinionKind(kind).label}"):
        held = held_proposal(proposal, by)
        if outcome == OpinionOutcome.NON_NECESSARIO and kind != OpinionKind.CONTABILE:
            raise Refused(
                "Il parere di regolarità tecnica è sempre necessario (R10): solo il contabile può non esserlo."
            )
        now = content_hash(held)
        if seen and seen != now:
            raise Refused(
                "La proposta è cambiata mentre il parere veniva scritto: rileggerla e dare il parere su questa."
            )
        opinion = Opinion.objects.filter(deliberation=held, kind=kind).first()
        if opinion is None:
            opinion = Opinion(deliberation=held, kind=kind, position=1 if kind == OpinionKind.TECNICA else 2)
        opinion.outcome, opinion.signer, opinion.content_hash = outcome, signer, now
        opinion.given_on = given_on or timezone.localdate()
        opinion.save()
        return opinion


def take_note(proposal: Deliberation, messages: Collection[str], *, note: str, by: User) -> list[Acknowledgement]:
    """Keep a note on warnings (W) of a proposal, named by their words. Raises Refused for one that is open no more."""
    with transaction.atomic(), recording(by=by, why="Presa d'atto degli avvisi"):
        held = held_proposal(proposal, by)  # who registers it waits: an act has the notes it was adopted with
        known = {one.message: one for one in open_warnings(findings_for_proposal(held), acknowledgements_of(held))}
        if not known.keys() >= set(messages):
            raise Refused("Gli avvisi sono cambiati nel frattempo: rileggerli.")
        if not note.strip():
            raise Refused("Per prendere atto di un avviso serve una nota.")
        return acknowledge([known[message] for message in messages], note=note, by=by, deliberation=held)


def dissolve(proposal: Deliberation, *, by: User, note: str = "") -> None:
    """Undo a proposal: its sheets stay approved and can be gathered again. Its history stays."""
    with transaction.atomic(), recording(by=by, why="Proposta sciolta"):
        held = held_proposal(proposal, by)
        hold(sheets_of(held))
        for draft in sheets_of(held):
            passed(draft, PassageKind.TOLTA, by, note, held)
            draft.deliberation = None
            saved(draft)
        held.delete()


def held_proposal(proposal: Deliberation, by: User) -> Deliberation:
    """Return the proposal, held, with nobody gathering or adopting in the entity meanwhile. Raises Refused."""
    locked_entity(proposal.entity)
    held = locked_proposal(proposal)
    _may_propose(standing(by, held.entity))
    return held


def entity_words(proposal: Deliberation) -> Words:
    """Return the words that the entity uses for such a proposal, filled in with what it gathers and cites now.

    Raises Refused where they have a placeholder that does not exist.
    """
    plan = Plan.objects.select_related("entity").get(entity=proposal.entity, year=proposal.plan_year or 0)
    cited = [one.cited for one in proposal.citations.select_related("cited__entity")]
    facts = facts_for(plan, sheets_of(proposal).with_rows(), cited)
    try:
        return texts_for(kind_of(plan), plan.entity, facts)
    except WordingError as error:
        raise Refused(f"I testi degli atti dell'ente vanno corretti prima: {error}") from error


def _may_propose(person: Standing) -> None:
    if not person.may(Deed.PROPOSE):
        raise Refused("Le proposte di deliberazione le prepara il Segretario.")


def _take_in(proposal: Deliberation, sheets: Iterable[Sheet], by: User) -> None:
    for sheet in sorted(sheets, key=lambda one: one.pk):
        draft = locked(sheet)
        allowed(SheetDeed.GATHER, draft, by)
        plan = draft.objective.plan
        if plan.entity_id != proposal.entity_id or plan.year != proposal.plan_year:
            raise Refused(f"La scheda {draft} è di un altro piano: una proposta riguarda un piano solo.", sheet=draft)
        if draft.deliberation_id == proposal.pk:
            continue
        if draft.deliberation_id:
            raise Refused(f"La scheda {draft} è già in un'altra proposta: toglierla da quella.", sheet=draft)
        draft.deliberation = proposal
        passed(draft, PassageKind.RACCOLTA, by, act=proposal)
        saved(draft)
    _cite(proposal)


def _cite(proposal: Deliberation, chosen: Iterable[Deliberation] | None = None) -> None:
    """Cite the acts of the plan (R09): first those whose sheets the proposal changes, then the others.

    Each in the order of adoption, so that the first one cited is an act amended. After them the acts `chosen` by hand,
    or those that were.
    """
    plan = Plan.objects.filter(entity=proposal.entity, year=proposal.plan_year or 0).first()
    known = acts_of(plan) if plan else []
    changed = set(sheets_of(proposal).exclude(base=None).values_list("base__deliberation_id", flat=True))
    of_plan = sorted(known, key=lambda act: act.pk not in changed)  # stable: the order of adoption stays
    present = list(proposal.citations.select_related("cited").order_by("position"))
    added = [one.cited for one in present] if chosen is None else chosen
    wanted = of_plan + [act for act in added if act.pk not in {one.pk for one in known}]
    if [one.cited_id for one in present] == [act.pk for act in wanted]:
        return
    for one in present:
        one.delete()
    for place, act in enumerate(wanted, 1):
        Citation(deliberation=proposal, cited=act, position=place).save()

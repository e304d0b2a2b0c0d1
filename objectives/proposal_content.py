"""What a proposal would do to the plan, and how far it has come: its sheets, its opinions, what is missing."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from deliberations.calendar import on_the
from deliberations.choices import OpinionKind
from deliberations.models import Deliberation, Opinion
from objectives.choices import Change, State
from objectives.gathered import content_hash, opinion_holds
from objectives.models import Plan, Sheet, SheetQuerySet
from objectives.opinion_changes import changes_since
from objectives.rules import Finding, blocking
from objectives.weights import written
from organisation.models import Entity, Sector


@dataclass(frozen=True)
class ProposedSheet:
    """A change with the weight it takes from the settore and the one it gives: None for a text not on file."""

    sheet: Sheet
    before: Decimal | None
    after: Decimal | None

    @property
    def comes_from(self) -> Sector | None:
        """The settore that the sheet leaves, where it moves to another."""
        base = self.sheet.base
        return base.sector if base and base.sector_id != self.sheet.sector_id else None

    @property
    def before_written(self) -> str:
        """The weight in force, a dash for a new objective."""
        return "—" if self.sheet.change == Change.INSERITO else written(self.before)

    @property
    def after_written(self) -> str:
        """The weight proposed, a dash for one that leaves the plan."""
        return "—" if self.sheet.change == Change.ELIMINATO else written(self.after)


@dataclass(frozen=True)
class SectorChanges:
    """The changes of a settore, and what they do to the sum of its weights (R02).

    `moved` are the changes that take a sheet out of it, into another settore.
    """

    sector: Sector
    lines: list[ProposedSheet]
    moved: list[ProposedSheet] = field(default_factory=list)

    @property
    def keys(self) -> list[int]:
        """The keys of the sheets."""
        return [line.sheet.pk for line in self.lines]

    @property
    def net(self) -> Decimal | None:
        """What the settore's sum gains or loses; None where a weight is not known."""
        gone = [line.before for line in self.lines if not line.comes_from] + [line.before for line in self.moved]
        come = [line.after for line in self.lines]
        if None in gone or None in come:
            return None
        return sum((weight or Decimal(0) for weight in come), Decimal(0)) - sum(weight or Decimal(0) for weight in gone)

    @property
    def effect(self) -> str:
        """The net effect in words: "Peso del settore: nessuna variazione", "+5", "−25"."""
        if self.net is None:
            return "Peso del settore: effetto non noto, un testo precedente non è in archivio"
        if not self.net:
            return "Peso del settore: nessuna variazione"
        return f"Peso del settore: {'+' if self.net > 0 else '−'}{written(abs(self.net))}"


def changes_by_sector(sheets: SheetQuerySet) -> list[SectorChanges]:
    """Return open versions grouped by settore, in one query."""
    related = sheets.select_related("sector", "base__sector", "approved_by", "substitutes__sector", "objective__plan")
    blocks: dict[Sector, list[ProposedSheet]] = {}
    for sheet in related.order_by("sector__name", "number", "pk"):
        blocks.setdefault(sheet.sector, []).append(_proposed(sheet))
    every = [line for lines in blocks.values() for line in lines]
    return [
        SectorChanges(sector, lines, [line for line in every if line.comes_from == sector])
        for sector, lines in blocks.items()
    ]


def _proposed(sheet: Sheet) -> ProposedSheet:
    before = sheet.base.weight if sheet.base else Decimal(0)
    return ProposedSheet(sheet, before, Decimal(0) if sheet.change == Change.ELIMINATO else sheet.weight)


def waiting(entity: Entity) -> SheetQuerySet:
    """Return the approved sheets of an entity that no proposal holds yet."""
    approved = Sheet.objects.filter(state=State.APPROVATA, deliberation=None)
    sheets: SheetQuerySet = approved.filter(objective__plan__entity=entity)
    return sheets


def plans_waiting(entity: Entity) -> list[tuple[Plan, int]]:
    """Return the plans that have approved sheets to gather, each with how many, the latest year first."""
    counts: dict[int, int] = {}
    for plan in waiting(entity).order_by().values_list("objective__plan", flat=True):
        counts[plan] = counts.get(plan, 0) + 1
    return [(plan, counts[plan.pk]) for plan in Plan.objects.filter(pk__in=counts)]


@dataclass(frozen=True)
class OpinionState:
    """An opinion that the proposal needs (TUEL 49): given or not, whether it still holds, and what changed since."""

    kind: OpinionKind
    opinion: Opinion | None
    holds: bool
    changes: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """How it stands, and what to do."""
        if self.opinion is None:
            return "Non ancora reso."
        given = f"{self.opinion.get_outcome_display().capitalize()}{self._by()}"
        if self.holds:
            return f"{given}. Vale per il contenuto attuale."
        return f"{given}. Non vale più: il contenuto è cambiato dopo il parere, che va reso di nuovo."

    def _by(self) -> str:
        opinion = self.opinion
        signer = f", {opinion.signer}" if opinion and opinion.signer else ""
        return f"{signer}, {on_the(opinion.given_on)}" if opinion and opinion.given_on else signer


def opinions_of(proposal: Deliberation) -> list[OpinionState]:
    """Return the technical and the accounting opinion of a proposal, given or missing."""
    given = {opinion.kind: opinion for opinion in proposal.opinions.all()}
    content = content_hash(proposal) if given else ""
    return [_state(proposal, kind, given.get(kind), content) for kind in OpinionKind]


def _state(proposal: Deliberation, kind: OpinionKind, opinion: Opinion | None, content: str) -> OpinionState:
    if opinion is None or opinion_holds(opinion, content):
        return OpinionState(kind, opinion, opinion is not None)
    return OpinionState(kind, opinion, holds=False, changes=tuple(changes_since(proposal, opinion)))


@dataclass(frozen=True)
class Step:
    """A stage of a proposal, where it stands on the page, and what is missing to it, in sentences."""

    label: str
    place: str
    missing: tuple[str, ...] = ()

    @property
    def done(self) -> bool:
        """Whether nothing is missing."""
        return not self.missing


def steps(proposal: Deliberation, sheets: int, opinions: Iterable[OpinionState]) -> list[Step]:
    """Return the stages of a proposal before its registration, in order."""
    return [
        Step("Schede", "schede", () if sheets else ("Non c'è nessuna scheda: aggiungerne una approvata.",)),
        Step("Testo", "testo", tuple(_words_missing(proposal))),
        Step(
            "Pareri",
            "pareri",
            tuple(f"Parere di {one.kind.label}: {_lowered(one.sentence)}" for one in opinions if not one.holds),
        ),
    ]


OF_OPINIONS = frozenset({"R10", "R11"})
"""The rules on opinions: how these stand is said by the stage of the opinions already."""


@dataclass(frozen=True)
class Missing:
    """What keeps a proposal from being registered, in a sentence, and where on its page that is done."""

    sentence: str
    place: str


def missing(stages: Iterable[Step], findings: Iterable[Finding]) -> list[Missing]:
    """Return all that keeps a proposal from being registered."""
    blocks = [one for one in blocking(findings) if one.rule not in OF_OPINIONS]
    return [Missing(sentence, stage.place) for stage in stages for sentence in stage.missing] + [
        Missing(f"{one.message} ({one.rule})", "controlli") for one in blocks
    ]


def _words_missing(proposal: Deliberation) -> Iterable[str]:
    if not proposal.subject.strip():
        yield "Manca l'oggetto."
    if not proposal.premises.strip():
        yield "Mancano le premesse."
    if not proposal.dispositions.strip():
        yield "Manca il dispositivo."


def _lowered(sentence: str) -> str:
    return sentence[0].lower() + sentence[1:]


def last_signer(entity: Entity, kind: OpinionKind) -> str:
    """Return who gave the entity's last opinion of this kind, to be offered again."""
    given = Opinion.objects.filter(deliberation__entity=entity, kind=kind).exclude(signer="")
    last = given.order_by("deliberation__session_on", "pk").last()
    return last.signer if last else ""

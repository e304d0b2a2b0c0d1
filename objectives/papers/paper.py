"""What the papers of an act say, as text: read from the record once, laid out by whoever prints it."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from deliberations.calendar import MONTHS
from deliberations.choices import OpinionKind, OpinionOutcome
from deliberations.models import Deliberation, Opinion
from deliberations.naming import by_body, full_name
from objectives.gathered import content_hash, opinion_holds
from objectives.models import Sheet
from objectives.papers.remarks import Remarks, remarks_on
from objectives.papers.variations import SectorVariations, variations
from objectives.snapshots import snapshot

NOT_ADOPTED = "PROPOSTA – non adottata"
LAW = "D.Lgs. 18 agosto 2000, n. 267"
BOLD = (
    "Nelle schede modificate le parole nuove sono in grassetto. Dove il testo precedente non è in archivio non c'è "
    "confronto, e niente è in grassetto."
)


@dataclass(frozen=True)
class Signed:
    """A statement with the name under it and its day, empty where they are not known."""

    sentence: str
    signer: str = ""
    day: str = ""


@dataclass(frozen=True)
class Paper:
    """An act, or a proposal of one. Paragraphs and sentences are in the order in which they are printed."""

    entity: str
    supra: str
    demo: bool
    banner: str
    title: str
    body: str
    number: str
    subject: str
    session: Sequence[str]
    members: Sequence[tuple[str, str, str]]
    proposer: str
    premises: Sequence[str]
    dispositions: Sequence[str]
    opinions: Sequence[Signed]
    decision: Sequence[str]
    immediate: str
    secretary: str
    days: Sequence[str]
    sectors: Sequence[SectorVariations]
    remarks: Remarks
    content: str
    """The SHA-256 of what the opinions are about."""

    @property
    def name(self) -> str:
        """What the paper is called in a line."""
        return f"{self.title} ({self.banner})" if self.banner else self.title

    @property
    def record_title(self) -> str:
        """What the record of the session is called: "Verbale di deliberazione della Giunta Comunale"."""
        return by_body("Verbale di deliberazione", self.body)

    @property
    def version(self) -> str:
        """What its pages print to say exactly which content they show (R35)."""
        return self.content[:12]

    @property
    def is_proposal(self) -> bool:
        return bool(self.banner)

    def told(self) -> dict[str, Any]:
        """Everything it says, as plain values: two papers that say the same are the same paper."""
        return asdict(self)


def paper_of(act: Deliberation, sheets: Sequence[Sheet]) -> Paper:
    """Return what the papers of an act, or of a proposal, say. `sheets` are its own, with their rows and bases."""
    adopted, content = bool(act.registered_at), content_hash(act)
    return Paper(
        entity=act.entity.name,
        supra=act.entity.supra,
        demo=act.entity.is_demo,
        banner="" if adopted else NOT_ADOPTED,
        title=full_name(act) if adopted else by_body("Proposta di deliberazione", act.body),
        body=act.body,
        number=f"N. {act.number}/{act.year}" if adopted else "",
        subject=act.subject,
        session=session(act) if adopted else [],
        members=[(one.name, one.office, "Presente" if one.present else "Assente") for one in act.attendances.all()],
        proposer=act.proposer,
        premises=paragraphs(act.premises) or cited(act),
        dispositions=paragraphs(act.dispositions),
        opinions=opinions(act, content),
        decision=decision(act) if adopted else [],
        immediate=immediate(act) if adopted else "",
        secretary=act.secretary,
        days=days(act) if adopted and act.session_on else [],
        sectors=sector_variations(sheets),
        remarks=remarks_on(act, sheets),
        content=content,
    )


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text as typed, lines that belong together kept as lines."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def cited(act: Deliberation) -> list[str]:
    """The acts cited, for one whose premises are not on record."""
    return [f"Richiamata la {lowered(full_name(one.cited))};" for one in act.citations.select_related("cited")]


def lowered(name: str) -> str:
    """A name in the middle of a sentence."""
    return name[0].lower() + name[1:]


def days(act: Deliberation) -> list[str]:
    """The act's days in sentences, the capigruppo's included (TUEL 125), as far as they are on record by now."""
    informed = act.group_leaders_informed_on
    told = [f"Comunicata ai capigruppo consiliari il {informed:%d/%m/%Y} (art. 125 TUEL)."] if informed else []
    waits = [] if act.published_on else ["Le date che mancano stanno nel fascicolo composto dopo la pubblicazione."]
    return [*act.days.explain(), *told, *waits]


def session(act: Deliberation) -> list[str]:
    """The opening of the record: day, hour, who assists."""
    hour = f", alle ore {act.session_time:%H:%M}" if act.session_time else ""
    assists = [f"Assiste il Segretario {act.secretary}."] if act.secretary else []
    if not act.session_on:
        return assists
    day = (
        f"L'anno {act.session_on.year}, addì {act.session_on.day}, del mese di {MONTHS[act.session_on.month - 1]}{hour}"
    )
    return [f"{day}, si è riunito l'organo: {act.body}.", *assists]


def opinions(act: Deliberation, content: str) -> list[Signed]:
    """The two opinions of TUEL 49; of a proposal also that one is missing, or void because the content changed."""
    given = {opinion.kind: opinion for opinion in act.opinions.all()}
    if act.registered_at:
        return [_opinion(given[kind]) for kind in OpinionKind.values if kind in given]
    return [_preventive(kind, given.get(kind), content) for kind in OpinionKind]


def _preventive(kind: OpinionKind, opinion: Opinion | None, content: str) -> Signed:
    if opinion is None:
        return Signed(f"In ordine alla {kind.label}: parere da acquisire.")
    if not opinion_holds(opinion, content):
        given = f" del {opinion.given_on:%d/%m/%Y}" if opinion.given_on else ""
        return Signed(
            f"In ordine alla {kind.label}: il parere{given} non vale più, perché il testo è cambiato; è da rendere."
        )
    return _opinion(opinion)


def _opinion(opinion: Opinion) -> Signed:
    kind, day = OpinionKind(opinion.kind), f"Data: {opinion.given_on:%d/%m/%Y}" if opinion.given_on else ""
    if opinion.outcome == OpinionOutcome.NON_NECESSARIO:
        sentence = f"La proposta non necessita del parere di {kind.label}, non avendo riflessi diretti o indiretti"
        sentence += f" sulla situazione economico-finanziaria o sul patrimonio dell'ente (art. 49, comma 1, {LAW})."
        return Signed(sentence, opinion.signer, day)
    sentence = f"Parere {opinion.get_outcome_display()} in ordine alla {kind.label}"
    return Signed(f"{sentence}, ai sensi degli artt. 49, comma 1, e 147-bis del {LAW}.", opinion.signer, day)


def decision(act: Deliberation) -> list[str]:
    """The vote of the body on the proposal, as on record."""
    votes = vote(act.votes_for, act.votes_against, act.abstained) or _recorded_vote(act.vote)
    visto = "Vista la proposta che precede e i pareri resi su di essa;"
    return [visto, f"Con voti {votes}, espressi in forma palese;" if votes else "Con la votazione agli atti;"]


def vote(in_favour: int | None, against: int | None, abstained: int | None) -> str:
    """Votes in words: "favorevoli n. 3, contrari n. 1, astenuti n. 0"; empty when they are not known."""
    if in_favour is None:
        return ""
    if not against and not abstained:
        return f"favorevoli unanimi (n. {in_favour})"
    return f"favorevoli n. {in_favour}, contrari n. {against or 0}, astenuti n. {abstained or 0}"


def _recorded_vote(written: str) -> str:
    return "favorevoli unanimi" if written == "UNANIME" else written.lower()


def immediate(act: Deliberation) -> str:
    """The declaration of immediate enforceability, with its reason and its own vote (R13); empty without one."""
    if not act.immediately_enforceable:
        return ""
    reason = act.immediate_reason.strip().rstrip(".,;")
    votes = vote(act.immediate_for, act.immediate_against, act.immediate_abstained)
    why = f"considerata l'urgenza ({reason}), " if reason else ""
    how = f"con separata votazione, voti {votes}, " if votes else ""
    declared = f"{why}{how}il presente atto è dichiarato immediatamente eseguibile (art. 134, comma 4, {LAW})."
    return declared[0].upper() + declared[1:]


def sector_variations(sheets: Iterable[Sheet]) -> list[SectorVariations]:
    """The table of variations of these sheets."""
    listed = list(sheets)
    bases = {sheet.base.pk: snapshot(sheet.base) for sheet in listed if sheet.base}
    named = {one.pk: f"n° {one.number} {one.title}" for sheet in listed if (one := sheet.substitutes)}
    return variations([snapshot(sheet) for sheet in listed], bases, named)

"""R10–R13: what the act needs before the vote, and how the Giunta voted (TUEL, D.Lgs. 267/2000, art. 49 and 134)."""

from collections.abc import Iterator

from deliberations.choices import OpinionKind, OpinionOutcome
from objectives.rules.change_set import ActFacts, ChangeSet, OpinionGiven, Stage
from objectives.rules.findings import ERROR, WARNING, Finding, of_act
from objectives.rules.registry import rule


def _opinion(change_set: ChangeSet, kind: OpinionKind) -> OpinionGiven | None:
    given = change_set.act.opinions if change_set.act else ()
    return next((opinion for opinion in given if opinion.kind == kind), None)


def _registered(change_set: ChangeSet) -> ActFacts | None:
    """The act, once its session is known."""
    return change_set.act if change_set.act and change_set.act.days else None


def _about_opinion(opinion: OpinionGiven, name: str) -> Iterator[Finding]:
    """What there is to say of an opinion that was given: whether it still holds, and how it came out."""
    if not opinion.holds:
        message = f"Il parere di regolarità {name} non vale più: la proposta è cambiata dopo che è stato dato."
        yield of_act(ERROR, message, "Dare di nuovo il parere sul testo di adesso.")
    if opinion.outcome == OpinionOutcome.CONTRARIO:
        message = f"Il parere di regolarità {name} è contrario."
        yield of_act(WARNING, message, "Chi delibera lo stesso lo motiva nel testo (art. 49, comma 4, TUEL).")


@rule(
    "R10",
    "E",
    "Parere di regolarità tecnica",
    "C'è il parere di regolarità tecnica, dato non dopo la votazione e proprio sul testo proposto: se il testo cambia, "
    "il parere va dato di nuovo.",
    always="art. 49 TUEL",
    since=Stage.ADOPT,
)
def technical_opinion_holds(change_set: ChangeSet) -> Iterator[Finding]:
    """The technical opinion is there, bound to a hash of the content (TUEL 49): content changed, opinion again.

    That it is not later than the vote is R14.
    """
    opinion = _opinion(change_set, OpinionKind.TECNICA)
    if opinion is None or opinion.outcome == OpinionOutcome.NON_NECESSARIO:
        yield of_act(ERROR, "Manca il parere di regolarità tecnica.", "Registrare il parere (art. 49 TUEL).")
    else:
        yield from _about_opinion(opinion, "tecnica")


@rule(
    "R11",
    "E",
    "Parere di regolarità contabile",
    "C'è il parere di regolarità contabile, o la dichiarazione che non è necessario.",
    always="art. 49 TUEL",
    since=Stage.ADOPT,
)
def accounting_opinion_is_given_or_not_needed(change_set: ChangeSet) -> Iterator[Finding]:
    """The accounting opinion is there, or the explicit statement that none is needed (TUEL 49)."""
    opinion = _opinion(change_set, OpinionKind.CONTABILE)
    if opinion is None:
        message = "Manca il parere di regolarità contabile, o la dichiarazione che non è necessario."
        yield of_act(ERROR, message, "Registrare il parere, o dichiarare che non è necessario (art. 49 TUEL).")
    else:
        yield from _about_opinion(opinion, "contabile")


@rule(
    "R12",
    "E",
    "Presenze e voti",
    "Presenti e assenti sono i componenti; favorevoli, contrari e astenuti sono i presenti; i favorevoli sono più "
    "dei contrari.",
    always="una votazione i cui conti non tornano non prova che l'atto è stato adottato",
    since=Stage.ADOPT,
)
def votes_add_up(change_set: ChangeSet) -> Iterator[Finding]:
    """Present and absent make the members; the votes add up to the present; more are in favour than against."""
    act = _registered(change_set)
    if act is None:
        return
    present = sum(act.present)
    if not present:
        yield of_act(ERROR, "Manca l'elenco dei presenti.", "Indicare chi era presente e chi assente.")
    elif act.expected_members and len(act.present) != act.expected_members:
        message = f"I componenti indicati sono {len(act.present)}; nell'ultimo atto erano {act.expected_members}."
        yield of_act(WARNING, message, "Controllare che ci siano tutti, anche gli assenti.")
    if act.votes_for is None:
        yield of_act(ERROR, "Mancano i voti.", "Indicare quanti favorevoli, contrari e astenuti.")
        return
    yield from _votes(act.votes_for, act.votes_against, act.abstained, present, "I voti")
    if act.votes_for <= (act.votes_against or 0):
        message = f"I favorevoli ({act.votes_for}) non sono più dei contrari ({act.votes_against or 0})."
        yield of_act(ERROR, message, "Un atto respinto non si registra: controllare i voti.")


def _votes(favour: int, against: int | None, abstained: int | None, present: int, name: str) -> Iterator[Finding]:
    total = favour + (against or 0) + (abstained or 0)
    if total != present:
        message = f"{name} sono {total}, i presenti {present}."
        yield of_act(ERROR, message, "Controllare favorevoli, contrari, astenuti e presenti.")


@rule(
    "R13",
    "E",
    "Immediata eseguibilità",
    "L'immediata eseguibilità ha un voto proprio, la maggioranza dei componenti (non dei presenti) e un motivo.",
    always="art. 134, comma 4, TUEL",
    since=Stage.ADOPT,
)
def immediate_enforceability_is_voted(change_set: ChangeSet) -> Iterator[Finding]:
    """Immediate enforceability has its own vote, a majority of the members, and a reason (TUEL 134 c. 4)."""
    act = _registered(change_set)
    if act is None or act.days is None or not act.days.immediately_enforceable:
        return
    if not act.immediate_reason.strip():
        yield of_act(ERROR, "Manca il motivo dell'immediata eseguibilità.", "Scrivere perché è urgente.")
    if act.immediate_for is None:
        yield of_act(ERROR, "Manca il voto separato sull'immediata eseguibilità.", "Indicare come si è votato.")
        return
    name = "I voti sull'immediata eseguibilità"
    yield from _votes(act.immediate_for, act.immediate_against, act.immediate_abstained, sum(act.present), name)
    if act.immediate_for * 2 <= len(act.present):
        message = (
            f"I favorevoli all'immediata eseguibilità sono {act.immediate_for} su {len(act.present)} componenti: "
            "non è la maggioranza."
        )
        yield of_act(ERROR, message, "Senza la maggioranza dei componenti l'atto attende l'esecutività.")

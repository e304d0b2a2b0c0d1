"""R14–R19, R28: the days of the act, and whether the change comes in time. The sums are deliberations.calendar's."""

from collections.abc import Iterator
from datetime import date

from deliberations import calendar
from deliberations.calendar import ActDays
from objectives.rules.change_set import ChangeSet, Stage
from objectives.rules.findings import ERROR, NOTE, WARNING, Finding, of_act, of_sheet
from objectives.rules.registry import rule


def _days(change_set: ChangeSet) -> ActDays | None:
    return change_set.act.days if change_set.act else None


def _published(change_set: ChangeSet) -> tuple[ActDays, date] | None:
    days = _days(change_set)
    return (days, days.published_on) if days and days.published_on else None


@rule(
    "R14",
    "E",
    "Ordine delle date",
    "Il parere non è dopo la seduta, la seduta non è dopo la pubblicazione, la pubblicazione non è dopo l'esecutività.",
    always="ogni passo dell'atto presuppone il precedente",
    since=Stage.ADOPT,
)
def days_are_in_order(change_set: ChangeSet) -> Iterator[Finding]:
    """Opinion ≤ session ≤ publication ≤ enforceability; an immediately enforceable act may be certified before."""
    act, days = change_set.act, _days(change_set)
    if act is None or days is None:
        return
    for opinion in act.opinions:
        if opinion.given_on and opinion.given_on > days.session_on:
            message = (
                f"Il parere di regolarità {opinion.kind.lower()} è del {_written(opinion.given_on)}, dopo la seduta."
            )
            yield of_act(ERROR, message, "Il parere precede la votazione: controllare le date.")
    if days.published_on and days.published_on < days.session_on:
        message = f"La pubblicazione ({_written(days.published_on)}) precede la seduta ({_written(days.session_on)})."
        yield of_act(ERROR, message, "Controllare le date.")
    earliest = days.enforceable_not_before
    if days.certified_on and days.certified_on < earliest:
        before = "la seduta" if days.immediately_enforceable or not days.published_on else "la pubblicazione"
        yield of_act(ERROR, f"L'esecutività ({_written(days.certified_on)}) precede {before}.", "Controllare le date.")


@rule(
    "R15",
    "W",
    "Esecutività",
    "L'atto è esecutivo il giorno dopo il decimo di pubblicazione, contato come l'ente ha scelto. Una data scritta a "
    "mano che differisce vuole una nota.",
    always="art. 134, comma 3, TUEL",
    since=Stage.ADOPT,
)
def enforceability_is_as_counted(change_set: ChangeSet) -> Iterator[Finding]:
    """Enforceable on publication + 11 days, or as the entity counts; a differing day wants a note (TUEL 134 c. 3)."""
    days = _days(change_set)
    if days and days.certified_on and days.computed_on and days.certified_on != days.computed_on:
        message = (
            f"L'esecutività indicata è il {_written(days.certified_on)}; dalla pubblicazione risulterebbe il "
            f"{_written(days.computed_on)}."
        )
        severity = NOTE if days.certified_note.strip() else WARNING
        yield of_act(severity, message, "Controllare la data, o scrivere una nota sull'esecutività.")


@rule(
    "R16",
    "I",
    "Fine della pubblicazione",
    "La pubblicazione all'albo dura quindici giorni: se ne mostra l'ultimo.",
    since=Stage.ADOPT,
)
def last_day_of_publication_is_told(change_set: ChangeSet) -> Iterator[Finding]:
    """Publication lasts 15 days: its last day is shown (TUEL 124 c. 1)."""
    if published := _published(change_set):
        days, start = published
        last = calendar.last_day_of_publication(start, days.publication_days)
        message = f"L'ultimo giorno di pubblicazione è {calendar.on_the(last)} ({days.publication_days} giorni)."
        yield of_act(NOTE, message)


@rule(
    "R17",
    "E",
    "Da quando la modifica è in vigore",
    "Una modifica immediatamente eseguibile è in vigore dalla seduta, altrimenti dall'esecutività; non prima dell'atto "
    "di cui cambia il testo.",
    always="in un giorno è in vigore un solo testo di ogni obiettivo",
    since=Stage.ADOPT,
)
def effect_is_told_and_in_order(change_set: ChangeSet) -> Iterator[Finding]:
    """In force from the session if immediately enforceable, else from enforceability (TUEL 134 c. 3 and 4).

    Never before the act whose text it changes: else two texts of one objective would be in force on one day.
    """
    days = _days(change_set)
    if days is None:
        return
    yield of_act(NOTE, days.explain()[-1])
    for change in change_set.proposed:
        base, effect = change.base_act, days.in_force_from
        if base and base.on_file and effect and (base.in_force_from is None or effect < base.in_force_from):
            message = f"la modifica avrebbe effetto prima della {base.name}, di cui cambia il testo."
            yield of_sheet(ERROR, change.after, message, "Controllare le date dei due atti.", "act")


@rule(
    "R18",
    "W",
    "Comunicazione ai capigruppo",
    "I capigruppo consiliari sono informati il giorno della pubblicazione.",
    always="art. 125 TUEL",
    since=Stage.ADOPT,
)
def group_leaders_are_informed(change_set: ChangeSet) -> Iterator[Finding]:
    """The capigruppo are informed on the day of publication (TUEL 125)."""
    published, act = _published(change_set), change_set.act
    if published is None or act is None or act.group_leaders_informed_on == published[1]:
        return
    informed = act.group_leaders_informed_on
    message = (
        f"I capigruppo risultano informati il {_written(informed)}, non il giorno della pubblicazione."
        if informed
        else "Non risulta la comunicazione ai capigruppo."
    )
    yield of_act(WARNING, message, f"La comunicazione è del {_written(published[1])}: controllare (art. 125 TUEL).")


@rule(
    "R19",
    "W",
    "Pubblicazione in ritardo",
    "Una pubblicazione oltre i giorni d'uso dell'ente dopo l'adozione è segnalata.",
    since=Stage.ADOPT,
)
def publication_is_not_late(change_set: ChangeSet) -> Iterator[Finding]:
    """Published more than 30 days after adoption (the entity's setting): 111 days in GC 100/2022."""
    published = _published(change_set)
    if published and calendar.is_late(published[0].session_on, published[1], published[0].late_after):
        days, start = published
        late = calendar.days_to_publication(days.session_on, start)
        message = f"La pubblicazione è avvenuta {late} giorni dopo la seduta, oltre i {days.late_after} d'uso."
        yield of_act(WARNING, message, "Controllare la data, o prenderne atto con una nota.")


@rule(
    "R28",
    "W/E",
    "Modifiche a fine anno",
    "Una modifica proposta dopo il giorno stabilito (di solito il 30/09) è segnalata; dopo l'anno del piano è "
    "rifiutata.",
    parameters=("cut_off",),
)
def change_comes_in_time(change_set: ChangeSet) -> Iterator[Finding]:
    """A change proposed after the cut-off (30/09) warns; after the plan's year it is refused.

    The day is the session's once it is known, else today. The first approval of a plan is no change.
    """
    plan, day = change_set.plan, change_set.day
    if change_set.first_approval or day.year < plan.year:
        return
    what = "La seduta è" if _days(change_set) else "Oggi è"
    if day.year > plan.year:
        message = f"{what} dopo la fine del {plan.year}: il piano di quell'anno non si modifica più."
        yield of_act(ERROR, message, "Portare l'obiettivo nel piano del nuovo anno.")
    elif f"{day:%m-%d}" > plan.cut_off:
        month, number = plan.cut_off.split("-")
        message = f"La modifica arriva dopo il {number}/{month}, il termine per modificare il piano."
        yield of_act(WARNING, message, "Spiegare in una nota perché non si poteva prima.")


def _written(day: date) -> str:
    return f"{day:%d/%m/%Y}"

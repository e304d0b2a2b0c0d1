"""R07, R09: why a sheet changes, and which act the change amends."""

from collections.abc import Iterator

from objectives.choices import Change, Motive
from objectives.rules.change_set import ChangeSet, Proposed, Stage
from objectives.rules.findings import ERROR, NOTE, WARNING, Finding, of_act, of_sheet
from objectives.rules.registry import rule


@rule(
    "R07",
    "E",
    "Ogni modifica ha un motivo",
    "Ogni modifica del piano ha un motivo (cause esterne, slittamento dei tempi, sostituzione per volontà "
    "dell'Amministrazione) e lo spiega a parole. Una scheda eliminata e una inserita possono essere collegate come "
    "sostituzione. La prima approvazione del piano non ne ha bisogno.",
)
def every_change_has_a_motive(change_set: ChangeSet) -> Iterator[Finding]:
    """Every change has a motive of three and free text (GC 100/2022, premise); a substitution may be linked.

    The sheets of the first approval of a year's plan change nothing: they need no motive.
    """
    for change in change_set.proposed:
        if not change_set.first_approval:
            yield from _missing_motive(change)
        yield from _wrong_substitution(change, change_set)
    yield from _substitutions_to_link(change_set)


def _missing_motive(change: Proposed) -> Iterator[Finding]:
    sheet = change.after
    if not sheet.motive:
        kinds = ", ".join(motive.label for motive in Motive)
        yield of_sheet(ERROR, sheet, "manca il motivo della variazione.", f"Sceglierne uno: {kinds}.", "motive")
    if not sheet.motive_text.strip():
        remedy = "Spiegare il motivo a parole: l'atto lo riporta."
        yield of_sheet(ERROR, sheet, "manca la motivazione a parole.", remedy, "motive_text")


def _wrong_substitution(change: Proposed, change_set: ChangeSet) -> Iterator[Finding]:
    gone = change.substituted
    if gone is None:
        return
    if gone.change != Change.ELIMINATO or change.after.change != Change.INSERITO:
        message = f"la sostituzione di {gone.name} non è fra una scheda eliminata e una inserita."
        yield of_sheet(ERROR, change.after, message, "Togliere il collegamento.", "substitutes")
    elif change_set.stage == Stage.ADOPT and not gone.adopted and not _holds(change_set, gone.sheet):
        message = f"sostituisce {gone.name}, la cui eliminazione non è in questa proposta."
        remedy = "Raccogliere anche l'eliminazione nella proposta, o togliere il collegamento."
        yield of_sheet(ERROR, change.after, message, remedy, "substitutes")


def _holds(change_set: ChangeSet, sheet: int) -> bool:
    return any(change.after.sheet == sheet for change in change_set.proposed)


def _substitutions_to_link(change_set: ChangeSet) -> Iterator[Finding]:
    linked = {change.after.substitutes for change in change_set.proposed}
    gone = {
        (change.after.sector, change.after.number)
        for change in change_set.proposed
        if change.after.change == Change.ELIMINATO and change.after.sheet not in linked
    }
    for change in change_set.proposed:
        sheet = change.after
        inserted = sheet.change == Change.INSERITO and sheet.substitutes is None
        if inserted and (sheet.sector, sheet.number) in gone:
            message = "ha il numero di una scheda eliminata: se la sostituisce, il collegamento lo dice."
            yield of_sheet(NOTE, sheet, message, "Indicare la scheda sostituita, se è così.", "substitutes")


@rule(
    "R09",
    "E",
    "Una modifica cita l'atto che modifica",
    "La proposta di modifica cita l'atto che ha approvato il piano e quelli di cui cambia i testi. Cambia il testo in "
    "vigore alla data della seduta.",
    always="la modifica di un atto lo richiama, e parte dal testo che quello ha lasciato",
    since=Stage.ADOPT,
)
def amended_act_is_cited(change_set: ChangeSet) -> Iterator[Finding]:
    """A change set cites the act it amends; its base is the version in force at the session."""
    act = change_set.act
    if act is None or change_set.first_approval:
        return
    if not act.cited & act.plan_acts:
        message = "La proposta non cita l'atto che ha approvato il piano o una sua modifica."
        yield of_act(ERROR, message, "Aggiungere fra gli atti citati quello che si modifica.")
    for change in change_set.proposed:
        base = change.base_act
        if base and base.key not in act.cited:
            message = f"la {base.name}, di cui cambia il testo, non è fra gli atti citati."
            yield of_sheet(WARNING, change.after, message, "Citarla nella proposta.", "act")
        if base and base.on_file and base.session_on and act.session_on and base.session_on > act.session_on:
            message = f"cambia un testo adottato dopo questa seduta, con la {base.name} del {base.session_on:%d/%m/%Y}."
            yield of_sheet(ERROR, change.after, message, "Controllare la data della seduta.", "act")

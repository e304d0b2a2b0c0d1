"""R20, R21: nobody judges their own work."""

from collections.abc import Iterator

from objectives.rules.change_set import ChangeSet, Stage
from objectives.rules.findings import ERROR, NOTE, WARNING, Finding, of_act, of_sheet
from objectives.rules.registry import rule


@rule(
    "R20",
    "E",
    "Nessuno approva ciò che è suo",
    "Nessuno approva una scheda che ha inviato o di cui è responsabile, se non con una deroga scritta e motivata, che "
    "resta visibile per sempre.",
    always="conflitto di interessi: art. 6-bis L. 241/1990, art. 7 D.P.R. 62/2013",
    since=Stage.APPROVE,
)
def nobody_approves_their_own(change_set: ChangeSet) -> Iterator[Finding]:
    """Nobody approves a sheet of which they are responsabile or which they submitted, but by a written exception.

    L. 241/1990 art. 6-bis, D.P.R. 62/2013 art. 7. The exception is shown for ever (the Segretario is responsabile of
    the sheet at line 693 of the real act).
    """
    for change in change_set.proposed:
        approval, sheet = change.approval, change.after
        if approval.approved_by is None:
            continue
        if approval.exception.strip():
            yield of_sheet(NOTE, sheet, f"approvata in deroga da {approval.approver}: «{approval.exception.strip()}»")
        elif approval.approved_by == approval.submitted_by or approval.approved_by in approval.managers:
            why = "l'ha inviata" if approval.approved_by == approval.submitted_by else "ne è responsabile"
            message = f"approvata da {approval.approver}, che {why}."
            remedy = "Farla approvare da un'altra persona, o approvarla di nuovo con una deroga scritta."
            yield of_sheet(ERROR, sheet, message, remedy)


@rule(
    "R21",
    "W",
    "Il Segretario non è nel Nucleo",
    "Chi è Segretario non fa parte del Nucleo di Valutazione, che valida ciò che egli coordina.",
    since=Stage.ADOPT,
)
def secretary_is_not_in_the_nucleo(change_set: ChangeSet) -> Iterator[Finding]:
    """A Segretario is not in the Nucleo, which validates what he coordinates (ANAC, resolution 180/2020)."""
    for name in change_set.act.secretaries_in_nucleo if change_set.act else ():
        message = f"{name} è insieme Segretario e componente del Nucleo di Valutazione."
        yield of_act(WARNING, message, "Controllare i ruoli, o spiegare in una nota perché è così.")

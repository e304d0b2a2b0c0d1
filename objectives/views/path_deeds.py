"""The deeds of the path as pages know them: what they are called, what they ask for, what they do."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from objectives import workflow
from objectives.choices import State
from objectives.forms.path import PassageForm
from objectives.models import Sheet
from objectives.permissions import SheetDeed, Standing, who_submits
from objectives.rules import Finding
from organisation.models import User

Written = Mapping[str, Any]


@dataclass(frozen=True)
class PathDeed:
    """A deed with its page. `effect` says what will happen, `why_note` why it takes a note, empty where it need not."""

    deed: str
    page: str
    title: str
    button: str
    effect: str
    done: str
    run: Callable[[Sheet, User, Written], object]
    note: str = "Nota"
    note_help: str = ""
    why_note: str = ""
    weighs_warnings: bool = False
    undoes: bool = False


SUBMIT = PathDeed(
    SheetDeed.SUBMIT,
    "draft_submit",
    "Inviare la scheda al Segretario",
    "Invia al Segretario",
    "Il Segretario la leggerà così com'è. Se poi qualcuno la modifica, torna bozza e va inviata di nuovo.",
    "La scheda è stata inviata al Segretario.",
    lambda sheet, by, said: workflow.submit(sheet, by=by, row_version=said["versione"], note=said["nota"]),
    note_help="La legge il Segretario, e resta nella cronologia della scheda.",
    weighs_warnings=True,
)
TAKE_BACK = PathDeed(
    SheetDeed.TAKE_BACK,
    "draft_take_back",
    "Ritirare l'invio",
    "Ritira l'invio",
    "La scheda torna bozza: il Segretario non la vede più tra quelle da approvare.",
    "L'invio è ritirato: la scheda è di nuovo una bozza.",
    lambda sheet, by, said: workflow.take_back(sheet, by=by, row_version=said["versione"], note=said["nota"]),
)
SEND_BACK = PathDeed(
    SheetDeed.SEND_BACK,
    "draft_send_back",
    "Rinviare la scheda con una nota",
    "Rinvia la scheda",
    "La scheda torna bozza, e chi la prepara legge la nota. Un'approvazione già data non vale più; se la scheda è in "
    "una proposta, ne esce.",
    "La scheda è stata rinviata: la nota è arrivata a chi la prepara.",
    lambda sheet, by, said: workflow.send_back(sheet, by=by, row_version=said["versione"], note=said["nota"]),
    note="Che cosa correggere",
    why_note="Scrivere che cosa correggere: chi prepara la scheda deve saperlo.",
)
APPROVE = PathDeed(
    SheetDeed.APPROVE,
    "draft_approve",
    "Approvare la scheda",
    "Approva la scheda",
    "Approva la scheda esattamente com'è in questa pagina. Poi si raccoglie in una proposta di deliberazione.",
    "La scheda è approvata: ora può essere raccolta in una proposta di deliberazione.",
    lambda sheet, by, said: workflow.approve(
        sheet, by=by, row_version=said["versione"], note=said["nota"], exception=said.get("deroga", "")
    ),
    note_help="Resta nella cronologia della scheda.",
    weighs_warnings=True,
)
WITHDRAW = PathDeed(
    SheetDeed.WITHDRAW,
    "draft_withdraw",
    "Ritirare la bozza",
    "Ritira la bozza",
    "La bozza scompare dagli elenchi, e il testo vigente resta com'è. Finché nessuno comincia un'altra modifica della "
    "stessa scheda, si può recuperare da «Bozze ritirate». Ciò che è stato scritto, e da chi, resta nella storia.",
    "La bozza è ritirata.",
    lambda sheet, by, said: workflow.withdraw(sheet, by=by, row_version=said["versione"], note=said["nota"]),
    note_help="Perché si ritira: resta nella cronologia dell'obiettivo.",
    undoes=True,
)
DEEDS = {deed.page: deed for deed in (SUBMIT, TAKE_BACK, SEND_BACK, APPROVE, WITHDRAW)}
IN_STATE: dict[str, tuple[PathDeed, ...]] = {
    State.BOZZA: (SUBMIT, WITHDRAW),
    State.INVIATA: (APPROVE, SEND_BACK, TAKE_BACK),
    State.APPROVATA: (SEND_BACK,),
}
THE_SEGRETARIO_NEXT = "Ora tocca al Segretario: la legge e la approva, o la rinvia con una nota."
WARNED = "Ci sono avvisi di cui prendere atto: scrivere perché si prosegue comunque."


@dataclass(frozen=True)
class Choices:
    """What a person may do with a version now: `main` stands with its form on the page, `others` have their own.

    `turn` says who does what comes next, where this person may not.
    """

    main: PathDeed | None
    others: list[PathDeed]
    turn: str


def choices_of(sheet: Sheet, person: Standing) -> Choices:
    """Return the deeds that fit the state of `sheet` and that this person may do."""
    fitting = IN_STATE.get(sheet.state, ())
    why = {deed.page: person.why_not(deed.deed, sheet) for deed in fitting}
    next_one = next((deed for deed in fitting if deed in (SUBMIT, APPROVE)), None)
    others = [deed for deed in fitting if deed is not next_one and why[deed.page] is None]
    if next_one and why[next_one.page]:
        return Choices(None, others, _turn(sheet))
    return Choices(next_one, others, "")


def _turn(sheet: Sheet) -> str:
    """Who takes the next step with a draft, or with a sheet that was sent."""
    if sheet.state != State.BOZZA:
        return THE_SEGRETARIO_NEXT
    names = " o ".join(str(one) for one in who_submits(sheet.sector))
    return f"Quando è pronta, la invia al Segretario il responsabile del settore{f': {names}' if names else ''}."


def form_of(
    deed: PathDeed, sheet: Sheet, person: Standing, warnings: Sequence[Finding], data: Any = None
) -> PassageForm:
    """Return the form of a deed. `warnings` are those that nobody took note of yet: they make the note necessary."""
    exception = person.needs_exception(sheet) if deed is APPROVE else None
    answered = warnings if deed.weighs_warnings else ()
    why_note = deed.why_note or (WARNED if answered else "")
    return PassageForm(
        data,
        label=f"{deed.note} (necessaria): risponde {_named(answered)}" if answered else deed.note,
        help_text=deed.note_help,
        why_note=why_note,
        why_exception=exception or "",
        row_version=sheet.row_version,
    )


def _named(warnings: Sequence[Finding]) -> str:
    """Return "all'avviso R25", "agli avvisi R25, R27"."""
    rules = list(dict.fromkeys(one.rule for one in warnings))
    return f"agli avvisi {', '.join(rules)}" if len(rules) > 1 else f"all'avviso {rules[0]}"

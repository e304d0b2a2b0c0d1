"""R01, R02, R04: weights and numbers of a settore in the plan that results."""

from collections.abc import Iterator
from decimal import Decimal

from objectives.rules.change_set import ChangeSet, Proposed, Stage
from objectives.rules.findings import ERROR, NOTE, WARNING, Finding, of_sector, of_sheet
from objectives.rules.registry import rule
from objectives.weights import written


@rule(
    "R01",
    "E",
    "Somma dei pesi di un settore",
    "I pesi delle schede attive di un settore, nel piano che risulta dalle modifiche, fanno il totale stabilito. "
    "Finché l'atto non si registra la regola informa soltanto; dove una parte del piano non è in archivio, avvisa.",
    parameters=("weight_total", "weight_tolerance"),
)
def weights_make_the_total(change_set: ChangeSet) -> Iterator[Finding]:
    """The active weights of a settore make the plan's total in the resulting plan (the entity's measurement system).

    A remark before the act: what is missing may come with another sheet of the settore, and nobody should have to
    excuse each of them. A warning where a weight or a part of the plan is not on file. A settore that no sheet is left
    in (it was merged with another one) has no total to make.
    """
    for sector, name in change_set.sectors.items():
        weights = change_set.weights_of(sector)
        nothing_left = change_set.complete and not weights.weights
        if weights.holds or weights.total is None or nothing_left:
            continue
        known = change_set.complete and not weights.unknown
        severity = NOTE if change_set.stage < Stage.ADOPT else ERROR if known else WARNING
        sentence = f"{weights.sentence[0].lower()}{weights.sentence[1:]} nel piano che risulta."
        remedy = "Correggere i pesi delle schede del settore, o modificarne un'altra insieme a questa."
        yield of_sector(severity, sector, name, sentence, remedy)


@rule(
    "R02",
    "I",
    "Effetto sui pesi del settore",
    "Per ogni settore si mostra di quanto le modifiche aumentano e diminuiscono i pesi.",
)
def net_effect_is_told(change_set: ChangeSet) -> Iterator[Finding]:
    """What a change set takes from and adds to the weights of each settore is shown: FIN −25 +25 = 0.

    A sheet whose weight, present or earlier, is not known is left out, and that is said.
    """
    for sector, name in change_set.sectors.items():
        effects = [_effects(change, sector) for change in change_set.proposed if sector in change.sectors]
        known = [effect for effect in effects if effect]
        yield of_sector(NOTE, sector, name, _net_effect(known, len(effects) - len(known)))


def _net_effect(known: list[tuple[Decimal, Decimal]], unknown: int) -> str:
    """The effects that are known, taken and added, in a sentence; `unknown` is how many are not."""
    if unknown and not known:
        return "effetto sui pesi non noto: il peso manca, nella scheda o nel testo precedente."
    gone, come = (sum((effect[side] for effect in known), Decimal(0)) for side in (0, 1))
    told = f"effetto sui pesi −{written(gone)} +{written(come)} = {_signed(come - gone)}"
    if not gone and not come:
        told = "nessun effetto sui pesi"
    count = "una scheda" if unknown == 1 else f"{unknown} schede"
    return f"{told}, senza {count} il cui peso non è noto." if unknown else f"{told}."


def _effects(change: Proposed, sector: int) -> tuple[Decimal, Decimal] | None:
    """What a change takes from a settore's weights and what it adds; None where a weight is not known."""
    before = change.before.weight if change.before and change.before.sector == sector else Decimal(0)
    after = change.after.weight if change.is_active and change.after.sector == sector else Decimal(0)
    if before is None or after is None:
        return None
    if change.before and change.is_active and change.before.sector == change.after.sector:
        return max(before - after, Decimal(0)), max(after - before, Decimal(0))
    return before, after


def _signed(number: Decimal) -> str:
    sign = "+" if number > 0 else "−" if number < 0 else ""
    return f"{sign}{written(abs(number))}"


@rule(
    "R04",
    "E",
    "Numero unico nel settore",
    "Nel piano che risulta, due schede attive di un settore non hanno lo stesso numero. Una scheda eliminata e una "
    "inserita possono averlo.",
    always="con settore e numero gli atti indicano una scheda: due uguali non si distinguono",
)
def number_is_unique(change_set: ChangeSet) -> Iterator[Finding]:
    """The number is unique among the active sheets of a settore and plan; an ELIMINATO one is not active."""
    for change in change_set.active:
        sheet = change.after
        others = [
            other
            for other in change_set.resulting
            if (other.sector, other.number) == (sheet.sector, sheet.number) and other.sheet != sheet.sheet
        ]
        if others:
            title = f" («{others[0].title[:60]}»)" if others[0].title else ""
            message = f"il numero {sheet.number} è già di un'altra scheda attiva del settore{title}."
            remedy = "Scegliere un altro numero, o proporre e inviare prima l'eliminazione dell'altra scheda."
            yield of_sheet(ERROR, sheet, message, remedy, "number")

"""R31: what share of a person an objective takes."""

import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from objectives.choices import ShareRule
from objectives.rules.change_set import ActiveSheet, ChangeSet
from objectives.rules.findings import ERROR, Finding, of_sheet
from objectives.rules.persons import person_key
from objectives.rules.registry import rule
from objectives.snapshots import Snapshot
from objectives.weights import HUNDRED, written

_SHARE = re.compile(r"\d{1,3}(?:[.,]\d{1,2})? ?%?")


def share_of(text: str) -> Decimal | None:
    """Return the share a text writes ("50", "33,3%"), in per cent; None for what is no number from 0 to 100."""
    if not _SHARE.fullmatch(text.strip()):
        return None
    share = Decimal(text.strip().rstrip("% ").replace(",", "."))
    return share if share <= HUNDRED else None


@rule(
    "R31",
    "E",
    "Partecipazione del personale",
    "La partecipazione di ciascuno va da 0 a 100. La somma si controlla come il piano stabilisce: per niente, 100 in "
    "ogni scheda, o al massimo 100 per persona su tutte le schede.",
    always="una percentuale sta fra 0 e 100; la somma si regola con l'impostazione",
    parameters=("share_rule",),
)
def shares_are_possible(change_set: ChangeSet) -> Iterator[Finding]:
    """A staff share is from 0 to 100 per row; the total rule (per sheet, per person over sheets) is a setting."""
    totals = _totals(change_set.resulting) if change_set.plan.share_rule == ShareRule.PER_PERSONA else {}
    for change in change_set.active:
        for row in change.after.staff:
            if row.share.strip() and share_of(row.share) is None:
                message = f"la partecipazione «{row.share[:20]}» di {row.name} non è fra 0 e 100."
                yield of_sheet(ERROR, change.after, message, "Scriverla come 50 o 33,3%.", f"staff:{row.key}")
        if change_set.plan.share_rule == ShareRule.PER_SCHEDA:
            yield from _sheet_total(change.after)
        yield from _too_much_of_a_person(change.after, totals)


def _sheet_total(sheet: Snapshot) -> Iterator[Finding]:
    shares = [share for row in sheet.staff if (share := share_of(row.share)) is not None]
    if shares and sum(shares) != HUNDRED:
        message = f"le partecipazioni fanno {written(sum(shares, Decimal(0)))}, non 100."
        yield of_sheet(ERROR, sheet, message, "Correggere le percentuali.", "staff")


def _too_much_of_a_person(sheet: Snapshot, totals: dict[frozenset[str], Decimal]) -> Iterator[Finding]:
    """What there is to say of the persons of a sheet; `totals` holds the shares of each on all active sheets."""
    for row in sheet.staff if totals else ():
        total = totals[person_key(row.name)]
        if share_of(row.share) and total > HUNDRED:
            message = f"{row.name} partecipa in tutto per {written(total)}, più di 100, sulle schede attive."
            yield of_sheet(ERROR, sheet, message, "Diminuire la partecipazione qui o altrove.", f"staff:{row.key}")


def _totals(resulting: tuple[ActiveSheet, ...]) -> dict[frozenset[str], Decimal]:
    totals: dict[frozenset[str], Decimal] = defaultdict(Decimal)
    for sheet in resulting:
        for row in sheet.staff:
            totals[person_key(row.name)] += share_of(row.share) or Decimal(0)
    return totals

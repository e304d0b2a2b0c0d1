"""R05, R06, R23: what a sheet's text holds, and whether it differs from the one in force."""

from collections.abc import Iterator
from dataclasses import replace

from objectives.choices import Change
from objectives.rules.change_set import ChangeSet
from objectives.rules.findings import ERROR, NOTE, Finding, of_sheet
from objectives.rules.registry import rule
from objectives.snapshots import Snapshot

_OF_THE_VERSION = {
    "sheet": 0,
    "base": None,
    "substitutes": None,
    "change": "",
    "state": "",
    "on_file": True,
    "motive": "",
    "motive_text": "",
    "sector_name": "",
}
"""What belongs to a version and not to its content."""


def same_content(one: Snapshot, other: Snapshot) -> bool:
    """Tell whether two versions have the same fields and rows. Keys of rows, motives and ways of printing apart."""
    return _content(one) == _content(other)


def _content(sheet: Snapshot) -> Snapshot:
    rows = {
        name: tuple(replace(row, key="") for row in getattr(sheet, name)) for name in ("phases", "indicators", "staff")
    }
    return replace(sheet, **rows, **_OF_THE_VERSION)  # type: ignore[arg-type]


@rule(
    "R05",
    "E",
    "Una scheda eliminata conserva il suo testo",
    "Una scheda ELIMINATA conserva tutto il suo contenuto, in sola lettura, ed esce dalle somme dal giorno in cui "
    "l'atto ha effetto. Non si cancella mai.",
    always="la scheda eliminata resta nella storia del piano come l'ultimo atto l'ha lasciata",
)
def eliminated_keeps_its_text(change_set: ChangeSet) -> Iterator[Finding]:
    """An ELIMINATO sheet keeps all its content, and stands outside sums from the day the act takes effect."""
    for change in change_set.proposed:
        known = change.before is not None and change.before.on_file
        if change.after.change == Change.ELIMINATO and known and not same_content(change.after, _base(change.before)):
            message = "la scheda da eliminare non ha più il testo in vigore."
            remedy = "Ritirare la bozza e proporre di nuovo l'eliminazione: il testo torna quello in vigore."
            yield of_sheet(ERROR, change.after, message, remedy)


@rule(
    "R06",
    "E",
    "Una scheda modificata differisce da quella in vigore",
    "Una scheda MODIFICATA differisce dal testo in vigore in un campo o in una riga. Una INSERITA non ha un testo "
    "precedente, una ELIMINATA sì.",
    always="una modifica che non cambia nulla non è una modifica",
)
def change_fits_its_base(change_set: ChangeSet) -> Iterator[Finding]:
    """MODIFICATO differs from its base in a field or a row; INSERITO has no base; ELIMINATO has one."""
    for change in change_set.proposed:
        after, before = change.after, change.before
        if (after.change == Change.INSERITO) != (before is None):
            wrong = "inserita non può avere" if before else "modificata o eliminata deve avere"
            yield of_sheet(ERROR, after, f"una scheda {wrong} un testo precedente.", "Ritirare la bozza.")
        elif after.change == Change.MODIFICATO and before and not before.on_file:
            message = "il testo precedente non è in archivio: che cosa cambia non si può mostrare."
            yield of_sheet(NOTE, after, message, "Importare l'atto che lo contiene.")
        elif after.change == Change.MODIFICATO and before and same_content(after, before):
            message = "la scheda è uguale a quella in vigore."
            yield of_sheet(ERROR, after, message, "Modificare almeno un campo o una riga, o ritirare la bozza.")


@rule(
    "R23",
    "E",
    "Una scheda attiva è completa",
    "Ogni scheda attiva ha un titolo, un peso, almeno una fase e almeno un indicatore, e ogni indicatore un valore "
    "atteso. Una famiglia di indicatori può restare vuota.",
    always="gli obiettivi sono specifici e misurabili (art. 5, comma 2, D.Lgs. 150/2009)",
)
def active_sheet_is_complete(change_set: ChangeSet) -> Iterator[Finding]:
    """Every active sheet has a title, a weight, a phase, an indicator, and each indicator an expected value.

    D.Lgs. 150/2009 art. 5 c. 2: objectives are specific and measurable. An empty family of indicators is fine.
    """
    for change in change_set.active:
        sheet = change.after
        for place, missing, message, remedy in (
            ("title", not sheet.title.strip(), "manca il titolo dell'obiettivo.", "Scrivere il titolo."),
            ("weight", sheet.weight is None, "manca il peso.", "Scrivere il peso, da 0 a 100."),
            ("phases", not any(row.text.strip() for row in sheet.phases), "nessuna fase.", "Scrivere almeno una fase."),
            ("indicators", not sheet.indicators, "nessun indicatore.", "Scrivere almeno un indicatore."),
        ):
            if missing:
                yield of_sheet(ERROR, sheet, message, remedy, place)
        yield from _incomplete_indicators(sheet)


def _incomplete_indicators(sheet: Snapshot) -> Iterator[Finding]:
    for row in sheet.indicators:
        place = f"indicator:{row.key}"
        if not row.text.strip():
            message = f"a un indicatore manca il testo (atteso «{row.expected[:40]}»)."
            yield of_sheet(ERROR, sheet, message, "Scrivere che cosa si misura.", place)
        elif not row.expected.strip():
            message = f"all'indicatore «{row.text[:60]}» manca il valore atteso."
            yield of_sheet(ERROR, sheet, message, "Scrivere il valore atteso: una data, un numero, «nessuno».", place)


def _base(before: Snapshot | None) -> Snapshot:
    if before is None:
        raise ValueError("An ELIMINATO sheet has a base.")
    return before

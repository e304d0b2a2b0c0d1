"""How a sheet is laid out in a worksheet: what stands in each row, said in a hidden first column.

The codes of that column: "caluso-perf/scheda 1 <entity> <year> <settore> <version> <row version> <digest>" in the first
row, then "campo:<name>", "fase:<slot>:<key>", "indice:<family>:<key>", "persona::<key>" (an empty key is a row that
nobody wrote yet), "titolo:<part>" for the heads of the parts and "fine" below the last row.
"""

from dataclasses import dataclass

from deliberations.calendar import MONTHS

FORMAT, VERSION = "caluso-perf/scheda", "1"
CODES = 1  # the hidden column, from 1 as openpyxl counts
LABEL, TEXT, FIRST_MONTH = 2, 3, 4
YEARS = 3
EXPECTED, WEIGHT = (4, 7), (8, 9)
"""The columns that a value of an indicator takes: from, to."""
SHARE = (4, 7)
END = "fine"
EMPTY_INDICATORS, EMPTY_PEOPLE = 4, 6
MONTH_SIGN = "X"
LABELS = {
    "number": "Numero",
    "weight": "Peso",
    "kind": "Tipo di obiettivo",
    "title": "Obiettivo",
    "description": "Descrizione",
    "dup_link": "Collegamento con Rel. Prev. Prog./DUP",
    "multi_year": "Obiettivo pluriennale",
    "manager": "Responsabile di servizio",
    "motive": "Motivo della variazione",
    "motive_text": "Motivazione",
}
NOTES = {
    "number": "Il numero dell'obiettivo nel settore: un numero intero da 1 a 999.",
    "weight": "Da 0 a 100, anche con la virgola. I pesi degli obiettivi del settore fanno 100 (R01).",
    "kind": "Per esempio STRATEGICO.",
    "title": "Il titolo dell'obiettivo, come va nell'atto.",
    "description": "Per andare a capo nella cella: Alt+Invio. Ogni a capo è un paragrafo.",
    "dup_link": "La voce del DUP a cui l'obiettivo si collega; può restare vuota.",
    "multi_year": "sì se l'obiettivo va oltre l'anno del piano (R26).",
    "manager": "Scegliere dall'elenco dei responsabili del settore.",
    "motive": "Perché la scheda cambia (R07): scegliere dall'elenco.",
    "motive_text": "La ragione della variazione, in parole (R07).",
    "phase": "Che cosa si fa in questa fase. Una riga vuota non è una fase.",
    "month": "X nei mesi in cui la fase si svolge, altrimenti vuota.",
    "indicator": "Che cosa si misura. Una riga vuota non è un indice.",
    "expected": "Il risultato atteso, come va nell'atto: 31/12/2026, 72,19%, nessuna, trimestrale…",
    "indicator_weight": "Il peso dell'indice, da 0 a 100; può restare vuoto.",
    "category": "La categoria o l'area contrattuale.",
    "name": "Cognome e nome di chi partecipa. Una riga vuota non conta.",
    "share": "La percentuale di partecipazione, per esempio 50.",
}


@dataclass(frozen=True)
class Origin:
    """What a worksheet was made for, as its first cell says."""

    entity: str
    year: str
    sector: str
    version: int
    row_version: int
    digest: str

    @property
    def code(self) -> str:
        """The text of the first cell."""
        facts = (FORMAT, VERSION, self.entity, self.year, self.sector, self.version, self.row_version, self.digest)
        return " ".join(map(str, facts))


def origin_of(code: str) -> Origin | None:
    """Return what a first cell says; None for one that the program did not write."""
    facts = code.split()
    if len(facts) != 8 or facts[:2] != [FORMAT, VERSION] or not all(_is_key(fact) for fact in facts[5:7]):
        return None
    _, _, entity, year, sector, version, row_version, digest = facts
    return Origin(entity, year, sector, int(version), int(row_version), digest)


def _is_key(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 18


def month_columns(plan_year: int) -> dict[int, str]:
    """Return the month ("2026-10") of each column of the chart."""
    every = [f"{year}-{month:02}" for year in range(plan_year, plan_year + YEARS) for month in range(1, 13)]
    return dict(enumerate(every, start=FIRST_MONTH))


def month_name(month: str) -> str:
    """Return the head of a month's column: "ott 26"."""
    return f"{MONTHS[int(month[5:]) - 1][:3]} {month[2:4]}"

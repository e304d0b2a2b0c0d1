"""The official form «scheda obiettivo» in a .docx, as the importing of acts reads it back.

The form's parts and their words are those of the form attached to deliberation G.C. 100/2022 of the Comune di Caluso.
"""

from collections.abc import Mapping, Sequence

from documents.word import Cell, Row, Text, WordFile, Words
from objectives.changes.words import Kind, compare_words
from objectives.choices import SLOTS, Change, Family
from objectives.pdf import SheetForm
from objectives.snapshots import IndicatorLine, Snapshot

HALF = SLOTS // 2
FACT_WIDTHS = (74, 56, 44)
TEXT_WIDTHS = (28, 146)
PHASE_WIDTHS = (8, 79, 8, 79)
INDICATOR_WIDTHS = (94, 30, 30, 20)
MONTH_WIDTHS = (12, *(13.5 for _ in range(12)))
REVIEW_WIDTHS = (52, 35, 52, 35)
STAFF_WIDTHS = (20, 114, 40)


def add_sheet(
    file: WordFile, form: SheetForm, sheet: Snapshot, base: Snapshot | None, *, new_page: bool = True
) -> None:
    """Add a sheet. What its base does not have is in bold, if the base is on file."""
    known = base if base and base.on_file and sheet.change == Change.MODIFICATO else None
    file.heading(f"{form.entity} {form.heading} PESO: {form.weight} {sheet.change}", 3, new_page=new_page)
    _add_head(file, form, sheet, known)
    _add_phases(file, sheet, known)
    _add_indicators(file, sheet, known)
    _add_months(file, form)
    _add_reviews(file, form)
    _add_staff(file, form)


def marked(new: str, old: str | None) -> Text:
    """A text with the words in bold that the old one lacks; plain where there is no old one to compare it with."""
    if old is None:
        return new
    pieces = compare_words(old, new)
    return [Words(piece.text, piece.kind == Kind.ADDED) for piece in pieces if piece.kind != Kind.REMOVED]


def _split(text: Text) -> list[Text]:
    """The paragraphs of a text in pieces."""
    paragraphs: list[list[Words]] = [[]]
    for words in [Words(text)] if isinstance(text, str) else text:
        first, *others = words.text.split("\n\n")
        paragraphs[-1].append(Words(first, words.bold))
        paragraphs += [[Words(part, words.bold)] for part in others]
    return [paragraph for paragraph in paragraphs if any(words.text.strip() for words in paragraph)]


def _add_head(file: WordFile, form: SheetForm, sheet: Snapshot, base: Snapshot | None) -> None:
    names = ("SETTORE", "RESPONSABILE DI SERVIZIO", "collegamento con Rel. Prev. Prog./DUP")
    facts = (sheet.sector_name, form.manager, sheet.dup_link)
    before = (base.sector_name, base.manager, base.dup_link) if base else (None, None, None)
    file.table(FACT_WIDTHS, [names], [[Cell([marked(new, old)]) for new, old in zip(facts, before, strict=True)]])
    title = Cell([marked(sheet.title, base.title if base else None)])
    description = Cell(_split(marked(sheet.description, base.description if base else None)) or [""])
    file.table(TEXT_WIDTHS, [], [[_label("OBIETTIVO"), title], [_label("descrizione obiettivo"), description]])


def _label(text: str) -> Cell:
    return Cell([text], strong=True)


def _add_phases(file: WordFile, sheet: Snapshot, base: Snapshot | None) -> None:
    before = {phase.key: phase.text for phase in base.phases} if base else None
    texts = {phase.position: _row_text(phase.text, phase.key, before) for phase in sheet.phases}
    rows: list[Row] = [
        [str(slot), Cell([texts.get(slot, "")]), str(slot + HALF), Cell([texts.get(slot + HALF, "")])]
        for slot in range(1, HALF + 1)
    ]
    file.table(PHASE_WIDTHS, [[Cell(["Descrizione delle fasi di attuazione:"], span=4)]], rows)


def _row_text(text: str, key: str, before: Mapping[str, str] | None) -> Text:
    """A row's text against that of the same row before; a new row is new in every word."""
    return text if before is None else marked(text, before.get(key, ""))


def _add_indicators(file: WordFile, sheet: Snapshot, base: Snapshot | None) -> None:
    before = {line.key: line for line in base.indicators} if base else None
    title: list[Row] = [[Cell(["INDICI DI RISULTATO"], span=4)]]
    for family in Family:
        names: Row = [f"Indici di {family.label}", "ATTESO", "RAGGIUNTO", "Scost."]
        lines = [line for line in sheet.indicators if line.family == family]
        file.table(INDICATOR_WIDTHS, [*title, names], [_indicator(line, before) for line in lines])
        title = []


def _indicator(line: IndicatorLine, before: Mapping[str, IndicatorLine] | None) -> Row:
    old = before.get(line.key) if before is not None else None
    cells = []
    for name in ("text", "expected", "achieved", "deviation"):
        was = None if before is None else getattr(old, name, "")
        cells.append(Cell([marked(getattr(line, name), was)]))
    return cells


def _add_months(file: WordFile, form: SheetForm) -> None:
    names = [Cell([name[:3]], centred=True) for name in form.months]
    rows: list[Row] = [[str(row.slot), *(Cell([text], centred=True) for text in row.cells)] for row in form.timeline]
    head: list[Row] = [[Cell(["CRONOPROGRAMMA"], span=13)], ["Fasi", *names]]
    file.table(MONTH_WIDTHS, head, rows)


def _add_reviews(file: WordFile, form: SheetForm) -> None:
    values = {row.label: (row.interim, row.final) for row in (*form.averages, *form.analysis)}
    taken, to_take = "Provvedimenti correttivi intrapresi", "Provvedimenti correttivi da attivare"
    shown = [
        *((row.label, row.interim, row.final) for row in form.averages),
        ("Analisi degli scostamenti", "", ""),
        *((label, *values[label]) for label in ("Cause", "Effetti")),
        ("Provvedimenti correttivi", "", ""),
        ("Intrapresi", *values[taken]),
        ("Da attivare", *values[to_take]),
    ]
    head: Row = ["VERIFICA INTERMEDIA AL", form.interim_date, "VERIFICA FINALE AL", form.final_date]
    file.table(REVIEW_WIDTHS, [head], [[_label(name), first, _label(name), last] for name, first, last in shown])


def _add_staff(file: WordFile, form: SheetForm) -> None:
    head: Sequence[Row] = [
        [Cell(["PERSONALE COINVOLTO NELL'OBIETTIVO"], span=3)],
        ["Cat.", "Cognome e Nome", "% Partecipazione"],
    ]
    people: list[Row] = [[row["category"], row["name"], row["share"]] for row in form.staff]
    total: Row = [Cell(["totale partecipazione agli obiettivi"], span=2, strong=True), form.staff_total]
    file.table(STAFF_WIDTHS, head, [*people, total])

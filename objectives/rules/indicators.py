"""R24–R27: how the expected values were read, and in which year they count."""

from collections.abc import Iterator

from objectives.choices import Family, TargetKind
from objectives.rules.change_set import ChangeSet, Stage
from objectives.rules.findings import ERROR, WARNING, Finding, of_sheet
from objectives.rules.registry import rule
from objectives.rules.schedule import lies_outside, months_written, same_work, words_of
from objectives.snapshots import IndicatorLine, Snapshot
from objectives.targets import Target, read_target

_NUMBERED = {TargetKind.NUMBER, TargetKind.PERCENT, TargetKind.COUNT, TargetKind.FREQUENCY}
_WITHOUT_DIRECTION = {TargetKind.TEXT, TargetKind.YES_NO}


def _rows(change_set: ChangeSet) -> Iterator[tuple[Snapshot, IndicatorLine]]:
    """The indicators of active sheets that have an expected value."""
    for change in change_set.active:
        yield from ((change.after, row) for row in change.after.indicators if row.expected.strip())


def _reading(row: IndicatorLine, plan_year: int) -> Target:
    return read_target(row.expected, family=row.family, plan_year=plan_year, label=row.text)


def _place(row: IndicatorLine) -> str:
    return f"indicator:{row.key}"


@rule(
    "R24",
    "E",
    "Il valore atteso è letto",
    "Ogni valore atteso è letto come data, numero, percentuale, quantità, frequenza, nessuno, sì/no o testo, con una "
    "direzione (almeno, al massimo, esattamente, entro). Il testo resta sempre come è scritto.",
    always="senza un valore letto il risultato non si può misurare",
)
def expected_value_is_typed(change_set: ChangeSet) -> Iterator[Finding]:
    """Every expected value is typed, with a direction; the text as written is always kept.

    A day that does not exist is left in words with a warning; so is a cronoprogramma at odds with a time indicator.
    """
    for sheet, row in _rows(change_set):
        if problem := _untyped(row):
            remedy = "Correggere la lettura del valore accanto all'indicatore."
            yield of_sheet(ERROR, sheet, f"il valore atteso «{row.expected[:40]}» {problem}.", remedy, _place(row))
        elif row.target_kind == TargetKind.TEXT and (problem := _reading(row, change_set.plan.year).problem):
            yield of_sheet(WARNING, sheet, f"{problem[0].lower()}{problem[1:]}", "Correggere la data.", _place(row))
    for change in change_set.active:
        yield from _schedule_at_odds(change.after)


def _untyped(row: IndicatorLine) -> str:
    if not row.target_kind:
        return "non è stato letto"
    if row.target_kind == TargetKind.DATE and row.target_date is None:
        return "è una data senza giorno"
    if row.target_kind in _NUMBERED and row.target_number is None:
        return "è una quantità senza numero"
    return "" if row.direction or row.target_kind in _WITHOUT_DIRECTION else "è senza direzione (almeno, entro…)"


def _schedule_at_odds(sheet: Snapshot) -> Iterator[Finding]:
    timed = [(words_of(row.text), row) for row in sheet.indicators if row.family == Family.TEMPO and row.target_date]
    for phase in sheet.phases:
        words = words_of(phase.text) if timed and phase.months else frozenset()
        for work, row in timed:
            if row.target_date and same_work(words, work) and lies_outside(f"{row.target_date:%Y-%m}", phase.months):
                message = (
                    f"il cronoprogramma segna {months_written(phase.months)} per la fase «{phase.text[:60]}», ma "
                    f"l'indicatore di tempo dice {row.expected[:40]}."
                )
                yield of_sheet(WARNING, sheet, message, "Controllare quale dei due è giusto.", f"phase:{phase.key}")


@rule(
    "R25",
    "E",
    "Una data senza anno è dell'anno del piano",
    "Una data scritta senza anno è dell'anno del piano, o di quello che l'indicatore nomina. Chi la scrive conferma la "
    "lettura prendendone atto; se vuole un altro anno, lo scrive.",
    always="chi legge l'atto non ha altro anno che quello del piano",
)
def undated_year_is_the_plans(change_set: ChangeSet) -> Iterator[Finding]:
    """A date without a year is of the plan's year, shown to the user for confirmation: "31-dic" is 31/12/2022.

    Who wants another year must write it: readers of the act have nothing else to go by.
    """
    for sheet, row in _rows(change_set):
        read = _reading(row, change_set.plan.year)
        if not (read.completed and read.date and row.target_date):
            continue
        about = f"il termine «{row.expected[:40]}» dell'indicatore «{row.text[:60]}» è senza anno"
        if row.target_date.year != read.date.year:
            message = f"{about}, ma è letto come {row.target_date:%d/%m/%Y}."
            yield of_sheet(ERROR, sheet, message, f"Scrivere l'anno: {row.target_date:%d/%m/%Y}.", _place(row))
        else:
            message = f"{about}: è letto come {row.target_date:%d/%m/%Y}."
            yield of_sheet(WARNING, sheet, message, "Confermare, o scrivere l'anno nel testo.", _place(row))


@rule(
    "R26",
    "W",
    "Un termine oltre l'anno del piano",
    "Un indicatore con un termine oltre l'anno del piano porta il suo anno e non conta nel punteggio di quest'anno; la "
    "scheda è pluriennale.",
)
def later_target_counts_later(change_set: ChangeSet) -> Iterator[Finding]:
    """A target after the plan's year: the sheet is multi-year, the indicator carries its year, and counts then."""
    year = change_set.plan.year
    for sheet, row in _rows(change_set):
        counts = row.year or year
        due = max(counts, row.target_date.year if row.target_date else counts)
        if due <= year:
            continue
        about = f"l'indicatore «{row.text[:60]}» è del {due}"
        if counts <= year:
            message, remedy = f"{about}, ma conta nel {counts}.", f"Dare all'indicatore l'anno {due}."
        else:
            message, remedy = f"{about}: non conta nel {year}.", "Prenderne atto, o correggere il termine."
        if not sheet.multi_year:
            message = f"{message[:-1]}, e la scheda non è segnata come pluriennale."
            remedy = "Segnare la scheda come pluriennale, o correggere il termine."
        yield of_sheet(WARNING, sheet, message, remedy, _place(row))


@rule(
    "R27",
    "W",
    "Un termine già passato",
    "Un termine già passato alla data della seduta, o oggi finché la seduta non è nota, è segnalato.",
)
def target_is_not_past(change_set: ChangeSet) -> Iterator[Finding]:
    """A target that is already past on the session's day (GC 100/2022, lines 297 and 615), or today for a draft."""
    for sheet, row in _rows(change_set):
        if row.target_date and row.target_date < change_set.day:
            when = "alla seduta" if change_set.stage == Stage.ADOPT else "oggi"
            message = f"il termine {row.expected[:40]} dell'indicatore «{row.text[:60]}» è già passato."
            remedy = f"Correggere il termine, o spiegare perché {when} è già passato."
            yield of_sheet(WARNING, sheet, message, remedy, _place(row))

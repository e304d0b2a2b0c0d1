"""What the Relazione still lacks before it is frozen: acts with their reasons, results, names (R30–R33). Pure."""

from collections.abc import Collection, Iterator
from datetime import date

from evaluations.papers.report.content import ReportPaper
from evaluations.papers.report.names import Name, named_in
from objectives.rules.findings import ERROR, NOTE, SEVERITIES, WARNING, Finding

DUE_MONTH, DUE_DAY = 6, 30


def due_on(year: int) -> date:
    """The day by which the Relazione of a year is due: 30/06 of the next (D.Lgs. 150/2009, art. 10 c. 1 lett. b)."""
    return date(year + 1, DUE_MONTH, DUE_DAY)


def check(paper: ReportPaper, *, names: Collection[Name], closed: bool) -> list[Finding]:
    """Return what there is to say of a Relazione, the gravest first. `closed`: the final verification is closed."""
    found = [
        *_results(closed),
        *_names(paper, names),
        *_reasons(paper),
        *_texts(paper),
        *_not_on_file(paper),
        *_listed(paper),
    ]
    return sorted(found, key=lambda one: SEVERITIES.index(one.severity))


def _results(closed: bool) -> Iterator[Finding]:
    if not closed:
        message = "La verifica finale non è chiusa: i risultati sono provvisori."
        yield Finding("R30", ERROR, message, "La Relazione diventa definitiva dopo la chiusura della verifica finale.")


def _names(paper: ReportPaper, names: Collection[Name]) -> Iterator[Finding]:
    """R32: counts only, no name of the staff tables."""
    for where, text in paper.typed():
        if found := named_in(text, names):
            message = f"{where}: vi compare «{', '.join(found)}», tra il personale del piano."
            yield Finding("R32", ERROR, message, "La Relazione è pubblica: indicare l'ufficio o la funzione.")
    for where, text in paper.adopted():
        if found := named_in(text, names):
            message = f"{where}: il testo adottato nomina «{', '.join(found)}», tra il personale del piano."
            yield Finding("R32", WARNING, message, "Il testo di un atto non si cambia: valutare prima di pubblicare.")


def _reasons(paper: ReportPaper) -> Iterator[Finding]:
    """R33: the reasons of every change; what an act does not say is not invented."""
    for act in paper.changing:
        if lacking := act.lacking:
            named = ", ".join(f"{one.sector} n° {one.number} ({one.lacks})" for one in lacking)
            count = "una variazione" if len(lacking) == 1 else f"{len(lacking)} variazioni"
            message = f"{act.short}: manca la ragione di {count}: {named}."
            yield Finding("R33", WARNING, message, "L'atto non la riporta: spiegarla nei testi della Relazione.")


def _texts(paper: ReportPaper) -> Iterator[Finding]:
    if not paper.presentation.strip():
        yield Finding("R33", WARNING, "La presentazione non è ancora scritta.")
    if not paper.conclusions.strip():
        yield Finding("R33", WARNING, "Le conclusioni non sono ancora scritte.")
    if silent := [sector.name for sector in paper.sectors if not sector.text.strip()]:
        yield Finding("R33", WARNING, f"Senza testo del settore: {', '.join(silent)}.", "Lo scrive chi vi lavora.")


def _not_on_file(paper: ReportPaper) -> Iterator[Finding]:
    for act in paper.acts:
        if not act.on_file:
            remedy = "Caricare l'atto, oppure allegarne il testo alla Relazione."
            yield Finding("R33", WARNING, f"{act.name}: il testo non è in archivio.", remedy)


def _listed(paper: ReportPaper) -> Iterator[Finding]:
    """R33: that all acts are there, said of each."""
    changing = ", ".join(act.short for act in paper.changing)
    many = len(paper.changing) > 1
    told = (
        "Gli atti che hanno modificato il piano sono elencati"
        if many
        else "L'atto che ha modificato il piano è elencato"
    )
    yield Finding("R33", NOTE, f"{told}: {changing}." if changing else "Nessun atto ha modificato il piano.")

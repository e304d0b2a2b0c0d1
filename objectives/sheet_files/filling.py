"""The workbook of a settore, filled with its sheets as they stand."""

from objectives.choices import Change, State
from objectives.models import Plan, Sheet
from objectives.sheet_files.drafts import opened_form
from objectives.sheet_files.template import Template, lists_of
from objectives.sheet_files.words import in_words
from organisation.models import Sector

NEW_OBJECTIVES = 3
NEW = "Un obiettivo nuovo, che nel piano non c'è ancora (INSERITO)."
HOW = (
    "Le schede del settore {sector}, {plan}",
    "Ogni foglio è una scheda obiettivo, come sta oggi nel programma. I fogli «Nuovo obiettivo» servono per "
    "proporne di nuovi.",
    "1. Scrivere nelle celle bianche: selezionandone una compare che cosa ci va. Le intestazioni sono protette, senza "
    "password, per non cambiarle per sbaglio.",
    "2. Per togliere una fase, un indice o una persona svuotare la sua riga; per aggiungerne usare le righe vuote.",
    "3. Salvare come .xlsx e caricare il file nel programma, dalla pagina «Schede da un file». Prima di salvare si "
    "vede che cosa cambia, cella per cella.",
    "I fogli non toccati non cambiano niente. Dei fogli cambiati nasce una proposta di modifica in bozza: la invia il "
    "responsabile, come sempre. I testi adottati non cambiano mai.",
    "Per spostare una fase in un'altra casella riscriverla nella riga di quella casella.",
)


def template_for(plan: Plan, sector: Sector) -> bytes:
    """Return the workbook of a settore: its drafts and the texts that no draft changes, and empty worksheets."""
    tails = Sheet.objects.of(plan).filter(sector=sector, successor=None).with_rows().order_by("number", "pk")
    sheets = [sheet for sheet in tails if not (sheet.is_adopted and sheet.change == Change.ELIMINATO)]
    filled = [(sheet, opened_form(sheet, plan, sector)) for sheet in sheets if _may_be_filled(sheet)]
    left = [sheet for sheet in sheets if not _may_be_filled(sheet)]
    left += [sheet for sheet, form in filled if form.errors]
    empty = opened_form(None, plan, sector)
    title = f"{plan} – {sector.short_name}"
    template = Template(entity=plan.entity.slug, year=plan.year, sector=sector.pk, title=title, lists=lists_of(empty))
    template.guide([line.format(sector=sector.short_name, plan=plan) for line in HOW] + [_left(one) for one in left])
    names: set[str] = set()
    for sheet, form in filled:
        if not form.errors:
            template.add(_name(f"Scheda {sheet.number}", names), _status(sheet), in_words(form), sheet.pk)
    for number in range(1, NEW_OBJECTIVES + 1):
        form = opened_form(None, plan, sector)
        form.typed.fields["number"] = [str(int(form.typed.fields["number"][0]) + number - 1)]
        template.add(f"Nuovo obiettivo {number}", NEW, in_words(form), 0)
    return template.content()


def _may_be_filled(sheet: Sheet) -> bool:
    """Whether its text may be written in a file: what is on its way would come back to be a draft again."""
    return sheet.is_adopted or (sheet.state == State.BOZZA and sheet.change != Change.ELIMINATO)


def _left(sheet: Sheet) -> str:
    return f"Non è in questo file: {sheet} ({sheet.title[:80]}). Per cambiarla, aprirla nel programma."


def _status(sheet: Sheet) -> str:
    if not sheet.is_adopted:
        return f"Bozza in corso ({sheet.change})."
    act = sheet.deliberation.dated if sheet.deliberation else ""
    return f"Testo della {act}." if sheet.on_file else f"Il testo della {act} non è in archivio: va scritto per intero."


def _name(wanted: str, taken: set[str]) -> str:
    name = next(one for one in (wanted, *(f"{wanted} ({n})" for n in range(2, 1000))) if one not in taken)
    taken.add(name)
    return name
